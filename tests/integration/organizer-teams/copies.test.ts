import { afterAll, beforeAll, expect, test } from "vitest";
import { teamScopeOf } from "@/lib/auth/team-scope";
import { db } from "@/lib/database/client";
import { lockRow } from "@/lib/database/lock-row";
import { readEventTypeValues, toEventTypeValues } from "@/lib/event-types/form";
import { lockedColumns, lockNames } from "@/lib/event-types/locks";
import { getEventType } from "@/lib/event-types/queries";
import { changeEventType } from "@/lib/event-types/save";
import { eventTypeChange } from "@/lib/event-types/schema";
import { changeCopies, getCopies, getLocks, spread } from "@/lib/teams/copies";
import { changeTeamEventType, removeTeamEventType } from "@/lib/teams/event-types";
import { removeMember } from "@/lib/teams/members";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { eventually } from "@/tests/support/eventually";
import { makeOrganizer, type TestOrganizer } from "@/tests/support/organizer";
import { makeTeam } from "@/tests/support/team";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
});
afterAll(() => database.cleanup());

/** A team of an owner and a member, with an event type that takes 45 minutes on the phone. */
async function scene() {
  const [owner, member] = [await makeOrganizer(), await makeOrganizer()];
  const team = await makeTeam([owner, member], {
    title: "Advice",
    durationsMinutes: [45],
    location: { kind: "phone", value: "+33 1 23" },
    translations: { de: { title: "Beratung" } },
  });
  const owns = teamScopeOf(team.id, owner.id, "owner");
  const copyOf = async ({ id, scope }: TestOrganizer) => {
    const row = await db().eventType.findFirst({ where: { userId: id, templateId: team.eventTypeId } });
    return row && getEventType(scope, row.id);
  };
  const givenCopy = async (person: TestOrganizer) => {
    await changeCopies(owns, team.eventTypeId, { holders: [person.id] });
    const copy = await copyOf(person);
    if (!copy) throw new Error("There is no copy.");
    return copy;
  };
  return { owner, member, team, owns, copyOf, givenCopy };
}

test("members get copies of a team's event type as their own, with their own hours and a link that is free", async () => {
  const { owner, member, team, owns, copyOf } = await scene();
  await db().eventType.update({ where: { id: member.eventTypeId }, data: { slug: team.slug } });
  const stranger = await makeOrganizer();
  for (let run = 0; run < 2; run += 1) {
    const holders = [owner.id, member.id, member.id];
    expect(await changeCopies(owns, team.eventTypeId, { holders })).toEqual({ ok: true, value: null });
  }
  expect(await changeCopies(owns, team.eventTypeId, { holders: [member.id, stranger.id] })).toMatchObject({
    error: { issues: [{ path: "holders.1", message: "host_not_member" }] },
  });
  const copy = await copyOf(member);
  expect(copy).toMatchObject({
    title: "Advice",
    durationsMinutes: [45],
    location: { kind: "phone", value: "+33 1 23" },
    translations: { de: { title: "Beratung" } },
    slug: `${team.slug}-2`,
    hidden: false,
  });
  const schedule = await db().schedule.findFirst({ where: { userId: member.id } });
  expect(copy?.scheduleId).toBe(schedule?.id);
  expect(await db().eventTypeHost.findMany({ where: { eventTypeId: copy?.id ?? "" } })).toMatchObject([
    { userId: member.id, teamId: null, scheduleId: schedule?.id },
  ]);
  expect(await copyOf(stranger)).toBeNull();
  expect((await getCopies(owns, team.eventTypeId))?.members.map(({ slug }) => slug !== null)).toEqual([
    true,
    true,
  ]);
});

test("only those who manage the team make copies and locks, and only of its own event types", async () => {
  const { member, team, copyOf } = await scene();
  const takesPart = teamScopeOf(team.id, member.id, "member");
  const other = await scene();
  const nothing = { locked: [...lockNames], copiesStay: true };
  expect(await getCopies(takesPart, team.eventTypeId)).toBeNull();
  expect(await getCopies(other.owns, team.eventTypeId)).toBeNull();
  for (const [scope, code] of [
    [takesPart, "forbidden"],
    [other.owns, "not_found"],
  ] as const) {
    expect(await changeCopies(scope, team.eventTypeId, { holders: [member.id] })).toMatchObject({
      error: { code },
    });
    expect(await changeCopies(scope, team.eventTypeId, nothing)).toMatchObject({ error: { code } });
  }
  expect(await copyOf(member)).toBeNull();
});

test("what is locked follows the team's event type at once, and what isn't stays the member's", async () => {
  const { member, team, owns, copyOf, givenCopy } = await scene();
  const { id } = await givenCopy(member);
  expect(await getLocks(member.scope, id)).toMatchObject({ locked: [] });
  expect(await changeEventType(member.scope, id, { title: "Mine", bufferAfterMinutes: 10 })).toMatchObject({
    ok: true,
  });
  const change = (fields: object) =>
    changeTeamEventType(owns, team.eventTypeId, eventTypeChange.parse(fields));
  await change({ title: "Not locked" });
  expect((await copyOf(member))?.title).toBe("Mine");

  await changeCopies(owns, team.eventTypeId, { locked: ["title", "location"], copiesStay: true });
  expect(await copyOf(member)).toMatchObject({ title: "Not locked", bufferAfterMinutes: 10 });
  await change({
    title: "Locked",
    bufferAfterMinutes: 20,
    location: { kind: "none" },
    fallbackLocation: { kind: "none" },
  });
  expect(await copyOf(member)).toMatchObject({
    title: "Locked",
    bufferAfterMinutes: 10,
    location: { kind: "none" },
    fallbackLocation: { kind: "none" },
  });
  await change({ fallbackLocation: null });
  expect((await copyOf(member))?.fallbackLocation).toBeUndefined();
  expect((await getLocks(member.scope, id))?.locked).toEqual(["title", "location"]);
});

