import type { OwnerScope } from "@/lib/auth/owner-scope";
import { db } from "@/lib/database/client";
import type { Prisma } from "@/lib/database/generated/client";
import { isId } from "@/lib/input/id";
import type { Schedule } from "@/lib/schedules/schema";
import { readClosedDates, readHolidays, readOverrides, readTravel, readWeekly } from "@/lib/schedules/stored";

export const scheduleColumns = {
  id: true,
  name: true,
  timeZone: true,
  weekly: true,
  overrides: true,
  travel: true,
  holidays: true,
  isDefault: true,
  createdAt: true,
  updatedAt: true,
} satisfies Prisma.ScheduleSelect;

type Row = Prisma.ScheduleGetPayload<{ select: typeof scheduleColumns }>;

/** Turns a row into the schedule it holds. */
export function toSchedule(row: Row): Schedule {
  return {
    ...row,
    weekly: readWeekly(row.weekly, row.id),
    overrides: readOverrides(row.overrides, row.id),
    travel: readTravel(row.travel, row.id),
    holidays: readHolidays(row.holidays, row.id),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

export interface Slice {
  /** Rows after this id, left out: from the first. */
  after?: string | undefined;
  take?: number | undefined;
}

/** The organizer's schedules, oldest first. */
export async function listSchedules(scope: OwnerScope, { after, take }: Slice = {}): Promise<Schedule[]> {
  const rows = await db().schedule.findMany({
    where: { userId: scope.ownerId, ...(after ? { id: { gt: after } } : {}) },
    orderBy: { id: "asc" },
    select: scheduleColumns,
    ...(take ? { take } : {}),
  });
  return rows.map(toSchedule);
}

/** The default first, then by age: for those who had none named before there was a default. */
export const defaultFirst = [
  { isDefault: "desc" },
  { id: "asc" },
] satisfies Prisma.ScheduleOrderByWithRelationInput[];

/** The zone in which the organizer's own days and lists are meant (IANA): that of their default schedule. */
export async function getOwnTimeZone(scope: OwnerScope): Promise<string> {
  const schedule = await db().schedule.findFirst({
    where: { userId: scope.ownerId },
    orderBy: defaultFirst,
    select: { timeZone: true },
  });
  return schedule?.timeZone ?? "UTC";
}

/** One of the organizer's schedules; null also for an id that is none. */
export async function getSchedule(scope: OwnerScope, id: string): Promise<Schedule | null> {
  if (!isId(id)) return null;
  const row = await db().schedule.findFirst({
    where: { id, userId: scope.ownerId },
    select: scheduleColumns,
  });
  return row && toSchedule(row);
}

/** The holidays that a schedule closes, by date, from `from` on (`YYYY-MM-DD`) and in order. */
export async function listClosedDates(
  scope: OwnerScope,
  id: string,
  from: string,
): Promise<[date: string, name: string][]> {
  if (!isId(id)) return [];
  const row = await db().schedule.findFirst({
    where: { id, userId: scope.ownerId },
    select: { closedDates: true },
  });
  const dates = row ? Object.entries(readClosedDates(row.closedDates, id)) : [];
  return dates.filter(([date]) => date >= from).sort(([a], [b]) => a.localeCompare(b));
}

/** The organizer's event types that use a schedule, oldest first. */
export async function listScheduleUsers(
  scope: OwnerScope,
  id: string,
): Promise<{ id: string; title: string; slug: string }[]> {
  if (!isId(id)) return [];
  return db().eventType.findMany({
    where: { userId: scope.ownerId, scheduleId: id },
    orderBy: { id: "asc" },
    select: { id: true, title: true, slug: true },
  });
}
