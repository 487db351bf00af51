/** Takes over what an organizer had in another product: schedules, event types, upcoming bookings. Twice is once, and no one is notified. */
import { createHash } from "node:crypto";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { importKey } from "@/lib/booking/request-memory";
import { db } from "@/lib/database/client";
import { createEventType } from "@/lib/event-types/save";
import { eventTypeInput } from "@/lib/event-types/schema";
import type { Draft, DraftEventType, DraftSchedule, Remark } from "@/lib/imports/draft";
import { takeBooking } from "@/lib/imports/take-booking";
import { type InputIssue, parseInput } from "@/lib/input/parse";
import { freeSlug } from "@/lib/input/slug";
import { createSchedule } from "@/lib/schedules/save";
import { scheduleInput } from "@/lib/schedules/schema";

/** `new`: it's made, or would be; `there`: an earlier import has made it; `refused`: Bellhop's rules don't allow it, for these reasons. */
type Outcome = "new" | "there" | "refused";

export interface ReportLine {
  name: string;
  outcome: Outcome;
  /** The end of the booking page's address, for event types. */
  slug?: string;
  /** When a booking starts, in UTC. */
  start?: string;
  /** Whose booking it is. */
  visitor?: string;
  remarks: Remark[];
  issues: InputIssue[];
}

export interface ImportReport {
  source: Draft["source"];
  /** False: it only says what would be done. */
  isDone: boolean;
  schedules: ReportLine[];
  eventTypes: ReportLine[];
  bookings: ReportLine[];
  remarks: Remark[];
}

/** Says what importing would do and, with `isDone`, does it. Each thing is made by itself, so what was interrupted can be run again. */
export async function importAccount(
  scope: OwnerScope,
  { source, schedules, eventTypes, bookings, remarks }: Draft,
  isDone: boolean,
  now = Date.now(),
): Promise<ImportReport> {
  const keyOf = (kind: string, key: string) => {
    const digest = createHash("sha256").update(JSON.stringify([scope.ownerId, source, kind, key]));
    return importKey(digest.digest("base64url"));
  };
  const made = new Map<string, string>();
  const report: ImportReport = {
    source,
    isDone,
    schedules: [],
    eventTypes: [],
    bookings: [],
    remarks: [...remarks],
  };
  for (const one of schedules) {
    report.schedules.push(
      await takeSchedule(scope, one, { requestKey: keyOf("schedule", one.key), isDone, made }),
    );
  }
  const taken = new Set(
    (await db().eventType.findMany({ where: { userId: scope.ownerId }, select: { slug: true } })).map(
      ({ slug }) => slug,
    ),
  );
  const known = new Map<string, { requestKey: string; name: string }>();
  for (const one of eventTypes) {
    const requestKey = keyOf("event-type", one.key);
    const line = await takeEventType(scope, one, { requestKey, isDone, made, taken });
    report.eventTypes.push(line);
    if (line.outcome !== "refused") known.set(one.key, { requestKey, name: line.name });
  }
  const upcoming = bookings.filter(({ start }) => start > now);
  const over = bookings.length - upcoming.length;
  if (over > 0) report.remarks.push({ code: "bookings_over", value: `${over}` });
  const planned: { start: number; end: number }[] = [];
  for (const one of upcoming.toSorted((a, b) => a.start - b.start)) {
    const eventType = known.get(one.eventTypeKey);
    const requestKey = keyOf("booking", one.key);
    const eventTypeKey = eventType?.requestKey ?? null;
    const { outcome, issues } = await takeBooking(scope, one, { requestKey, eventTypeKey, isDone, planned });
    const start = new Date(one.start).toISOString();
    const visitor = one.visitor.name;
    report.bookings.push({ name: eventType?.name ?? "", visitor, start, outcome, remarks: [], issues });
  }
  return report;
}

interface Taking {
  requestKey: string;
  isDone: boolean;
  /** IDs of schedules, by their keys in the other product. */
  made: Map<string, string>;
}

async function takeSchedule(
  scope: OwnerScope,
  { key, input, remarks }: DraftSchedule,
  { requestKey, isDone, made }: Taking,
): Promise<ReportLine> {
  const name = `${input.name}`;
  const earlier = await db().schedule.findUnique({
    where: { requestKey, userId: scope.ownerId },
    select: { id: true },
  });
  if (earlier) {
    made.set(key, earlier.id);
    return { name, outcome: "there", remarks, issues: [] };
  }
  const read = parseInput(scheduleInput, input);
  if (!read.ok) return { name, outcome: "refused", remarks, issues: read.error.issues };
  if (isDone) {
    const created = await createSchedule(scope, read.value, requestKey);
    if (created.ok) made.set(key, created.value.id);
  }
  return { name, outcome: "new", remarks, issues: [] };
}

async function takeEventType(
  scope: OwnerScope,
  { scheduleKey, input, remarks }: DraftEventType,
  { requestKey, isDone, made, taken }: Taking & { taken: Set<string> },
): Promise<ReportLine> {
  const name = input.title;
  const earlier = await db().eventType.findUnique({
    where: { requestKey, userId: scope.ownerId },
    select: { slug: true },
  });
  if (earlier) return { name, outcome: "there", slug: earlier.slug, remarks, issues: [] };
  const slug = freeSlug(input.slug, taken);
  const scheduleId = scheduleKey && made.get(scheduleKey);
  const read = parseInput(eventTypeInput, { ...input, slug, ...(scheduleId ? { scheduleId } : {}) });
  if (!read.ok) return { name, outcome: "refused", remarks, issues: read.error.issues };
  if (isDone) {
    const created = await createEventType(scope, read.value, requestKey);
    if (!created.ok) {
      const issue = { path: "", message: created.error.code, values: {} };
      return { name, outcome: "refused", remarks, issues: [issue] };
    }
  }
  taken.add(slug);
  return { name, outcome: "new", slug, remarks, issues: [] };
}
