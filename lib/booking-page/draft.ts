/** An event type as it's being typed, for the page beside its editor. Nothing of it is stored: the form is sent to the page that shows it. */
import { getOrganizer } from "@/lib/auth/guards";
import { readEventTypeValues } from "@/lib/event-types/form";
import { eventTypeChange } from "@/lib/event-types/schema";
import type { FormValues } from "@/lib/input/form-values";
import type { Offer, OfferedEventType } from "@/lib/offers/offer";
import { findTeamScope } from "@/lib/teams/scope";

/** Whatever of an event type its page shows or makes times of. */
const shown = [
  "title",
  "description",
  "durationsMinutes",
  "location",
  "requiresApproval",
  "seats",
  "questions",
  "minimumNoticeMinutes",
  "bufferBeforeMinutes",
  "bufferAfterMinutes",
  "slotIntervalMinutes",
  "slotOffsetMinutes",
  "window",
  "preferAdjacentTimes",
] as const satisfies readonly (keyof OfferedEventType)[];

/**
 * An offer with what the fields of its editor say, in the words that are typed there whatever the reader's language. A field that couldn't be
 * saved as it is stays as stored. PURE.
 */
export function withDraft(offer: Offer, values: FormValues): Offer {
  const typed = readEventTypeValues(values) as Readonly<Record<string, unknown>>;
  const fields = shown.flatMap((name) => {
    const read = eventTypeChange.shape[name].safeParse(typed[name]);
    return read.success && typed[name] !== undefined ? [[name, read.data ?? undefined] as const] : [];
  });
  return { ...offer, eventType: { ...offer.eventType, ...Object.fromEntries(fields), translations: {} } };
}

/** Whether an offer is the signed-in reader's own, or their team's. */
export async function isReadersOwn({ eventType: { userId, teamId } }: Offer): Promise<boolean> {
  const reader = await getOrganizer();
  if (!reader) return false;
  if (teamId === null) return userId === reader.scope.ownerId;
  return (await findTeamScope(reader, teamId)) !== null;
}
