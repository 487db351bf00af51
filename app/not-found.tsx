import type { Metadata } from "next";
import { NoticePage } from "@/components/layout/notice-page";
import { ButtonLink } from "@/components/ui/button";
import { translator } from "@/lib/i18n/translator";

const words = translator("errors");

export const metadata: Metadata = { title: words("notFound.title") };

export default function NotFoundPage() {
  return (
    <NoticePage title={words("notFound.title")} lead={words("notFound.lead")}>
      <ButtonLink href="/" kind="primary">
        {words("notFound.home")}
      </ButtonLink>
    </NoticePage>
  );
}
