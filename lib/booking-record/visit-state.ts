/** A booking's status as its visitor sees it. PURE. */
import { awaitsOf, isLapsed } from "@/lib/booking-record/awaits";
import type { BookingView } from "@/lib/booking-record/queries";

export type VisitState =
  | "pending"
  /** Its visitor has to confirm their address. */
  | "unconfirmed"
  /** They never did. */
  | "lapsed"
  /** The Teams meeting is being made. */
  | "creating"
  /** It can't be made until the organizer or the operator has done something. */
  | "waits"
  | "failed"
  /** There will be no link: the organizer is asked for a place. */
  | "asked"
  /** The link was read back from Microsoft. */
  | "verified"
  | "confirmed"
  | "declined"
  | "cancelled"
  | "past";

type VisitStateInput = Pick<BookingView, "status" | "confirmBy" | "cancelledBy" | "endsAt"> & {
  meeting: Pick<BookingView["meeting"], "kind" | "status" | "problem">;
};

/** Temporary problems aren't shown to a visitor; for the others the page says that it waits. */
const healing: readonly (string | null)[] = [null, "throttled", "unavailable", "no_link"];

/** Problems that make the organizer decide where it takes place. */
const leftToOrganizer: readonly (string | null)[] = ["no_teams", "read_only", "no_mailbox", "access_denied"];

/** No Teams link will come by itself, so the organizer is asked for a place. */
export function isPlaceAsked({ kind, status, problem }: VisitStateInput["meeting"]): boolean {
  return kind === "teams" && status === "failed" && leftToOrganizer.includes(problem);
}

export function visitStateOf(booking: VisitStateInput, now: number): VisitState {
  const { status, endsAt, meeting } = booking;
  if (isLapsed(booking)) return "lapsed";
  if (status === "declined" || status === "cancelled") return status;
  if (endsAt.getTime() <= now) return "past";
  if (status === "pending") return awaitsOf(booking) === "visitor" ? "unconfirmed" : "pending";
  if (meeting.kind !== "teams") return "confirmed";
  if (meeting.status === "ready") return "verified";
  if (isPlaceAsked(meeting)) return "asked";
  if (meeting.status === "failed") return "failed";
  return healing.includes(meeting.problem) ? "creating" : "waits";
}

/** What the join page does. */
export type JoinState =
  /** Redirects to the meeting. */
  | { kind: "open"; url: string }
  /** Not yet: the page shows when, and a way in for those who are early. */
  | { kind: "early"; url: string; opensAt: number }
  | { kind: "creating" }
  /** It doesn't take place online. */
  | { kind: "elsewhere" }
  | { kind: "pending" }
  | { kind: "cancelled" }
  | { kind: "past" };

type Joinable = VisitStateInput &
  Pick<BookingView, "startsAt"> & {
    meeting: Pick<BookingView["meeting"], "joinUrl">;
  };

const minuteMs = 60_000;
const joinOpensMs = 10 * minuteMs;
/** Conversations run over time. */
const joinClosesMs = 30 * minuteMs;

export function joinStateOf(booking: Joinable, now: number): JoinState {
  const { status, startsAt, endsAt, meeting } = booking;
  if (status === "declined" || status === "cancelled") return { kind: "cancelled" };
  if (endsAt.getTime() + joinClosesMs <= now) return { kind: "past" };
  if (status === "pending") return { kind: "pending" };
  if (meeting.kind !== "teams" && meeting.kind !== "link") return { kind: "elsewhere" };
  if (isPlaceAsked(meeting)) return { kind: "elsewhere" };
  if (!meeting.joinUrl) return { kind: "creating" };
  const opensAt = startsAt.getTime() - joinOpensMs;
  const url = meeting.joinUrl;
  return now >= opensAt ? { kind: "open", url } : { kind: "early", url, opensAt };
}
