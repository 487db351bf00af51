import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AccountFrame } from "@/app/account/account-frame";
import { requireTeam } from "@/app/account/teams/require-team";
import { EmbeddingPage } from "@/components/embedding/embedding-page";
import type { SearchParams } from "@/lib/booking-page/picker-query";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { getTeamEventType } from "@/lib/teams/event-types";
import { getTeam } from "@/lib/teams/teams";

interface TeamEmbeddingProps {
  params: Promise<{ id: string; eventTypeId: string }>;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator("event-types", await getLocale())("embed.title") };
}

export default async function TeamEmbeddingPage({ params, searchParams }: TeamEmbeddingProps) {
  const { id, eventTypeId } = await params;
  const editorHref = `/account/teams/${id}/event-types/${eventTypeId}`;
  const { team: scope } = await requireTeam(id, `${editorHref}/embedding`);
  const [team, eventType] = await Promise.all([getTeam(scope), getTeamEventType(scope, eventTypeId)]);
  if (!team || !eventType || !scope.manages) notFound();
  return (
    <AccountFrame teamId={team.id}>
      <EmbeddingPage eventType={eventType} owner={team} editorHref={editorHref} query={await searchParams} />
    </AccountFrame>
  );
}
