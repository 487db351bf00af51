import { afterAll, beforeAll, expect, test } from "vitest";
import * as bookings from "@/app/api/v1/bookings/route";
import * as slots from "@/app/api/v1/organizers/[handle]/event-types/[slug]/slots/route";
import { teamScopeOf } from "@/lib/auth/team-scope";
import { book } from "@/lib/booking/book";
import { getMoveOffer, getPageOffer } from "@/lib/booking-page/offers";
import { db } from "@/lib/database/client";
import { listOfferedSlots } from "@/lib/offers/slots";
import { removeSchedule } from "@/lib/schedules/save";
import { findTogether, getAllowsAdHoc, openTogether, readTogether, setAllowsAdHoc } from "@/lib/teams/ad-hoc";
import { getTeamEventType, listTeamEventTypes, removeTeamEventType } from "@/lib/teams/event-types";
import { removeMember } from "@/lib/teams/members";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead, makeOrganizer, requestFor, type TestOrganizer } from "@/tests/support/organizer";
import { makeTeam } from "@/tests/support/team";
import { call } from "../api/call";
import { as, givenTeam, join, makePerson } from "./stage";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
});
afterAll(() => database.cleanup());

/** Two people of a team that lets visitors book them together, unless it is said otherwise. */
async function scene({ allows = true, own = [{}, {}] as object[] } = {}) {
  const [ann, bob] = [await makeOrganizer(own[0]), await makeOrganizer(own[1])];
  const team = await makeTeam([ann, bob]);
  const owns = teamScopeOf(team.id, ann.id, "owner");
  if (allows) await setAllowsAdHoc(owns, true);
  return { ann, bob, team, owns };
}

const partOf = (...people: TestOrganizer[]) => people.map(({ handle }) => handle).join("+");
const handlesOf = (...people: TestOrganizer[]) => people.map(({ handle }) => handle);
const codeOf = async (handles: string[], minutes = 30) => {
  const opened = await openTogether(handles, minutes);
  return opened.ok ? "ok" : opened.error.code;
};
const change = ({ eventTypeId: id }: TestOrganizer, data: object) =>
  db().eventType.update({ where: { id }, data });

test("an address names people once each, in its order, in whatever case it is written", () => {
  expect(readTogether("ann")).toBeNull();
  expect(readTogether("Ann+bob")).toEqual(["ann", "bob"]);
  expect(readTogether("ann%2Bbob")).toEqual(["ann", "bob"]);
  expect(readTogether("ann+bob+ann")).toEqual(["ann", "bob"]);
});

test("a team's members can't be booked together until those who manage it say so", async () => {
  const { ann, bob, team, owns } = await scene({ allows: false });
  expect(await getAllowsAdHoc(owns)).toBe(false);
  expect(await codeOf(handlesOf(ann, bob))).toBe("not_allowed");
  expect(await setAllowsAdHoc(teamScopeOf(team.id, bob.id, "member"), true)).toBe(false);
  expect(await codeOf(handlesOf(ann, bob))).toBe("not_allowed");
  expect(await setAllowsAdHoc(owns, true)).toBe(true);
  expect(await codeOf(handlesOf(ann, bob))).toBe("ok");
});

test("people who are named together are offered when all of them are free, by their own event types, and booked together", async () => {
  const { ann, bob, team } = await scene({
    own: [
      {
        title: "Advice",
        durationsMinutes: [30],
        location: { kind: "phone", value: "+33 1 00" },
        bufferAfterMinutes: 5,
      },
      { durationsMinutes: [45, 30], minimumNoticeMinutes: 60, requiresApproval: true },
    ],
  });
  await db().schedule.updateMany({
    where: { userId: bob.id },
    data: { weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], start: "10:00", end: "11:00" }] },
  });
  const offer = await getPageOffer(partOf(ann, bob), "30");
  expect(offer?.organizer.handle).toBe(team.handle);
  expect(offer?.hosts.map(({ id, kind }) => [id, kind])).toEqual([
    [ann.id, "fixed"],
    [bob.id, "fixed"],
  ]);
  expect(offer?.eventType).toMatchObject({
    title: "Advice",
    durationsMinutes: [30],
    location: { kind: "phone" },
    bufferAfterMinutes: 5,
    minimumNoticeMinutes: 60,
    requiresApproval: true,
    hidden: true,
    seats: undefined,
  });
  if (!offer) throw new Error("Nothing is offered.");
  const start = hourAhead(3, 10);
  const day = start.slice(0, 10);
  const range = { from: day, to: day, timeZone: "UTC", durationMinutes: 30 };
  const times = async () => (await listOfferedSlots(offer, range)).slots.map(({ start: at }) => new Date(at));
  expect(await times()).toEqual([new Date(start), new Date(Date.parse(start) + 1_800_000)]);

  const page = { handle: offer.organizer.handle, slug: offer.eventType.slug };
  const booked = await book(requestFor(page, start));
  if (!booked.ok) throw new Error(booked.error.code);
  const row = await db().booking.findUniqueOrThrow({
    where: { id: booked.value.id },
    select: { ownerId: true, teamId: true, title: true, hosts: { orderBy: { position: "asc" } } },
  });
  expect(row).toMatchObject({ ownerId: ann.id, teamId: team.id, title: "Advice" });
  expect(row.hosts.map(({ userId }) => userId)).toEqual([ann.id, bob.id]);
  expect(await times()).toEqual([]);
  expect((await getMoveOffer(booked.value.id))?.offer.hosts).toHaveLength(2);
});

