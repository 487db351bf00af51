/**
 * Which mails about a booking are due: what its people should know, less what was decided before. PURE. Instants are epoch
 * milliseconds. A mail that is switched off counts as decided too, so that switching it on later sends no old news.
 */
import type { Notifications } from "@/lib/notices/defaults";

export type NoticeKind =
  /** The one mail to a visitor who has to confirm their address. */
  | "confirm_address"
  | "requested"
  | "confirmed"
  /** The confirmation had to go without the link; the link comes in a mail of its own. */
  | "link_follows"
  | "link_ready"
  | "rescheduled"
  /** Another host has taken it over. */
  | "handed_over"
  | "cancelled"
  | "declined"
  | `reminder.${number}`
  | "follow_up"
  | "no_show"
  | "organizer_request"
  | "organizer_booked"
  | "organizer_rescheduled"
  | "organizer_cancelled"
  | "organizer_expired";

export interface Notice {
  kind: NoticeKind;
  /** How often the booking had been moved; of `handed_over`, how often it had been handed over. */
  revision: number;
  silent: boolean;
  /** The confirmation is switched off, so the mail only brings the visitor their link: nothing else does. */
  isLinkOnly?: boolean;
}

export interface BookingFacts {
  status: "pending" | "confirmed" | "declined" | "cancelled";
  startsAt: number;
  endsAt: number;
  /** How often it was moved. */
  revision: number;
  /** How often it was handed over. */
  handovers: number;
  changedAt: number;
  /** visitor, organizer, calendar or clock */
  changedBy: string;
  /** When its visitor was said not to have come; null: no one says so. */
  noShowAt: number | null;
  /** Everything a confirmation wants to say is known: the link is verified, the invitation can be written. */
  isReady: boolean;
  /** What is missing does not come by itself: no one waits for it. */
  isAsked: boolean;
  /** Bellhop invites, so mails that carry the invitation can't be switched off. */
  bellhopInvites: boolean;
  /** Its visitor was asked to confirm their address, and has not: nothing else is said to anyone. */
  isUnconfirmed: boolean;
  /** The organizer approved it. */
  wasApproved: boolean;
  preferences: Notifications;
}

export interface Due {
  notices: Notice[];
  /** When to look again; null: when something changes. */
  lookAgainAt: number | null;
}

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const dayMs = 24 * 60 * minuteMs;

/** How long a confirmation waits for the link before it says that the link follows. */
export const patienceMs = minuteMs;

/** A link that is late is looked for at least this often, should word of it have been lost. */
const lateLinkMs = 10 * minuteMs;

/** After a long outage no one is thanked for what they have forgotten. */
const followUpWithinMs = 3 * dayMs;

/** Someone who has marked the wrong visitor can take it back before a mail says so. */
const secondThoughtsMs = 10 * minuteMs;

const nothing: Due = { notices: [], lookAgainAt: null };

/** Which notices about a booking are decided so far, for any of its times. */
type Decided = readonly { kind: string; revision: number }[];

/** A booking with the notices decided so far, and functions that ask about both. */
function caseOf(booking: BookingFacts, decided: Decided) {
  const { revision } = booking;
  return {
    booking,
    decided,
    isDecided: (kind: NoticeKind) => decided.some((one) => one.kind === kind),
    isDecidedNow: (kind: NoticeKind) => decided.some((one) => one.kind === kind && one.revision === revision),
    notice: (kind: NoticeKind, isWanted: boolean): Notice => ({ kind, revision, silent: !isWanted }),
    /** Wanted by choice, or because it carries the invitation. */
    carried: (isWanted: boolean) => isWanted || booking.bellhopInvites,
  };
}

type Case = ReturnType<typeof caseOf>;

/** Which notices about a booking are due now, and when to look again. */
export function dueNotices(booking: BookingFacts, decided: Decided, now: number): Due {
  const given = caseOf(booking, decided);
  if (booking.isUnconfirmed) return whileUnconfirmed(given);
  switch (booking.status) {
    case "pending":
      return whilePending(given);
    case "declined":
      return given.isDecided("declined") ? nothing : onceDeclined(given);
    case "cancelled":
      return given.isDecided("cancelled") ? nothing : onceCancelled(given);
    case "confirmed":
      if (now < booking.endsAt) return whileConfirmed(given, now);
      return given.isDecided("confirmed") ? afterwards(given, now) : nothing;
  }
}

/** Once, whatever becomes of it. It can't be switched off: without it no one could confirm anything. */
function whileUnconfirmed({ booking: { status }, isDecided, notice }: Case): Due {
  if (status !== "pending" || isDecided("confirm_address")) return nothing;
  return { notices: [notice("confirm_address", true)], lookAgainAt: null };
}

function whilePending({ booking: { preferences }, isDecidedNow, notice }: Case): Due {
  const notices = [
    notice("requested", preferences.decision),
    notice("organizer_request", preferences.organizerRequest),
  ];
  return { notices: notices.filter(({ kind }) => !isDecidedNow(kind)), lookAgainAt: null };
}

function onceDeclined({ booking: { preferences, changedBy }, notice }: Case): Due {
  return {
    notices: [
      notice("declined", preferences.decision),
      notice("organizer_expired", preferences.organizerCopies && changedBy === "clock"),
    ],
    lookAgainAt: null,
  };
}

