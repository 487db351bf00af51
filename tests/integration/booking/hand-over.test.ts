import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Booked, book } from "@/lib/booking/book";
import { getSuccession, type Handover, handOver, handOverTogether } from "@/lib/booking/hand-over";
import { handOverDue } from "@/lib/booking/handovers-due";
import { reschedule } from "@/lib/booking/reschedule";
import { getBookingByJoinToken, getBookingByToken, getOwnBooking } from "@/lib/booking-record/queries";
import { db } from "@/lib/database/client";
import { unseal } from "@/lib/encryption/cipher";
import { retireEvent } from "@/lib/meetings/retired-events";
import { syncMeeting } from "@/lib/meetings/sync-meeting";
import { sendDueMails } from "@/lib/notifications/send-due";
import { webhookBodyPurpose } from "@/lib/webhooks/announce";
import {
  busyFrom,
  openSyncStage,
  type Person,
  type SyncStage,
} from "@/tests/integration/calendar-sync/sync-stage";
import { eventually } from "@/tests/support/eventually";
import { readMailsTo } from "@/tests/support/mails";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";
import { patiently, untilDone } from "@/tests/support/patiently";
import { makeTeam, type TestTeam } from "@/tests/support/team";

let stage: SyncStage;

beforeAll(async () => {
  stage = await openSyncStage();
});
afterAll(() => stage.close());

const start = hourAhead(3);
const online = { location: { kind: "teams" as const }, invitations: "bellhop" as const };

interface Scene {
  people: [Person, Person, Person];
  team: TestTeam;
  booking: Booked;
  /** Who has it. */
  first: Person;
  others: [Person, Person];
}

/** A booking of a team of three who take turns, with its meeting made and verified, and its visitor told. */
async function scene(eventType: object = {}, hosts: Parameters<typeof makeTeam>[2] = []): Promise<Scene> {
  const people: [Person, Person, Person] = [
    await stage.connected(),
    await stage.connected(),
    await stage.connected(),
  ];
  const team = await makeTeam(people, { ...online, ...eventType }, hosts);
  const outcome = await patiently(() => book(requestFor(team, start)));
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  const booking = outcome.value;
  await settle(booking.id);
  const [host] = await hostsOf(booking.id);
  const first = people.find(({ id }) => id === host);
  const [second, third] = people.filter(({ id }) => id !== host);
  if (!first || !second || !third) throw new Error("One of three has it.");
  return { people, team, booking, first, others: [second, third] };
}

const hostsOf = async (bookingId: string) => {
  const rows = await db().bookingHost.findMany({ where: { bookingId }, orderBy: { position: "asc" } });
  return rows.map(({ userId }) => userId);
};
const meetingOf = async (id: string) => {
  const { meeting } = await db().booking.findUniqueOrThrow({ where: { id }, select: { meeting: true } });
  return meeting;
};
const eventsIn = async ({ email }: Person) =>
  (await stage.control.mailbox(email)).events.filter(({ isCancelled }) => !isCancelled);

/** Runs the meeting's jobs until nothing is left to do, and sends what mails are due. */
async function settle(bookingId: string): Promise<void> {
  const { id: meetingId } = await meetingOf(bookingId);
  for (let round = 0; round < 3; round += 1) await syncMeeting({ meetingId });
  for (const { id } of await db().retiredEvent.findMany({ where: { meetingId } })) {
    await retireEvent({ retiredId: id });
  }
  await sendDueMails({ bookingId });
}

/** Hands a booking over that someone can take. */
const give = (handover: Omit<Handover, "by">) => untilDone(() => handOver({ ...handover, by: "organizer" }));

const mailsTo = (bookingId: string, kind: string) => db().mail.count({ where: { bookingId, kind } });

