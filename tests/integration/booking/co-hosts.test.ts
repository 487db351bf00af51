import { afterAll, beforeAll, expect, test } from "vitest";
import { type Booked, book } from "@/lib/booking/book";
import { cancel } from "@/lib/booking/cancel";
import { decideBooking } from "@/lib/booking/decide";
import { handOver } from "@/lib/booking/hand-over";
import { reschedule } from "@/lib/booking/reschedule";
import { syncConnection } from "@/lib/calendars/sync-connection";
import { db } from "@/lib/database/client";
import { syncMeeting } from "@/lib/meetings/sync-meeting";
import { sendDueMails } from "@/lib/notifications/send-due";
import { openSyncStage, type Person, type SyncStage } from "@/tests/integration/calendar-sync/sync-stage";
import { hourAhead, requestFor } from "@/tests/support/organizer";
import { patiently, untilDone } from "@/tests/support/patiently";
import { makeTeam } from "@/tests/support/team";

let stage: SyncStage;

beforeAll(async () => {
  stage = await openSyncStage();
});
afterAll(() => stage.close());

const start = hourAhead(3);

async function together(invitations: "outlook" | "bellhop") {
  const people: [Person, Person, Person] = [
    await stage.connected(),
    await stage.connected(),
    await stage.connected(),
  ];
  const team = await makeTeam(people, { location: { kind: "teams" }, invitations }, [
    { kind: "fixed" },
    { kind: "fixed" },
  ]);
  const booked = await patiently(() => book(requestFor(team, start)));
  if (!booked.ok) throw new Error(JSON.stringify(booked.error));
  await settle(booked.value);
  return { people, team, booking: booked.value };
}

const meetingIdOf = async ({ id }: Pick<Booked, "id">) =>
  (await db().booking.findUniqueOrThrow({ where: { id }, select: { meetingId: true } })).meetingId;

async function settle(booking: Pick<Booked, "id">): Promise<void> {
  const meetingId = await meetingIdOf(booking);
  for (let round = 0; round < 2; round += 1) await syncMeeting({ meetingId });
}

const eventsIn = async ({ email }: Person) => (await stage.control.mailbox(email)).events;
const attendeesIn = async (person: Person) => {
  const [event] = await eventsIn(person);
  return (event?.attendees ?? []).map(({ emailAddress }) => emailAddress?.address);
};
const uidsIn = async (person: Person) => (await eventsIn(person)).map(({ iCalUId }) => iCalUId);

test("a booking with several hosts is one event, in the first one's calendar, and the others are invited to it", async () => {
  const { people, booking } = await together("outlook");
  const [lead, second, third] = people;
  const attendees = await attendeesIn(lead);
  expect(attendees.slice(0, 2).sort()).toEqual([second.email, third.email].sort());
  expect(attendees).toHaveLength(3);
  const [uid] = await uidsIn(lead);
  expect(await uidsIn(second)).toEqual([uid]);
  expect(await uidsIn(third)).toEqual([uid]);
  expect(await db().meeting.count({ where: { bookings: { some: { id: booking.id } } } })).toBe(1);
});

test("where Bellhop invites, only the hosts are in the event", async () => {
  const { people } = await together("bellhop");
  const [lead, second, third] = people;
  expect((await attendeesIn(lead)).sort()).toEqual([second.email, third.email].sort());
});

test("a host's own copy of the event doesn't keep the booking from being moved", async () => {
  const { people, booking } = await together("bellhop");
  for (const { id: userId } of people) {
    const { id } = await db().meetingProviderConnection.findFirstOrThrow({ where: { userId } });
    await syncConnection({ connectionId: id });
  }
  const half = new Date(Date.parse(start) + 30 * 60_000).getTime();
  const moved = await patiently(() => reschedule({ bookingId: booking.id, start: half, by: "visitor" }));
  expect(moved).toMatchObject({ ok: true });
});

test("a host who is replaced is no longer invited, and the new one is, without another event", async () => {
  const { people, team, booking } = await together("bellhop");
  const [lead, second] = people;
  const stand = await stage.connected();
  await db().teamMember.create({ data: { teamId: team.id, userId: stand.id, role: "member" } });
  const outcome = await untilDone(() =>
    handOver({ bookingId: booking.id, by: "organizer", from: second.id, to: stand.id }),
  );
  expect(outcome).toMatchObject({ ok: true });
  await settle(booking);
  expect(await attendeesIn(lead)).toContain(stand.email);
  expect(await attendeesIn(lead)).not.toContain(second.email);
  expect(await eventsIn(lead)).toHaveLength(1);
});

test("a booking that is cancelled takes its event out of the calendars of all hosts", async () => {
  const { people, booking } = await together("bellhop");
  expect(await cancel({ bookingId: booking.id, by: "visitor" })).toMatchObject({ ok: true });
  await settle(booking);
  for (const person of people) {
    expect((await eventsIn(person)).filter(({ isCancelled }) => !isCancelled)).toEqual([]);
  }
});

test("each host hears of the booking by an email of their own, and anyone of them decides on a request", async () => {
  const people = [await stage.connected(), await stage.connected()] as const;
  const quiet = { location: { kind: "phone" as const, value: "+33 1 23" }, requiresApproval: true };
  const team = await makeTeam([...people], quiet, [{ kind: "fixed" }, { kind: "fixed" }]);
  const booked = await patiently(() => book(requestFor(team, start)));
  if (!booked.ok) throw new Error(JSON.stringify(booked.error));
  const { id: bookingId } = booked.value;
  await sendDueMails({ bookingId });
  const asked = await db().mail.findMany({ where: { bookingId, kind: "booking-organizer-request" } });
  const accounts = await db().user.findMany({ where: { id: { in: people.map(({ id }) => id) } } });
  expect(asked.map(({ to }) => to).sort()).toEqual(accounts.map(({ email }) => email).sort());
  expect(await db().decisionLink.count({ where: { bookingId } })).toBe(4);
  const [, second] = people;
  const decided = await decideBooking({ bookingId, scope: second.scope, decision: "approve" });
  expect(decided).toMatchObject({ ok: true });
});