test("the lengths are those that each of them offers openly to one visitor at a time", async () => {
  const { ann, bob } = await scene({ own: [{ durationsMinutes: [60, 15, 30] }, { durationsMinutes: [60] }] });
  const found = async () => {
    const together = await findTogether(handlesOf(ann, bob));
    return together.ok ? together.value.lengths : together.error.code;
  };
  expect(await found()).toEqual([60]);
  await change(bob, { durationsMinutes: [30, 60, 20] });
  expect(await found()).toEqual([30, 60]);
  expect(await openTogether(handlesOf(ann, bob), 15)).toMatchObject({
    error: { code: "no_length", lengths: [30, 60] },
  });
  for (const closed of [{ hidden: true }, { requiresLink: true }, { seats: 5 }]) {
    await change(bob, closed);
    expect(await found()).toBe("no_length");
    await change(bob, { hidden: false, requiresLink: false, seats: null });
  }
});

test("of someone's event types the one whose usual length it is counts, and without one the oldest that has it", async () => {
  const { ann, bob } = await scene({
    own: [{ title: "Old", durationsMinutes: [60, 30, 20] }, { durationsMinutes: [30, 20] }],
  });
  const { scheduleId } = await db().eventType.findUniqueOrThrow({ where: { id: ann.eventTypeId } });
  const data = {
    userId: ann.id,
    scheduleId,
    title: "Usual",
    durationsMinutes: [30, 20],
    location: { kind: "none" },
  };
  await db().eventType.create({ data: { ...data, slug: "usual" } });
  const titleOf = async (minutes: string) => (await getPageOffer(partOf(ann, bob), minutes))?.eventType.title;
  expect(await titleOf("30")).toBe("Usual");
  expect(await titleOf("20")).toBe("Old");
  expect(await titleOf("020")).toBeUndefined();
});

test("no one is booked together with strangers, with too many, with themselves, or once their account is disabled", async () => {
  const { ann, bob, team } = await scene();
  const stranger = await makeOrganizer();
  expect(await codeOf(handlesOf(ann, stranger))).toBe("not_allowed");
  expect(await codeOf([ann.handle])).toBe("unknown");
  expect(await codeOf([ann.handle, "no-one-here"])).toBe("unknown");
  expect(await codeOf([ann.handle, team.handle])).toBe("unknown");
  expect(await codeOf([ann.handle, ""])).toBe("unknown");
  expect(await codeOf([ann.handle, bob.handle, "c", "d", "e", "f"])).toBe("too_many");
  expect(await codeOf([ann.handle, bob.handle, "c", "d", "e"])).toBe("unknown");
  await db().user.update({ where: { id: bob.id }, data: { disabledAt: new Date() } });
  expect(await codeOf(handlesOf(ann, bob))).toBe("unknown");
});

