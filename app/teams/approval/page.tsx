import type { Metadata } from "next";
import { NoticePage } from "@/components/layout/notice-page";
import { translator } from "@/lib/i18n/translator";

const words = translator("connections");

export const metadata: Metadata = {
  title: words("approval.request.title"),
  robots: { index: false, follow: false },
};

interface ApprovalAnswerPageProps {
  searchParams: Promise<{ answer?: string | string[] }>;
}

/** What an administrator sees when they come back from Microsoft. It names nobody: its address proves nothing. */
export default async function ApprovalAnswerPage({ searchParams }: ApprovalAnswerPageProps) {
  const { answer } = await searchParams;
  const kind = answer === "approved" || answer === "declined" ? answer : "unknown";
  return <NoticePage title={words(`approval.thanks.${kind}Title`)} lead={words(`approval.thanks.${kind}`)} />;
}
