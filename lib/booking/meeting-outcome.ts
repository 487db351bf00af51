/** What a run of `meeting.sync` makes of what it has found, without asking or writing anything. */
import { pauseSeconds } from "@/lib/booking/backoff";
import type { FlightNote } from "@/lib/booking/flight-recorder";
import { attending, type LeasedMeeting } from "@/lib/booking/meeting-lease";
import { Prisma } from "@/lib/database/generated/client";
import type { CalendarEvent, ProviderError } from "@/lib/meetings/provider";

/** A link that has not come after so many tries is called failed; tries go on, slowly. */
const patientAttempts = 8;

/** What one run has found out: fields to store, lines to record, and when to come back. */
export interface Outcome {
  changes: Prisma.MeetingUpdateInput;
  lines: FlightNote[];
  /** Seconds until the next try; null: nothing is left to do. */
  againInSeconds: number | null;
  /** People can be told, though something is left to do. */
  isNews?: boolean;
}

/** What to do about a link that was read back; `event` is null where the event is gone. */
export function judgeLink(meeting: LeasedMeeting, event: CalendarEvent | null): Outcome {
  if (event === null || event.isCancelled) return vanished(meeting);
  if (event.joinUrl) return verified(meeting, event.joinUrl);
  if (!event.online) return withoutTeams(meeting, "no_teams");
  const lost = meeting.attempts >= patientAttempts;
  return {
    changes: { status: lost ? "failed" : "creating", problem: "no_link" },
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

/** The organizer lets Bellhop read their calendar and no more: there is no event, and no Teams meeting. */
export function unwritten(meeting: LeasedMeeting): Outcome {
  if (meeting.kind === "teams") return withoutTeams(meeting, "read_only");
  return { changes: settled(), lines: [], againInSeconds: null };
}

/** The event is gone though its bookings stand: a new generation of it is made at once. */
export function vanished(meeting: LeasedMeeting): Outcome {
  return {
    changes: newGeneration(meeting.kind),
    lines: [{ step: "meeting_vanished", outcome: "waiting", facts: { generation: meeting.generation } }],
    againInSeconds: 0,
  };
}

/** The columns of a meeting whose event is to be made anew. */
export function newGeneration(kind: string) {
  return {
    generation: { increment: 1 },
    calendarEventId: null,
    iCalUId: null,
    calendarStartsAt: null,
    calendarEndsAt: null,
    ...forgotten,
    ...(kind === "teams" ? { status: "creating", joinUrl: null, verifiedAt: null } : {}),
  } satisfies Prisma.MeetingUpdateInput;
}

/** What held for an event that is gone. */
export const forgotten = {
  onlineMeetingId: null,
  optionsOutcome: Prisma.DbNull,
  invitedEmails: [],
  invitingEmails: [],
} satisfies Prisma.MeetingUpdateInput;

/** Nothing stands in the way any more. */
export function settled(): Prisma.MeetingUpdateInput {
  return { problem: null, attempts: 0 };
}

/** The account makes no Teams meetings: what the organizer chose for that case comes in, and nothing else ever does. */
function withoutTeams(meeting: LeasedMeeting, problem: string): Outcome {
  const fallback = readLocation(meeting.eventType?.fallbackLocation);
  if (!fallback) {
    return {
      changes: { status: "failed", problem },
      lines: [{ step: "meeting_failed", outcome: "failed", facts: { problem } }],
      againInSeconds: null,
    };
  }
  const isLink = fallback.kind === "link";
  return {
    changes: {
      kind: fallback.kind,
      place: fallback.value ?? null,
      status: isLink ? "ready" : "none",
      joinUrl: isLink ? (fallback.value ?? null) : null,
      problem: null,
    },
    lines: [{ step: "fallback_used", outcome: "ok", facts: { kind: fallback.kind } }],
    againInSeconds: 0,
  };
}

/** Problems that stay until somebody does something about them, as opposed to waiting for a connection. */
const finalProblems = new Set<string>(["refused", "access_denied", "no_mailbox"]);

/** A call failed. What may heal by itself is tried again; what needs somebody waits for them and says so. */
export function setBack(meeting: LeasedMeeting, error: ProviderError): Outcome {
  const teams = meeting.kind === "teams" && attending(meeting).length > 0;
  if (error.code === "superseded") return vanished(meeting);
  if (error.code === "not_connected" && !teams)
    return { changes: settled(), lines: [], againInSeconds: null };
  if (error.code === "access_denied" && teams && !meeting.calendarEventId) {
    return withoutTeams(meeting, error.details.vendorCode === "no_teams" ? "no_teams" : error.code);
  }
  const final = finalProblems.has(error.code);
  // A link that was verified stays good while Microsoft can't be asked.
  const linkless = teams && meeting.status !== "ready";
  return {
    changes: { problem: error.code, ...(linkless ? { status: final ? "failed" : "creating" } : {}) },
    lines: [
      {
        step: final ? "meeting_failed" : "meeting_waits",
        outcome: final ? "failed" : "waiting",
        facts: { problem: error.code, vendorCode: error.details.vendorCode ?? null },
      },
    ],
    againInSeconds: error.retryable ? pauseSeconds(meeting.attempts, error.details.retryAfterSeconds) : null,
  };
}

function readLocation(value: unknown): { kind: string; value?: string } | null {
  if (value === null || typeof value !== "object" || !("kind" in value)) return null;
  const place = "value" in value && typeof value.value === "string" ? { value: value.value } : {};
  return { kind: String(value.kind), ...place };
}