test("what is offered together follows the members' own event types, is made once, and isn't among the team's", async () => {
  const { ann, bob, team, owns } = await scene();
  const open = async () => (await getPageOffer(partOf(ann, bob), "30"))?.eventType;
  const [one, twin] = await Promise.all([open(), open()]);
  expect(twin?.id).toBe(one?.id);
  if (!one) throw new Error("Nothing is offered.");
  const kept = () => db().eventType.findUnique({ where: { id: one.id } });
  const before = await kept();
  expect((await open())?.id).toBe(one.id);
  expect((await kept())?.updatedAt).toEqual(before?.updatedAt);

  await change(ann, {
    title: "Newer",
    questions: [{ id: "q", label: "Why?", kind: "text", required: true }],
  });
  expect(await open()).toMatchObject({ id: one.id, title: "Newer", questions: [{ id: "q" }] });
  const other = await db().schedule.create({
    data: { userId: bob.id, name: "Other", timeZone: "UTC", weekly: [] },
  });
  await change(bob, { scheduleId: other.id });
  await open();
  const hosts = await db().eventTypeHost.findMany({ where: { eventTypeId: one.id, userId: bob.id } });
  expect(hosts).toMatchObject([{ scheduleId: other.id }]);
  const former = await db().schedule.findFirstOrThrow({ where: { userId: bob.id, isDefault: true } });
  await db().eventTypeHost.updateMany({
    where: { userId: bob.id, scheduleId: former.id, eventType: { userId: bob.id } },
    data: { scheduleId: other.id },
  });
  await change(bob, { scheduleId: former.id });
  await open();
  await change(bob, { scheduleId: other.id });
  expect(await removeSchedule(bob.scope, former.id)).toEqual({ ok: true, value: null });

  expect(await getPageOffer(partOf(bob, ann), "30")).toMatchObject({
    hosts: [{ id: bob.id }, { id: ann.id }],
  });
  expect((await listTeamEventTypes(owns)).map(({ id }) => id)).toEqual([team.eventTypeId]);
  expect(await getTeamEventType(owns, one.id)).toBeNull();
  expect(await removeTeamEventType(owns, one.id)).toMatchObject({ error: { code: "not_found" } });

  expect(await getPageOffer(team.handle, one.slug)).toMatchObject({ eventType: { id: one.id } });
  await change(ann, { hidden: true });
  expect(await getPageOffer(team.handle, one.slug)).toBeNull();
});

test("a team's switch is over the API what it is on its page", async () => {
  const [ann, bob] = [await makePerson(), await makePerson()];
  const team = await givenTeam(ann);
  await join(ann, team.id, bob);
  expect(team).toMatchObject({ allowsAdHoc: false });
  expect((await as(bob).changeTeam(team.id, { allowsAdHoc: true })).status).toBe(403);
  expect(await codeOf(handlesOf(ann, bob))).toBe("not_allowed");
  expect((await as(ann).changeTeam(team.id, { allowsAdHoc: true })).body).toMatchObject({
    allowsAdHoc: true,
  });
  expect(await codeOf(handlesOf(ann, bob))).toBe("ok");
  expect((await as(ann).changeTeam(team.id, { name: "Renamed" })).body).toMatchObject({ allowsAdHoc: true });
  expect((await as(bob).getTeam(team.id)).body).toMatchObject({ name: "Renamed", allowsAdHoc: true });
  expect(await db().eventType.count({ where: { teamId: team.id } })).toBe(1);
  expect((await as(ann).changeTeam(team.id, { allowsAdHoc: false })).body).toMatchObject({
    allowsAdHoc: false,
  });
  expect(await db().eventType.count({ where: { teamId: team.id } })).toBe(0);
  expect((await as(ann).changeTeam(team.id, { allowsAdHoc: "yes" })).body).toMatchObject({
    errors: [{ path: "allowsAdHoc" }],
  });
});

