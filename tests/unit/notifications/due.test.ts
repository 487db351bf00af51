import { describe, expect, it } from "vitest";
import { defaultNotifications } from "@/lib/notices/defaults";
import { type BookingFacts, dueNotices, type Notice } from "@/lib/notices/due";
import { readNotifications } from "@/lib/notices/preferences";

const hour = 3600_000;
const minute = 60_000;
const start = Date.parse("2027-03-01T09:00:00Z");
const booked = start - 72 * hour;

const bookingLike = (more: Partial<BookingFacts> = {}): BookingFacts => ({
  status: "confirmed",
  startsAt: start,
  endsAt: start + hour,
  revision: 0,
  handovers: 0,
  changedAt: booked,
  changedBy: "visitor",
  noShowAt: null,
  isReady: true,
  isAsked: false,
  bellhopInvites: false,
  isUnconfirmed: false,
  wasApproved: false,
  preferences: defaultNotifications,
  ...more,
});
const decided = (...kinds: string[]) => kinds.map((kind) => ({ kind, revision: 0 }));
const sent = (notices: Notice[]) => notices.filter(({ silent }) => !silent).map(({ kind }) => kind);
const kinds = (notices: Notice[]) => notices.map(({ kind }) => kind);
const prefer = (more: object) => readNotifications(more, "an-id");

describe("a confirmation", () => {
  it("a confirmation goes to both once the link is verified", () => {
    expect(sent(dueNotices(bookingLike(), [], booked).notices)).toEqual(["confirmed", "organizer_booked"]);
  });

  it("a confirmation waits a minute for the link, then goes without it", () => {
    const waiting = bookingLike({ isReady: false });
    expect(dueNotices(waiting, [], booked + 59_000)).toEqual({ notices: [], lookAgainAt: booked + minute });
    const late = dueNotices(waiting, [], booked + minute);
    expect(kinds(late.notices)).toEqual(["confirmed", "organizer_booked", "link_follows"]);
  });

  it("a confirmation is followed by the link, once, and by nothing while the link is missing", () => {
    const late = decided("confirmed", "organizer_booked", "link_follows");
    expect(dueNotices(bookingLike({ isReady: false }), late, booked + hour).notices).toEqual([]);
    expect(sent(dueNotices(bookingLike(), late, booked + hour).notices)).toEqual(["link_ready"]);
    expect(dueNotices(bookingLike(), [...late, ...decided("link_ready")], booked + hour).notices).toEqual([]);
  });

  it("a confirmation brings a visitor no more than their own link where it is switched off, for nothing else brings it", () => {
    const { notices } = dueNotices(bookingLike({ preferences: prefer({ confirmation: false }) }), [], booked);
    expect(notices[0]).toEqual({ kind: "confirmed", revision: 0, silent: false, isLinkOnly: true });
  });

  it("a confirmation can't be switched off where it carries the invitation", () => {
    const preferences = prefer({ confirmation: false, rescheduled: false, cancelled: false });
    const off = { preferences, bellhopInvites: true };
    expect(sent(dueNotices(bookingLike(off), [], booked).notices)).toContain("confirmed");
    const cancelled = bookingLike({ ...off, status: "cancelled" });
    expect(sent(dueNotices(cancelled, decided("confirmed"), booked).notices)).toContain("cancelled");
  });

  it("a confirmation does not come after the appointment", () => {
    expect(dueNotices(bookingLike(), [], start + 2 * hour).notices).toEqual([]);
  });
});

describe("a move", () => {
  const moved = bookingLike({ revision: 2, changedAt: booked + hour });

  it("a move is reported once, however many moves lie between", () => {
    expect(sent(dueNotices(moved, decided("confirmed"), booked + hour).notices)).toEqual([
      "rescheduled",
      "organizer_rescheduled",
    ]);
    const known = [...decided("confirmed"), { kind: "rescheduled", revision: 2 }];
    expect(dueNotices(moved, known, booked + hour).notices).toEqual([]);
  });

  it("a move before the confirmation went out is part of the confirmation", () => {
    expect(sent(dueNotices(moved, [], booked + hour).notices)).toEqual(["confirmed", "organizer_booked"]);
  });

  it("a move that the organizer made is no news to the organizer", () => {
    const { notices } = dueNotices({ ...moved, changedBy: "organizer" }, decided("confirmed"), booked + hour);
    expect(sent(notices)).toEqual(["rescheduled"]);
  });
});

