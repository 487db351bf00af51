import { afterAll, beforeAll, expect, test } from "vitest";
import * as eventTypes from "@/app/api/v1/me/event-types/route";
import * as scheduleById from "@/app/api/v1/me/schedules/[id]/route";
import * as schedules from "@/app/api/v1/me/schedules/route";
import { schedule } from "@/lib/schedules/schema";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { call, organizerWithKey } from "./call";

let database: TestDatabase;
let organizer: Awaited<ReturnType<typeof organizerWithKey>>;

beforeAll(async () => {
  database = await createTestDatabase();
  organizer = await organizerWithKey();
});
afterAll(() => database.cleanup());

const evenings = {
  name: "Evenings",
  timeZone: "America/New_York",
  weekly: [{ days: [1, 3], start: "18:00", end: "24:00" }],
  overrides: [
    { date: "2027-01-01", windows: [] },
    { date: "2027-01-02", windows: [{ start: "10:00", end: "12:00" }] },
  ],
};
const create = (body: object, key = organizer.key) => call(schedules.POST, { key, body });
const change = (id: string, body: object, key = organizer.key) =>
  call(scheduleById.PATCH, { key, params: { id }, body }, "PATCH");
const read = (id: string, key = organizer.key) => call(scheduleById.GET, { key, params: { id } });
const remove = (id: string, key = organizer.key) =>
  call(scheduleById.DELETE, { key, params: { id } }, "DELETE");

test("a schedule is kept as it was sent", async () => {
  const { status, body } = await create(evenings);
  expect(status).toBe(201);
  expect(body).toMatchObject(evenings);
  expect(schedule.safeParse(body).error).toBeUndefined();
  expect((await read(body.id)).body).toEqual(body);
});

test("a change leaves what it does not name", async () => {
  const { body } = await create(evenings);
  const changed = await change(body.id, { name: "Late", overrides: [] });
  expect(changed.status).toBe(200);
  expect(changed.body).toMatchObject({ ...evenings, name: "Late", overrides: [] });
  expect((await change(body.id, {})).body).toMatchObject({ name: "Late" });
});

test("a schedule says whether it is the default, and can become it", async () => {
  const { body } = await create(evenings);
  expect(body.isDefault).toBe(false);
  expect((await change(body.id, { isDefault: true })).body.isDefault).toBe(true);
  const { items } = (await call(schedules.GET, { key: organizer.key })).body;
  const defaults = items.filter((one: { isDefault: boolean }) => one.isDefault);
  expect(defaults).toMatchObject([{ id: body.id }]);
});

test("a schedule can be deleted while another one is left", async () => {
  const { body } = await create(evenings);
  expect((await remove(body.id)).status).toBe(204);
  expect((await read(body.id)).status).toBe(404);
  expect((await remove(body.id)).status).toBe(404);
});

test("one that event types use can't be deleted", async () => {
  const { body } = await create(evenings);
  await call(eventTypes.POST, {
    key: organizer.key,
    body: {
      slug: "late",
      title: "Late",
      durationsMinutes: [30],
      location: { kind: "none" },
      scheduleId: body.id,
    },
  });
  expect((await remove(body.id)).body).toMatchObject({ status: 409, code: "schedule_in_use" });
  expect((await read(body.id)).status).toBe(200);
});

test("another organizer's schedule is not there, whatever is tried", async () => {
  const { body } = await create(evenings);
  const { key } = await organizerWithKey();
  const tries = [
    await read(body.id, key),
    await change(body.id, { name: "Mine" }, key),
    await remove(body.id, key),
  ];
  expect(tries.map(({ status }) => status)).toEqual([404, 404, 404]);
  expect((await read(body.id)).body).toEqual(body);
});
