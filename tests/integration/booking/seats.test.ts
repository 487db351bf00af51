import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { book } from "@/lib/booking/book";
import { cancel } from "@/lib/booking/cancel";
import { decideBooking } from "@/lib/booking/decide";
import { reschedule } from "@/lib/booking/reschedule";
import { getBookingByToken } from "@/lib/booking-record/queries";
import { db } from "@/lib/database/client";
import { sweepMeetings } from "@/lib/meetings/sweep";
import { syncMeeting } from "@/lib/meetings/sync-meeting";
import { eventually } from "@/tests/support/eventually";
import { readMailsTo } from "@/tests/support/mails";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";
import { openWorkingStage, type WorkingStage } from "@/tests/support/working-stage";

let stage: WorkingStage;

beforeAll(async () => {
  stage = await openWorkingStage();
});
afterAll(() => stage.close());

type Session = Awaited<ReturnType<typeof sessionOf>>;

/** An organizer who takes several people at the same time. */
async function sessionOf(seats: number, eventType: object = {}) {
  const organizer = await makeOrganizer({ seats, title: "Open class", ...eventType });
  return stage.connect(organizer);
}

interface Seat {
  id: string;
  token: string;
  visitor: string;
}

async function take(session: Session, start = hourAhead(2), more: object = {}): Promise<Seat> {
  const request = requestFor(session, start, more);
  const outcome = await book(request);
  if (!outcome.ok) throw new Error(`no seat: ${outcome.error.code}`);
  return { id: outcome.value.id, token: outcome.value.token, visitor: request.visitor.email };
}

const joinUrlOf = async ({ token }: Seat) => (await getBookingByToken(token))?.meeting.joinUrl ?? null;
const ready = (seat: Seat) =>
  eventually(
    () => joinUrlOf(seat),
    (url) => url !== null,
  );

const eventsOf = async (email: string) => (await stage.microsoft.control.mailbox(email)).events;

/** The addresses in each event of the calendar, by its start. */
async function invited(email: string): Promise<Record<string, string[]>> {
  const events = await eventsOf(email);
  return Object.fromEntries(
    events.map(({ start, attendees }) => [
      start?.dateTime?.slice(0, 13) ?? "",
      (attendees ?? []).map(({ emailAddress }) => emailAddress?.address ?? "").sort(),
    ]),
  );
}

const untilInvited = (email: string, wanted: Record<string, Seat[]>) => {
  const places = Object.entries(wanted).map(([at, seats]) => [
    at.slice(0, 13),
    seats.map(({ visitor }) => visitor).sort(),
  ]);
  const text = JSON.stringify(Object.fromEntries(places.sort()));
  return eventually(
    () => invited(email),
    (now) => JSON.stringify(Object.fromEntries(Object.entries(now).sort())) === text,
  );
};

/** The organizer takes everyone else out of the event in Outlook. */
async function leaveIn(session: Session, seats: Seat[]): Promise<void> {
  const [event] = await eventsOf(session.email);
  await stage.microsoft.control.changeEvent(session.email, event?.id ?? "", {
    attendees: seats.map(({ visitor }) => ({
      emailAddress: { address: visitor, name: visitor },
      type: "required",
    })),
  });
  await untilInvited(session.email, { [event?.start?.dateTime ?? ""]: seats });
}

/** Outlook's calendar view leaves out what marks an event as ours. */
const withoutMarks = (account: string) =>
  stage.microsoft.control.graphFault({
    account,
    path: "/me/calendarView",
    outcome: "pass",
    without: ["singleValueExtendedProperties"],
    times: null,
  });

/** What Outlook has mailed, oldest first, as "kind to". */
const outlookMails = async (email: string) =>
  (await stage.microsoft.control.mailbox(email)).sentInvitations.map(({ kind, to }) => `${kind} ${to}`);

