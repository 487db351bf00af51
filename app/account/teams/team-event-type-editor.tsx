import { addTeamEventType, saveTeamEventType } from "@/app/account/teams/event-type-actions";
import { TeamEventTypeForm } from "@/components/teams/team-event-type-form";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { framePreview } from "@/lib/booking-page/frame";
import { env } from "@/lib/config/env";
import { namedRoomsIn } from "@/lib/event-types/form-rooms";
import { defaultSubjectTemplate, renderSubject } from "@/lib/format/subject";
import { languageOf } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import type { FormValues } from "@/lib/input/form-values";
import { sampleMail } from "@/lib/notifications/sample-mail";
import { isTextSetUp } from "@/lib/outbox/sms";
import { getLocale } from "@/lib/reader/locale";
import { listRooms, organizationOf } from "@/lib/rooms/rooms";
import type { Candidate } from "@/lib/teams/candidates";
import type { Team } from "@/lib/teams/schema";

interface TeamEventTypeEditorProps {
  team: Team;
  /** Null for a new one. */
  id: string | null;
  values: FormValues;
  candidates: readonly Candidate[];
  /** Who edits it: rooms are their organization's. */
  organizer: OwnerScope;
}

/** The form of one event type of a team, with what it needs to know of its people. */
export async function TeamEventTypeEditor({
  team,
  id,
  values,
  candidates,
  organizer,
}: TeamEventTypeEditorProps) {
  const locale = await getLocale();
  const words = translator("event-types", locale);
  const { messages, formats } = languageOf(locale);
  const own = messages["event-types"];
  const example = renderSubject(values.subjectTemplate ?? defaultSubjectTemplate, {
    name: team.name,
    visitor: words("exampleVisitor"),
    title: values.title ?? "",
  });
  const { hosts, calendar } = messages.teams;
  const [organization, rooms] = await Promise.all([
    organizationOf(organizer),
    listRooms(organizer, namedRoomsIn(values)),
  ]);
  return (
    <TeamEventTypeForm
      action={id === null ? addTeamEventType.bind(null, "") : saveTeamEventType.bind(null, id)}
      hidden={{ teamId: team.id }}
      values={values}
      isNew={id === null}
      words={{ ...own.form, places: own.places }}
      subjectHint={words("subjectHint", { example })}
      organizerName={team.name}
      addressPrefix={`${new URL(env().APP_URL).host}/${team.handle}/`}
      discardHref={`/account/teams/${team.id}`}
      rooms={organization === null ? null : rooms.map((room) => ({ value: room.id, label: room.name }))}
      isTextSetUp={isTextSetUp()}
      mailSample={sampleMail(team.name, words("exampleVisitor"), locale)}
      sampleHref={id && `/account/teams/${team.id}/event-types/${id}/embedding`}
      languagesHref={id && `/account/teams/${team.id}/event-types/${id}/languages`}
      teams={null}
      presence={<p className="text-sm text-muted">{words("presence.hosts")}</p>}
      frameHref={id && framePreview(team.handle, values.slug)}
      hosts={{ words: { hosts, calendar }, language: formats, candidates }}
    />
  );
}
