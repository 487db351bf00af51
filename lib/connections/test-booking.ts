/** Tests on request what every booking needs: writes an event, reads its link back, removes the event. */

import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { db } from "@/lib/database/client";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import type { CalendarEvent } from "@/lib/meetings/calendar-port";
import { type CallContext, ProviderError, type ProviderProblem } from "@/lib/meetings/provider";
import { calendarPort } from "@/lib/meetings/registry-calendar";
import { err, ok, type Result } from "@/lib/result";

/** Pauses between looks at the link, in milliseconds: it may come some seconds after the event. */
const linkPauses = [250, 500, 1000, 2000, 2000];
const minuteMs = 60_000;

export interface TestBooking {
  /** False: the account has no Teams, the calendar alone was tried. */
  hasLink: boolean;
  durationMs: number;
}

export type TestBookingRefusal = {
  code: ProviderProblem | "no_link";
  /** When the test event begins, where it could not be taken out again. */
  leftAt: Date | null;
};

/** Runs the test in the organizer's calendar: a private quarter of an hour this time tomorrow, which no one is invited to. Its words are the organizer's. */
export async function runTestBooking(
  { ownerId: userId }: OwnerScope,
  locale: Locale,
): Promise<Result<TestBooking, TestBookingRefusal>> {
  const context: CallContext = { userId, priority: "visitor", timeoutMs: 10_000 };
  const startedAt = performance.now();
  const quarter = 15 * minuteMs;
  const startsAt = new Date(Math.ceil((Date.now() + 24 * 60 * minuteMs) / quarter) * quarter);
  let event: CalendarEvent | null = null;
  try {
    const online = await hasTeams(userId);
    event = await createTestEvent(context, { startsAt, online, locale });
    const hasLink = online && (await waitForLink(context, event));
    await takeOut(context, event);
    if (online && !hasLink) return err("no_link", { leftAt: null });
    await db().meetingProviderConnection.updateMany({
      where: { userId, provider: "teams" },
      data: { lastVerifiedAt: new Date() },
    });
    return ok({ hasLink, durationMs: performance.now() - startedAt });
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const isGone =
      event === null ||
      (await takeOut(context, event).then(
        () => true,
        () => false,
      ));
    return err(error.code, { leftAt: isGone ? null : startsAt });
  }
}

async function hasTeams(userId: string): Promise<boolean> {
  const connection = await db().meetingProviderConnection.findUnique({
    where: { userId_provider: { userId, provider: "teams" } },
    select: { teamsAvailable: true },
  });
  return connection?.teamsAvailable === true;
}

function createTestEvent(
  context: CallContext,
  { startsAt, online, locale }: { startsAt: Date; online: boolean; locale: Locale },
): Promise<CalendarEvent> {
  const words = translator("connections", locale);
  return calendarPort("teams").createEvent(context, {
    meetingId: randomUUID(),
    generation: 1,
    subject: words("test.subject"),
    descriptionHtml: `<p>${words("test.description")}</p>`,
    startsAt,
    endsAt: new Date(startsAt.getTime() + 15 * minuteMs),
    timeZone: "UTC",
    attendees: [],
    hideAttendees: false,
    isPrivate: true,
    online,
    place: null,
  });
}

async function waitForLink(context: CallContext, event: CalendarEvent): Promise<boolean> {
  for (const ms of [0, ...linkPauses]) {
    await pause(ms);
    const seen = await calendarPort("teams").readEvent(context, event.eventId);
    if (!seen?.online) return false;
    if (seen.joinUrl) return true;
  }
  return false;
}

const takeOut = (context: CallContext, { eventId }: CalendarEvent) =>
  calendarPort("teams").removeEvent(context, eventId, { comment: "", hasAttendees: false });
