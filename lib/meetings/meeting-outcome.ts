/** The outcome of a run of `meeting.sync`, decided without any calls or writes. */

import { Prisma } from "@/lib/database/generated/client";
import type { FlightNote } from "@/lib/flight-recorder/flight-recorder";
import { pauseSeconds } from "@/lib/jobs/backoff";
import type { CalendarEvent } from "@/lib/meetings/calendar-port";
import { readFallbackLocation } from "@/lib/meetings/location";
import { attending, type LeasedMeeting } from "@/lib/meetings/meeting-lease";
import type { ProviderError, ProviderProblem } from "@/lib/meetings/provider";
import type { Replaced } from "@/lib/meetings/retired-events";

/** After this many attempts a missing link counts as failed; attempts continue, slowly. */
const patientAttempts = 8;

/** The outcome of one run: fields to store, lines to record, and when to run again. */
export interface Outcome {
  changes: Prisma.MeetingUpdateInput;
  lines: FlightNote[];
  /** Seconds until the next try; null: nothing is left to do. */
  againInSeconds: number | null;
  /** People can be notified, though something is left to do. */
  isNews?: boolean;
  /** An event that is given up, and must not be found in the calendar later. */
  retires?: Replaced;
  /** What the organizer has to hear by mail, once. */
  notifies?: "not_made" | "not_changed" | "left" | "not_reached" | "left_unreached";
}

/** The Teams meeting whose link was verified was taken out of the event: its account can still have another. */
export function hasLostTeams(meeting: LeasedMeeting, event: CalendarEvent): boolean {
  const wasVerified = meeting.status === "ready" && meeting.joinUrl !== null && !isReplacing(meeting);
  return wasVerified && !event.joinUrl && !event.online;
}

/** What to do about a link that was read back. */
export function judgeLink(meeting: LeasedMeeting, event: CalendarEvent): Outcome {
  if (event.joinUrl) return verified(meeting, event.joinUrl);
  if (!event.online) return withoutTeams(meeting, "no_teams");
  const lost = meeting.attempts >= patientAttempts;
  // While the event that is replaced is still there, its link is.
  const status = isReplacing(meeting) ? "ready" : lost ? "failed" : "creating";
  return {
    changes: { status, problem: "no_link" },
    lines: [
      { step: "link_missing", outcome: lost ? "failed" : "waiting", facts: { attempt: meeting.attempts } },
    ],
    againInSeconds: pauseSeconds(meeting.attempts),
  };
}

function verified(meeting: LeasedMeeting, joinUrl: string): Outcome {
  const unchanged = meeting.joinUrl === null || meeting.joinUrl === joinUrl;
  return {
    changes: { ...settled(), status: "ready", joinUrl, verifiedAt: new Date() },
    lines: [{ step: "link_verified", outcome: "ok", facts: { unchanged } }],
    againInSeconds: null,
  };
}

/** The organizer only lets Bellhop read their calendar, so there is no event and no Teams meeting. */
export function unwritten(meeting: LeasedMeeting): Outcome {
  if (meeting.kind === "teams") return withoutTeams(meeting, "read_only");
  return { changes: settled(), lines: [], againInSeconds: null };
}

/** The event is proven to be gone though its bookings still hold: a new generation of it is created immediately. */
export function vanished(meeting: LeasedMeeting): Outcome {
  const { calendarEventId: eventId, iCalUId } = meeting;
  return {
    changes: newGeneration(meeting.kind),
    lines: [{ step: "meeting_vanished", outcome: "waiting", facts: { generation: meeting.generation } }],
    againInSeconds: 0,
    ...(eventId ? { retires: { eventId, iCalUId, ...writtenTimes(meeting) } } : {}),
  };
}

function writtenTimes({ calendarStartsAt, calendarEndsAt, startsAt, endsAt }: LeasedMeeting) {
  return calendarStartsAt && calendarEndsAt
    ? { startsAt: calendarStartsAt, endsAt: calendarEndsAt }
    : { startsAt, endsAt };
}

