import { afterAll, beforeAll, expect, test } from "vitest";
import { sentenceOfOption } from "@/components/organizer-bookings/option-words";
import { type Booked, book } from "@/lib/booking/book";
import { cancel } from "@/lib/booking/cancel";
import { decideBooking } from "@/lib/booking/decide";
import { handOver } from "@/lib/booking/hand-over";
import { handOverDue } from "@/lib/booking/handovers-due";
import { reschedule } from "@/lib/booking/reschedule";
import { answerDrift } from "@/lib/calendar-sync/answer-drift";
import { compareMeeting } from "@/lib/calendar-sync/compare-meeting";
import { listDrifts } from "@/lib/calendar-sync/drift";
import { syncConnection } from "@/lib/calendars/sync-connection";
import { db } from "@/lib/database/client";
import { Prisma } from "@/lib/database/generated/client";
import { defaultLocale } from "@/lib/i18n/languages";
import { readOptionsOutcome } from "@/lib/meetings/options";
import { syncMeeting } from "@/lib/meetings/sync-meeting";
import { openGraph } from "@/lib/meetings/teams/graph";
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

async function together(invitations: "outlook" | "bellhop", account: object = {}) {
  const people: [Person, Person, Person] = [
    await stage.connected({}, {}, account),
    await stage.connected({}, {}, account),
    await stage.connected({}, {}, account),
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

/** Who is in the Teams meeting besides its organizer, and as what, by their addresses. */
async function rolesIn(person: Person) {
  const { onlineMeetings } = await stage.control.mailbox(person.email);
  const attendees = onlineMeetings[0]?.participants?.attendees ?? [];
  return Object.fromEntries(attendees.map(({ upn, role }) => [upn, String(role)]));
}

const outcomeOf = async (booking: Pick<Booked, "id">) => {
  const id = await meetingIdOf(booking);
  const { optionsOutcome } = await db().meeting.findUniqueOrThrow({ where: { id } });
  return readOptionsOutcome(optionsOutcome, id);
};

test("the other hosts are co-organizers of the Teams meeting, and a handover gives it to the new host alone", async () => {
  const { people, team, booking } = await together("bellhop");
  const [lead, second, third] = people;
  expect(await rolesIn(lead)).toEqual({ [second.email]: "coorganizer", [third.email]: "coorganizer" });
  expect(await outcomeOf(booking)).toMatchObject({ state: "applied", untaken: [] });
  const fourth = await stage.connected();
  await db().teamMember.create({ data: { teamId: team.id, userId: fourth.id, role: "member" } });
  const handed = { bookingId: booking.id, by: "organizer", from: third.id, to: fourth.id } as const;
  expect((await patiently(() => handOver(handed))).ok).toBe(true);
  await settle(booking);
  expect(await rolesIn(lead)).toEqual({ [second.email]: "coorganizer", [fourth.email]: "coorganizer" });
  await stage.control.resetCounters();
  await settle(booking);
  const calls = await stage.control.requests({ account: lead.email });
  expect(calls.filter(({ path }) => path.includes("onlineMeetings"))).toEqual([]);
});

test("whoever else is in the Teams meeting stays in it as they are", async () => {
  const { people, booking } = await together("bellhop");
  const [lead, second, third] = people;
  const id = await meetingIdOf(booking);
  const presenter = { upn: "guest@elsewhere.example", role: "presenter" };
  await callGraph(lead, presenter);
  await db().meeting.update({ where: { id }, data: { optionsOutcome: Prisma.DbNull } });
  await settle(booking);
  expect(await rolesIn(lead)).toEqual({
    [presenter.upn]: "presenter",
    [second.email]: "coorganizer",
    [third.email]: "coorganizer",
  });
});

/** The meeting's organizer puts someone in, and nobody else. */
async function callGraph(lead: Person, participant: object): Promise<void> {
  const graph = openGraph({ userId: lead.id, priority: "visitor", timeoutMs: 10_000 });
  const { onlineMeetings } = await stage.control.mailbox(lead.email);
  await graph.call({
    method: "PATCH",
    path: "/me/onlineMeetings/{meeting}",
    ids: { meeting: onlineMeetings[0]?.id ?? "" },
    body: { participants: { attendees: [participant] } },
  });
}

test("where the organization refuses co-organizers the meeting is ready all the same, and the booking names them", async () => {
  const domain = "no-co-organizers.example";
  await stage.control.addTenant({ domain, meetingOptionRefusals: ["participants"] });
  const { people, booking } = await together("bellhop", { tenant: domain });
  const [lead, second, third] = people;
  expect(await rolesIn(lead)).toEqual({});
  const { status } = await db().meeting.findUniqueOrThrow({ where: { id: await meetingIdOf(booking) } });
  expect(status).toBe("ready");
  const [untaken] = (await outcomeOf(booking))?.untaken ?? [];
  expect(untaken).toEqual({
    option: "coOrganizers",
    wanted: [second.email, third.email].join(", "),
    actual: null,
    why: "refused",
  });
  if (!untaken) throw new Error("nothing was said");
  expect(sentenceOfOption(untaken, defaultLocale)).toContain(`Co-organizers: you chose ${second.email}`);
});

/** One host leads, two others take turns beside them; whoever was taken declines in Outlook, and the event is compared. */
async function declinedByHost(hostDeclines: "hand_over" | "ask" | "ignore") {
  const people: [Person, Person, Person] = [
    await stage.connected(),
    await stage.connected(),
    await stage.connected(),
  ];
  const team = await makeTeam(people, { location: { kind: "teams" }, invitations: "bellhop", hostDeclines }, [
    { kind: "fixed" },
  ]);
  const booked = await patiently(() => book(requestFor(team, start)));
  if (!booked.ok) throw new Error(JSON.stringify(booked.error));
  const booking = booked.value;
  await settle(booking);
  const [lead] = people;
  const [, takenId] = await hostIdsOf(booking);
  const taken = people.find(({ id }) => id === takenId) as Person;
  const other = people.find(({ id }) => id !== takenId && id !== lead.id) as Person;
  const [event] = await eventsIn(lead);
  await stage.control.respond(lead.email, event?.id ?? "", { attendee: taken.email, response: "declined" });
  const compare = async () => compareMeeting({ meetingId: await meetingIdOf(booking) });
  await compare();
  await compare();
  return { lead, taken, other, booking, compare };
}

const hostIdsOf = async ({ id }: Pick<Booked, "id">) => {
  const rows = await db().bookingHost.findMany({ where: { bookingId: id }, orderBy: { position: "asc" } });
  return rows.map(({ userId }) => userId);
};

test("a host who declines in Outlook is a question to each host, and whoever answers it gives the booking to the next in turn", async () => {
  const { lead, taken, other, booking, compare } = await declinedByHost("ask");
  const name = (await db().user.findUniqueOrThrow({ where: { id: taken.id } })).name;
  for (const { scope } of [lead, taken]) {
    expect(await listDrifts(scope)).toMatchObject([
      { kind: "host_declined", host: name, booking: { id: booking.id } },
    ]);
  }
  expect(await listDrifts(other.scope)).toEqual([]);
  const asked = await db().mail.findMany({
    where: { bookingId: booking.id, kind: "booking-calendar-change" },
  });
  expect(asked.map(({ to, subject }) => [to, subject])).toEqual([
    [expect.any(String), expect.stringContaining(`${name} declined`)],
  ]);
  const [drift] = await listDrifts(taken.scope);
  const answer = { driftId: drift?.id ?? "", answer: "apply" } as const;
  expect(await answerDrift({ ...answer, scope: other.scope })).toMatchObject({ error: { code: "not_open" } });
  expect(await answerDrift({ ...answer, scope: taken.scope })).toEqual({ ok: true, value: null });
  expect(await hostIdsOf(booking)).toEqual([lead.id, other.id]);
  expect(await listDrifts(lead.scope)).toEqual([]);
  await settle(booking);
  expect(await attendeesIn(lead)).toEqual([other.email]);
  await compare();
  expect(await listDrifts(lead.scope)).toEqual([]);
});

test("a host who declines in Outlook stays in the booking where the hosts say so, and isn't asked about again", async () => {
  const { lead, taken, booking, compare } = await declinedByHost("ask");
  await handOverDue();
  expect(await hostIdsOf(booking)).toEqual([lead.id, taken.id]);
  const [drift] = await listDrifts(lead.scope);
  const dismissed = { driftId: drift?.id ?? "", scope: lead.scope, answer: "dismiss" } as const;
  expect((await answerDrift(dismissed)).ok).toBe(true);
  await compare();
  expect(await listDrifts(lead.scope)).toEqual([]);
  expect(await hostIdsOf(booking)).toEqual([lead.id, taken.id]);
});

test("a host who declines in Outlook is replaced by the rule where the event type says so", async () => {
  const { lead, other, booking } = await declinedByHost("hand_over");
  expect(await db().mail.count({ where: { bookingId: booking.id, kind: "booking-calendar-change" } })).toBe(
    0,
  );
  await handOverDue();
  expect(await hostIdsOf(booking)).toEqual([lead.id, other.id]);
  const lines = await db().flightEntry.findMany({ where: { bookingId: booking.id, step: "handed_over" } });
  expect(lines).toMatchObject([{ facts: { by: "calendar" } }]);
  expect(await listDrifts(lead.scope)).toEqual([]);
});

test("a host who declines in Outlook changes nothing where the event type ignores it", async () => {
  const { lead, taken, booking } = await declinedByHost("ignore");
  expect(await listDrifts(lead.scope)).toEqual([]);
  await handOverDue();
  expect(await hostIdsOf(booking)).toEqual([lead.id, taken.id]);
});

test("several hosts who decline in Outlook are a question each, asked once, and whoever comes after all is asked about no more", async () => {
  const { people, booking } = await together("bellhop");
  const [lead, second, third] = people;
  const [event] = await eventsIn(lead);
  const respond = (host: Person, response: "declined" | "accepted") =>
    stage.control.respond(lead.email, event?.id ?? "", { attendee: host.email, response });
  const compare = async () => compareMeeting({ meetingId: await meetingIdOf(booking) });
  for (const host of [second, third]) await respond(host, "declined");
  for (let round = 0; round < 3; round += 1) await compare();
  expect((await listDrifts(lead.scope)).map(({ kind }) => kind)).toEqual(["host_declined", "host_declined"]);
  const mails = { bookingId: booking.id, kind: "booking-calendar-change" };
  expect(await db().mail.count({ where: mails })).toBe(2);
  await respond(second, "accepted");
  await compare();
  const left = await db().drift.findMany({ where: { bookingId: booking.id, state: "open" } });
  expect(left.map(({ hostId }) => hostId)).toEqual([third.id]);
});

test("a host from another organization isn't asked for as a co-organizer", async () => {
  const domain = "elsewhere-hosts.example";
  await stage.control.addTenant({ domain });
  const people: [Person, Person] = [
    await stage.connected(),
    await stage.connected({}, {}, { tenant: domain }),
  ];
  const team = await makeTeam(people, { location: { kind: "teams" }, invitations: "bellhop" }, [
    { kind: "fixed" },
    { kind: "fixed" },
  ]);
  const booked = await patiently(() => book(requestFor(team, start)));
  if (!booked.ok) throw new Error(JSON.stringify(booked.error));
  await settle(booked.value);
  expect(await rolesIn(people[0])).toEqual({});
  expect(await outcomeOf(booked.value)).toBeNull();
});
