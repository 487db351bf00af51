import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as ownEventType from "@/app/api/v1/me/event-types/[id]/route";
import * as ownEventTypes from "@/app/api/v1/me/event-types/route";
import * as schedules from "@/app/api/v1/me/schedules/route";
import * as publicEventTypes from "@/app/api/v1/organizers/[handle]/event-types/route";
import { book } from "@/lib/booking/book";
import { db } from "@/lib/database/client";
import { publishSlots } from "@/lib/offers/published-slots";
import { removeSchedule } from "@/lib/schedules/save";
import { copies, teamEventType } from "@/lib/teams/schema";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead, requestFor } from "@/tests/support/organizer";
import { call } from "../api/call";
import { as, givenTeam, join, makeAdmin, makePerson, type Person } from "./stage";

let database: TestDatabase;
let ada: Person;
let bob: Person;
let eve: Person;
let team: Awaited<ReturnType<typeof givenTeam>>;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
  ada = await makePerson();
  bob = await makePerson();
  eve = await makePerson();
  team = await givenTeam(ada);
  await join(ada, team.id, bob);
  await join(ada, team.id, eve, "admin");
});
afterAll(() => database.cleanup());

const least = (hosts: object[], more: object = {}) => ({
  slug: `s-${randomBytes(4).toString("hex")}`,
  title: "Consultation",
  durationsMinutes: [30],
  location: { kind: "none" },
  minimumNoticeMinutes: 0,
  hosts,
  ...more,
});
const fixed = ({ id }: Person) => ({ userId: id, kind: "fixed" });
const turning = ({ id }: Person, more: object = {}) => ({ userId: id, kind: "rotating", ...more });
const create = (body: object, by = ada) => as(by).createEventType(team.id, body);
const scheduleOf = async ({ key }: Person) => (await call(schedules.GET, { key })).body.items[0].id as string;

test("owners and admins give members copies over the API, lock fields in them, and say what becomes of them", async () => {
  const { body: template } = await create(least([turning(ada), turning(bob)]));
  const change = (body: object, by = eve) => as(by).changeCopies(team.id, template.id, body);
  const { status, body } = await change({ holders: [bob.id], locked: ["title"], whenHolderLeaves: "delete" });
  expect(status).toBe(200);
  expect(body).toMatchObject({ locked: ["title"], whenHolderLeaves: "delete" });
  expect(copies.strict().safeParse(body).error).toBeUndefined();
  const slugOf = (
    { id }: Person,
    { members }: { members: { userId: string; slug: string | null }[] } = body,
  ) => members.find(({ userId }) => userId === id)?.slug;
  expect([slugOf(bob), slugOf(ada)]).toEqual([template.slug, null]);
  const mine = (await call(ownEventTypes.GET, { key: bob.key })).body.items;
  const { id } = mine.find(({ slug }: { slug: string }) => slug === template.slug);
  const edit = (fields: object) =>
    call(ownEventType.PATCH, { key: bob.key, params: { id }, body: fields }, "PATCH");
  expect((await edit({ title: "Mine" })).body).toMatchObject({
    code: "invalid_request",
    errors: [{ path: "title" }],
  });
  expect((await edit({ title: template.title, preferAdjacentTimes: true })).status).toBe(200);

  const kept = await change({ locked: ["adjacent"] }, ada);
  expect(kept.body).toMatchObject({ locked: ["adjacent"], whenHolderLeaves: "delete" });
  expect(slugOf(bob, kept.body)).toBe(template.slug);
  expect((await edit({ title: "Mine" })).body).toMatchObject({ title: "Mine", preferAdjacentTimes: false });
  for (const [wrong, path] of [
    [{ locked: ["hidden"] }, "locked.0"],
    [{ whenHolderLeaves: "ask" }, "whenHolderLeaves"],
    [{ holders: [ada.id, team.id] }, "holders.1"],
    [{ holders: ["bob"] }, "holders.0"],
    [{ holder: bob.id }, "holder"],
  ] as const) {
    expect((await change(wrong)).body, path).toMatchObject({ code: "invalid_request", errors: [{ path }] });
  }
  expect((await as(bob).getCopies(team.id, template.id)).status).toBe(404);
  expect((await change({ holders: [] }, bob)).status).toBe(403);
  expect((await as(ada).getCopies(team.id, team.id)).status).toBe(404);
  expect(slugOf(bob, (await change({ holders: [] })).body)).toBeNull();
  expect((await edit({ title: "Gone" })).status).toBe(404);
});