/** Its event is being made in another mailbox, and the link of the one before holds until the new one was read back. */
function isReplacing({ status, joinUrl, retired }: LeasedMeeting): boolean {
  return status === "ready" && retired.some((old) => old.isStandIn && old.joinUrl === joinUrl);
}

/** The event is made in the connected mailbox; the one before stays, with its link, until that has worked. */
export function movedOver(meeting: LeasedMeeting, eventId: string): Outcome {
  const { generation, joinUrl, iCalUId } = meeting;
  return {
    // Status and link stay as they are.
    changes: { ...withoutEvent, problem: null, attempts: 0 },
    lines: [{ step: "meeting_moves_over", outcome: "waiting", facts: { generation } }],
    againInSeconds: 0,
    retires: { eventId, iCalUId, isStandIn: true, joinUrl, ...writtenTimes(meeting) },
  };
}

/**
 * Another host has taken the meeting over: its event is made in their calendar, and the one before stays, with its link, until that has
 * worked. One who has no calendar needs no event.
 */
export function leavesCalendar(meeting: LeasedMeeting, { isNeeded }: { isNeeded: boolean }): Outcome {
  const { calendarEventId: eventId, generation, joinUrl, iCalUId } = meeting;
  const standIn = isNeeded ? { isStandIn: true, joinUrl } : {};
  return {
    changes: { ...withoutEvent, ...fromNowOnTheHosts, problem: null, attempts: 0 },
    lines: eventId ? [{ step: "meeting_moves_over", outcome: "waiting", facts: { generation } }] : [],
    againInSeconds: 0,
    ...(eventId ? { retires: { eventId, iCalUId, ...standIn, ...writtenTimes(meeting) } } : {}),
  };
}

/** The event that comes next is the host's. */
const fromNowOnTheHosts = {
  calendarOwnerId: null,
  connection: { disconnect: true },
} satisfies Prisma.MeetingUpdateInput;

/** The event was not found under its id, and is in the calendar under another. */
export function foundAgain(eventId: string): Outcome {
  return {
    changes: { calendarEventId: eventId },
    lines: [{ step: "event_found_again", outcome: "ok" }],
    againInSeconds: 0,
  };
}

/** What applied to an event that is gone. */
export const forgotten = {
  onlineMeetingId: null,
  optionsOutcome: Prisma.DbNull,
  invitedEmails: [],
  invitingEmails: [],
} satisfies Prisma.MeetingUpdateInput;

/** The columns of a meeting that has no event any more; what comes next is another generation. */
export const withoutEvent = {
  generation: { increment: 1 },
  calendarEventId: null,
  calendarMailbox: null,
  sharedCalendar: null,
  iCalUId: null,
  calendarStartsAt: null,
  calendarEndsAt: null,
  calendarPlace: null,
  ...forgotten,
} satisfies Prisma.MeetingUpdateInput;

/** The columns of a meeting whose event is to be made again, with a link of its own. */
export function newGeneration(kind: string) {
  return {
    ...withoutEvent,
    ...(kind === "teams" ? { status: "creating", joinUrl: null, verifiedAt: null } : {}),
  } satisfies Prisma.MeetingUpdateInput;
}

/** Nothing is waiting or failing. */
export function settled(): Prisma.MeetingUpdateInput {
  return { problem: null, attempts: 0 };
}

/** The account can't create Teams meetings: the organizer's alternative is used, and never anything else. */
export function withoutTeams(meeting: LeasedMeeting, problem: string): Outcome {
  const fallback = fallbackOf(meeting);
  if (!fallback) {
    return {
      changes: { status: "failed", problem, attempts: 0 },
      lines: [{ step: "meeting_failed", outcome: "failed", facts: { problem } }],
      againInSeconds: null,
    };
  }
  const isLink = fallback.kind === "link";
  const value = "value" in fallback ? fallback.value : null;
  return {
    changes: {
      kind: fallback.kind,
      place: value,
      status: isLink ? "ready" : "none",
      joinUrl: isLink ? value : null,
      problem: null,
    },
    lines: [{ step: "fallback_used", outcome: "ok", facts: { kind: fallback.kind } }],
    againInSeconds: 0,
  };
}

