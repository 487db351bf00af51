import { type CalendarUnavailable, lineMs, patienceMs } from "@/lib/booking/calendar-check";
import { ProviderError } from "@/lib/meetings/provider";
import { calendarPort } from "@/lib/meetings/registry-calendar";
import type { OfferRoom } from "@/lib/offers/rooms";
import { err, ok, type Result } from "@/lib/result";
import type { Interval } from "@/lib/slot-engine/rules";

/**
 * Asks for the time of some rooms (epoch milliseconds) through a host's connection, live. By the room's id; null: it has no calendar that
 * can be read. Fails closed like `checkCalendar`. Where nothing can be asked at all, what was read last counts: nothing is in the answer.
 */
export async function checkRooms(
  userId: string,
  rooms: readonly OfferRoom[],
  slot: Interval,
): Promise<Result<ReadonlyMap<string, Interval[] | null>, CalendarUnavailable>> {
  const context = { userId, priority: "visitor", timeoutMs: patienceMs, lineMs } as const;
  const emails = rooms.map(({ email }) => email);
  try {
    const found = await calendarPort("teams").readRooms(
      context,
      emails,
      new Date(slot.start),
      // Outlook takes no stretch shorter than the steps it counts in.
      new Date(Math.max(slot.end, slot.start + 3600_000)),
    );
    return ok(
      new Map(
        rooms.map(({ id, email }) => {
          const busy = found.get(email);
          return [
            id,
            busy?.map(({ startsAt, endsAt }) => ({ start: startsAt.getTime(), end: endsAt.getTime() })) ??
              null,
          ];
        }),
      ),
    );
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (!error.retryable && error.code !== "refused") return ok(new Map());
    const { retryAfterSeconds } = error.details;
    return err("calendar_unavailable", retryAfterSeconds === undefined ? {} : { retryAfterSeconds });
  }
}