describe("an event type of a team", () => {
  test("an event type of a team has hosts with defaults, and no schedule of its own", async () => {
    const { status, body } = await create(least([turning(ada), turning(bob, { weight: 300, priority: 2 })]));
    expect(status).toBe(201);
    expect(teamEventType.strict().safeParse(body).error).toBeUndefined();
    expect(body).toMatchObject({
      hosts: [
        { userId: ada.id, kind: "rotating", weight: 100, priority: 0 },
        { userId: bob.id, kind: "rotating", weight: 300, priority: 2 },
      ],
      rotatingHosts: 1,
      hostChoice: "automatic",
      onReschedule: "same_host",
      invitations: "bellhop",
    });
    expect(body).not.toHaveProperty("scheduleId");
    expect((await as(ada).getEventType(team.id, body.id)).body).toEqual(body);
  });

  test("an event type of a team needs none who take turns where none do", async () => {
    for (const asked of [{}, { rotatingHosts: 1 }, { rotatingHosts: 0 }]) {
      expect((await create(least([fixed(ada), fixed(bob)], asked))).body.rotatingHosts).toBe(0);
    }
  });

  test("an event type of a team is public at the team's address, has slots there, and is booked with its hosts", async () => {
    const other = await givenTeam(ada);
    await join(ada, other.id, bob);
    const made = await as(ada).createEventType(other.id, least([fixed(ada), turning(bob)]));
    const { handle } = other;
    const { slug, id } = made.body;
    const listed = await call(publicEventTypes.GET, { params: { handle } });
    expect(listed.body.items).toMatchObject([{ id, slug }]);
    const start = hourAhead(2);
    const day = start.slice(0, 10);
    const slots = await publishSlots({ handle, slug, from: day, to: day, timeZone: "UTC" });
    expect(slots.ok && JSON.parse(slots.value.body).slots).toContainEqual(expect.objectContaining({ start }));
    const booked = await book(requestFor({ handle, slug }, start));
    if (!booked.ok) throw new Error(booked.error.code);
    const { body } = await as(ada).listBookings(other.id);
    expect(body.items).toMatchObject([{ id: booked.value.id, eventTypeId: id }]);
  });

  test("an event type of a team is made once for one key", async () => {
    const body = least([turning(ada)]);
    const headers = { "Idempotency-Key": randomBytes(8).toString("hex") };
    const made = () => as(ada).createEventType(team.id, body, headers);
    const answers = await Promise.all([made(), made()]);
    expect(answers.map((answer) => answer.status)).toEqual([201, 201]);
    expect(answers[0].body).toEqual(answers[1].body);
  });

  test("an event type of a team has a link that no other of the team has, and a person's may", async () => {
    const { body: made } = await create(least([turning(ada)]));
    expect((await create(least([turning(ada)], { slug: made.slug }))).body).toMatchObject({
      status: 409,
      code: "slug_taken",
      errors: [{ path: "slug" }],
    });
    expect((await create(least([turning(ada)], { slug: "appointment" }))).status).toBe(201);
  });
});

describe("hosts that can't be", () => {
  test.each([
    [
      "someone who isn't a member",
      async () => least([turning(ada), turning(await makePerson())]),
      "hosts.1.userId",
    ],
    ["a weight of nothing", async () => least([turning(ada, { weight: 0 })]), "hosts.0.weight"],
    ["a weight beyond all", async () => least([turning(ada, { weight: 1001 })]), "hosts.0.weight"],
    ["a priority beyond all", async () => least([turning(ada, { priority: 10 })]), "hosts.0.priority"],
    ["no one", async () => least([]), "hosts"],
    ["the same person twice", async () => least([turning(ada), fixed(ada)]), "hosts.1.userId"],
    [
      "more turns than people",
      async () => least([turning(ada), fixed(bob)], { rotatingHosts: 2 }),
      "rotatingHosts",
    ],
    ["turns that no one takes", async () => least([fixed(bob)], { rotatingHosts: 2 }), "rotatingHosts"],
    [
      "people whose turn never comes",
      async () => least([turning(ada)], { rotatingHosts: 0 }),
      "rotatingHosts",
    ],
    [
      "a schedule of someone else",
      async () => least([turning(ada), turning(bob, { scheduleId: await scheduleOf(ada) })]),
      "hosts.1.scheduleId",
    ],
    [
      "a schedule of the whole",
      async () => least([turning(ada)], { scheduleId: await scheduleOf(ada) }),
      "scheduleId",
    ],
  ])("hosts can't be %s: the field is named, with what to do", async (_what, body, path) => {
    const refused = await create(await body());
    expect(refused.body).toMatchObject({ status: 422, code: "invalid_request", errors: [{ path }] });
    expect(refused.body.errors[0].message).toMatch(/[a-z]{3,}.*\.$/);
  });
});

