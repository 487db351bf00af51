/** Reads one calendar: what has changed since the last time, or everything where that can't be had. */
import { noticeOwnEvents } from "@/lib/calendars/changes";
import { type HeldCalendar, LeaseLost, releaseCalendar, takeCalendar } from "@/lib/calendars/lease";
import { listOwnEvents } from "@/lib/calendars/own-events";
import { nextAttemptAt, nextPollAt } from "@/lib/calendars/pace";
import {
  beginFullRound,
  finishRound,
  listVanishedOwnEvents,
  noteFailure,
  replaceSeries,
  settleSeries,
  writePage,
} from "@/lib/calendars/rounds";
import { syncModeOf } from "@/lib/calendars/subscriptions";
import { isTooShort, requiredDays, windowFor } from "@/lib/calendars/window";
import { env } from "@/lib/config/env";
import { db } from "@/lib/database/client";
import type { ChangesPage } from "@/lib/meetings/calendar-reader";
import { type CallContext, ProviderError, type ProviderProblem } from "@/lib/meetings/provider";
import { calendarPort } from "@/lib/meetings/registry-calendar";
import { DAY_MS } from "@/lib/slot-engine/calendar-date";

export type SyncOutcome =
  | "done"
  /** Another process reads it, and will read it once more. */
  | "busy"
  | "gone"
  | ProviderProblem;

/** One page of a full mailbox. */
const callTimeoutMs = 20_000;

/** A link that is lost again right after a restart is an error of the provider. */
const maxFreshStarts = 2;

/** Waits for the organizer or the operator: nothing changes by asking often. */
const restMs = 3600_000;

export interface SyncOptions {
  /** Whether a visitor waits for it. */
  priority?: CallContext["priority"];
}

/** Brings Bellhop's copy of one calendar up to date. What goes wrong at the provider's is written down with the calendar. */
export async function syncCalendar(
  id: string,
  { priority = "sync" }: SyncOptions = {},
): Promise<SyncOutcome> {
  const held = await takeCalendar(id);
  if (typeof held === "string") return held;
  const sharedCalendar = isShared(held) ? held.calendarId : undefined;
  const context: CallContext = { userId: held.userId, sharedCalendar, priority, timeoutMs: callTimeoutMs };
  try {
    return await readRound(held, context);
  } catch (error) {
    if (error instanceof LeaseLost) return "busy";
    if (error instanceof ProviderError) return await giveUp(held, error);
    await releaseCalendar(held);
    throw error;
  }
}

async function giveUp(held: HeldCalendar, error: ProviderError): Promise<ProviderProblem> {
  const now = Date.now();
  const again = nextAttemptAt(now, held.attempts + 1, error.details.retryAfterSeconds);
  // Its owner may share it again, and no one says so.
  const canHeal = error.retryable || error.code === "refused" || error.isOfSharedCalendar;
  await noteFailure(held, error.code, new Date(canHeal ? again : Math.max(again, now + restMs)));
  return error.code;
}

async function readRound(taken: HeldCalendar, context: CallContext): Promise<SyncOutcome> {
  const provider = calendarPort("teams");
  const now = Date.now();
  const days = await requiredDays(taken.userId, now);
  const fresh = (held: HeldCalendar) => beginFullRound(held, windowFor(days, now));
  let held = needsFullRound(taken, days, now) ? await fresh(taken) : takeUp(taken);
  let freshStarts = 0;
  let hasChanges = taken.syncedAt === null;
  for (;;) {
    const page = await provider.readChanges(context, { ...held, isShared: isShared(held) }, startOf(held));
    if (page === "gone") return await forget(held);
    if (page === "lost") {
      freshStarts += 1;
      if (freshStarts > maxFreshStarts) throw lostAgain();
      held = await fresh(held);
      continue;
    }
    hasChanges ||= held.roundUnderWay === null && page.seen.length + page.removedIds.length > 0;
    await noticeOwn(held, idsOf(page), page.removedIds);
    held = await writePage(held, page);
    if (!page.isLast) continue;
    await readSeries(held, context);
    await noticeOwn(held, [], await listVanishedOwnEvents(held));
    await finishRound(held, {
      deltaLink: page.link,
      nextPollAt: await planNext(held, hasChanges),
      hasChanges,
    });
    return "done";
  }
}

