import { afterAll, beforeAll, expect, test } from "vitest";
import { book } from "@/lib/booking/book";
import { cancel } from "@/lib/booking/cancel";
import { handOver } from "@/lib/booking/hand-over";
import { reschedule } from "@/lib/booking/reschedule";
import { answerDrift } from "@/lib/calendar-sync/answer-drift";
import { compareMeeting } from "@/lib/calendar-sync/compare-meeting";
import { listDrifts } from "@/lib/calendar-sync/drift";
import { getConnection } from "@/lib/connections/queries";
import { db } from "@/lib/database/client";
import { hasWaitingJob } from "@/lib/jobs/queue";
import { meetingSync } from "@/lib/meetings/jobs";
import { retireEvent } from "@/lib/meetings/retired-events";
import { syncMeeting } from "@/lib/meetings/sync-meeting";
import { getOfferById } from "@/lib/offers/offer";
import { publishSlots } from "@/lib/offers/published-slots";
import { listOfferedSlots } from "@/lib/offers/slots";
import { explainHosts, explainStart, explainTime } from "@/lib/offers/troubleshoot";
import { openMailContent } from "@/lib/outbox/outbox";
import { addListedRoom, findRooms } from "@/lib/rooms/find-rooms";
import { roomTasks } from "@/lib/rooms/read-rooms";
import { addRoom, listRooms, removeRoom } from "@/lib/rooms/rooms";
import { roomInput } from "@/lib/rooms/schema";
import { openSyncStage, type Person, type SyncStage } from "@/tests/integration/calendar-sync/sync-stage";
import { eventually } from "@/tests/support/eventually";
import { connectMicrosoft } from "@/tests/support/microsoft";
import { hourAhead, requestFor } from "@/tests/support/organizer";
import { patiently } from "@/tests/support/patiently";
import { makeTeam } from "@/tests/support/team";

let stage: SyncStage;

beforeAll(async () => {
  stage = await openSyncStage();
});
afterAll(() => stage.close());

const start = hourAhead(3);
const at = Date.parse(start);
const halfHour = 30 * 60_000;
const day = start.slice(0, 10);

interface TestRoom {
  id: string;
  email: string;
  name: string;
}

let count = 0;

/** An organization of the test's own: an organizer in it, and a room for each answer that its mailbox gives. */
async function organization(
  ...rooms: { answers?: string; capacity?: number; kind?: "room" | "equipment" }[]
) {
  count += 1;
  const domain = `rooms-${count}.example`;
  await stage.control.addTenant({ domain });
  const lead = await stage.connected({ invitations: "bellhop" }, {}, { tenant: domain });
  const made: TestRoom[] = [];
  for (const [index, { answers = "by_calendar", capacity = 4 + index, kind = "room" }] of rooms.entries()) {
    const email = `room-${index}@${domain}`;
    const name = `Room ${index}`;
    // The control port checks it.
    const resource = { answers: answers as "by_calendar", kind };
    await stage.control.addAccount({ tenant: domain, email, name, resource });
    const added = await addRoom(lead.scope, roomInput.parse({ email, name, capacity, kind }));
    if (!added.ok) throw new Error(added.error.code);
    made.push(added.value);
  }
  return { domain, lead, rooms: made };
}

const needs = async ({ eventTypeId: id }: Person, rooms: object) =>
  db().eventType.update({ where: { id }, data: { rooms: { roomIds: [], features: [], ...rooms } } });

async function bookAt(person: Person, when = start) {
  const booked = await patiently(() => book(requestFor(person, when)));
  if (booked.ok) await settle(booked.value.id);
  return booked;
}

const meetingOf = (bookingId: string) =>
  db().meeting.findFirstOrThrow({
    where: { bookings: { some: { id: bookingId } } },
    include: { rooms: { include: { room: true }, orderBy: { room: { email: "asc" } } } },
  });

async function settle(bookingId: string): Promise<void> {
  const { id: meetingId } = await meetingOf(bookingId);
  for (let round = 0; round < 2; round += 1) await syncMeeting({ meetingId });
}

async function lookAt(bookingId: string): Promise<void> {
  const { id: meetingId } = await meetingOf(bookingId);
  await compareMeeting({ meetingId });
  await settle(bookingId);
}

const takenBy = async (bookingId: string) =>
  (await meetingOf(bookingId)).rooms.map(({ room, answer }) => `${room.name}: ${answer}`);

