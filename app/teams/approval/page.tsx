import type { Metadata } from "next";
import { NoticePage } from "@/components/layout/notice-page";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("connections", await getLocale());
  return {
    title: words("approval.request.title"),
    robots: { index: false, follow: false },
  };
}

interface ApprovalAnswerPageProps {
  searchParams: Promise<{ answer?: string | string[] }>;
}

/** What an administrator sees when they come back from Microsoft. It names no one: its address proves nothing. */
export default async function ApprovalAnswerPage({ searchParams }: ApprovalAnswerPageProps) {
  const words = translator("connections", await getLocale());
  const { answer } = await searchParams;
  const kind = answer === "approved" || answer === "declined" ? answer : "unknown";
  return <NoticePage title={words(`approval.thanks.${kind}Title`)} lead={words(`approval.thanks.${kind}`)} />;
}
