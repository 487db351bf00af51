import { ProviderError } from "@/lib/meetings/provider";
import { providerFor } from "@/lib/meetings/registry";
import { err, ok, type Result } from "@/lib/result";
import type { Interval } from "@/lib/scheduling/rules";

/** How long a visitor may wait for the organizer's calendar to answer. */
const patienceMs = 2_000;

/** Questions under way: many visitors who want the same slot cost the provider one call. */
const underWay = new Map<string, Promise<Result<Interval[], { code: "calendar_unavailable" }>>>();

/**
 * Reads the organizer's calendar for one stretch of time (epoch milliseconds), live. Fails closed: a calendar that should
 * answer and does not is an error. One that can't be asked at all (no connection, sign-in needed, operator's credentials
 * refused) is no reason to turn visitors away: the booking is kept and its link follows. All-day events count as days of
 * `allDayZone`.
 */
export function checkCalendar(
  userId: string,
  stretch: Interval,
  allDayZone: string,
): Promise<Result<Interval[], { code: "calendar_unavailable" }>> {
  const key = `${userId}:${stretch.start}:${stretch.end}`;
  const asked = underWay.get(key) ?? ask(userId, stretch, allDayZone).finally(() => underWay.delete(key));
  underWay.set(key, asked);
  return asked;
}

async function ask(
  userId: string,
  stretch: Interval,
  allDayZone: string,
): Promise<Result<Interval[], { code: "calendar_unavailable" }>> {
  try {
    const busy = await providerFor("teams").listBusy(
      { userId, priority: "visitor", timeoutMs: patienceMs },
      new Date(stretch.start),
      new Date(stretch.end),
      allDayZone,
    );
    return ok(busy.map(({ startsAt, endsAt }) => ({ start: startsAt.getTime(), end: endsAt.getTime() })));
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return error.retryable || error.code === "refused" ? err("calendar_unavailable") : ok([]);
  }
}
