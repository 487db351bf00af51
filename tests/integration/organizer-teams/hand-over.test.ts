import { afterAll, beforeAll, expect, test } from "vitest";
import * as reassign from "@/app/api/v1/me/bookings/[id]/reassign/route";
import * as explain from "@/app/api/v1/teams/[id]/event-types/[eventTypeId]/explain/route";
import { book } from "@/lib/booking/book";
import { db } from "@/lib/database/client";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead, requestFor } from "@/tests/support/organizer";
import { call } from "../api/call";
import { as, givenTeam, join, makePerson, type Person } from "./stage";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
});
afterAll(() => database.cleanup());

const start = hourAhead(3);
const turning = ({ id }: Person) => ({ userId: id, kind: "rotating" });

/** A team of three who take turns in an event type around the clock. */
async function scene() {
  const [owner, one, two] = [await makePerson(), await makePerson(), await makePerson()];
  const team = await givenTeam(owner);
  for (const person of [one, two]) await join(owner, team.id, person);
  const made = await as(owner).createEventType(team.id, {
    slug: "together",
    title: "Together",
    durationsMinutes: [30],
    location: { kind: "none" },
    minimumNoticeMinutes: 0,
    hosts: [owner, one, two].map(turning),
  });
  const people = [owner, one, two];
  await db().schedule.updateMany({
    where: { userId: { in: people.map(({ id }) => id) } },
    data: { weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], start: "00:00", end: "24:00" }], timeZone: "UTC" },
  });
  const address = { handle: team.handle, slug: "together" };
  const bookAt = async (at: string) => {
    const booked = await book(requestFor(address, at));
    if (!booked.ok) throw new Error(JSON.stringify(booked.error));
    const [host] = await hostsOf(booked.value.id);
    return { id: booked.value.id, host: people.find(({ id }) => id === host) as Person };
  };
  return { owner, one, two, people, team, eventTypeId: made.body.id as string, bookAt };
}

const hostsOf = async (bookingId: string) => {
  const rows = await db().bookingHost.findMany({ where: { bookingId }, orderBy: { position: "asc" } });
  return rows.map(({ userId }) => userId);
};

const reassignAs = ({ key }: Person, id: string, body: object = {}) =>
  call(reassign.POST, { key, params: { id }, body });

test("a host hands a booking over by API and gets it with its new host, though it isn't theirs any more", async () => {
  const { one, two, bookAt } = await scene();
  await bookAt(start);
  const { id, host } = await bookAt(hourAhead(4));
  expect(host.id).toBe(one.id);
  const { status, body } = await reassignAs(one, id, { to: two.id, reason: "On leave" });
  expect(status).toBe(200);
  expect(body).toMatchObject({ id, hosts: [{ handle: two.handle }], status: "confirmed" });
});

test("a team's owner hands over anyone's booking, a member without a part in it finds none", async () => {
  const { owner, one, two, bookAt } = await scene();
  await bookAt(start);
  const { id } = await bookAt(hourAhead(4));
  expect((await reassignAs(two, id)).status).toBe(404);
  expect((await reassignAs(owner, id, { from: one.id, to: two.id })).status).toBe(200);
});

test("a booking is refused to someone who isn't free, or isn't in the team, and each names what is wrong", async () => {
  const { owner, one, bookAt } = await scene();
  const { id, host } = await bookAt(start);
  expect(host.id).toBe(owner.id);
  const second = await bookAt(start);
  expect(second.host.id).toBe(one.id);
  expect((await reassignAs(owner, id, { to: one.id })).body).toMatchObject({
    status: 409,
    code: "host_unavailable",
  });
  const stranger = await makePerson();
  expect((await reassignAs(owner, id, { to: stranger.id })).body).toMatchObject({
    status: 422,
    errors: [{ path: "to" }],
  });
  expect((await reassignAs(owner, id, { from: one.id })).body).toMatchObject({
    status: 422,
    errors: [{ path: "from" }],
  });
});