test("the API offers and books people who are named together by their own event types as they are at that moment", async () => {
  const { ann, bob, team } = await scene();
  const day = hourAhead(6).slice(0, 10);
  const ask = (handle: string, slug: string) =>
    call(slots.GET, { params: { handle, slug }, query: `?from=${day}&to=${day}&timeZone=UTC` });
  const both = partOf(ann, bob);
  const { body } = await ask(both, "30");
  const [first, second, third] = body.slots.map((slot: { start: string }) => slot.start);
  const { slug = "" } = (await db().eventType.findFirst({ where: { teamId: team.id, isAdHoc: true } })) ?? {};
  expect((await ask(team.handle, slug)).body.slots).toEqual(body.slots);

  await change(bob, { requiresApproval: true });
  const asked = await call(bookings.POST, { body: requestFor({ handle: team.handle, slug }, first) });
  expect(asked.body).toMatchObject({
    status: "pending",
    hosts: [{ handle: ann.handle }, { handle: bob.handle }],
  });
  await change(bob, { requiresApproval: false });
  const booked = await call(bookings.POST, { body: requestFor({ handle: both, slug: "30" }, second) });
  expect(booked.body).toMatchObject({ status: "confirmed", hosts: [{}, {}] });
  await db().schedule.updateMany({ where: { userId: bob.id }, data: { weekly: [] } });
  expect((await ask(team.handle, slug)).body.slots).toEqual([]);

  await change(bob, { hidden: true });
  for (const [handle, last] of [
    [team.handle, slug],
    [both, "30"],
    [both, "no-length"],
    [`${both}+no-one`, "30"],
  ] as const) {
    expect((await ask(handle, last)).status, last).toBe(404);
    expect(await call(bookings.POST, { body: requestFor({ handle, slug: last }, third) })).toMatchObject({
      status: 404,
      body: { code: "not_found" },
    });
  }
});

test("a team's own event type may have a link that reads like one for people who are named together", async () => {
  const { team } = await scene();
  const slug = "together-forever";
  await db().eventType.update({ where: { id: team.eventTypeId }, data: { slug } });
  const booked = await call(bookings.POST, { body: requestFor({ ...team, slug }, hourAhead(2)) });
  expect(booked.status).toBe(201);
});

test("a team that no longer wants it, or someone who leaves, ends what was offered together, and its bookings stay", async () => {
  const { ann, bob, team, owns } = await scene();
  const bookTogether = async (day: number) => {
    const offer = await getPageOffer(partOf(ann, bob), "30");
    if (!offer) throw new Error("Nothing is offered.");
    const page = { handle: team.handle, slug: offer.eventType.slug };
    const booked = await book(requestFor(page, hourAhead(day)));
    if (!booked.ok) throw new Error(booked.error.code);
    return { page, id: booked.value.id };
  };
  const { page, id } = await bookTogether(2);
  await setAllowsAdHoc(owns, false);
  expect(await book(requestFor(page, hourAhead(3)))).toMatchObject({ error: { code: "not_found" } });
  expect(await db().booking.findUniqueOrThrow({ where: { id } })).toMatchObject({
    status: "confirmed",
    eventTypeId: null,
  });
  expect((await getMoveOffer(id))?.offer.hosts).toHaveLength(2);

  await setAllowsAdHoc(owns, true);
  const again = await bookTogether(4);
  expect(await removeMember(owns, bob.id)).toMatchObject({ error: { code: "no_successor" } });
  await db().booking.updateMany({ where: { teamId: team.id }, data: { status: "cancelled" } });
  expect(await removeMember(owns, bob.id)).toEqual({ ok: true, value: null });
  expect(await book(requestFor(again.page, hourAhead(5)))).toMatchObject({ error: { code: "not_found" } });
  expect(await codeOf(handlesOf(ann, bob))).toBe("not_allowed");
  expect(await db().eventType.count({ where: { teamId: team.id } })).toBe(1);
});

test("what no one books is forgotten once a team has a lot of it", async () => {
  const { ann, bob, team } = await scene();
  const at = (minutes: number) => new Date(Date.now() - minutes * 60_000);
  await db().eventType.createMany({
    data: Array.from({ length: 205 }, (_, index) => ({
      teamId: team.id,
      isAdHoc: true,
      hidden: true,
      slug: `old-${index}`,
      title: "Old",
      durationsMinutes: [30],
      location: { kind: "none" },
      updatedAt: at(1000 - index),
    })),
  });
  const booked = await db().eventType.findFirstOrThrow({ where: { teamId: team.id, slug: "old-0" } });
  const some = await book(requestFor(team, hourAhead(2)));
  if (!some.ok) throw new Error(some.error.code);
  await db().booking.update({ where: { id: some.value.id }, data: { eventTypeId: booked.id } });
  expect(await codeOf(handlesOf(ann, bob))).toBe("ok");
  const left = await db().eventType.findMany({
    where: { teamId: team.id, isAdHoc: true },
    select: { slug: true },
  });
  expect(left).toHaveLength(201);
  expect(left.map(({ slug }) => slug)).toContain("old-0");
  expect(left.map(({ slug }) => slug)).toContain("old-204");
  expect(left.map(({ slug }) => slug)).not.toContain("old-5");
});