test("a member can't change what is locked, can save it as it is, and changes the rest", async () => {
  const { member, team, owns, copyOf, givenCopy } = await scene();
  const copy = await givenCopy(member);
  await changeCopies(owns, team.eventTypeId, { locked: [...lockNames], copiesStay: true });
  const attempts = {
    title: "Mine",
    durationsMinutes: [30],
    location: { kind: "phone", value: "+49 30 123" },
    fallbackLocation: { kind: "none" },
    dailyLimit: 3,
    notifications: { followUpMinutes: 60 },
    changePolicy: { cancelMinutes: null },
    approvalHours: null,
    preferAdjacentTimes: true,
    translations: { de: { title: "Meine" } },
    mailGreeting: "Hi {visitor},",
    mailClosing: "Mine",
    questions: [{ id: "q", label: "Why?", kind: "text" }],
  };
  for (const [name, value] of Object.entries(attempts)) {
    expect(lockedColumns(lockNames)).toContain(name);
    const change = eventTypeChange.parse({ [name]: value, hidden: true });
    expect(await changeEventType(member.scope, copy.id, change)).toEqual({
      ok: false,
      error: { code: "invalid_request", issues: [{ path: name, message: "field_locked", values: {} }] },
    });
  }
  expect(await copyOf(member)).toMatchObject({ title: "Advice", hidden: false });

  const asShown = eventTypeChange.parse(readEventTypeValues(toEventTypeValues(copy)));
  const saved = await changeEventType(member.scope, copy.id, { ...asShown, hidden: true, slug: "my-own" });
  expect(saved).toMatchObject({ ok: true, value: { hidden: true, slug: "my-own", title: "Advice" } });
  const own = await changeEventType(member.scope, member.eventTypeId, { title: "Free" });
  expect(own).toMatchObject({ ok: true });
});

/** However busy this machine is, in milliseconds. */
const patience = { timeout: 60_000 };

test("what is locked while a member saves is the team's in the end", async () => {
  const { member, team, owns, copyOf, givenCopy } = await scene();
  const { id } = await givenCopy(member);
  const isWaiting = async () => {
    const [row] = await db().$queryRaw<{ waiting: bigint }[]>`SELECT count(*) AS waiting FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    return (row?.waiting ?? 0n) > 0n;
  };
  const { saving } = await db().$transaction(async (tx) => {
    await lockRow(tx, "EventType", { id });
    const saving = changeEventType(member.scope, id, eventTypeChange.parse({ title: "Mine" }));
    await eventually(isWaiting, (waiting) => waiting);
    await tx.eventType.update({ where: { id: team.eventTypeId }, data: { lockedFields: ["title"] } });
    await spread(tx, team.eventTypeId);
    return { saving };
  }, patience);
  expect(await saving).toMatchObject({ error: { issues: [{ path: "title", message: "field_locked" }] } });
  expect(await copyOf(member)).toMatchObject({ title: "Advice" });
  expect(await getCopies(owns, team.eventTypeId)).toMatchObject({ locked: ["title"] });
});

test("a copy whose holder leaves, or is to have none, is theirs or goes as the team wants it", async () => {
  for (const copiesStay of [true, false]) {
    const { owner, member, team, owns, givenCopy } = await scene();
    const { id } = await givenCopy(member);
    await changeCopies(owns, team.eventTypeId, { holders: [owner.id, member.id] });
    await changeCopies(owns, team.eventTypeId, { locked: ["title"], copiesStay });
    expect(await removeMember(owns, member.id)).toEqual({ ok: true, value: null });
    expect((await getEventType(member.scope, id)) !== null).toBe(copiesStay);
    if (copiesStay) {
      expect(await getLocks(member.scope, id)).toBeNull();
      expect(await changeEventType(member.scope, id, { title: "Mine" })).toMatchObject({ ok: true });
    }
    const mine = { where: { userId: owner.id, templateId: team.eventTypeId } };
    expect(await db().eventType.count(mine)).toBe(1);
    await changeCopies(owns, team.eventTypeId, { holders: [] });
    expect(await db().eventType.count(mine)).toBe(0);
    expect(await db().eventType.count({ where: { userId: owner.id } })).toBe(copiesStay ? 2 : 1);
  }
});

test("copies of an event type that is deleted are their holders' own", async () => {
  const { member, team, owns, givenCopy } = await scene();
  const { id } = await givenCopy(member);
  await changeCopies(owns, team.eventTypeId, { locked: ["title"], copiesStay: false });
  expect(await removeTeamEventType(owns, team.eventTypeId)).toMatchObject({ ok: true });
  expect(await changeEventType(member.scope, id, { title: "Mine" })).toMatchObject({ ok: true });
});
