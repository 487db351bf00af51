import type { Metadata } from "next";
import { use } from "react";
import { NoticePage } from "@/components/layout/notice-page";
import { ButtonLink } from "@/components/ui/button";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("errors", await getLocale());
  return { title: words("notFound.title") };
}

export default function NotFoundPage() {
  const words = translator("errors", use(getLocale()));
  return (
    <NoticePage title={words("notFound.title")} lead={words("notFound.lead")}>
      <ButtonLink href="/" kind="primary">
        {words("notFound.home")}
      </ButtonLink>
    </NoticePage>
  );
}