describe("a booking that is handed over", () => {
  test("a booking is handed to whoever is named, with an event and a verified meeting of their own, and nothing is left with the one before", async () => {
    const { booking, first, others } = await scene();
    const [taker] = others;
    const before = await meetingOf(booking.id);
    const outcome = await give({ bookingId: booking.id, to: taker.id, reason: "Ill today" });
    expect(outcome).toMatchObject({ ok: true });
    expect(await hostsOf(booking.id)).toEqual([taker.id]);
    // Until the new meeting is verified, the join page leads to the old one.
    const token = (await getBookingByToken(booking.token))?.joinToken ?? "";
    expect((await getBookingByJoinToken(token))?.meeting.joinUrl).toBe(before.joinUrl);
    await settle(booking.id);
    const after = await meetingOf(booking.id);
    expect(after).toMatchObject({ status: "ready", hostId: taker.id, calendarOwnerId: null });
    expect(after.joinUrl).not.toBe(before.joinUrl);
    expect((await eventsIn(taker)).map(({ id }) => id)).toEqual([after.calendarEventId]);
    expect(await eventsIn(first)).toEqual([]);
    expect((await getBookingByJoinToken(token))?.meeting.joinUrl).toBe(after.joinUrl);
  });

  test("a booking that is handed over keeps its links and its history, and tells its visitor and both hosts once", async () => {
    const { booking, first, others } = await scene();
    const [taker] = others;
    await give({ bookingId: booking.id, to: taker.id, reason: "Ill today" });
    await settle(booking.id);
    await sendDueMails({ bookingId: booking.id });
    const view = await getBookingByToken(booking.token);
    expect(view).toMatchObject({ id: booking.id, status: "confirmed", hosts: [{ handle: taker.handle }] });
    expect(await mailsTo(booking.id, "booking-handed-over")).toBe(1);
    expect(await mailsTo(booking.id, "booking-handover-to")).toBe(1);
    expect(await mailsTo(booking.id, "booking-handover-from")).toBe(1);
    expect(await mailsTo(booking.id, "booking-confirmed")).toBe(1);
    expect(await getOwnBooking(taker.scope, booking.id)).not.toBeNull();
    // The one before owns the team; a member who has no part in it sees nothing.
    expect(await getOwnBooking(first.scope, booking.id)).not.toBeNull();
    expect(await getOwnBooking(others[1].scope, booking.id)).toBeNull();
  });

  test("a booking that is handed there and back again has one event, with the one who has it", async () => {
    const { booking, first, others } = await scene();
    const [taker] = others;
    await give({ bookingId: booking.id, to: taker.id });
    await settle(booking.id);
    await give({ bookingId: booking.id, to: first.id });
    await settle(booking.id);
    const { calendarEventId, status } = await meetingOf(booking.id);
    expect(status).toBe("ready");
    expect((await eventsIn(first)).map(({ id }) => id)).toEqual([calendarEventId]);
    expect(await eventsIn(taker)).toEqual([]);
  });

  test("a booking that is handed there and back before anything was done keeps the event it had", async () => {
    const { booking, first, others } = await scene();
    const { calendarEventId, joinUrl } = await meetingOf(booking.id);
    await give({ bookingId: booking.id, to: others[0].id });
    await give({ bookingId: booking.id, to: first.id });
    await settle(booking.id);
    expect(await meetingOf(booking.id)).toMatchObject({ calendarEventId, joinUrl, status: "ready" });
    expect(await eventsIn(first)).toHaveLength(1);
  });

  test("a booking that its visitor moves to where its host isn't free leaves no event and no link with that host", async () => {
    const { booking, first, others } = await scene({ onReschedule: "any_host" });
    const later = hourAhead(5);
    const before = await meetingOf(booking.id);
    await stage.control.createEvent(first.email, busyFrom(later.slice(0, 10), "10:00", "11:00"));
    await untilDone(() => reschedule({ bookingId: booking.id, start: Date.parse(later), by: "visitor" }));
    const [host] = await hostsOf(booking.id);
    const taker = others.find(({ id }) => id === host);
    if (!taker) throw new Error("One of the others has it.");
    await settle(booking.id);
    const { calendarEventId, status, joinUrl, hostId } = await meetingOf(booking.id);
    expect({ status, hostId }).toEqual({ status: "ready", hostId: taker.id });
    expect(joinUrl).not.toBe(before.joinUrl);
    expect((await eventsIn(taker)).map(({ id }) => id)).toEqual([calendarEventId]);
    expect((await eventsIn(first)).map(({ id }) => id)).not.toContain(before.calendarEventId);
    expect(await eventsIn(first)).toHaveLength(1);
    expect(await mailsTo(booking.id, "booking-rescheduled")).toBe(1);
    expect(await mailsTo(booking.id, "booking-handed-over")).toBe(0);
    // And where its organizer moves it on to the next one, that one hears of it too.
    const last = hourAhead(6);
    await stage.control.createEvent(taker.email, busyFrom(last.slice(0, 10), "10:00", "11:00"));
    await stage.control.createEvent(first.email, busyFrom(last.slice(0, 10), "10:00", "11:00"));
    await untilDone(() => reschedule({ bookingId: booking.id, start: Date.parse(last), by: "organizer" }));
    await settle(booking.id);
    expect(await eventsIn(taker)).toHaveLength(1);
    expect(await mailsTo(booking.id, "booking-handover-to")).toBe(1);
    expect(await mailsTo(booking.id, "booking-handover-from")).toBe(2);
  });

  test("a booking is handed to whoever's turn it is where no one is named", async () => {
    const people = [await makeOrganizer(), await makeOrganizer(), await makeOrganizer()] as const;
    const team = await makeTeam([...people]);
    const made: string[] = [];
    for (const day of [3, 4]) {
      const booked = await book(requestFor(team, hourAhead(day)));
      if (!booked.ok) throw new Error(booked.error.code);
      made.push(booked.value.id);
    }
    const [first = "", second = ""] = made;
    const busy = [...(await hostsOf(first)), ...(await hostsOf(second))];
    expect(await handOver({ bookingId: first, by: "rule" })).toMatchObject({ ok: true });
    expect(await hostsOf(first)).toEqual(people.map(({ id }) => id).filter((id) => !busy.includes(id)));
    const line = await db().flightEntry.findFirst({ where: { bookingId: first, step: "handed_over" } });
    expect(line?.facts).toMatchObject({ by: "rule" });
  });

  test("a booking is not handed to someone whose calendar is busy or whose time is taken, and nothing changes", async () => {
    const { booking, first, others } = await scene();
    const [busy, taken] = others;
    await stage.control.createEvent(busy.email, busyFrom(start.slice(0, 10), "10:00", "11:00"));
    const own = await patiently(() => book(requestFor(taken, start)));
    expect(own.ok).toBe(true);
    for (const to of [busy.id, taken.id, undefined]) {
      expect(await handOver({ bookingId: booking.id, by: "organizer", to })).toMatchObject({
        ok: false,
        error: { code: "host_unavailable" },
      });
    }
    expect(await hostsOf(booking.id)).toEqual([first.id]);
    expect((await meetingOf(booking.id)).hostId).toBe(first.id);
  });

  test("a booking with a Teams meeting is not handed to someone who can't make one", async () => {
    const { booking, others } = await scene();
    await db().meetingProviderConnection.updateMany({
      where: { userId: others[0].id },
      data: { state: "reconnect_needed" },
    });
    expect(await handOver({ bookingId: booking.id, by: "organizer", to: others[0].id })).toMatchObject({
      error: { code: "host_unavailable" },
    });
  });

  test("only a member of the team who isn't in the booking takes it, and only from one who is", async () => {
    const { booking, first, others } = await scene();
    const stranger = await stage.connected();
    const ask = (more: { from?: string; to?: string }) =>
      handOver({ bookingId: booking.id, by: "organizer", ...more });
    expect(await ask({ to: stranger.id })).toMatchObject({ error: { code: "to_unknown" } });
    expect(await ask({ to: first.id })).toMatchObject({ error: { code: "to_unknown" } });
    expect(await ask({ from: others[0].id })).toMatchObject({ error: { code: "from_unknown" } });
  });

  test("a host who isn't the first is replaced without another event", async () => {
    const { booking, people } = await scene({ rotatingHosts: 1 }, [{ kind: "fixed" }]);
    const [lead] = people;
    const [, second] = await hostsOf(booking.id);
    const { calendarEventId } = await meetingOf(booking.id);
    expect(await handOver({ bookingId: booking.id, by: "organizer", from: second })).toMatchObject({
      ok: true,
    });
    await settle(booking.id);
    const [still, now] = await hostsOf(booking.id);
    expect(still).toBe(lead.id);
    expect(now).not.toBe(second);
    expect((await meetingOf(booking.id)).calendarEventId).toBe(calendarEventId);
    const { id: meetingId } = await meetingOf(booking.id);
    const claims = await db().timeClaim.findMany({ where: { meetingId }, select: { hostId: true } });
    expect(claims.map(({ hostId }) => hostId).sort()).toEqual([still, now].sort());
  });

  test("several bookings are handed over together, or none of them", async () => {
    const { booking, team, first, others } = await scene();
    const own = await book(requestFor(others[0], hourAhead(5)));
    expect(own.ok).toBe(true);
    const later: string[] = [];
    for (const day of [4, 5]) {
      const made = await book(requestFor(team, hourAhead(day)));
      if (made.ok) later.push(made.value.id);
    }
    const mine = await db().bookingHost.findMany({
      where: { userId: first.id },
      select: { bookingId: true },
    });
    const handovers = mine.map(({ bookingId }) => ({ bookingId, by: "rule" as const, to: others[0].id }));
    expect(handovers.map(({ bookingId }) => bookingId)).toContain(booking.id);
    let isRemoved = false;
    const done = await handOverTogether(handovers, async () => {
      isRemoved = true;
    });
    expect(isRemoved).toBe(done.ok);
    const left = await db().bookingHost.count({ where: { userId: first.id } });
    expect(left).toBe(done.ok ? 0 : mine.length);
  });
});

