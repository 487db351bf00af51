import { addEventType, saveEventType } from "@/app/account/event-types/actions";
import { EventTypeForm } from "@/components/event-types/event-type-form";
import { PresenceState } from "@/components/event-types/presence-state";
import { TeamsState } from "@/components/event-types/teams-state";
import { currentPath, type Organizer } from "@/lib/auth/guards";
import { framePreview } from "@/lib/booking-page/frame";
import { getCalendarChoices } from "@/lib/calendars/choices";
import { env } from "@/lib/config/env";
import { getConnection } from "@/lib/connections/queries";
import type { LockName } from "@/lib/event-types/locks";
import { defaultSubjectTemplate, renderSubject } from "@/lib/format/subject";
import { languageOf } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import type { FormValues } from "@/lib/input/form-values";
import { sampleMail } from "@/lib/notifications/sample-mail";
import { isTextSetUp } from "@/lib/outbox/sms";
import { getLocale } from "@/lib/reader/locale";
import { teamsSetup } from "@/lib/registration/setup-state";
import { listRooms, organizationOf } from "@/lib/rooms/rooms";
import type { Schedule } from "@/lib/schedules/schema";

interface EventTypeEditorProps {
  organizer: Organizer;
  /** Null for a new one. */
  id: string | null;
  values: FormValues;
  schedules: readonly Schedule[];
  /** The team that has made it, and what it has locked; left out: it's all the organizer's own. */
  locks?: { team: string; locked: readonly LockName[] } | null;
}

/** The form of one event type, with what it needs to know of its organizer. */
export async function EventTypeEditor({ organizer, id, values, schedules, locks }: EventTypeEditorProps) {
  const words = translator("event-types", await getLocale());
  const { handle, name } = organizer;
  const messages = languageOf(await getLocale()).messages["event-types"];
  const example = renderSubject(values.subjectTemplate ?? defaultSubjectTemplate, {
    name,
    visitor: words("exampleVisitor"),
    title: values.title ?? "",
  });
  const [connection, calendars, setup, path, organization, rooms] = await Promise.all([
    getConnection(organizer.scope, "teams"),
    getCalendarChoices(organizer.scope),
    teamsSetup(),
    currentPath(),
    organizationOf(organizer.scope),
    listRooms(organizer.scope),
  ]);
  return (
    <EventTypeForm
      action={id === null ? addEventType : saveEventType.bind(null, id)}
      values={values}
      isNew={id === null}
      words={{ ...messages.form, places: messages.places }}
      subjectHint={words("subjectHint", { example })}
      organizerName={name}
      addressPrefix={`${new URL(env().APP_URL).host}/${handle}/`}
      schedules={schedules.map((schedule) => ({ value: schedule.id, label: schedule.name }))}
      rooms={organization === null ? null : rooms.map(({ id, name }) => ({ value: id, label: name }))}
      locks={locks ? { names: locks.locked, words: words("form.locked", { team: locks.team }) } : undefined}
      isTextSetUp={isTextSetUp()}
      mailSample={sampleMail(name, words("exampleVisitor"), await getLocale())}
      sampleHref={id && `/account/event-types/${id}/embedding`}
      languagesHref={id && `/account/event-types/${id}/languages`}
      teams={
        <TeamsState
          connection={connection}
          isReadOnly={calendars?.isReadOnly ?? false}
          mayConnect={setup === "ready"}
          path={path}
        />
      }
      presence={<PresenceState connection={connection} mayConnect={setup === "ready"} path={path} />}
      frameHref={id && framePreview(handle, values.slug)}
    />
  );
}
