import { saveEventType } from "@/app/account/event-types/actions";
import { StoredMonth } from "@/app/account/stored-month";
import { ConnectInPopup } from "@/components/connections/connect-in-popup";
import { ConnectionBadge } from "@/components/connections/connection-badge";
import { EventTypeForm } from "@/components/event-types/event-type-form";
import { currentPath, type Organizer } from "@/lib/auth/guards";
import { env } from "@/lib/config/env";
import { getConnection } from "@/lib/connections/queries";
import { defaultSubjectTemplate, renderSubject } from "@/lib/event-types/subject";
import { catalogues } from "@/lib/i18n/messages";
import { translator } from "@/lib/i18n/translator";
import type { FormValues } from "@/lib/input/form-values";
import { lackOf } from "@/lib/meetings/reasons";
import { teamsSetup } from "@/lib/meetings/teams/configuration";
import { isTextSetUp } from "@/lib/notifications/sms";
import type { Schedule } from "@/lib/schedules/schema";

const words = translator("event-types");

interface EventTypeEditorProps {
  organizer: Organizer;
  /** Null for a new one. */
  id: string | null;
  values: FormValues;
  schedules: readonly Schedule[];
}

/** The form of one event type, with what it needs to know of its organizer. */
export async function EventTypeEditor({ organizer, id, values, schedules }: EventTypeEditorProps) {
  const { handle, name } = organizer;
  const example = renderSubject(values.subjectTemplate ?? defaultSubjectTemplate, {
    name,
    visitor: words("exampleVisitor"),
    title: values.title ?? "",
  });
  return (
    <EventTypeForm
      action={saveEventType.bind(null, id)}
      values={values}
      isNew={id === null}
      words={{ ...catalogues.en["event-types"].form, places: catalogues.en["event-types"].places }}
      subjectHint={words("subjectHint", { example })}
      organizerName={name}
      addressPrefix={`${new URL(env().APP_URL).host}/${handle}/`}
      schedules={schedules.map((schedule) => ({ value: schedule.id, label: schedule.name }))}
      isTextSetUp={isTextSetUp()}
      teams={<TeamsState userId={organizer.id} />}
      month={id && <StoredMonth handle={handle} slug={values.slug ?? ""} />}
    />
  );
}

/** How Microsoft Teams stands for this organizer, and the way to connect it. */
async function TeamsState({ userId }: { userId: string }) {
  const connections = translator("connections");
  const [connection, path] = await Promise.all([getConnection(userId, "teams"), currentPath()]);
  const setup = await teamsSetup();
  if (connection) {
    const lack = connection.state === "limited" ? lackOf(connection.reason) : null;
    return (
      <div className="grid justify-items-start gap-1 text-sm">
        <ConnectionBadge state={connection.state} />
        {lack && <p className="text-muted">{connections(`limited.${lack}.title`)}.</p>}
      </div>
    );
  }
  return (
    <div className="grid justify-items-start gap-1 text-sm">
      <p className="text-muted">
        <ConnectionBadge state="not_connected" /> {words("editor.notConnected")}
      </p>
      {setup === "ready" && (
        <ConnectInPopup
          kind="quiet"
          size="sm"
          flush
          href={`/api/teams/connect?returnTo=${encodeURIComponent(path)}`}
          waitingLabel={connections("popup.waiting")}
          hereLabel={connections("popup.hereInstead")}
        >
          {words("editor.connect")}
        </ConnectInPopup>
      )}
    </div>
  );
}