describe("the seats of a session", () => {
  it("the seats of a session are taken one after the other also where only ids tell our events from others", async () => {
    const session = await sessionOf(2);
    const at = hourAhead(2);
    await ready(await take(session, at));
    await withoutMarks(session.email);
    await take(session, at);
  });

  it("the seats of a session share one event and one link, and no one sees or hears of anyone else", async () => {
    const session = await sessionOf(3);
    const at = hourAhead(2);
    const ann = await take(session, at);
    await ready(ann);
    const bob = await take(session, at);
    await untilInvited(session.email, { [at]: [ann, bob] });
    const [event, ...others] = await eventsOf(session.email);
    expect(others).toEqual([]);
    expect(event?.hideAttendees).toBe(true);
    expect(event?.allowNewTimeProposals).toBe(false);
    expect(await ready(bob)).toBe(await ready(ann));
    expect(await outlookMails(session.email)).toEqual([
      `invitation ${ann.visitor}`,
      `invitation ${bob.visitor}`,
    ]);
    expect(event?.onlineMeeting?.joinUrl).toBe(await joinUrlOf(ann));
  });

  it("the seats of a session are given up one by one, and the last one out ends the event", async () => {
    const session = await sessionOf(3);
    const at = hourAhead(2);
    const ann = await take(session, at);
    const bob = await take(session, at);
    await untilInvited(session.email, { [at]: [ann, bob] });
    await cancel({ bookingId: ann.id, by: "visitor", reason: "My own affair" });
    await untilInvited(session.email, { [at]: [bob] });
    expect(await joinUrlOf(bob)).not.toBeNull();
    await cancel({ bookingId: bob.id, by: "visitor" });
    await untilInvited(session.email, {});
    const { sentInvitations } = await stage.microsoft.control.mailbox(session.email);
    expect(sentInvitations.map(({ kind, to }) => `${kind} ${to}`)).toEqual([
      `invitation ${ann.visitor}`,
      `invitation ${bob.visitor}`,
      `cancellation ${ann.visitor}`,
      `cancellation ${bob.visitor}`,
    ]);
    expect(JSON.stringify(sentInvitations)).not.toContain("My own affair");
  });

  it("the seats of a session end with the reason of those who are notified that the event is cancelled, not of those who left before", async () => {
    const session = await sessionOf(3);
    const at = hourAhead(2);
    const ann = await take(session, at);
    const bob = await take(session, at);
    await untilInvited(session.email, { [at]: [ann, bob] });
    await cancel({ bookingId: ann.id, by: "visitor", reason: "My own affair" });
    await untilInvited(session.email, { [at]: [bob] });
    await cancel({ bookingId: bob.id, by: "organizer", reason: "The room is closed" });
    await untilInvited(session.email, {});
    const { sentInvitations } = await stage.microsoft.control.mailbox(session.email);
    expect(sentInvitations.filter(({ kind }) => kind === "cancellation")).toMatchObject([
      { to: ann.visitor, comment: null },
      { to: bob.visitor, comment: "The room is closed" },
    ]);
  });

  it("the seats of a session are moved one by one: anyone who stays hears nothing", async () => {
    const session = await sessionOf(3);
    const at = hourAhead(2);
    const later = hourAhead(2, 14);
    const ann = await take(session, at);
    const bob = await take(session, at);
    await untilInvited(session.email, { [at]: [ann, bob] });
    const before = await ready(bob);
    await reschedule({ bookingId: ann.id, start: Date.parse(later), by: "visitor" });
    await untilInvited(session.email, { [at]: [bob], [later]: [ann] });
    expect(await joinUrlOf(bob)).toBe(before);
    expect((await outlookMails(session.email)).filter((mail) => mail.endsWith(bob.visitor))).toEqual([
      `invitation ${bob.visitor}`,
    ]);
    await reschedule({ bookingId: bob.id, start: Date.parse(later), by: "visitor" });
    await untilInvited(session.email, { [later]: [ann, bob] });
    expect(await ready(bob)).toBe(await ready(ann));
  });

  it("the seats of a session leave people alone whom the organizer has put into the event", async () => {
    const session = await sessionOf(3);
    const at = hourAhead(2);
    const ann = await take(session, at);
    await ready(ann);
    const [event] = await eventsOf(session.email);
    await stage.microsoft.control.changeEvent(session.email, event?.id ?? "", {
      attendees: [
        { emailAddress: { address: ann.visitor, name: "Ann" }, type: "required" },
        { emailAddress: { address: "colleague@contoso.example", name: "A colleague" }, type: "optional" },
      ],
    });
    const bob = await take(session, at);
    const colleague = { id: "", token: "", visitor: "colleague@contoso.example" };
    await untilInvited(session.email, { [at]: [ann, bob, colleague] });
    await cancel({ bookingId: ann.id, by: "visitor" });
    await untilInvited(session.email, { [at]: [bob, colleague] });
    const kinds = (await eventsOf(session.email))[0]?.attendees?.map(({ type }) => type);
    expect(kinds).toContain("optional");
  });

  it("the seats of a session do not invite again whom the organizer has taken out of the event", async () => {
    const session = await sessionOf(3);
    const at = hourAhead(2);
    const ann = await take(session, at);
    const bob = await take(session, at);
    await untilInvited(session.email, { [at]: [ann, bob] });
    await leaveIn(session, [bob]);
    const eve = await take(session, at);
    await untilInvited(session.email, { [at]: [bob, eve] });
    expect(
      (await outlookMails(session.email)).filter((mail) => mail === `invitation ${ann.visitor}`),
    ).toHaveLength(1);
  });

  it("the seats of a session are completed by the sweep where a confirmed visitor was never put into the event", async () => {
    const session = await sessionOf(3);
    const at = hourAhead(2);
    const ann = await take(session, at);
    const bob = await take(session, at);
    await untilInvited(session.email, { [at]: [ann, bob] });
    await leaveIn(session, [ann]);
    await db().$executeRaw`
      UPDATE "Meeting" SET "invitedEmails" = ${[ann.visitor]}, "updatedAt" = now() - interval '5 minutes'
      WHERE "hostId" = ${session.id}::uuid`;
    await sweepMeetings();
    await untilInvited(session.email, { [at]: [ann, bob] });
  });

  it("the seats of a session that wait for approval are in the event once they are approved", async () => {
    const session = await sessionOf(3, { requiresApproval: true });
    const at = hourAhead(2);
    const [ann, bob, eve] = [await take(session, at), await take(session, at), await take(session, at)];
    expect(await eventsOf(session.email)).toEqual([]);
    await decideBooking({ bookingId: ann.id, scope: session.scope, decision: "approve" });
    await untilInvited(session.email, { [at]: [ann] });
    await decideBooking({ bookingId: eve.id, scope: session.scope, decision: "decline" });
    await decideBooking({ bookingId: bob.id, scope: session.scope, decision: "approve" });
    await untilInvited(session.email, { [at]: [ann, bob] });
    expect(await outlookMails(session.email)).not.toContain(`invitation ${eve.visitor}`);
  });

  it("the seats of a session keep their session when it outlives everyone but one who still waits for approval", async () => {
    const session = await sessionOf(3, { requiresApproval: true });
    const at = hourAhead(2);
    const [ann, bob] = [await take(session, at), await take(session, at)];
    await decideBooking({ bookingId: ann.id, scope: session.scope, decision: "approve" });
    await untilInvited(session.email, { [at]: [ann] });
    await cancel({ bookingId: ann.id, by: "visitor" });
    await untilInvited(session.email, {});
    await decideBooking({ bookingId: bob.id, scope: session.scope, decision: "approve" });
    await untilInvited(session.email, { [at]: [bob] });
    expect(await ready(bob)).toMatch(/^https:/);
  });

  it("the seats of a session that are confirmed get their meeting immediately where they move to a new time", async () => {
    const session = await sessionOf(3, { requiresApproval: true });
    const at = hourAhead(2);
    const later = hourAhead(2, 15);
    const [ann, bob] = [await take(session, at), await take(session, at)];
    await decideBooking({ bookingId: ann.id, scope: session.scope, decision: "approve" });
    await ready(ann);
    await reschedule({ bookingId: ann.id, start: Date.parse(later), by: "organizer" });
    const status = async (id: string) =>
      (await db().booking.findUniqueOrThrow({ where: { id }, select: { meeting: true } })).meeting.status;
    expect(["creating", "ready"]).toContain(await status(ann.id));
    await untilInvited(session.email, { [later]: [ann] });
    expect(await ready(ann)).toMatch(/^https:/);
    // The one who waits holds a session without a meeting; who moves there opens it.
    await reschedule({ bookingId: ann.id, start: Date.parse(at), by: "organizer" });
    await untilInvited(session.email, { [at]: [ann] });
    expect(await ready(ann)).toMatch(/^https:/);
    expect(await joinUrlOf(bob)).toBeNull();
  });

  it("the seats of a session are written into the calendar once each, however many come at the same moment", async () => {
    const session = await sessionOf(12);
    const at = hourAhead(2);
    const seats = await Promise.all(Array.from({ length: 8 }, () => take(session, at)));
    await untilInvited(session.email, { [at]: seats });
    const meeting = await db().meeting.findFirstOrThrow({ where: { hostId: session.id } });
    await Promise.all(Array.from({ length: 4 }, () => syncMeeting({ meetingId: meeting.id })));
    await Promise.all(seats.slice(0, 5).map(({ id }) => cancel({ bookingId: id, by: "visitor" })));
    await untilInvited(session.email, { [at]: seats.slice(5) });
    const mails = await outlookMails(session.email);
    expect(new Set(mails).size).toBe(mails.length);
  });

  it("the seats of a session survive an answer of Microsoft's that was lost while someone joined", async () => {
    const session = await sessionOf(3);
    const at = hourAhead(2);
    const ann = await take(session, at);
    await ready(ann);
    await stage.microsoft.control.graphFault({
      account: session.email,
      method: "PATCH",
      path: "/me/events/*",
      when: "after",
      outcome: "drop",
    });
    const bob = await take(session, at);
    await untilInvited(session.email, { [at]: [ann, bob] });
    await cancel({ bookingId: bob.id, by: "visitor" });
    await untilInvited(session.email, { [at]: [ann] });
    expect(await outlookMails(session.email)).toEqual([
      `invitation ${ann.visitor}`,
      `invitation ${bob.visitor}`,
      `cancellation ${bob.visitor}`,
    ]);
  });

  it("the seats of a session are one event where the first answer was lost and others joined meanwhile", async () => {
    const session = await sessionOf(3);
    const at = hourAhead(2);
    await stage.microsoft.control.graphFault({
      account: session.email,
      method: "POST",
      path: "/me/events",
      when: "after",
      outcome: "drop",
    });
    const ann = await take(session, at);
    await eventually(
      () => eventsOf(session.email),
      (events) => events.length === 1,
    );
    const bob = await take(session, at);
    await cancel({ bookingId: ann.id, by: "visitor" });
    await untilInvited(session.email, { [at]: [bob] });
    expect(await eventsOf(session.email)).toHaveLength(1);
  });
});

