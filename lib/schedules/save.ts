import { randomUUID } from "node:crypto";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { db, type Tx } from "@/lib/database/client";
import { isReferenced } from "@/lib/database/errors";
import { Prisma } from "@/lib/database/generated/client";
import { madeOnce } from "@/lib/database/made-once";
import { isId } from "@/lib/input/id";
import { err, ok, type Result } from "@/lib/result";
import { type ClosedDates, closedDatesOf } from "@/lib/schedules/holidays";
import { getSchedule, scheduleColumns, toSchedule } from "@/lib/schedules/queries";
import type { Schedule, ScheduleChange, ScheduleInput } from "@/lib/schedules/schema";

type NotFound = { code: "not_found" };
type UnknownHolidays = { code: "unknown_holidays" };

/**
 * Adds a schedule to the organizer's, or finds the one that the request of this key has added. Their first one is born as the default.
 * `unknown_holidays`: there is no such country, or no such part of it.
 */
export async function createSchedule(
  scope: OwnerScope,
  input: ScheduleInput,
  requestKey: string = randomUUID(),
): Promise<Result<Schedule, UnknownHolidays>> {
  const columns = await toColumns(input);
  if (!columns.ok) return columns;
  const data = { ...columns.value, userId: scope.ownerId, requestKey } as Prisma.ScheduleUncheckedCreateInput;
  const row = await madeOnce(
    () => db().schedule.findUnique({ where: { requestKey, userId: scope.ownerId }, select: scheduleColumns }),
    () =>
      db().$transaction(async (tx) => {
        await lockSchedules(tx, scope);
        const isDefault = input.isDefault || !(await tx.schedule.findFirst({ where: defaultOf(scope) }));
        if (isDefault) await tx.schedule.updateMany({ where: defaultOf(scope), data: { isDefault: false } });
        return tx.schedule.create({ data: { ...data, isDefault }, select: scheduleColumns });
      }),
  );
  return ok(toSchedule(row));
}

/** Changes what is given and leaves the rest. Bookings made before keep their times. */
export async function changeSchedule(
  scope: OwnerScope,
  id: string,
  change: ScheduleChange,
): Promise<Result<Schedule, NotFound | UnknownHolidays>> {
  if (!isId(id)) return err("not_found");
  const columns = await toColumns(change);
  if (!columns.ok) return columns;
  // Prisma leaves alone what is undefined; only its types want it absent.
  const data = {
    ...columns.value,
    isDefault: change.isDefault || undefined,
  } as Prisma.ScheduleUncheckedUpdateManyInput;
  const own = { id, userId: scope.ownerId };
  await db().$transaction(async (tx) => {
    if (change.isDefault) {
      await lockSchedules(tx, scope);
      if ((await tx.schedule.count({ where: own })) === 0) return;
      await tx.schedule.updateMany({ where: defaultOf(scope), data: { isDefault: false } });
    }
    await tx.schedule.updateMany({ where: own, data });
  });
  const schedule = await getSchedule(scope, id);
  return schedule ? ok(schedule) : err("not_found");
}

const defaultOf = (scope: OwnerScope) => ({ userId: scope.ownerId, isDefault: true });

/** One change at a time to which schedules an organizer has, so that one of them is left and one is the default. */
async function lockSchedules(tx: Tx, { ownerId }: OwnerScope): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "User" WHERE "id" = ${ownerId}::uuid FOR NO KEY UPDATE`;
}

/** Holidays come with the dates they close. A JSON column is emptied with a null of Prisma's own. */
async function toColumns(
  fields: ScheduleInput | ScheduleChange,
): Promise<Result<object & Partial<ClosedDates>, UnknownHolidays>> {
  if (fields.holidays === undefined) return ok(fields);
  const closed = await closedDatesOf(fields.holidays);
  if (!closed.ok) return closed;
  return ok({ ...fields, ...closed.value, holidays: fields.holidays ?? Prisma.DbNull });
}

/** Takes a schedule away, unless event types use it or it is the organizer's last one. After the default the oldest one is it. */
export async function removeSchedule(
  scope: OwnerScope,
  id: string,
): Promise<Result<null, NotFound | { code: "schedule_in_use" | "last_schedule" }>> {
  if (!isId(id)) return err("not_found");
  try {
    return await db().$transaction(async (tx) => {
      await lockSchedules(tx, scope);
      const all = await tx.schedule.findMany({
        where: { userId: scope.ownerId },
        select: { id: true, isDefault: true },
        orderBy: { id: "asc" },
      });
      const removed = all.find((schedule) => schedule.id === id);
      if (!removed) return err("not_found");
      if (all.length === 1) {
        const uses = await tx.eventType.count({ where: { scheduleId: id, userId: scope.ownerId } });
        return err(uses > 0 ? "schedule_in_use" : "last_schedule");
      }
      // What is made of their event types follows these later; it keeps nothing from going.
      await tx.eventTypeHost.updateMany({
        where: { userId: scope.ownerId, scheduleId: id, eventType: { isAdHoc: true } },
        data: { scheduleId: null },
      });
      await tx.schedule.delete({ where: { id, userId: scope.ownerId } });
      const successor = all.find((schedule) => schedule.id !== id);
      if (removed.isDefault && successor) {
        await tx.schedule.update({ where: { id: successor.id }, data: { isDefault: true } });
      }
      return ok(null);
    });
  } catch (error) {
    if (isReferenced(error)) return err("schedule_in_use");
    throw error;
  }
}
