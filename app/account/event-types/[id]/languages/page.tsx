import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { saveLanguage } from "@/app/account/event-types/actions";
import { LanguagesPage } from "@/components/event-types/languages-page";
import { requireOrganizer } from "@/lib/auth/guards";
import type { SearchParams } from "@/lib/booking-page/picker-query";
import { getEventType } from "@/lib/event-types/queries";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { getLocks } from "@/lib/teams/copies";

interface OwnLanguagesProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator("event-types", await getLocale())("languages.title") };
}

export default async function OwnLanguagesPage({ params, searchParams }: OwnLanguagesProps) {
  const { id } = await params;
  const editorHref = `/account/event-types/${id}`;
  const { scope } = await requireOrganizer(`${editorHref}/languages`);
  const eventType = (await getEventType(scope, id)) ?? notFound();
  const locks = await getLocks(scope, id);
  return (
    <LanguagesPage
      eventType={eventType}
      editorHref={editorHref}
      chosen={(await searchParams).language}
      action={saveLanguage}
      hidden={{ eventTypeId: id }}
      lockedBy={locks?.locked.includes("languages") ? locks.team : null}
    />
  );
}