describe("the seats of a session that Bellhop invites to", () => {
  it("the seats of a session that Bellhop invites to share an event without guests; each gets an invitation of their own, with no one else in it", async () => {
    const session = await sessionOf(3, { invitations: "bellhop" });
    const at = hourAhead(2);
    const ann = await take(session, at);
    const bob = await take(session, at);
    await ready(bob);
    const mailTo = (seat: Seat) =>
      eventually(
        () => readMailsTo(seat.visitor),
        (mails) => mails.length === 1,
      );
    for (const [seat, other] of [
      [ann, bob],
      [bob, ann],
    ] as const) {
      const [mail] = await mailTo(seat);
      expect(mail?.kind).toBe("booking-confirmed");
      const ics = mail?.calendar?.ics.replaceAll(/\r\n[ \t]/g, "") ?? "";
      expect(ics).toContain(seat.visitor);
      expect(ics).not.toContain(other.visitor);
    }
    const events = await eventsOf(session.email);
    expect(events.map(({ attendees }) => attendees)).toEqual([[]]);
    expect(JSON.stringify(events)).not.toContain(ann.visitor);
    await cancel({ bookingId: ann.id, by: "visitor" });
    await eventually(
      () => readMailsTo(ann.visitor),
      (mails) => mails.some(({ kind }) => kind === "booking-cancelled"),
    );
    expect(await readMailsTo(bob.visitor)).toHaveLength(1);
    expect(await eventsOf(session.email)).toHaveLength(1);
    await cancel({ bookingId: bob.id, by: "visitor" });
    await untilInvited(session.email, {});
    expect(await outlookMails(session.email)).toEqual([]);
  });

  it("the seats of a session that Bellhop invites to that need approval are invited once they are approved, by Bellhop alone", async () => {
    const session = await sessionOf(2, { invitations: "bellhop", requiresApproval: true });
    const seat = await take(session);
    await eventually(
      () => readMailsTo(seat.visitor),
      (mails) => mails.length === 1,
    );
    expect(await eventsOf(session.email)).toEqual([]);
    await decideBooking({ bookingId: seat.id, scope: session.scope, decision: "approve" });
    const mails = await eventually(
      () => readMailsTo(seat.visitor),
      (all) => all.length === 2,
    );
    expect(mails.map(({ kind, calendar }) => [kind, calendar?.method ?? null])).toEqual([
      ["booking-confirmed", "REQUEST"],
      ["booking-requested", null],
    ]);
    const [event] = await eventsOf(session.email);
    expect(mails[0]?.calendar?.ics.replaceAll(/\r\n[ \t]/g, "")).toContain(event?.iCalUId ?? "no event");
    expect(await outlookMails(session.email)).toEqual([]);
  });
});

