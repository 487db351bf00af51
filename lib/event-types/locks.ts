/** What a team's admins can lock in their members' own copies of an event type. PURE. */
import { limits } from "@/lib/event-types/numbers";
import type { EventTypeChange } from "@/lib/event-types/schema";

type Column = keyof EventTypeChange;

/** By its name, the fields that a lock holds. */
const locks = {
  title: ["title"],
  description: ["description"],
  durations: ["durationsMinutes"],
  location: ["location", "fallbackLocation", "rooms"],
  meeting: ["subjectTemplate", "meetingOptions"],
  notice: ["minimumNoticeMinutes", "availableNowMinutes", "window"],
  buffers: ["bufferBeforeMinutes", "bufferAfterMinutes"],
  adjacent: ["preferAdjacentTimes"],
  limits: ["slotIntervalMinutes", "slotOffsetMinutes", "seats", ...limits],
  approval: ["requiresApproval", "rescheduleNeedsApproval", "approvalHours"],
  questions: ["questions"],
  languages: ["translations"],
  changes: ["changePolicy", "redirectUrl"],
  emailCheck: ["emailCheck"],
  mails: ["invitations", "outlookChanges", "notifications", "mailGreeting", "mailClosing"],
} satisfies Record<string, readonly Column[]>;

export type LockName = keyof typeof locks;

/** What no lock holds, and why. */
export const neverLocked = {
  slug: "Two of a member's event types can't have the same link.",
  scheduleId: "Everyone has their own hours.",
  hidden: "What their own page lists is the member's choice.",
  requiresLink: "So is who gets to book them there.",
  embedOrigins: "Websites that show a member's page are that member's.",
} as const satisfies Partial<Record<Column, string>>;

/** The form's own field for the names of the locks that it shows, with spaces between them. */
export const locksField = "locks";

export const lockNames = Object.keys(locks) as LockName[];

/** Everything that a copy is made with. */
export const copiedColumns: Column[] = lockNames.flatMap((name) => locks[name]);

/** The fields that these locks hold; names that are none hold nothing. */
export function lockedColumns(names: readonly string[]): Column[] {
  return lockNames.flatMap((name) => (names.includes(name) ? locks[name] : []));
}

/** A change without what these locks hold. */
export function withoutLocked(change: object, names: readonly string[]): object {
  const columns: readonly string[] = lockedColumns(names);
  return Object.fromEntries(Object.entries(change).filter(([name]) => !columns.includes(name)));
}

/** The field of an event type that a field of its form is for: the form has the notice in two parts, and others by their parts. */
export function columnOf(field: string): string {
  const [first = ""] = field.split(".");
  return first === "notice" ? "minimumNoticeMinutes" : first;
}

/** Which of the locked fields a change would change. */
export function findLocked(
  names: readonly string[],
  current: Readonly<Record<string, unknown>>,
  change: EventTypeChange,
): Column[] {
  return lockedColumns(names).filter((name) => name in change && !isKept(current[name], change[name]));
}

/** Whether what is given is what is there; of an object what is left out stays. Null, undefined and an empty list all mean: not set. */
function isKept(current: unknown, given: unknown): boolean {
  if (Array.isArray(given) && given.length === 0) return ((current ?? []) as unknown[]).length === 0;
  if (given === undefined || given === null)
    return given === undefined || current === undefined || current === null;
  if (typeof given !== "object" || Array.isArray(given))
    return JSON.stringify(current) === JSON.stringify(given);
  const there = (current ?? {}) as Record<string, unknown>;
  return Object.entries(given).every(([name, value]) => isKept(there[name], value));
}