describe("changing an event type of a team", () => {
  test("changing an event type of a team replaces its hosts as a whole, and leaves what is not named", async () => {
    const { body: made } = await create(least([turning(ada), turning(bob)], { rotatingHosts: 2 }));
    const scheduleId = await scheduleOf(eve);
    const hosts = [{ ...fixed(eve), scheduleId }, turning(bob, { weight: 50 })];
    const changed = await as(eve).changeEventType(team.id, made.id, { hosts, rotatingHosts: 1 });
    expect(changed.body).toEqual({
      ...made,
      rotatingHosts: 1,
      hosts: [
        { userId: eve.id, kind: "fixed", weight: 100, priority: 0, scheduleId },
        { userId: bob.id, kind: "rotating", weight: 50, priority: 0 },
      ],
      updatedAt: changed.body.updatedAt,
    });
    const titled = await as(ada).changeEventType(team.id, made.id, { title: "New", hostChoice: "visitor" });
    expect(titled.body).toMatchObject({ title: "New", hostChoice: "visitor", hosts: changed.body.hosts });
    expect(await removeSchedule(eve.scope, scheduleId)).toMatchObject({ ok: false });
  });

  test("changing an event type of a team to fewer hosts than are needed is refused and changes nothing", async () => {
    const { body: made } = await create(least([turning(ada), turning(bob)], { rotatingHosts: 2 }));
    const refused = await as(ada).changeEventType(team.id, made.id, { title: "New", hosts: [turning(ada)] });
    expect(refused.body.errors).toMatchObject([{ path: "rotatingHosts" }]);
    expect((await as(ada).getEventType(team.id, made.id)).body).toEqual(made);
    const alone = await as(ada).changeEventType(team.id, made.id, { hosts: [fixed(ada)] });
    expect(alone.body.rotatingHosts).toBe(0);
    const again = await as(ada).changeEventType(team.id, made.id, { hosts: [turning(ada)] });
    expect(again.body.rotatingHosts).toBe(1);
  });
});

describe("who sees a team's event types", () => {
  test("a member sees the event types that they host and changes none, and a stranger finds none", async () => {
    const { body: theirs } = await create(least([turning(bob)]));
    const { body: others } = await create(least([turning(ada)]));
    const seen = (await as(bob).listEventTypes(team.id)).body.items.map(({ id }: { id: string }) => id);
    expect(seen).toContain(theirs.id);
    expect(seen).not.toContain(others.id);
    expect((await as(bob).getEventType(team.id, others.id)).status).toBe(404);
    const stranger = await makePerson();
    const other = await givenTeam(stranger);
    const tries = [
      [await as(bob).createEventType(team.id, least([turning(bob)])), 403],
      [await as(bob).changeEventType(team.id, theirs.id, { title: "Mine" }), 403],
      [await as(bob).removeEventType(team.id, theirs.id), 403],
      [await as(stranger).getEventType(team.id, theirs.id), 404],
      [await as(stranger).changeEventType(team.id, theirs.id, { title: "Mine" }), 404],
      [await as(stranger).changeEventType(other.id, theirs.id, { title: "Mine" }), 404],
      [await as(stranger).removeEventType(other.id, theirs.id), 404],
    ] as const;
    expect(tries.map(([answer]) => answer.status)).toEqual(tries.map(([, status]) => status));
    expect((await as(ada).getEventType(team.id, theirs.id)).body).toEqual(theirs);
  });

  test("an event type of a team that is deleted is gone, and its bookings stay", async () => {
    const { body: made } = await create(least([turning(ada)]));
    const booked = await book(requestFor({ handle: team.handle, slug: made.slug }, hourAhead(3)));
    if (!booked.ok) throw new Error(booked.error.code);
    expect((await as(eve).removeEventType(team.id, made.id)).status).toBe(204);
    expect((await as(eve).getEventType(team.id, made.id)).status).toBe(404);
    const { body } = await as(eve).listBookings(team.id);
    expect(body.items).toContainEqual(expect.objectContaining({ id: booked.value.id, eventTypeId: null }));
  });
});