describe("approval where Bellhop invites", () => {
  it("approval where Bellhop invites makes the event without guests and mails the one invitation, with the link that was read back", async () => {
    const organizer = await sessionOf(1, { seats: null, invitations: "bellhop", requiresApproval: true });
    const seat = await take(organizer);
    expect(await eventsOf(organizer.email)).toEqual([]);
    await decideBooking({ bookingId: seat.id, scope: organizer.scope, decision: "approve" });
    await ready(seat);
    const mails = await eventually(
      () => readMailsTo(seat.visitor),
      (all) => all.some(({ kind }) => kind === "booking-confirmed"),
    );
    expect(mails.filter(({ calendar }) => calendar?.method === "REQUEST")).toHaveLength(1);
    expect(await outlookMails(organizer.email)).toEqual([]);
    expect(await eventsOf(organizer.email)).toHaveLength(1);
  });
});

/** Numbers that look like chance and are the same in every run. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * sides);
  };
}

describe("a session that people join, leave and move between, in any order", () => {
  it.each([1, 2, 3])(
    "a session joined and left in any order has exactly its confirmed seats in one event, each invited once (run %i)",
    async (seed) => {
      const session = await sessionOf(30);
      const throwDice = dice(seed);
      const times = [hourAhead(3, 9), hourAhead(3, 11)] as const;
      const seats: (Seat & { at: 0 | 1 })[] = [];
      const underWay: Promise<unknown>[] = [];
      for (let turn = 0; turn < 18; turn += 1) {
        const at = throwDice(2) === 0 ? 0 : 1;
        const chosen = seats[throwDice(Math.max(1, seats.length))];
        const act = chosen ? throwDice(4) : 0;
        if (act <= 1 || !chosen) {
          seats.push({ ...(await take(session, times[at])), at });
        } else if (act === 2) {
          seats.splice(seats.indexOf(chosen), 1);
          underWay.push(cancel({ bookingId: chosen.id, by: "visitor" }));
        } else {
          chosen.at = chosen.at === 0 ? 1 : 0;
          underWay.push(
            reschedule({ bookingId: chosen.id, start: Date.parse(times[chosen.at]), by: "visitor" }),
          );
        }
        // Some changes come together, others when the calendar has caught up.
        if (throwDice(3) === 0) await Promise.all(underWay.splice(0));
        else if (act > 1) await underWay.at(-1);
      }
      await Promise.all(underWay);
      const wanted = times.map((time, at) => [time, seats.filter((seat) => seat.at === at)] as const);
      await untilInvited(
        session.email,
        Object.fromEntries(wanted.filter(([, attending]) => attending.length > 0)),
      );
      const { sentInvitations } = await stage.microsoft.control.mailbox(session.email);
      for (const { visitor } of seats) {
        // For each event: invited and cancelled in turn, never invited while in it.
        const own = sentInvitations.filter(({ to, kind }) => to === visitor && kind !== "update");
        for (const event of new Set(own.map(({ eventKey }) => eventKey))) {
          const kinds = own.filter(({ eventKey }) => eventKey === event).map(({ kind }) => kind);
          kinds.forEach((kind, index) => {
            expect(kind).toBe(index % 2 === 0 ? "invitation" : "cancellation");
          });
        }
      }
      const links = await Promise.all(seats.map(ready));
      expect(new Set(links).size).toBe(wanted.filter(([, attending]) => attending.length > 0).length);
    },
  );
});
