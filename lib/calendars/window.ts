/** How far ahead a calendar is kept in step: as far as visitors may book, within bounds. */
import { z } from "zod";
import { db } from "@/lib/database/client";
import { jsonColumn } from "@/lib/database/json-column";
import { DAY_MS } from "@/lib/slot-engine/calendar-date";
import type { BookingWindow } from "@/lib/slot-engine/rules";

/** So that a somewhat longer booking window does not mean that everything is read again. */
const fewestDays = 90;

/** Two years: the limit of an unlimited booking window if a calendar is connected. */
export const maxDays = 731;

/** If only days with open time count, at least one of this many calendar days is one. */
const daysPerBookableDay = 7;

const days = z.number();

/** How far ahead an event type's visitors may book. */
export const readWindow = jsonColumn(
  "EventType.window",
  z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("rolling"), days }),
    z.object({ kind: z.literal("rolling_bookable"), days }),
    z.object({ kind: z.literal("range"), from: z.string(), to: z.string() }),
    z.object({ kind: z.literal("none") }),
  ]),
);

/** Days from today on that an event type's visitors may book. `now`: epoch milliseconds. */
export function daysAhead(window: BookingWindow, now: number): number {
  switch (window.kind) {
    case "none":
      return maxDays;
    case "range":
      return Math.ceil((Date.parse(`${window.to}T00:00:00Z`) - now) / DAY_MS) + 1;
    case "rolling":
      return window.days + 1;
    case "rolling_bookable":
      return window.days * daysPerBookableDay + 1;
  }
}

/** Days ahead that all event types together need. */
export function horizonDays(windows: readonly BookingWindow[], now: number): number {
  const needed = windows.map((window) => daysAhead(window, now));
  return Math.min(maxDays, Math.max(fewestDays, ...needed));
}

/** What a round of everything covers. A day more than is needed, so that one is due every day. */
export function windowFor(days: number, now: number): { from: Date; to: Date } {
  return { from: new Date(now - DAY_MS), to: new Date(now + (days + 2) * DAY_MS) };
}

/** True when what is covered ends too soon. */
export function isTooShort(coveredUntil: Date, days: number, now: number): boolean {
  return coveredUntil.getTime() < now + (days + 1) * DAY_MS;
}

/** Days ahead that the event types need that an organizer hosts. */
export async function requiredDays(userId: string, now: number): Promise<number> {
  const eventTypes = await db().eventType.findMany({
    where: { hosts: { some: { userId } } },
    select: { id: true, window: true },
  });
  return horizonDays(
    eventTypes.map(({ id, window }) => readWindow(window, id)),
    now,
  );
}