test("a member who is removed hands their bookings over by the rule, or to the successor who is named", async () => {
  const { owner, one, two, team, bookAt } = await scene();
  await bookAt(start);
  const { id, host } = await bookAt(hourAhead(4));
  expect(host.id).toBe(one.id);
  expect((await as(owner).removeMember(team.id, one.id, `?successor=${two.id}`)).status).toBe(204);
  expect(await hostsOf(id)).toEqual([two.id]);
  expect((await as(owner).removeMember(team.id, two.id)).status).toBe(204);
  expect(await hostsOf(id)).toEqual([owner.id]);
});

test("a member stays, with all bookings, where one of them has no successor", async () => {
  const { owner, one, two, team, bookAt } = await scene();
  const first = await bookAt(start);
  for (let other = 0; other < 2; other += 1) await bookAt(start);
  const free = await bookAt(hourAhead(5));
  const leaver = [one, two].find(({ id }) => id !== free.host.id) ?? one;
  const refused = await as(owner).removeMember(team.id, leaver.id);
  expect(refused.body).toMatchObject({ status: 409, code: "no_successor", bookings: [{ start }] });
  expect(await db().teamMember.count({ where: { teamId: team.id } })).toBe(3);
  expect(await hostsOf(first.id)).toEqual([first.host.id]);
  const unknown = await as(owner).removeMember(team.id, leaver.id, `?successor=${leaver.id}`);
  expect(unknown.body).toMatchObject({ status: 422, errors: [{ path: "successor" }] });
});

test("why a start is offered or not is explained for each host", async () => {
  const { owner, two, people, team, eventTypeId, bookAt } = await scene();
  const { host } = await bookAt(start);
  const explainAs = ({ key }: Person) =>
    call(explain.GET, { key, params: { id: team.id, eventTypeId }, query: `?at=${start}` });
  const { status, body } = await explainAs(owner);
  expect(status).toBe(200);
  expect(body).toMatchObject({ start, offered: true, reasons: [], durationMinutes: 30 });
  expect(body.hosts).toHaveLength(3);
  for (const one of body.hosts as { userId: string; offered: boolean; reasons: { code: string }[] }[]) {
    expect(one.offered).toBe(one.userId !== host.id);
    expect(one.reasons.map(({ code }) => code)).toEqual(one.offered ? [] : ["booked"]);
    if (!one.offered)
      expect(one.reasons[0]).toMatchObject({ detail: expect.stringMatching(/^They have a booking/) });
  }
  expect((await explainAs(two)).status).toBe(200);
  // What is said of someone's hours is about theirs.
  const hours = {
    weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], start: "03:00", end: "04:30" }],
    timeZone: "Asia/Tokyo",
  };
  await db().schedule.updateMany({ where: { userId: two.id }, data: hours });
  const { hosts } = (await explainAs(owner)).body;
  const closed = hosts.find(({ userId }: { userId: string }) => userId === two.id);
  expect(closed.reasons[0].detail).toMatch(/^It's outside their hours: 03:00–04:30 on .+, in Tokyo/);
  expect((await explainAs(await makePerson())).status).toBe(404);
  expect(people).toHaveLength(3);
});

test("hosts who stay keep their place in the turns when the hosts are changed, and whoever is new isn't given all bookings", async () => {
  const { owner, one, two, team, eventTypeId, bookAt } = await scene();
  await as(owner).changeEventType(team.id, eventTypeId, { hosts: [owner, one].map(turning) });
  for (let day = 3; day < 9; day += 1) await bookAt(hourAhead(day));
  await as(owner).changeEventType(team.id, eventTypeId, { hosts: [owner, one, two].map(turning) });
  const hosts: string[] = [];
  for (let day = 10; day < 13; day += 1) hosts.push((await bookAt(hourAhead(day))).host.id);
  expect(hosts.toSorted()).toEqual([owner.id, one.id, two.id].toSorted());
});
