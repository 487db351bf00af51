import { type CalendarCopy, noticeLive, readCopy } from "@/lib/calendars/copy";
import { withoutOwnEvents } from "@/lib/calendars/own-events";
import { ProviderError } from "@/lib/meetings/provider";
import { calendarPort } from "@/lib/meetings/registry-calendar";
import { err, ok, type Result } from "@/lib/result";
import type { Interval } from "@/lib/slot-engine/rules";

interface CheckOptions {
  /** How long all of it may take, in milliseconds; left out: as long as above. */
  msLeft?: number;
  /** Others could take part instead: a calendar that can't be asked at all is an error too. */
  isShared?: boolean;
}

/** How long a calendar may take to respond while a visitor waits, in milliseconds. */
export const patienceMs = 2_000;

/** How long a visitor may additionally wait in line: for other calls to the same mailbox, and for pauses that Microsoft asked for. Milliseconds. */
export const lineMs = 6_500;

export interface CalendarUnavailable {
  code: "calendar_unavailable";
  /** If the provider said when to retry. */
  retryAfterSeconds?: number;
}

/** Requests in progress: many visitors who want the same slot cost the provider one call. */
const underWay = new Map<string, Promise<Result<Interval[], CalendarUnavailable>>>();

/** A copy no older than this may stand in for a calendar that does not answer, where its organizer wants that. */
const freshMs = 60_000;

/**
 * Reads the organizer's calendars for one stretch of time (epoch milliseconds), live, with what they chose. Fails closed: a
 * calendar that should answer and does not is an error, unless its organizer lets bookings pass on a copy that is fresh. One
 * that can't be asked at all (no connection, sign-in needed, operator's credentials refused) is no reason to turn visitors
 * away: what was read last counts, the booking is kept and its link follows. All-day events count as days of `allDayZone`.
 */
export function checkCalendar(
  userId: string,
  stretch: Interval,
  allDayZone: string,
  options: CheckOptions = {},
): Promise<Result<Interval[], CalendarUnavailable>> {
  const key = `${userId}:${stretch.start}:${stretch.end}:${options.isShared === true}`;
  const asked =
    underWay.get(key) ?? ask(userId, stretch, allDayZone, options).finally(() => underWay.delete(key));
  underWay.set(key, asked);
  return asked;
}

async function ask(
  userId: string,
  stretch: Interval,
  allDayZone: string,
  { msLeft = Number.POSITIVE_INFINITY, isShared = false }: CheckOptions,
): Promise<Result<Interval[], CalendarUnavailable>> {
  const copy = await readCopy(userId, stretch, allDayZone);
  const { replies } = copy;
  if (copy.choice.calendars?.length === 0) return ok(replies);
  try {
    const seen = await calendarPort("teams").listBusy(
      {
        userId,
        priority: "visitor",
        timeoutMs: Math.max(1, Math.min(patienceMs, msLeft)),
        lineMs: Math.max(0, Math.min(lineMs, msLeft)),
      },
      new Date(stretch.start),
      new Date(stretch.end),
      allDayZone,
      copy.choice,
    );
    const busy = await withoutOwnEvents(userId, seen);
    const live = busy.map(({ startsAt, endsAt }) => ({ start: startsAt.getTime(), end: endsAt.getTime() }));
    await noticeLive(copy, live);
    return ok([...live, ...replies]);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const shouldAnswer =
      error.retryable ||
      error.isOfSharedCalendar ||
      error.code === "refused" ||
      (isShared && ends.has(error.code));
    if (!shouldAnswer || mayStandIn(copy)) return ok([...copy.busy, ...replies]);
    const { retryAfterSeconds } = error.details;
    return err("calendar_unavailable", retryAfterSeconds === undefined ? {} : { retryAfterSeconds });
  }
}

/** Only their organizer can end these. */
const ends: ReadonlySet<ProviderError["code"]> = new Set(["reconnect_needed", "no_mailbox", "access_denied"]);

function mayStandIn({ acceptsFresh, asOf }: CalendarCopy): boolean {
  return acceptsFresh && asOf !== null && Date.now() - asOf < freshMs;
}
