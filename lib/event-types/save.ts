import { randomUUID } from "node:crypto";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { readTranslations } from "@/lib/booking-record/own-words";
import { readChangePolicy } from "@/lib/booking-record/stored-policy";
import { db } from "@/lib/database/client";
import { isDuplicate, isReferenced } from "@/lib/database/errors";
import { Prisma } from "@/lib/database/generated/client";
import { lockRow } from "@/lib/database/lock-row";
import { madeOnce } from "@/lib/database/made-once";
import { findLocked } from "@/lib/event-types/locks";
import { eventTypeColumns, toEventType } from "@/lib/event-types/queries";
import type { EventType, EventTypeChange, EventTypeInput } from "@/lib/event-types/schema";
import { isId } from "@/lib/input/id";
import type { InputIssue } from "@/lib/input/parse";
import { mergeMeetingOptions, readMeetingOptions } from "@/lib/meetings/options";
import { readNotifications } from "@/lib/notices/preferences";
import { err, ok, type Result } from "@/lib/result";
import { defaultFirst } from "@/lib/schedules/queries";

type Refused = { code: "slug_taken" | "unknown_schedule" };
type NotFound = { code: "not_found" };
/** A team has locked what is to be changed in its member's copy. */
type Locked = { code: "invalid_request"; issues: InputIssue[] };

/**
 * Adds an event type to the organizer's, or finds the one that the request of this key has added. Without a schedule it gets their default one.
 * They are its one host.
 * `slug_taken`: another event type of theirs has it. `unknown_schedule`: no such schedule of theirs, or none at all.
 */
export async function createEventType(
  scope: OwnerScope,
  input: EventTypeInput,
  requestKey: string = randomUUID(),
): Promise<Result<EventType, Refused>> {
  const scheduleId = input.scheduleId ?? (await defaultScheduleId(scope));
  if (!scheduleId) return err("unknown_schedule");
  return refusedByDatabase(async () => {
    const meetingOptions = { ...mergeMeetingOptions(input.meetingOptions) };
    const data = {
      ...toColumns(input),
      meetingOptions,
      userId: scope.ownerId,
      scheduleId,
      requestKey,
      hosts: { create: { userId: scope.ownerId, scheduleId } },
    } as Prisma.EventTypeUncheckedCreateInput;
    const row = await madeOnce(
      () =>
        db().eventType.findUnique({ where: { requestKey, userId: scope.ownerId }, select: eventTypeColumns }),
      () => db().eventType.create({ data, select: eventTypeColumns }),
    );
    return toEventType(row);
  });
}

/** Changes what is given and leaves the rest. Bookings made before keep what they were made with. */
export async function changeEventType(
  scope: OwnerScope,
  id: string,
  change: EventTypeChange,
): Promise<Result<EventType, Refused | NotFound | Locked>> {
  if (!isId(id)) return err("not_found");
  const saved = await refusedByDatabase(() =>
    db().$transaction(async (tx) => {
      // What its team locks at this moment goes before or after, so that its own values are there in the end.
      await lockRow(tx, "EventType", { id, userId: scope.ownerId });
      const stored = await tx.eventType.findFirst({
        where: { id, userId: scope.ownerId },
        select: { ...eventTypeColumns, template: { select: { lockedFields: true } } },
      });
      if (!stored) return null;
      const { template, ...row } = stored;
      const locked = template ? findLocked(template.lockedFields, toEventType(row), change) : [];
      if (locked.length > 0) return locked.map((path) => ({ path, message: "field_locked", values: {} }));
      if (change.scheduleId) {
        await tx.eventTypeHost.updateMany({
          where: { eventTypeId: id, userId: scope.ownerId },
          data: { scheduleId: change.scheduleId },
        });
      }
      const data = toChangedColumns(id, stored, change);
      return toEventType(
        await tx.eventType.update({ where: { id, userId: scope.ownerId }, data, select: eventTypeColumns }),
      );
    }),
  );
  if (!saved.ok) return saved;
  if (Array.isArray(saved.value)) return err("invalid_request", { issues: saved.value });
  return saved.value ? ok(saved.value) : err("not_found");
}

/** Takes an event type away. Its bookings stay and keep their title, times and links. */
export async function removeEventType(scope: OwnerScope, id: string): Promise<Result<null, NotFound>> {
  if (!isId(id)) return err("not_found");
  const { count } = await db().eventType.deleteMany({ where: { id, userId: scope.ownerId } });
  return count > 0 ? ok(null) : err("not_found");
}

async function defaultScheduleId(scope: OwnerScope): Promise<string | undefined> {
  const schedule = await db().schedule.findFirst({
    where: { userId: scope.ownerId },
    orderBy: defaultFirst,
    select: { id: true },
  });
  return schedule?.id;
}

/** What is stored of those columns of which a change may name a part. */
export const mergedColumns = {
  meetingOptions: true,
  notifications: true,
  changePolicy: true,
  translations: true,
} as const;

/** The columns of an event type that a change writes. */
export function toChangedColumns(
  id: string,
  stored: Record<keyof typeof mergedColumns, unknown>,
  { meetingOptions, notifications, changePolicy, translations, ...rest }: EventTypeChange,
) {
  const options = mergeMeetingOptions(readMeetingOptions(stored.meetingOptions, id), meetingOptions ?? {});
  return {
    ...toColumns(rest),
    meetingOptions: { ...options },
    notifications: { ...readNotifications(stored.notifications, id), ...notifications },
    changePolicy: { ...readChangePolicy(stored.changePolicy, id), ...changePolicy },
    ...(translations ? { translations: mergeTranslations(stored.translations, id, translations) } : {}),
  } as Prisma.EventTypeUncheckedUpdateInput;
}

/** A language's words are saved as a whole, whatever becomes of the others' in the same moment. */
function mergeTranslations(
  stored: unknown,
  id: string,
  change: NonNullable<EventTypeChange["translations"]>,
) {
  const merged = Object.entries({ ...readTranslations(stored, id), ...change });
  return Object.fromEntries(merged.filter(([, words]) => words !== null));
}

/** A JSON column is emptied with a null of Prisma's own; the rest goes in as it is. */
export function toColumns<Fields extends { fallbackLocation?: unknown; rooms?: unknown }>(fields: Fields) {
  return {
    ...fields,
    ...(fields.fallbackLocation === null ? { fallbackLocation: Prisma.DbNull } : {}),
    ...(fields.rooms === null ? { rooms: Prisma.DbNull } : {}),
  };
}

/** The database is the judge of what is unique and what belongs to whom. */
async function refusedByDatabase<Value>(write: () => Promise<Value>): Promise<Result<Value, Refused>> {
  try {
    return ok(await write());
  } catch (error) {
    if (isDuplicate(error)) return err("slug_taken");
    if (isReferenced(error)) return err("unknown_schedule");
    throw error;
  }
}