async function eventOf(person: Person) {
  const { events } = await stage.control.mailbox(person.email);
  const live = events.filter(({ isCancelled }) => !isCancelled);
  return live.map(({ location, attendees }) => ({
    place: location?.displayName,
    rooms: attendees?.flatMap(({ type, emailAddress }) => (type === "resource" ? emailAddress?.address : [])),
  }));
}

async function offered(person: Person): Promise<string[]> {
  const offer = await getOfferById(db(), person.eventTypeId);
  if (!offer) throw new Error("no offer");
  const range = { from: day, to: day, timeZone: "UTC", durationMinutes: 30 };
  // However busy this machine is: visitors would wait two seconds.
  for (const task of roomTasks) await task.run(new AbortController().signal);
  const { slots } = await eventually(
    () => listOfferedSlots(offer, range),
    ({ isClosed }) => !isClosed,
  );
  const { handle, slug } = person;
  const published = await publishSlots({ handle, slug, from: day, to: day, timeZone: "UTC" });
  if (!published.ok) throw new Error(published.error.code);
  const starts = slots.map((slot) => new Date(slot.start).toISOString());
  // Pages and the API agree.
  expect(
    JSON.parse(published.value.body).slots.map((slot: { start: string }) => Date.parse(slot.start)),
  ).toEqual(slots.map((slot) => slot.start));
  return starts;
}

const occupy = (email: string, from = at, minutes = 30) =>
  stage.control.createEvent(email, {
    subject: "Board",
    start: { dateTime: new Date(from).toISOString().slice(0, 19), timeZone: "UTC" },
    end: { dateTime: new Date(from + minutes * 60_000).toISOString().slice(0, 19), timeZone: "UTC" },
  });

/** What keeps a start from being offered, as organizers are told: by itself, among all of its day, and by a team's hosts. */
async function lackAt({ eventTypeId }: Pick<Person, "eventTypeId">, when: string) {
  const offer = await getOfferById(db(), eventTypeId);
  if (!offer) throw new Error("no offer");
  const begins = Date.parse(when);
  const alone = await explainStart(offer, begins, 30);
  const joint = await explainHosts(offer, begins, 30);
  const whole = await explainTime(offer, { start: begins, end: begins + halfHour }, 30);
  const [first] = whole.slots;
  expect(joint.reasons).toEqual(alone.reasons);
  expect(joint.offered).toBe(alone.reasons.length === 0);
  expect([first?.start, first?.reasons]).toEqual([begins, alone.reasons]);
  return alone.reasons.map(({ code }) => code);
}

const forget = (rooms: readonly TestRoom[]) =>
  db().room.updateMany({
    where: { id: { in: rooms.map(({ id }) => id) } },
    data: { syncedAt: null, nextReadAt: new Date() },
  });

test("a booking takes the room that fits: invited as a resource, named as the place, and read back as accepted", async () => {
  const { lead, rooms } = await organization({});
  await needs(lead, { match: "any" });
  expect(await offered(lead)).toContain(start);
  const booked = await bookAt(lead);
  if (!booked.ok) throw new Error(booked.error.code);
  expect(await eventOf(lead)).toEqual([{ place: "Room 0", rooms: [rooms[0]?.email] }]);
  expect(await takenBy(booked.value.id)).toEqual(["Room 0: waiting"]);
  await lookAt(booked.value.id);
  expect(await takenBy(booked.value.id)).toEqual(["Room 0: accepted"]);
  const steps = await db().flightEntry.findMany({
    where: { bookingId: booked.value.id, step: "room_answered" },
  });
  expect(steps.map(({ facts }) => facts)).toEqual([{ room: "Room 0", answer: "accepted" }]);
});

