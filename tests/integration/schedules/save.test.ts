import { afterAll, beforeAll, expect, test } from "vitest";
import { removeEventType } from "@/lib/event-types/save";
import { listClosedDates, listSchedules, listScheduleUsers } from "@/lib/schedules/queries";
import { changeSchedule, createSchedule, removeSchedule } from "@/lib/schedules/save";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { makeOrganizer } from "@/tests/support/organizer";

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

test("of two that are deleted at once, one stays", async () => {
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