describe("a team's bookings", () => {
  test("a team's bookings are all there for who manages it, a member's own for them, and none for a platform admin", async () => {
    const [owner, one, other] = [await makePerson(), await makePerson(), await makePerson()];
    const crew = await givenTeam(owner);
    await join(owner, crew.id, one);
    await join(owner, crew.id, other);
    const bookWith = async (start: string, ...hosts: Person[]) => {
      const made = await as(owner).createEventType(crew.id, least(hosts.map(fixed)));
      const booked = await book(requestFor({ handle: crew.handle, slug: made.body.slug }, start));
      if (!booked.ok) throw new Error(booked.error.code);
      return booked.value.id;
    };
    const together = await bookWith(hourAhead(2, 9), owner, one);
    const alone = await bookWith(hourAhead(2, 12), other);
    const later = await bookWith(hourAhead(4, 9), one);
    const idsFor = async (person: Person, query = "") => {
      const { body } = await as(person).listBookings(crew.id, query);
      return body.items.map(({ id }: { id: string }) => id);
    };
    expect(await idsFor(owner)).toEqual([together, alone, later]);
    expect(await idsFor(one)).toEqual([together, later]);
    expect(await idsFor(other)).toEqual([alone]);
    expect(await idsFor(await makeAdmin())).toEqual([]);
    expect(await idsFor(owner, `?host=${one.handle}`)).toEqual([together, later]);
    expect(await idsFor(other, `?host=${one.handle}`)).toEqual([]);
    expect(await idsFor(owner, `?to=${hourAhead(3)}`)).toEqual([together, alone]);
    expect(await idsFor(owner, "?status=cancelled")).toEqual([]);
    const first = await as(owner).listBookings(crew.id, "?limit=2");
    const second = await as(owner).listBookings(crew.id, `?limit=2&cursor=${first.body.nextCursor}`);
    expect(second.body).toMatchObject({ items: [{ id: later }], nextCursor: null });
  });

  test("a member with bookings to come stays until someone has taken them over, and none is lost", async () => {
    const [owner, one] = [await makePerson(), await makePerson()];
    const crew = await givenTeam(owner);
    await join(owner, crew.id, one);
    const made = await as(owner).createEventType(crew.id, least([turning(one)]));
    const booked = await book(requestFor({ handle: crew.handle, slug: made.body.slug }, hourAhead(2)));
    if (!booked.ok) throw new Error(booked.error.code);
    const refused = await as(owner).removeMember(crew.id, one.id);
    expect(refused.body).toMatchObject({
      status: 409,
      code: "no_successor",
      bookings: [{ id: booked.value.id, title: "Consultation", start: hourAhead(2) }],
    });
    expect((await as(one).getTeam(crew.id)).status).toBe(200);
    await db().booking.update({ where: { id: booked.value.id }, data: { status: "cancelled" } });
    expect((await as(owner).removeMember(crew.id, one.id)).status).toBe(204);
    const { body } = await as(owner).getEventType(crew.id, made.body.id);
    expect(body).toMatchObject({ hosts: [], rotatingHosts: 0 });
    // Visitors aren't led to a page where no one can be booked.
    const listed = await call(publicEventTypes.GET, { params: { handle: crew.handle } });
    expect(listed.body.items).toEqual([]);
    const gone = await book(requestFor({ handle: crew.handle, slug: made.body.slug }, hourAhead(2)));
    expect(gone.ok).toBe(false);
  });

  test("a member who is removed while someone books them leaves the visitor with an answer", async () => {
    const [owner, one] = [await makePerson(), await makePerson()];
    const crew = await givenTeam(owner);
    await join(owner, crew.id, one);
    const made = await as(owner).createEventType(crew.id, least([turning(one), turning(owner)]));
    const visits = Array.from({ length: 4 }, (_, nth) =>
      book(requestFor({ handle: crew.handle, slug: made.body.slug }, hourAhead(2, 9 + nth))),
    );
    const [removed, ...booked] = await Promise.all([as(owner).removeMember(crew.id, one.id), ...visits]);
    for (const outcome of booked) expect(outcome.ok).toBe(true);
    const theirs = await db().booking.count({
      where: { teamId: crew.id, hosts: { some: { userId: one.id } } },
    });
    expect({ status: removed.status, theirs }).toEqual({ status: 204, theirs: 0 });
  });
});