const isShared = ({ ownerAddress }: HeldCalendar) => ownerAddress !== null;

/** Everything is read the first time, and once a day from then on, as the time to be covered moves along. */
function needsFullRound(held: HeldCalendar, days: number, now: number): boolean {
  const { roundUnderWay, nextLink, nextWindowEnd, deltaLink, windowEnd } = held;
  if (roundUnderWay !== null && nextWindowEnd)
    return nextLink === null || isTooShort(nextWindowEnd, days, now);
  return deltaLink === null || windowEnd === null || isTooShort(windowEnd, days, now);
}

/** Continues an unfinished round, or starts with the changes. */
function takeUp(held: HeldCalendar): HeldCalendar {
  return held.nextLink !== null && held.roundStartedAt
    ? held
    : { ...held, nextLink: null, roundStartedAt: new Date() };
}

/** All-day events are matched as days in UTC: a day more on either side is asked for than is covered. */
function startOf({ nextLink, deltaLink, roundUnderWay, nextWindowStart, nextWindowEnd }: HeldCalendar) {
  const link = nextLink ?? (roundUnderWay === null ? deltaLink : null);
  if (link !== null) return { link };
  if (!nextWindowStart || !nextWindowEnd) throw new Error("A round was begun without its window.");
  return {
    from: new Date(nextWindowStart.getTime() - DAY_MS),
    to: new Date(nextWindowEnd.getTime() + DAY_MS),
  };
}

/** Reports our own events before a page is stored: after a crash the same page is read again. */
async function noticeOwn(held: HeldCalendar, ids: string[], removed: string[]): Promise<void> {
  const own = await listOwnEvents(held.userId, ids.length > 0 ? ids : removed);
  if (own.length === 0) return;
  const { connectionId, userId } = held;
  const gone = new Set(removed);
  await noticeOwnEvents(
    own.map((eventId) => ({
      connectionId,
      userId,
      eventId,
      kind: gone.has(eventId) ? "removed" : "updated",
    })),
  );
}

const idsOf = ({ seen, removedIds }: ChangesPage) => [...seen.map(({ eventId }) => eventId), ...removedIds];

/** A series for which a round has too little information is read individually. */
async function readSeries(held: HeldCalendar, context: CallContext): Promise<void> {
  const from = held.nextWindowStart ?? held.windowStart;
  const to = held.nextWindowEnd ?? held.windowEnd;
  if (!from || !to) return;
  for (const seriesId of await settleSeries(held)) {
    const occurrences = await calendarPort("teams").listOccurrences(
      context,
      seriesId,
      new Date(from.getTime() - DAY_MS),
      new Date(to.getTime() + DAY_MS),
    );
    await replaceSeries(held, seriesId, occurrences);
  }
}

async function planNext(held: HeldCalendar, hasChanges: boolean): Promise<Date> {
  const now = Date.now();
  const at = nextPollAt({
    now,
    changedAt: hasChanges ? now : (held.changedAt?.getTime() ?? null),
    pollSeconds: env().SYNC_POLL_SECONDS,
    staleAfterMinutes: held.staleAfterMinutes,
    // No one is notified of what happens in someone else's calendar.
    isNotified: !isShared(held) && (await syncModeOf({ id: held.connectionId })).mode === "push",
    chance: Math.random(),
  });
  return new Date(at);
}

/** The calendar was removed at the provider's. */
async function forget({ id, leaseId, connectionId }: HeldCalendar): Promise<"gone"> {
  await db().$transaction(async (tx) => {
    await tx.syncedCalendar.deleteMany({ where: { id, leaseId } });
    await tx.calendarSync.updateMany({ where: { connectionId }, data: { nextListAt: new Date() } });
  });
  return "gone";
}

function lostAgain(): ProviderError {
  return new ProviderError("unavailable", "The provider loses track of a round as soon as it has begun.", {
    vendorCode: "round_lost",
  });
}