test("two organizers who want the last room at the same time get it once", async () => {
  const { domain, lead } = await organization({});
  const other = await stage.connected({ invitations: "bellhop" }, {}, { tenant: domain });
  for (const person of [lead, other]) await needs(person, { match: "any" });
  const both = await Promise.all(
    [lead, other].map((person) => patiently(() => book(requestFor(person, start)))),
  );
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(both.find(({ ok }) => !ok)).toMatchObject({ error: { code: "slot_taken" } });
  expect(await offered(other)).not.toContain(start);
  // Whatever the code believes, the database has the last word.
  const [claim] = await db().$queryRaw<{ roomId: string }[]>`
    SELECT "roomId" FROM "RoomClaim" q JOIN "Meeting" m ON m.id = q."meetingId" WHERE m."hostId" IN (${lead.id}::uuid, ${other.id}::uuid)`;
  const meeting = await db().meeting.create({
    data: {
      hostId: other.id,
      kind: "none",
      status: "none",
      startsAt: start,
      endsAt: new Date(at + halfHour),
    },
  });
  await expect(
    db().$executeRaw`INSERT INTO "RoomClaim" (id, "roomId", "meetingId", during)
      VALUES (gen_random_uuid(), ${claim?.roomId}::uuid, ${meeting.id}::uuid, tstzrange(${start}::timestamptz, ${start}::timestamptz + interval '1 minute'))`,
  ).rejects.toThrow(/RoomClaim_no_overlap/);
});

test("with two rooms both organizers are booked, each in a room of their own", async () => {
  const { domain, lead } = await organization({}, {});
  const other = await stage.connected({ invitations: "bellhop" }, {}, { tenant: domain });
  for (const person of [lead, other]) await needs(person, { match: "any" });
  const both = await Promise.all([
    patiently(() => book(requestFor(lead, start))),
    patiently(() => book(requestFor(other, start))),
  ]);
  const ids = both.map((booked) => (booked.ok ? booked.value.id : ""));
  expect((await Promise.all(ids.map(takenBy))).flat().sort()).toEqual(["Room 0: waiting", "Room 1: waiting"]);
});

test("a room that is taken in Outlook is not offered, and taken since it was read, not booked", async () => {
  const { lead, rooms } = await organization({});
  await needs(lead, { match: "any" });
  const [room] = rooms;
  await occupy(room?.email ?? "");
  expect(await offered(lead)).not.toContain(start);
  const later = new Date(at + 4 * halfHour).toISOString();
  expect(await offered(lead)).toContain(later);
  expect([await lackAt(lead, start), await lackAt(lead, later)]).toEqual([["no_room"], []]);
  await occupy(room?.email ?? "", Date.parse(later));
  expect(await patiently(() => book(requestFor(lead, later)))).toMatchObject({
    error: { code: "slot_taken" },
  });
});

test("a team's event type takes a room of its hosts' organization, and where none is free that's why", async () => {
  const { lead, rooms } = await organization({});
  const team = await makeTeam([lead], { rooms: { match: "any", roomIds: [], features: [] } });
  const theirs = { ...lead, ...team };
  await occupy(rooms[0]?.email ?? "");
  expect(await offered(theirs)).not.toContain(start);
  expect(await lackAt(theirs, start)).toEqual(["no_room"]);
  const booked = await bookAt(theirs, new Date(at + 4 * halfHour).toISOString());
  expect(booked.ok && (await takenBy(booked.value.id))).toEqual(["Room 0: waiting"]);
});

test("after a handover the room is invited once the former host's event has let go of it, and accepts", async () => {
  const { lead, rooms, domain } = await organization({}, {});
  const next = await stage.connected({ invitations: "bellhop" }, {}, { tenant: domain });
  const team = await makeTeam([lead, next], { rooms: { match: "any", roomIds: [], features: [] } });
  const { bookingId, from, to } = await bookedByTurn([lead, next], team);
  await lookAt(bookingId);
  expect(await takenBy(bookingId)).toEqual(["Room 0: accepted"]);
  const handed = { bookingId, by: "organizer", from: from.id, to: to.id } as const;
  expect(await patiently(() => handOver(handed))).toMatchObject({ ok: true });
  await settle(bookingId);
  // The room's calendar still has the former event, which it would prefer.
  expect(await eventOf(to)).toEqual([{ place: "", rooms: [] }]);
  expect(await takenBy(bookingId)).toEqual(["Room 0: waiting"]);
  await lookAt(bookingId);
  const meeting = { meetingId: (await meetingOf(bookingId)).id };
  await db().$executeRaw`DELETE FROM jobs.job WHERE name = 'meeting.sync'`;
  await retireFormer(bookingId);
  expect(await eventOf(from)).toEqual([]);
  expect(await hasWaitingJob(meetingSync, meeting)).toBe(true);
  await settle(bookingId);
  expect(await eventOf(to)).toEqual([{ place: "Room 0", rooms: [rooms[0]?.email] }]);
  await lookAt(bookingId);
  expect(await takenBy(bookingId)).toEqual(["Room 0: accepted"]);
  expect(await listDrifts(to.scope)).toEqual([]);
});