test("a handover whose surroundings keep changing is given up, and changes nothing", async () => {
  const { booking, first, others } = await scene();
  let looks = 0;
  // What the database says of a time that someone takes at every moment.
  const overlap = Object.assign(new Error("taken"), { code: "23P01" });
  const handover = { bookingId: booking.id, by: "rule", to: others[0].id } as const;
  const done = await handOverTogether([handover], async () => {
    looks += 1;
    throw overlap;
  });
  expect(done).toEqual({
    ok: false,
    error: {
      code: "refused",
      refused: [{ bookingId: booking.id, refusal: { code: "host_unavailable" } }],
    },
  });
  expect(looks).toBe(8);
  expect(await hostsOf(booking.id)).toEqual([first.id]);
});

describe("what is said of a handover", () => {
  /** Who is told what: the visitor, who had it, and who has it now. */
  async function saidOf({ booking, first, others }: Scene) {
    const name = async ({ id }: Person) => (await db().user.findUniqueOrThrow({ where: { id } })).email;
    await give({ bookingId: booking.id, to: others[0].id });
    await settle(booking.id);
    const sent = [
      ...(await readMailsTo(await name(first))),
      ...(await readMailsTo(await name(others[0]))),
      ...(await readMailsTo(
        (
          await db().booking.findUniqueOrThrow({ where: { id: booking.id } })
        ).visitorEmail,
      )),
    ];
    const text = (kind: string) =>
      sent.find((mail) => mail.kind === kind && mail.bookingId === booking.id)?.text.replace(/\s+/g, " ") ??
      "";
    return {
      visitor: text("booking-handed-over"),
      former: text("booking-handover-from"),
      taker: text("booking-handover-to"),
    };
  }

  const dialogOf = async ({ booking, first }: Scene) => {
    const { isOutlooks, way, hasEvent } = (await getSuccession(first.scope, booking.id)) ?? {};
    return { isOutlooks, way, hasEvent };
  };

  test("with a Teams meeting, the link to join stays, and a meeting goes from one calendar to the other", async () => {
    const given = await scene();
    expect(await dialogOf(given)).toEqual({ isOutlooks: false, way: "online", hasEvent: true });
    const said = await saidOf(given);
    expect(said.visitor).toContain("the time, the link to join, and the link to your booking.");
    expect(said.taker).toContain("The event and its meeting are being created in your calendar.");
    expect(said.former).toContain("Your event is removed as soon as the new one is there.");
  });

  test("in person, the place stays, and there is no meeting or link to speak of", async () => {
    const given = await scene({ location: { kind: "in_person", value: "12 Harbour Street" } });
    expect(await dialogOf(given)).toEqual({ isOutlooks: false, way: "place", hasEvent: true });
    const said = await saidOf(given);
    expect(said.visitor).toContain("the time, the place, and the link to your booking.");
    expect(said.taker).toContain("The event is being created in your calendar.");
    expect(said.former).toContain("Your event is removed from your calendar.");
  });

  test("by phone, the number stays, and where no calendar is connected, no event is spoken of", async () => {
    const given = await scene({ location: { kind: "phone", value: "+33 1 23" } });
    await db().meetingProviderConnection.deleteMany({
      where: { userId: { in: given.people.map(({ id }) => id) } },
    });
    const said = await saidOf(given);
    expect(said.visitor).toContain("the time, the phone number, and the link to your booking.");
    expect(said.visitor).not.toContain("link to join");
    expect(said.taker).toContain("hears that you are the host.");
    expect(said.taker).not.toContain("calendar");
    expect(said.former).toContain("There is nothing you have to do.");
    expect(said.former).not.toContain("event is removed");
  });

  test("where no place is known, time and link of the booking stay", async () => {
    const said = await saidOf(await scene({ location: { kind: "none" } }));
    expect(said.visitor).toContain("the time and the link to your booking.");
  });
});

