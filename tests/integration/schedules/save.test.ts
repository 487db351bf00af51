import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/database/client";
import { removeEventType } from "@/lib/event-types/save";
import { countScheduleUses, listSchedules } from "@/lib/schedules/queries";
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
  const [first] = await listSchedules(organizer.id);
  expect(await removeSchedule(organizer.id, first?.id ?? "")).toEqual({
    ok: false,
    error: { code: "schedule_in_use" },
  });
  await removeEventType(organizer.id, organizer.eventTypeId);
  expect(await removeSchedule(organizer.id, first?.id ?? "")).toEqual({
    ok: false,
    error: { code: "last_schedule" },
  });
});

test("of two that are deleted at once, one stays", async () => {
  const organizer = await makeOrganizer();
  await removeEventType(organizer.id, organizer.eventTypeId);
  await createSchedule(organizer.id, evenings);
  const both = await listSchedules(organizer.id);
  const outcomes = await Promise.all(both.map(({ id }) => removeSchedule(organizer.id, id)));
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  expect(await listSchedules(organizer.id)).toHaveLength(1);
});

test("an id that is none is not found", async () => {
  const organizer = await makeOrganizer();
  expect(await changeSchedule(organizer.id, "nonsense", { name: "x" })).toMatchObject({ ok: false });
  expect(await removeSchedule(organizer.id, "nonsense")).toMatchObject({ error: { code: "not_found" } });
});

test("uses are counted for each schedule", async () => {
  const organizer = await makeOrganizer();
  const spare = await createSchedule(organizer.id, evenings);
  const uses = await countScheduleUses(organizer.id);
  const [first] = await listSchedules(organizer.id);
  expect([uses.get(first?.id ?? ""), uses.get(spare.ok ? spare.value.id : "")]).toEqual([1, undefined]);
  expect(await db().schedule.count({ where: { userId: organizer.id } })).toBe(2);
});