/** Whether the event type has an alternative to Teams. */
export function hasFallback(meeting: LeasedMeeting): boolean {
  return fallbackOf(meeting) !== null;
}

/** Its event is in the calendar without a meeting, and its organizer is asked for a place. */
export function isAskedFor({ kind, problem, calendarEventId }: LeasedMeeting): boolean {
  return kind === "teams" && problem === "no_teams" && calendarEventId !== null;
}

/** Problems that last until a person fixes them. They are retried anyway, slowly: seconds between attempts. */
const finalProblems: Partial<Record<ProviderProblem, number>> = {
  refused: 600,
  access_denied: 3600,
  no_mailbox: 3600,
};

/** A call failed. Temporary failures are retried; those that need a person are shown, and retried slowly. */
export function setBack(meeting: LeasedMeeting, error: ProviderError): Outcome {
  const teams = meeting.kind === "teams" && attending(meeting).length > 0;
  if (error.code === "superseded") return vanished(meeting);
  if (error.code === "out_of_reach") return outOfReach("not_reached");
  if (error.code === "not_connected" && !teams)
    return { changes: settled(), lines: [], againInSeconds: null };
  const isOfAccount = error.code === "access_denied" && !error.isOfSharedCalendar;
  if (isOfAccount && teams && !meeting.calendarEventId) {
    return withoutTeams(meeting, error.details.vendorCode === "no_teams" ? "no_teams" : error.code);
  }
  const isFinal = error.code in finalProblems;
  // A link that was verified stays good while Microsoft can't be asked.
  const linkless = teams && meeting.status !== "ready";
  const status = isFinal ? "failed" : "creating";
  return {
    // What its organizer is asked for stays the same, whatever keeps a change from the calendar.
    changes: isAskedFor(meeting) ? {} : { problem: error.code, ...(linkless ? { status } : {}) },
    lines: [
      {
        step: isFinal ? "meeting_failed" : "meeting_waits",
        outcome: isFinal ? "failed" : "waiting",
        facts: { problem: error.code, vendorCode: error.details.vendorCode ?? null },
      },
    ],
    againInSeconds: secondsUntilAgain(meeting, error),
    ...(isFinal ? { notifies: meeting.calendarEventId ? "not_changed" : "not_made" } : {}),
  };
}

/** After this many attempts, about two minutes, the organizer is notified of an event that can't be removed. */
const quietAttempts = 7;

/** The event of a meeting that no one attends could not be taken out. It is tried again for as long as it takes. */
export function setBackRemoval(meeting: LeasedMeeting, error: ProviderError): Outcome {
  if (error.code === "out_of_reach") return outOfReach("left_unreached");
  const isLate = error.code in finalProblems || meeting.attempts >= quietAttempts;
  return {
    changes: { problem: error.code },
    lines: [
      {
        step: "removal_waits",
        outcome: isLate ? "failed" : "waiting",
        facts: { problem: error.code, vendorCode: error.details.vendorCode ?? null },
      },
    ],
    againInSeconds: secondsUntilAgain(meeting, error),
    ...(isLate ? { notifies: "left" } : {}),
  };
}

/** The event is in a mailbox that nothing opens now: whatever was to be done there is not done, and its organizer hears of it. */
function outOfReach(notifies: "not_reached" | "left_unreached"): Outcome {
  return {
    changes: { problem: "out_of_reach" },
    lines: [
      { step: "mailbox_out_of_reach", outcome: "failed", facts: { isOff: notifies === "left_unreached" } },
    ],
    againInSeconds: null,
    notifies,
  };
}

/** Null: it waits for a person whose action resumes it, or it is over. */
function secondsUntilAgain(meeting: LeasedMeeting, error: ProviderError, now = Date.now()): number | null {
  if (meeting.endsAt.getTime() <= now) return null;
  if (error.retryable) return pauseSeconds(meeting.attempts, error.details.retryAfterSeconds);
  return finalProblems[error.code] ?? null;
}

function fallbackOf({ eventType }: LeasedMeeting) {
  return eventType && readFallbackLocation(eventType.fallbackLocation, eventType.id);
}