describe("a host who can't take part", () => {
  /** A calendar may be slower than the rule waits: then it tries again an hour later, which has passed here. */
  async function dueUntilGone(bookingId: string, hostId: string): Promise<void> {
    const hosts = await eventually(
      async () => {
        await db().flightEntry.deleteMany({ where: { bookingId, step: "handover_refused" } });
        await handOverDue();
        return hostsOf(bookingId);
      },
      (now) => !now.includes(hostId),
      60,
    );
    expect(hosts).not.toContain(hostId);
  }

  test("a host whose account is disabled has their bookings to come handed over by the rule", async () => {
    const { booking, first } = await scene();
    await db().user.update({ where: { id: first.id }, data: { disabledAt: new Date() } });
    await dueUntilGone(booking.id, first.id);
    await settle(booking.id);
    expect((await meetingOf(booking.id)).status).toBe("ready");
    const { name } = await db().user.findUniqueOrThrow({ where: { id: first.id } });
    const letters = await db().mail.findMany({
      where: { bookingId: booking.id, kind: { contains: "handover" } },
    });
    expect(letters.map(({ kind }) => kind)).toEqual(["booking-handover-to"]);
    expect(letters[0]?.subject).toContain(`You take over from ${name}`);
  });

  test("a host whose connection has ended keeps a booking that isn't near, and for an hour one that is", async () => {
    const { booking, first } = await scene();
    await db().meetingProviderConnection.updateMany({
      where: { userId: first.id },
      data: { state: "reconnect_needed" },
    });
    const outage = { userId: first.id, provider: "teams", state: "reconnect_needed", reason: "expired" };
    const { id } = await db().connectionStateChange.create({ data: outage, select: { id: true } });
    await handOverDue();
    expect(await hostsOf(booking.id)).toEqual([first.id]);
    const hour = 3600_000;
    const soon = Math.ceil(Date.now() / hour + 2) * hour;
    const times = { startsAt: new Date(soon), endsAt: new Date(soon + hour / 2) };
    await db().booking.update({ where: { id: booking.id }, data: times });
    await handOverDue();
    expect(await hostsOf(booking.id)).toEqual([first.id]);
    await db().connectionStateChange.deleteMany({ where: { userId: first.id, id: { not: id } } });
    await db().connectionStateChange.update({
      where: { id },
      data: { at: new Date(Date.now() - 2 * 3600_000) },
    });
    await dueUntilGone(booking.id, first.id);
  });

  test("a booking that no one can take over stays, says so once, and the rule gives up on one that wanders", async () => {
    const { booking, first, others } = await scene();
    for (const other of others) await book(requestFor(other, start));
    await db().user.update({ where: { id: first.id }, data: { disabledAt: new Date() } });
    for (let round = 0; round < 2; round += 1) await handOverDue();
    expect(await hostsOf(booking.id)).toEqual([first.id]);
    const refused = { bookingId: booking.id, step: "handover_refused" };
    expect(await db().flightEntry.count({ where: refused })).toBe(1);
    await db().flightEntry.deleteMany({ where: refused });
    const wandered = { bookingId: booking.id, step: "handed_over", outcome: "ok", facts: { by: "rule" } };
    await db().flightEntry.createMany({ data: [wandered, wandered, wandered] });
    await handOverDue();
    expect(await db().flightEntry.count({ where: refused })).toBe(0);
  });
});

