import { ArrowSquareOutIcon } from "@phosphor-icons/react/ssr";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AccountFrame } from "@/app/account/account-frame";
import { deleteTeamEventType } from "@/app/account/teams/event-type-actions";
import { requireTeam } from "@/app/account/teams/require-team";
import { TeamEventTypeEditor } from "@/app/account/teams/team-event-type-editor";
import { ButtonLink } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Icon } from "@/components/ui/icon";
import { PageHead } from "@/components/ui/page-head";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { listCandidates } from "@/lib/teams/candidates";
import { getTeamEventType } from "@/lib/teams/event-types";
import { toTeamEventTypeValues } from "@/lib/teams/form";
import { getTeam } from "@/lib/teams/teams";

interface TeamEventTypePageProps {
  params: Promise<{ id: string; eventTypeId: string }>;
}

async function load({ params }: TeamEventTypePageProps) {
  const { id, eventTypeId } = await params;
  const { organizer, team: scope } = await requireTeam(id, `/account/teams/${id}/event-types/${eventTypeId}`);
  const [team, eventType] = await Promise.all([getTeam(scope), getTeamEventType(scope, eventTypeId)]);
  if (!team || !eventType || !scope.manages) notFound();
  return { organizer, scope, team, eventType };
}

export async function generateMetadata(props: TeamEventTypePageProps): Promise<Metadata> {
  const { eventType } = await load(props);
  return { title: eventType.title };
}

export default async function TeamEventTypePage(props: TeamEventTypePageProps) {
  const locale = await getLocale();
  const words = translator("teams", locale);
  const { organizer, scope, team, eventType } = await load(props);
  const { id, title, slug } = eventType;
  const candidates = await listCandidates(scope, locale);
  return (
    <AccountFrame teamId={team.id}>
      <PageHead
        title={title}
        lead={words("eventTypes.edit", { team: team.name })}
        back={{ href: `/account/teams/${team.id}`, label: team.name }}
        actions={
          <>
            <ButtonLink href={`/account/teams/${team.id}/event-types/${id}/copies`}>
              {words("copies.title")}
            </ButtonLink>
            <ButtonLink href={`/account/teams/${team.id}/event-types/${id}/turns`}>
              {words("turns.title")}
            </ButtonLink>
            <ButtonLink href={`/account/teams/${team.id}/event-types/${id}/troubleshoot`}>
              {translator("troubleshoot", locale)("open")}
            </ButtonLink>
            <ButtonLink href={`/account/teams/${team.id}/event-types/${id}/links`}>
              {translator("event-types", locale)("links.title")}
            </ButtonLink>
            <ButtonLink href={`/${team.handle}/${slug}`} icon={<Icon glyph={ArrowSquareOutIcon} />}>
              {words("eventTypes.view")}
            </ButtonLink>
            <Confirm
              trigger={words("eventTypes.remove")}
              triggerLook={{ kind: "quiet-danger" }}
              title={words("eventTypes.removeTitle", { title })}
              keepLabel={words("eventTypes.keep")}
              confirmLabel={words("eventTypes.remove")}
              workingLabel={words("eventTypes.removing")}
              action={deleteTeamEventType}
              fields={{ teamId: team.id, eventTypeId: id }}
            >
              <p>{words("eventTypes.removeLead")}</p>
            </Confirm>
          </>
        }
      />
      <TeamEventTypeEditor
        team={team}
        id={id}
        values={toTeamEventTypeValues(eventType, candidates)}
        candidates={candidates}
        organizer={organizer.scope}
      />
    </AccountFrame>
  );
}