describe("reminders", () => {
  const known = decided("confirmed", "organizer_booked");

  it("reminders come a day and an hour before, each once", () => {
    expect(dueNotices(bookingLike(), known, booked)).toEqual({ notices: [], lookAgainAt: start - 24 * hour });
    expect(sent(dueNotices(bookingLike(), known, start - 24 * hour).notices)).toEqual(["reminder.1440"]);
    const after = [...known, ...decided("reminder.1440")];
    expect(dueNotices(bookingLike(), after, start - 23 * hour)).toEqual({
      notices: [],
      lookAgainAt: start - hour,
    });
  });

  it("reminders that were missed are not sent together: the latest speaks for all", () => {
    const { notices } = dueNotices(bookingLike(), known, start - 10 * minute);
    expect(sent(notices)).toEqual(["reminder.60"]);
    expect(kinds(notices)).toContain("reminder.1440");
  });

  it("reminders leave out what lies before the booking itself", () => {
    const late = bookingLike({ changedAt: start - 2 * hour });
    expect(dueNotices(late, known, start - 2 * hour)).toEqual({ notices: [], lookAgainAt: start - hour });
  });

  it("reminders never come once it has begun, was cancelled or was declined", () => {
    expect(sent(dueNotices(bookingLike(), known, start + minute).notices)).toEqual([]);
    for (const status of ["cancelled", "declined"] as const) {
      const off = dueNotices(bookingLike({ status }), [...known, ...decided(status)], start - hour);
      expect(off).toEqual({ notices: [], lookAgainAt: null });
    }
  });

  it("reminders follow a booking to its new time", () => {
    const later = { startsAt: start + 48 * hour, endsAt: start + 49 * hour };
    const moved = bookingLike({ ...later, revision: 1, changedAt: start - 2 * hour });
    const all = [...known, ...decided("reminder.1440"), { kind: "rescheduled", revision: 1 }];
    expect(dueNotices(moved, all, start - 2 * hour).lookAgainAt).toBe(start + 24 * hour);
    expect(sent(dueNotices(moved, all, start + 24 * hour).notices)).toEqual(["reminder.1440"]);
  });

  it("reminders are as many as the event type says", () => {
    const none = bookingLike({ preferences: prefer({ reminderMinutes: [] }) });
    expect(dueNotices(none, known, start - hour)).toEqual({ notices: [], lookAgainAt: null });
  });
});

describe("a request", () => {
  it("a request reaches both, and again to both when its visitor moves it", () => {
    const pending = bookingLike({ status: "pending" });
    expect(sent(dueNotices(pending, [], booked).notices)).toEqual(["requested", "organizer_request"]);
    const known = decided("requested", "organizer_request");
    expect(dueNotices(pending, known, booked).notices).toEqual([]);
    expect(sent(dueNotices({ ...pending, revision: 1 }, known, booked).notices)).toEqual([
      "requested",
      "organizer_request",
    ]);
  });

  it("a request that ran out reaches both, one that was declined its visitor", () => {
    const declined = bookingLike({ status: "declined", changedBy: "organizer" });
    expect(sent(dueNotices(declined, decided("requested"), booked).notices)).toEqual(["declined"]);
    const ranOut = { ...declined, changedBy: "clock" };
    expect(sent(dueNotices(ranOut, decided("requested"), booked).notices)).toEqual([
      "declined",
      "organizer_expired",
    ]);
  });
});

describe("a follow-up", () => {
  const known = decided("confirmed");
  const thankful = bookingLike({ preferences: prefer({ followUpMinutes: 60, reminderMinutes: [] }) });
  const due = thankful.endsAt + hour;

  it("a follow-up is off unless the event type says otherwise", () => {
    expect(dueNotices(bookingLike(), known, due)).toEqual({ notices: [], lookAgainAt: null });
  });

  it("a follow-up comes once, after the end", () => {
    expect(dueNotices(thankful, known, start)).toEqual({ notices: [], lookAgainAt: due });
    expect(sent(dueNotices(thankful, known, due).notices)).toEqual(["follow_up"]);
    expect(dueNotices(thankful, [...known, ...decided("follow_up")], due).notices).toEqual([]);
  });

  it("a follow-up spares who did not come, and what is long forgotten", () => {
    expect(sent(dueNotices({ ...thankful, noShowAt: thankful.endsAt }, known, due).notices)).toEqual([]);
    expect(dueNotices(thankful, known, due + 96 * hour).notices).toEqual([]);
  });
});

describe("another time for who did not come", () => {
  const known = decided("confirmed");
  const missed = bookingLike({
    preferences: prefer({ noShow: true, reminderMinutes: [] }),
    noShowAt: start + hour / 4,
  });
  const due = Math.max(missed.endsAt, start + hour / 4 + hour / 6);

  it("another time for who did not come is offered once, after the end and some time for second thoughts", () => {
    expect(dueNotices(missed, known, start + hour / 4)).toEqual({ notices: [], lookAgainAt: due });
    expect(dueNotices(missed, known, due - 1)).toEqual({ notices: [], lookAgainAt: due });
    expect(sent(dueNotices(missed, known, due).notices)).toEqual(["no_show"]);
    expect(dueNotices(missed, [...known, ...decided("no_show")], due).notices).toEqual([]);
  });

  it("another time for who did not come isn't offered where it is switched off, long forgotten, or taken back", () => {
    expect(sent(dueNotices({ ...missed, preferences: prefer({}) }, known, due).notices)).toEqual([]);
    expect(sent(dueNotices(missed, known, due + 96 * hour).notices)).toEqual([]);
    expect(sent(dueNotices({ ...missed, noShowAt: null }, known, due).notices)).toEqual([]);
  });
});

