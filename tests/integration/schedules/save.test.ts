import { afterAll, beforeAll, expect, test } from "vitest";
import { createEventType, removeEventType } from "@/lib/event-types/save";
import { eventTypeInput } from "@/lib/event-types/schema";
import { getOwnTimeZone, listClosedDates, listSchedules, listScheduleUsers } from "@/lib/schedules/queries";
import { changeSchedule, createSchedule, removeSchedule } from "@/lib/schedules/save";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { makeOrganizer, type TestOrganizer } from "@/tests/support/organizer";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.cleanup());

const evenings = { name: "Evenings", timeZone: "UTC", weekly: [], overrides: [], travel: [], holidays: null };

test("the last schedule stays, even when nothing uses it", async () => {
  const organizer = await makeOrganizer();
  const [first] = await listSchedules(organizer.scope);
  expect(await removeSchedule(organizer.scope, first?.id ?? "")).toEqual({
    ok: false,
    error: { code: "schedule_in_use" },
  });
  await removeEventType(organizer.scope, organizer.eventTypeId);
  expect(await removeSchedule(organizer.scope, first?.id ?? "")).toEqual({
    ok: false,
    error: { code: "last_schedule" },
  });
});

test("of two that are deleted at the same time, one stays", async () => {
  const organizer = await makeOrganizer();
  await removeEventType(organizer.scope, organizer.eventTypeId);
  await createSchedule(organizer.scope, evenings);
  const both = await listSchedules(organizer.scope);
  const outcomes = await Promise.all(both.map(({ id }) => removeSchedule(organizer.scope, id)));
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  expect(await listSchedules(organizer.scope)).toHaveLength(1);
});

test("an id that is none is not found", async () => {
  const organizer = await makeOrganizer();
  expect(await changeSchedule(organizer.scope, "nonsense", { name: "x" })).toMatchObject({ ok: false });
  expect(await removeSchedule(organizer.scope, "nonsense")).toMatchObject({ error: { code: "not_found" } });
});

test("a schedule knows the event types that use it", async () => {
  const organizer = await makeOrganizer();
  const spare = await createSchedule(organizer.scope, evenings);
  const [first] = await listSchedules(organizer.scope);
  expect(await listScheduleUsers(organizer.scope, first?.id ?? "")).toEqual([
    { id: organizer.eventTypeId, slug: organizer.slug, title: "Online appointment" },
  ]);
  expect(await listScheduleUsers(organizer.scope, spare.ok ? spare.value.id : "")).toEqual([]);
  expect(await listScheduleUsers((await makeOrganizer()).scope, first?.id ?? "")).toEqual([]);
});

test("the holidays that a schedule closes come in order, from a date on", async () => {
  const organizer = await makeOrganizer();
  const [first] = await listSchedules(organizer.scope);
  const id = first?.id ?? "";
  const from = `${new Date().getUTCFullYear() + 1}-05-01`;
  expect(await listClosedDates(organizer.scope, id, from)).toEqual([]);
  await changeSchedule(organizer.scope, id, { holidays: { country: "FR", kinds: ["public"], keepOpen: [] } });
  expect((await listClosedDates(organizer.scope, id, from))[0]).toEqual([from, "Labour Day"]);
});

test("the first schedule is born as the default, and another can take its place", async () => {
  const organizer = await makeOrganizer();
  const [first] = await listSchedules(organizer.scope);
  expect(first?.isDefault).toBe(true);
  const spare = await createSchedule(organizer.scope, evenings);
  expect(spare).toMatchObject({ ok: true, value: { isDefault: false } });
  const id = spare.ok ? spare.value.id : "";
  expect(await changeSchedule(organizer.scope, id, { isDefault: false })).toMatchObject({
    value: { isDefault: false },
  });
  expect(await defaultsOf(organizer)).toEqual([first?.id]);
  expect(await changeSchedule(organizer.scope, id, { isDefault: true })).toMatchObject({
    value: { isDefault: true },
  });
  expect(await defaultsOf(organizer)).toEqual([id]);
});

test("another organizer's schedule can't take the default away", async () => {
  const [organizer, stranger] = [await makeOrganizer(), await makeOrganizer()];
  const [first] = await listSchedules(organizer.scope);
  const [theirs] = await listSchedules(stranger.scope);
  expect(await changeSchedule(organizer.scope, theirs?.id ?? "", { isDefault: true })).toMatchObject({
    error: { code: "not_found" },
  });
  expect(await defaultsOf(organizer)).toEqual([first?.id]);
});

test("of many that become the default at the same time, one is", async () => {
  const organizer = await makeOrganizer();
  const made = await Promise.all(
    Array.from({ length: 5 }, () => createSchedule(organizer.scope, { ...evenings, isDefault: true })),
  );
  expect(made.every((one) => one.ok)).toBe(true);
  expect(await defaultsOf(organizer)).toHaveLength(1);
});

test("the oldest one left follows a default that is deleted, and new event types and dates go by the default", async () => {
  const organizer = await makeOrganizer();
  const [first] = await listSchedules(organizer.scope);
  const madrid = { ...evenings, timeZone: "Europe/Madrid", isDefault: true };
  const spare = await createSchedule(organizer.scope, madrid);
  const id = spare.ok ? spare.value.id : "";
  expect(await getOwnTimeZone(organizer.scope)).toBe("Europe/Madrid");
  const input = eventTypeInput.parse({
    slug: "second",
    title: "Second",
    durationsMinutes: [30],
    location: { kind: "none" },
  });
  const eventType = await createEventType(organizer.scope, input);
  expect(eventType).toMatchObject({ value: { scheduleId: id } });
  await removeEventType(organizer.scope, eventType.ok ? eventType.value.id : "");
  expect(await removeSchedule(organizer.scope, id)).toMatchObject({ ok: true });
  expect(await defaultsOf(organizer)).toEqual([first?.id]);
});

async function defaultsOf(organizer: TestOrganizer): Promise<string[]> {
  const all = await listSchedules(organizer.scope);
  return all.filter(({ isDefault }) => isDefault).map(({ id }) => id);
}
