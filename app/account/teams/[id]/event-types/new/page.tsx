import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AccountFrame } from "@/app/account/account-frame";
import { requireTeam } from "@/app/account/teams/require-team";
import { TeamEventTypeEditor } from "@/app/account/teams/team-event-type-editor";
import { PageHead } from "@/components/ui/page-head";
import { defaultSubjectTemplate } from "@/lib/format/subject";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { listCandidates } from "@/lib/teams/candidates";
import { newTeamEventTypeValues } from "@/lib/teams/form";
import { getTeam } from "@/lib/teams/teams";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("event-types", await getLocale());
  return { title: words("editor.newTitle") };
}

export default async function NewTeamEventTypePage({ params }: { params: Promise<{ id: string }> }) {
  const words = translator("teams", await getLocale());
  const { id } = await params;
  const { organizer, team: scope } = await requireTeam(id);
  const team = (await getTeam(scope)) ?? notFound();
  if (!scope.manages) notFound();
  const candidates = await listCandidates(scope, await getLocale());
  return (
    <AccountFrame teamId={id}>
      <PageHead
        title={words("eventTypes.newTitle", { team: team.name })}
        back={{ href: `/account/teams/${id}`, label: team.name }}
      />
      <TeamEventTypeEditor
        team={team}
        id={null}
        values={newTeamEventTypeValues(defaultSubjectTemplate, candidates)}
        candidates={candidates}
        organizer={organizer.scope}
      />
    </AccountFrame>
  );
}