test("a handover is announced to the webhooks of both hosts and of the team, with who had the booking, and not to anyone else's", async () => {
  const { team, booking, first, others } = await scene();
  const [next, third] = others;
  const listen = async (userId: string, teamId: string | null = null) =>
    db().webhook.create({
      data: {
        userId,
        teamId,
        url: "https://hooks.example.com/bellhop",
        secretSealed: "",
        events: ["booking.confirmed", "booking.reassigned"],
      },
      select: { id: true },
    });
  const owner = await db().teamMember.findFirstOrThrow({ where: { teamId: team.id, role: "owner" } });
  const heard = [await listen(first.id), await listen(next.id), await listen(owner.userId, team.id)];
  const unheard = await listen(third.id);
  // Nothing was said of the booking so far.
  await db().bookingNotice.deleteMany({ where: { bookingId: booking.id } });
  const handed = { bookingId: booking.id, by: "organizer", from: first.id, to: next.id } as const;
  expect(await untilDone(() => handOver(handed))).toMatchObject({ ok: true });
  for (const { id: webhookId } of heard) {
    const [last] = await db().webhookDelivery.findMany({
      where: { webhookId, event: "booking.reassigned" },
    });
    const row = { purpose: webhookBodyPurpose, row: last?.id ?? "" };
    expect(last?.event).toBe("booking.reassigned");
    const { name, handle } = await db().user.findUniqueOrThrow({ where: { id: first.id } });
    expect(JSON.parse(unseal(last?.bodySealed ?? "", row))).toMatchObject({
      type: "booking.reassigned",
      data: { id: booking.id, hosts: [{ handle: next.handle }], previousHost: { name, handle } },
    });
  }
  const toFormer = await db().webhookDelivery.findMany({ where: { webhookId: heard[0]?.id ?? "" } });
  expect(toFormer.map(({ event }) => event).sort()).toEqual(["booking.confirmed", "booking.reassigned"]);
  expect(await db().webhookDelivery.count({ where: { webhookId: unheard.id } })).toBe(0);
});
