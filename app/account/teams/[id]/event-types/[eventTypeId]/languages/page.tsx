import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AccountFrame } from "@/app/account/account-frame";
import { saveTeamLanguage } from "@/app/account/teams/event-type-actions";
import { requireTeam } from "@/app/account/teams/require-team";
import { LanguagesPage } from "@/components/event-types/languages-page";
import type { SearchParams } from "@/lib/booking-page/picker-query";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { getTeamEventType } from "@/lib/teams/event-types";

interface TeamLanguagesProps {
  params: Promise<{ id: string; eventTypeId: string }>;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator("event-types", await getLocale())("languages.title") };
}

export default async function TeamLanguagesPage({ params, searchParams }: TeamLanguagesProps) {
  const { id: teamId, eventTypeId } = await params;
  const editorHref = `/account/teams/${teamId}/event-types/${eventTypeId}`;
  const { team } = await requireTeam(teamId, `${editorHref}/languages`);
  const eventType = await getTeamEventType(team, eventTypeId);
  if (!eventType || !team.manages) notFound();
  return (
    <AccountFrame teamId={teamId}>
      <LanguagesPage
        eventType={eventType}
        editorHref={editorHref}
        chosen={(await searchParams).language}
        action={saveTeamLanguage}
        hidden={{ teamId, eventTypeId }}
        lockedBy={null}
      />
    </AccountFrame>
  );
}
