/** Keeps the copies of rooms' calendars: through the connection of an organizer whose event types need them. */

import { nextAttemptAt } from "@/lib/calendars/pace";
import { horizonDays, readWindow } from "@/lib/calendars/window";
import { env } from "@/lib/config/env";
import { log } from "@/lib/config/log";
import { db } from "@/lib/database/client";
import { run } from "@/lib/database/direct";
import { Prisma } from "@/lib/database/generated/client";
import type { RepeatedTask } from "@/lib/jobs/runner";
import type { BusyInterval } from "@/lib/meetings/calendar-reader";
import { ProviderError } from "@/lib/meetings/provider";
import { calendarPort } from "@/lib/meetings/registry-calendar";
import { noReader, notFound } from "@/lib/rooms/room-times";
import { DAY_MS } from "@/lib/slot-engine/calendar-date";

/** What one call to Outlook may ask for. */
const roomsOfRound = 20;

/** Further ahead rooms are not read, and not offered: each two months cost a call. */
const farthestDays = 190;

const callTimeoutMs = 10_000;

/** How long a visitor waits for rooms to be read. */
const patienceMs = 2_000;

interface DueRoom {
  id: string;
  email: string;
  tenantId: string;
  attempts: number;
}

// Anyone who takes rooms and dies leaves them due again in two minutes. All of a round are one organization's.
const takeDue = `
  WITH first AS (
    SELECT r."tenantId" FROM "Room" r WHERE r."nextReadAt" <= now() AND EXISTS (
      SELECT 1 FROM "EventType" e JOIN "EventTypeHost" h ON h."eventTypeId" = e.id
      JOIN "MeetingProviderConnection" c ON c."userId" = h."userId" AND c.provider = 'teams'
      WHERE e.rooms IS NOT NULL AND c."tenantId" = r."tenantId")
    ORDER BY r."nextReadAt" LIMIT 1)
  UPDATE "Room" SET "nextReadAt" = now() + interval '2 minutes'
  WHERE id IN (
    SELECT r.id FROM "Room" r JOIN first f ON f."tenantId" = r."tenantId"
    WHERE r."nextReadAt" <= now() ORDER BY r."nextReadAt" LIMIT ${roomsOfRound} FOR UPDATE OF r SKIP LOCKED)
  RETURNING id, email, "tenantId", attempts`;

async function readDueRooms(): Promise<void> {
  for (;;) {
    const due = await run<DueRoom>(takeDue, []);
    if (due.length === 0) return;
    await readCopies(due, "sync");
  }
}

const underWay = new Map<string, Promise<void>>();

/** Has rooms read while a visitor waits, two seconds at most; reading goes on after that. */
export async function readRoomsNow(ids: readonly string[]): Promise<void> {
  const key = [...ids].sort().join(" ");
  const reading =
    underWay.get(key) ??
    readByIds(ids)
      .catch((error) => log().error({ error }, "Rooms could not be read"))
      .finally(() => underWay.delete(key));
  underWay.set(key, reading);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patienceMs);
  });
  await Promise.race([reading, late]);
  clearTimeout(timer);
}

async function readByIds(ids: readonly string[]): Promise<void> {
  const rooms = await db().room.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, email: true, tenantId: true, attempts: true },
  });
  for (const tenantId of new Set(rooms.map((room) => room.tenantId))) {
    await readCopies(
      rooms.filter((room) => room.tenantId === tenantId),
      "visitor",
    );
  }
}

/** Reads the calendars of some rooms of one organization, and stores what they say or why they could not be read. */
async function readCopies(rooms: readonly DueRoom[], priority: "visitor" | "sync"): Promise<void> {
  const [first] = rooms;
  if (!first) return;
  const from = new Date();
  const to = new Date(from.getTime() + (await daysNeeded(first.tenantId, from.getTime())) * DAY_MS);
  let problem: string = noReader;
  let retryAfterSeconds = 0;
  for (const userId of await readersOf(first.tenantId)) {
    try {
      const context = { userId, priority, timeoutMs: callTimeoutMs } as const;
      const emails = rooms.map(({ email }) => email);
      const found = await calendarPort("teams").readRooms(context, emails, from, to);
      await Promise.all(rooms.map((room) => store(room, found.get(room.email), { from, to })));
      return;
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      if (error.retryable) problem = error.code;
      retryAfterSeconds = error.details.retryAfterSeconds ?? 0;
    }
  }
  for (const room of rooms) await setBack(room, problem, retryAfterSeconds);
}

async function daysNeeded(tenantId: string, now: number): Promise<number> {
  const connections = { some: { tenantId, provider: "teams" } };
  const eventTypes = await db().eventType.findMany({
    where: { rooms: { not: Prisma.AnyNull }, hosts: { some: { user: { connections } } } },
    select: { id: true, window: true },
  });
  const windows = eventTypes.map(({ id, window }) => readWindow(window, id));
  return Math.min(farthestDays, horizonDays(windows, now) + 1);
}

/** The organizers through whose connection the rooms of an organization can be read, those whose event types need rooms first. */
async function readersOf(tenantId: string): Promise<string[]> {
  const rows = await run<{ userId: string }>(
    `SELECT c."userId" FROM "MeetingProviderConnection" c
     WHERE c."tenantId" = $1 AND c.provider = 'teams' AND c."accountKind" = 'work' AND c.state <> 'reconnect_needed'
       AND coalesce(c."pausedUntil" < now(), true)
     ORDER BY EXISTS (SELECT 1 FROM "EventTypeHost" h JOIN "EventType" e ON e.id = h."eventTypeId"
       WHERE h."userId" = c."userId" AND e.rooms IS NOT NULL) DESC, c."lastVerifiedAt" DESC NULLS LAST, c.id LIMIT 3`,
    [tenantId],
  );
  return rows.map(({ userId }) => userId);
}

async function store(
  room: DueRoom,
  busy: BusyInterval[] | null | undefined,
  { from, to }: { from: Date; to: Date },
): Promise<void> {
  if (busy === undefined) return setBack(room, "unreadable", 0);
  if (busy === null) return setBack(room, notFound, 0);
  const { id: roomId } = room;
  await db().$transaction(async (tx) => {
    // Two readings at the same time: the later one to get here holds.
    await tx.room.update({
      where: { id: roomId },
      data: {
        syncedAt: from,
        coversUntil: to,
        problem: null,
        attempts: 0,
        nextReadAt: new Date(Date.now() + env().SYNC_POLL_SECONDS * 1000),
      },
      select: { id: true },
    });
    await tx.roomBusy.deleteMany({ where: { roomId } });
    await tx.roomBusy.createMany({
      data: busy.map((interval) => ({ roomId, ...interval })),
      skipDuplicates: true,
    });
  });
}

async function setBack({ id, attempts }: DueRoom, problem: string, retryAfterSeconds: number): Promise<void> {
  const nextReadAt = new Date(nextAttemptAt(Date.now(), attempts + 1, retryAfterSeconds));
  await db().room.updateMany({
    where: { id },
    data: { problem, attempts: { increment: 1 }, nextReadAt },
  });
}

export const roomTasks: RepeatedTask[] = [{ name: "rooms.read", everySeconds: 2, run: readDueRooms }];