it("stored preferences have their defaults where they say nothing, and are not guessed where they say nonsense", () => {
  const id = "0190a5b2-0000-7000-8000-000000000001";
  expect(readNotifications({}, id)).toEqual(defaultNotifications);
  expect(readNotifications({ cancelled: false }, id)).toEqual({ ...defaultNotifications, cancelled: false });
  expect(() => readNotifications("nonsense", id)).toThrow(`EventType.notifications of ${id} can't be read`);
});

describe("a booking that its visitor has moved, and that is approved again", () => {
  const again = { revision: 1, wasApproved: true, changedBy: "organizer" };
  const asked = [
    ...decided("requested", "organizer_request", "confirmed"),
    { kind: "requested", revision: 1 },
    { kind: "organizer_request", revision: 1 },
  ];

  it("a moved booking that is approved again is asked for once more", () => {
    const { notices } = dueNotices(bookingLike({ ...again, status: "pending" }), asked.slice(0, 3), booked);
    expect(sent(notices)).toEqual(["requested", "organizer_request"]);
  });

  it("a moved booking that is approved again is confirmed, and not only moved", () => {
    expect(sent(dueNotices(bookingLike(again), asked, booked).notices)).toEqual(["confirmed"]);
    const rest = { ...again, preferences: prefer({ rescheduled: false }) };
    expect(sent(dueNotices(bookingLike(rest), asked, booked).notices)).toEqual(["confirmed"]);
  });

  it("a moved booking that is approved again brings the link of its new meeting where that is late", () => {
    const late = [...asked, { kind: "confirmed", revision: 1 }, { kind: "link_follows", revision: 1 }];
    const before = decided("link_follows", "link_ready");
    expect(sent(dueNotices(bookingLike(again), [...late, ...before], booked).notices)).toEqual([
      "link_ready",
    ]);
  });
});

describe("a booking whose visitor has not confirmed their address", () => {
  const unconfirmed = (more: Partial<BookingFacts> = {}) =>
    bookingLike({ status: "pending", isUnconfirmed: true, bellhopInvites: true, ...more });

  it("a booking whose visitor has not confirmed their address asks them to, once, and whatever is switched off", () => {
    const preferences = prefer({ confirmation: false, decision: false, organizerRequest: false });
    const first = dueNotices(unconfirmed({ preferences }), [], booked);
    expect([sent(first.notices), first.lookAgainAt]).toEqual([["confirm_address"], null]);
    expect(dueNotices(unconfirmed(), decided("confirm_address"), booked).notices).toEqual([]);
    const moved = unconfirmed({ revision: 1 });
    expect(dueNotices(moved, decided("confirm_address"), booked).notices).toEqual([]);
  });

  it.each(["cancelled", "declined"] as const)(
    "a booking whose visitor has not confirmed their address is %s without a word to anyone",
    (status) => {
      for (const changedBy of ["visitor", "organizer", "clock"]) {
        expect(dueNotices(unconfirmed({ status, changedBy }), [], booked).notices).toEqual([]);
      }
    },
  );

  it("a booking whose visitor has not confirmed their address once it is confirmed, is like any other", () => {
    const confirmed = bookingLike({ isUnconfirmed: false });
    expect(sent(dueNotices(confirmed, decided("confirm_address"), booked).notices)).toEqual([
      "confirmed",
      "organizer_booked",
    ]);
  });
});

describe("another host", () => {
  const told = [
    { kind: "confirmed", revision: 0 },
    { kind: "organizer_booked", revision: 0 },
  ];

  it("another host is told to the visitor once for each handover, of several only the last", () => {
    const twice = bookingLike({ handovers: 2 });
    expect(dueNotices(twice, told, booked).notices).toEqual([
      { kind: "handed_over", revision: 2, silent: false },
    ]);
    const after = [...told, { kind: "handed_over", revision: 2 }];
    expect(kinds(dueNotices(twice, after, booked).notices)).toEqual([]);
    expect(kinds(dueNotices({ ...twice, handovers: 3 }, after, booked).notices)).toEqual(["handed_over"]);
  });

  it("another host needs no email of their own where the confirmation names them", () => {
    const { notices } = dueNotices(bookingLike({ handovers: 1 }), [], booked);
    expect(sent(notices)).toEqual(["confirmed", "organizer_booked"]);
    expect(kinds(notices)).toContain("handed_over");
  });
});
