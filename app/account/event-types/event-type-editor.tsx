import { saveEventType } from "@/app/account/event-types/actions";
import { ConnectionBadge } from "@/components/connections/connection-badge";
import { EventTypeForm } from "@/components/event-types/event-type-form";
import { MonthPreview } from "@/components/event-types/month-preview";
import type { Organizer } from "@/lib/auth/guards";
import { loadPicker } from "@/lib/booking-page/load-picker";
import { getPageOffer } from "@/lib/booking-page/offers";
import { readPickerQuery } from "@/lib/booking-page/picker-query";
import { env } from "@/lib/config/env";
import { getConnection } from "@/lib/connections/queries";
import { defaultSubjectTemplate, renderSubject } from "@/lib/event-types/subject";
import { catalogues } from "@/lib/i18n/messages";
import { translator } from "@/lib/i18n/translator";
import type { FormValues } from "@/lib/input/form-values";
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
      teams={<TeamsState userId={organizer.id} />}
      month={id && <StoredMonth handle={handle} slug={values.slug ?? ""} />}
    />
  );
}

/** How Microsoft Teams stands for this organizer, and the way to connect it. */
async function TeamsState({ userId }: { userId: string }) {
  const connection = await getConnection(userId, "teams");
  if (connection) {
    return (
      <p>
        <ConnectionBadge state={connection.state} />
      </p>
    );
  }
  return (
    <p className="text-sm text-muted">
      <ConnectionBadge state="not_connected" /> {words("editor.notConnected")}{" "}
      <a href="/account/integrations">{words("editor.connect")}</a>
    </p>
  );
}

/** The month as visitors who read the organizer's clock find it. */
async function StoredMonth({ handle, slug }: { handle: string; slug: string }) {
  const offer = await getPageOffer(handle, slug);
  if (!offer) return null;
  const wish = { query: readPickerQuery({}), browserZone: null, usualClock: null, weekStartsOn: 1 as const };
  return <MonthPreview picker={await loadPicker(offer, { ...wish, now: Date.now() })} />;
}