test("a room waits ten minutes at most for a former event that can't be taken out, and answers for itself then", async () => {
  const { lead, domain } = await organization({}, {});
  const next = await stage.connected({ invitations: "bellhop" }, {}, { tenant: domain });
  const team = await makeTeam([lead, next], { rooms: { match: "any", roomIds: [], features: [] } });
  const { bookingId, from, to } = await bookedByTurn([lead, next], team);
  const handed = { bookingId, by: "organizer", from: from.id, to: to.id } as const;
  expect(await patiently(() => handOver(handed))).toMatchObject({ ok: true });
  await settle(bookingId);
  const { id: meetingId } = await meetingOf(bookingId);
  await stage.control.graphFault({
    account: from.email,
    path: "/me/*",
    times: null,
    status: 403,
    code: "ErrorAccessDenied",
  });
  await retireFormer(bookingId);
  await settle(bookingId);
  expect(await eventOf(to)).toEqual([{ place: "", rooms: [] }]);
  const [waits] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int FROM jobs.job WHERE name = 'meeting.sync' AND data->>'meetingId' = ${meetingId}
      AND start_after BETWEEN now() + interval '1 minute' AND now() + interval '11 minutes'`;
  expect(waits?.count).toBe(1);
  await db().retiredEvent.updateMany({
    where: { meetingId },
    data: { createdAt: new Date(Date.now() - 11 * 60_000) },
  });
  await settle(bookingId);
  await lookAt(bookingId);
  await lookAt(bookingId);
  expect(await takenBy(bookingId)).toEqual(["Room 0: declined", "Room 1: accepted"]);
  await stage.control.clearFaults();
});

/** A booking of a team whose hosts take turns: who was taken, and who wasn't. */
async function bookedByTurn(people: readonly [Person, Person], team: Pick<Person, "eventTypeId" | "handle">) {
  const booked = await bookAt({ ...people[0], ...team });
  if (!booked.ok) throw new Error(booked.error.code);
  const { hostId } = await meetingOf(booked.value.id);
  const [from, to] = hostId === people[0].id ? people : [people[1], people[0]];
  return { bookingId: booked.value.id, from, to };
}

/** Takes the events that a booking had before out of their calendars, as its job does. */
async function retireFormer(bookingId: string): Promise<void> {
  const { id: meetingId } = await meetingOf(bookingId);
  for (const { id } of await db().retiredEvent.findMany({ where: { meetingId } })) {
    await retireEvent({ retiredId: id });
  }
}

test("all of several rooms have to be free, and all are booked; equipment is no place", async () => {
  const { lead, rooms } = await organization({}, { kind: "equipment" });
  const roomIds = rooms.map(({ id }) => id);
  await needs(lead, { match: "all", roomIds });
  await occupy(rooms[1]?.email ?? "", at + 2 * halfHour);
  await forget(rooms);
  expect(await offered(lead)).toContain(start);
  expect(await offered(lead)).not.toContain(new Date(at + 2 * halfHour).toISOString());
  expect((await bookAt(lead)).ok).toBe(true);
  expect(await eventOf(lead)).toEqual([{ place: "Room 0", rooms: rooms.map(({ email }) => email) }]);
});

test("any of the rooms means one that is large enough, in the building, with all that it has to have", async () => {
  const { lead, rooms } = await organization({ capacity: 4 }, { capacity: 12 }, { capacity: 20 });
  const change = (index: number, data: object) =>
    db().room.update({ where: { id: rooms[index]?.id ?? "" }, data });
  await change(1, { building: "North", features: ["Whiteboard"] });
  await change(2, { building: "North", features: ["whiteboard", "Camera"] });
  const chosen = async (need: object, when: string) => {
    await needs(lead, { match: "any", ...need });
    const booked = await bookAt(lead, when);
    return booked.ok ? takenBy(booked.value.id) : booked.error.code;
  };
  const hour = (n: number) => new Date(at + n * 2 * halfHour).toISOString();
  expect(await chosen({}, hour(0))).toEqual(["Room 0: waiting"]);
  expect(await chosen({ capacity: 10 }, hour(1))).toEqual(["Room 1: waiting"]);
  expect(await chosen({ building: "north", features: ["camera"] }, hour(2))).toEqual(["Room 2: waiting"]);
  expect(await chosen({ roomIds: [rooms[2]?.id] }, hour(3))).toEqual(["Room 2: waiting"]);
  expect(await chosen({ capacity: 21 }, hour(4))).toBe("slot_taken");
  expect(await chosen({ features: ["whiteboard", "fireplace"] }, hour(4))).toBe("slot_taken");
});

test("a booking that moves keeps its room, which answers anew, and a cancelled one frees it", async () => {
  const { lead, rooms } = await organization({}, {});
  await needs(lead, { match: "any" });
  await occupy(rooms[0]?.email ?? "", at, 15);
  const booked = await bookAt(lead);
  if (!booked.ok) throw new Error(booked.error.code);
  const { id: bookingId } = booked.value;
  await lookAt(bookingId);
  expect(await takenBy(bookingId)).toEqual(["Room 1: accepted"]);
  // Its room's calendar has the booking itself by now, which is no obstacle.
  await forget(rooms);
  const half = at + halfHour / 2;
  expect(await patiently(() => reschedule({ bookingId, start: half, by: "organizer" }))).toMatchObject({
    error: { code: "outside_availability" },
  });
  expect(
    await patiently(() => reschedule({ bookingId, start: at + halfHour, by: "organizer" })),
  ).toMatchObject({ ok: true });
  expect(await takenBy(bookingId)).toEqual(["Room 1: waiting"]);
  await settle(bookingId);
  await lookAt(bookingId);
  expect(await takenBy(bookingId)).toEqual(["Room 1: accepted"]);
  await cancel({ bookingId, by: "visitor" });
  expect(await takenBy(bookingId)).toEqual([]);
});

test("in place of a room that declines the next one is invited, and is the place from then on", async () => {
  const { domain, lead, rooms } = await organization({ answers: "declines" }, {});
  // It would come before the next one, but there is no such mailbox, and no one would answer.
  const nowhere = { email: `nowhere@${domain}`, name: "Nowhere", capacity: 4, kind: "room" };
  expect((await addRoom(lead.scope, roomInput.parse(nowhere))).ok).toBe(true);
  await needs(lead, { match: "any" });
  expect(await offered(lead)).toContain(start);
  const booked = await bookAt(lead);
  if (!booked.ok) throw new Error(booked.error.code);
  await lookAt(booked.value.id);
  expect(await takenBy(booked.value.id)).toEqual(["Room 0: declined", "Room 1: waiting"]);
  expect(await eventOf(lead)).toEqual([{ place: "Room 1", rooms: [rooms[1]?.email] }]);
  await lookAt(booked.value.id);
  expect(await takenBy(booked.value.id)).toEqual(["Room 0: declined", "Room 1: accepted"]);
  expect(await listDrifts(lead.scope)).toEqual([]);
});

test("where no other room is free the organizer is asked once, and can have it looked for again", async () => {
  const { lead, rooms } = await organization({ answers: "declines" });
  await needs(lead, { match: "any" });
  const booked = await bookAt(lead);
  if (!booked.ok) throw new Error(booked.error.code);
  const { id } = booked.value;
  await lookAt(id);
  await lookAt(id);
  const [drift, ...others] = await listDrifts(lead.scope);
  expect(others).toEqual([]);
  expect(drift).toMatchObject({ kind: "room_declined", rooms: ["Room 0"], booking: { id } });
  expect(await eventOf(lead)).toEqual([{ place: "+33 1 23", rooms: [] }]);
  const mails = await db().mail.findMany({ where: { bookingId: id, kind: "booking-calendar-change" } });
  expect(mails.map(({ subject }) => subject)).toEqual([expect.stringContaining("No room")]);
  // Whoever manages the room has changed its mind.
  await stage.control.changeAccount(rooms[0]?.email ?? "", { resource: { answers: "by_calendar" } });
  const answer = { driftId: drift?.id ?? "", scope: lead.scope, answer: "restore" } as const;
  expect(await answerDrift(answer)).toEqual({ ok: true, value: null });
  await settle(id);
  await lookAt(id);
  expect(await takenBy(id)).toEqual(["Room 0: accepted"]);
  expect(await listDrifts(lead.scope)).toEqual([]);
});

test("several rooms that decline are one question, which is asked once and names them", async () => {
  const { lead, rooms } = await organization({ answers: "declines" }, { answers: "declines" });
  await needs(lead, { match: "all", roomIds: rooms.map(({ id }) => id) });
  const booked = await bookAt(lead);
  if (!booked.ok) throw new Error(booked.error.code);
  const { id } = booked.value;
  for (let look = 0; look < 3; look += 1) await lookAt(id);
  expect(await listDrifts(lead.scope)).toMatchObject([
    { kind: "room_declined", rooms: ["Room 0", "Room 1"], booking: { id } },
  ]);
  const mails = await db().mail.findMany({ where: { bookingId: id, kind: "booking-calendar-change" } });
  expect(mails.map((mail) => openMailContent(mail).text)).toEqual([
    expect.stringContaining("Room 0 and Room 1 declined"),
  ]);
});

test("a room that waits for someone's approval is tentative until they give it", async () => {
  const { lead, rooms } = await organization({ answers: "approval" });
  await needs(lead, { match: "any" });
  const booked = await bookAt(lead);
  if (!booked.ok) throw new Error(booked.error.code);
  await lookAt(booked.value.id);
  expect(await takenBy(booked.value.id)).toEqual(["Room 0: tentative"]);
  const [event] = (await stage.control.mailbox(lead.email)).events;
  const accepted = { attendee: rooms[0]?.email ?? "", response: "accepted" } as const;
  await stage.control.respond(lead.email, event?.id ?? "", accepted);
  await lookAt(booked.value.id);
  expect(await takenBy(booked.value.id)).toEqual(["Room 0: accepted"]);
});

test("rooms are an organization's own: others neither see nor take them, and one that is booked can't be removed", async () => {
  const { lead, rooms } = await organization({});
  const { lead: stranger } = await organization();
  expect(await listRooms(stranger.scope)).toEqual([]);
  await needs(stranger, { match: "all", roomIds: rooms.map(({ id }) => id) });
  expect(await offered(stranger)).toEqual([]);
  await needs(lead, { match: "any" });
  expect((await bookAt(lead)).ok).toBe(true);
  const id = rooms[0]?.id ?? "";
  expect(await removeRoom(stranger.scope, id)).toMatchObject({ error: { code: "not_found" } });
  expect(await removeRoom(lead.scope, id)).toMatchObject({ error: { code: "room_in_use" } });
});

test("rooms are found by name once an administrator has allowed it, and added as the organization's list has them", async () => {
  const { domain, lead } = await organization();
  await stage.control.addAccount({
    tenant: domain,
    email: `oak@${domain}`,
    name: "Oak",
    resource: { kind: "room", capacity: 8, building: "North", features: ["whiteboard"] },
  });
  await stage.control.addAccount({
    tenant: domain,
    email: `beamer@${domain}`,
    name: "Oak beamer",
    resource: { kind: "equipment" },
  });
  expect(await findRooms(lead.scope, "oak")).toMatchObject({ error: { code: "not_allowed" } });
  await expect(connectMicrosoft(lead.id, lead.email, undefined, "places")).rejects.toThrow(/admin approval/i);
  expect((await getConnection(lead.scope, "teams"))?.state).toBe("connected");
  await stage.control.changeAccount(lead.email, { isAdmin: true });
  await connectMicrosoft(lead.id, lead.email, undefined, "places");
  for (const text of ["OA", "north", ""]) {
    expect(await findRooms(lead.scope, text)).toMatchObject({
      value: [{ name: "Oak", email: `oak@${domain}` }],
    });
  }
  expect(await findRooms(lead.scope, "elm")).toEqual({ ok: true, value: [] });
  expect(await addListedRoom(lead.scope, `elm@${domain}`)).toMatchObject({ error: { code: "not_found" } });
  expect(await addListedRoom(lead.scope, `OAK@${domain}`)).toMatchObject({
    value: { name: "Oak", capacity: 8, building: "North", features: ["whiteboard"], isListed: true },
  });
});

test("an address that is no room keeps its times closed, and says so", async () => {
  const { lead } = await organization();
  const added = await addRoom(
    lead.scope,
    roomInput.parse({ email: "Nowhere@rooms.example", name: "Nowhere" }),
  );
  if (!added.ok) throw new Error(added.error.code);
  await needs(lead, { match: "any" });
  expect(await offered(lead)).toEqual([]);
  expect(await listRooms(lead.scope)).toMatchObject([
    { email: "nowhere@rooms.example", problem: "not_found" },
  ]);
});