function onceCancelled({ booking: { preferences, changedBy }, notice, carried }: Case): Due {
  return {
    notices: [
      notice("cancelled", carried(preferences.cancelled)),
      notice("organizer_cancelled", preferences.organizerCopies && changedBy !== "organizer"),
    ],
    lookAgainAt: null,
  };
}

function whileConfirmed(given: Case, now: number): Due {
  const { booking, decided, isDecidedNow, notice, carried } = given;
  const { preferences, wasApproved, isReady } = booking;
  const lastDecided = Math.max(
    -1,
    ...decided
      .filter(({ kind }) => kind === "confirmed" || kind === "rescheduled")
      .map((one) => one.revision),
  );
  if (lastDecided < booking.revision) return confirmation(given, lastDecided, now);
  const isLate = isDecidedNow("link_follows") && !isDecidedNow("link_ready");
  if (isLate && isReady) {
    const wanted = preferences.confirmation || (wasApproved && preferences.decision);
    return { notices: [notice("link_ready", carried(wanted))], lookAgainAt: now };
  }
  const handedOver = handover(given, true);
  if (handedOver.length > 0) return { notices: handedOver, lookAgainAt: now };
  const reminders = dueReminders(given, now);
  const after = afterwards(given, now);
  return {
    notices: reminders.notices,
    lookAgainAt: soonest(reminders.lookAgainAt, after.lookAgainAt, isLate ? now + lateLinkMs : null),
  };
}

/** The news of a time: the first one, or one that it was moved to. Waits a while for the link. */
function confirmation(given: Case, lastDecided: number, now: number): Due {
  const { booking, isDecidedNow, notice, carried } = given;
  const { preferences, wasApproved, isReady } = booking;
  const patientUntil = booking.changedAt + patienceMs;
  if (!isReady && !booking.isAsked && now < patientUntil) return { notices: [], lookAgainAt: patientUntil };
  // Approved, for the first time or again after its visitor had moved it.
  const isNew = lastDecided === -1 || isDecidedNow("requested");
  const wanted = wasApproved ? preferences.decision : preferences.confirmation;
  const copied = preferences.organizerCopies && booking.changedBy !== "organizer";
  const news = isNew
    ? [
        { ...notice("confirmed", true), ...(carried(wanted) ? {} : { isLinkOnly: true }) },
        notice("organizer_booked", copied),
      ]
    : [notice("rescheduled", carried(preferences.rescheduled)), notice("organizer_rescheduled", copied)];
  const follows = isReady || isDecidedNow("link_follows") ? [] : [notice("link_follows", false)];
  // What else is due shows once this has been sent.
  return { notices: [...news, ...follows, ...handover(given, false)], lookAgainAt: now };
}

/** That another host has it now: of several handovers the last, and none that other news has told already. It can't be switched off. */
function handover({ booking: { handovers }, decided }: Case, isNews: boolean): Notice[] {
  const isDecided = decided.some((one) => one.kind === "handed_over" && one.revision === handovers);
  if (handovers === 0 || isDecided) return [];
  return [{ kind: "handed_over", revision: handovers, silent: !isNews }];
}

/** Of several reminders that are due, only the latest goes out; none that lies before the last change. */
function dueReminders({ booking, isDecidedNow }: Case, now: number): Due {
  const { startsAt, changedAt, revision, preferences } = booking;
  const open = preferences.reminderMinutes
    .map((minutes) => ({ kind: `reminder.${minutes}` as const, at: startsAt - minutes * minuteMs }))
    .filter(({ kind, at }) => at > changedAt && !isDecidedNow(kind));
  const due = open.filter(({ at }) => at <= now);
  const latest = Math.max(...due.map(({ at }) => at));
  const notices = due.map(({ kind, at }) => ({ kind, revision, silent: at !== latest || now >= startsAt }));
  return { notices, lookAgainAt: soonest(...open.filter(({ at }) => at > now).map(({ at }) => at)) };
}

/** Once it is over: thanks to who came, another time to who did not. */
function afterwards(given: Case, now: number): Due {
  const due = [followUp(given, now), missed(given, now)];
  return {
    notices: due.flatMap(({ notices }) => notices),
    lookAgainAt: soonest(...due.map(({ lookAgainAt }) => lookAgainAt)),
  };
}

function missed({ booking, isDecided, notice }: Case, now: number): Due {
  const { endsAt, noShowAt, preferences } = booking;
  if (noShowAt === null || isDecided("no_show")) return nothing;
  const at = Math.max(endsAt, noShowAt + secondThoughtsMs);
  if (now < at) return { notices: [], lookAgainAt: at };
  return {
    notices: [notice("no_show", preferences.noShow && now <= at + followUpWithinMs)],
    lookAgainAt: null,
  };
}

function followUp({ booking, isDecided }: Case, now: number): Due {
  const { endsAt, revision, preferences, noShowAt } = booking;
  const { followUpMinutes } = preferences;
  if (followUpMinutes === null || isDecided("follow_up")) return nothing;
  const at = endsAt + followUpMinutes * minuteMs;
  if (now < at) return { notices: [], lookAgainAt: at };
  if (noShowAt !== null || now > at + followUpWithinMs) return nothing;
  return { notices: [{ kind: "follow_up", revision, silent: false }], lookAgainAt: null };
}

function soonest(...instants: (number | null)[]): number | null {
  const known = instants.filter((at) => at !== null);
  return known.length > 0 ? Math.min(...known) : null;
}
