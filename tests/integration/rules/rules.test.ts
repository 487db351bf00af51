import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as eventTypeById from "@/app/api/v1/me/event-types/[id]/route";
import * as listRoute from "@/app/api/v1/me/schedules/[id]/holidays/route";
import * as scheduleById from "@/app/api/v1/me/schedules/[id]/route";
import { book } from "@/lib/booking/book";
import { cancel } from "@/lib/booking/cancel";
import { db } from "@/lib/database/client";
import { publishSlots } from "@/lib/offers/published-slots";
import { renewHolidays } from "@/lib/schedules/tasks";
import { prepareJobs } from "@/lib/worker";
import { call, organizerWithKey } from "@/tests/integration/api/call";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { requestFor, type TestOrganizer } from "@/tests/support/organizer";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
});
afterAll(() => database.cleanup());

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const morning = [{ days: everyDay, start: "09:00", end: "11:00" }];
const now = Date.parse("2030-01-14T12:00:00Z");

/** An organizer in Paris, open for four half hours a day, whose rules come through the API. */
async function organizerWith(eventType: object, schedule: object = {}) {
  const organizer = await organizerWithKey();
  const { key, eventTypeId } = organizer;
  const stored = await db().schedule.findFirstOrThrow({
    where: { userId: organizer.id },
    select: { id: true },
  });
  const hours = { timeZone: "Europe/Paris", weekly: morning, ...schedule };
  const changed = await call(scheduleById.PATCH, { key, params: { id: stored.id }, body: hours }, "PATCH");
  expect(changed.status).toBe(200);
  const rules = { location: { kind: "none" }, window: { kind: "none" }, ...eventType };
  const ruled = await call(eventTypeById.PATCH, { key, params: { id: eventTypeId }, body: rules }, "PATCH");
  expect([ruled.status, ruled.body]).toEqual([200, expect.objectContaining(rules)]);
  return { ...organizer, scheduleId: stored.id };
}

/** The starts in UTC on some of the visitor's dates, on one line. */
async function starts({ handle, slug }: TestOrganizer, from: string, to = from, timeZone = "Europe/Paris") {
  const published = await publishSlots({ handle, slug, from, to, timeZone }, now);
  if (!published.ok) return published.error.code;
  const { slots } = JSON.parse(published.value.body) as { slots: { start: string }[] };
  return slots.map(({ start }) => start.slice(8, 16)).join(" ");
}

async function take(organizer: TestOrganizer, start: string, more: object = {}) {
  const booked = await book(requestFor(organizer, start, more), { now });
  return booked.ok ? "booked" : booked.error.code;
}

describe("limits", () => {
  it("limits of a month count its bookings from the first day to the last, wherever one asks", async () => {
    const organizer = await organizerWith({ monthlyLimit: 2 });
    expect(await take(organizer, "2030-03-01T08:00:00Z")).toBe("booked");
    expect(await take(organizer, "2030-03-31T08:30:00Z")).toBe("booked");
    expect(await starts(organizer, "2030-03-01", "2030-03-31")).toBe("");
    expect(await starts(organizer, "2030-03-15")).toBe("");
    expect(await take(organizer, "2030-03-15T09:00:00Z")).toBe("slot_taken");
    expect(await starts(organizer, "2030-02-28")).toBe("28T08:00 28T08:30 28T09:00 28T09:30");
    expect(await take(organizer, "2030-04-01T08:00:00Z")).toBe("booked");
    const first = await db().booking.findFirstOrThrow({
      where: { ownerId: organizer.id },
      orderBy: { startsAt: "asc" },
    });
    await cancel({ bookingId: first.id, by: "organizer" });
    expect(await take(organizer, "2030-03-15T09:00:00Z")).toBe("booked");
    expect(await take(organizer, "2030-03-16T09:00:00Z")).toBe("slot_taken");
  });

  it("limits by minutes count lengths, so that a shorter one may still fit", async () => {
    const organizer = await organizerWith({
      durationsMinutes: [60, 30],
      dailyLimitMinutes: 90,
      weeklyLimitMinutes: 120,
    });
    expect(await take(organizer, "2030-02-04T08:00:00Z")).toBe("booked");
    expect(await take(organizer, "2030-02-04T09:00:00Z")).toBe("slot_taken");
    expect(await take(organizer, "2030-02-04T09:00:00Z", { durationMinutes: 30 })).toBe("booked");
    expect(await take(organizer, "2030-02-04T09:30:00Z", { durationMinutes: 30 })).toBe("slot_taken");
    expect(await starts(organizer, "2030-02-05")).toBe("");
    expect(await take(organizer, "2030-02-10T08:00:00Z", { durationMinutes: 30 })).toBe("booked");
    expect(await take(organizer, "2030-02-10T09:00:00Z", { durationMinutes: 30 })).toBe("slot_taken");
    expect(await take(organizer, "2030-02-11T08:00:00Z")).toBe("booked");
  });

  it("limits of a month by minutes reach over its weeks", async () => {
    const organizer = await organizerWith({ monthlyLimitMinutes: 60 });
    expect(await take(organizer, "2030-05-02T07:00:00Z")).toBe("booked");
    expect(await take(organizer, "2030-05-30T07:00:00Z")).toBe("booked");
    expect(await take(organizer, "2030-05-16T07:00:00Z")).toBe("slot_taken");
    expect(await take(organizer, "2030-06-01T07:00:00Z")).toBe("booked");
  });
});

describe("a window", () => {
  it("a window of days with hours passes over those without", async () => {
    const weekly = [{ days: [1, 3], start: "09:00", end: "09:30" }];
    const overrides = [{ date: "2030-01-16", windows: [] }];
    const window = { kind: "rolling_bookable", days: 2 };
    const organizer = await organizerWith({ window }, { weekly, overrides });
    expect(await starts(organizer, "2030-01-14", "2030-02-28")).toBe("21T08:00 23T08:00");
    expect(await take(organizer, "2030-01-28T08:00:00Z")).toBe("outside_availability");
    expect(await take(organizer, "2030-01-23T08:00:00Z")).toBe("booked");
  });
});

describe("travel", () => {
  it("travel moves the hours of its days to where the organizer is", async () => {
    const travel = [{ from: "2030-02-05", to: "2030-02-06", timeZone: "Asia/Tokyo" }];
    const organizer = await organizerWith({}, { travel });
    expect(await starts(organizer, "2030-02-04")).toBe("04T08:00 04T08:30 04T09:00 04T09:30");
    expect(await starts(organizer, "2030-02-05")).toBe("05T00:00 05T00:30 05T01:00 05T01:30");
    expect(await starts(organizer, "2030-02-07")).toBe("07T08:00 07T08:30 07T09:00 07T09:30");
    expect(await take(organizer, "2030-02-06T08:00:00Z")).toBe("outside_availability");
    expect(await take(organizer, "2030-02-06T00:00:00Z")).toBe("booked");
  });
});

describe("holidays", () => {
  const holidays = { country: "FR", kinds: ["public"], keepOpen: ["easter-monday"] };

  it("holidays close their days, but for those that are kept open and those with hours of their own", async () => {
    const overrides = [{ date: "2030-05-08", windows: [{ start: "09:00", end: "09:30" }] }];
    const organizer = await organizerWith({}, { holidays, overrides });
    expect(await starts(organizer, "2030-05-01")).toBe("");
    expect(await take(organizer, "2030-05-01T07:00:00Z")).toBe("outside_availability");
    expect(await starts(organizer, "2030-05-08")).toBe("08T07:00");
    expect(await starts(organizer, "2030-04-22")).toBe("22T07:00 22T07:30 22T08:00 22T08:30");
    const { key, scheduleId } = organizer;
    const open = { key, params: { id: scheduleId }, body: { holidays: null } };
    expect((await call(scheduleById.PATCH, open, "PATCH")).body.holidays).toBeNull();
    expect(await starts(organizer, "2030-05-01")).toBe("01T07:00 01T07:30 01T08:00 01T08:30");
  });

  it("holidays are listed with their ids, closed or kept open", async () => {
    const { key, scheduleId } = await organizerWith({}, { holidays });
    const ask = (query: string, id = scheduleId) => call(listRoute.GET, { key, params: { id }, query });
    const { body } = await ask("?year=2030");
    expect(body.items).toHaveLength(11);
    expect(body.items).toContainEqual({
      date: "2030-04-22",
      id: "easter-monday",
      name: "Easter Monday",
      closed: false,
    });
    expect(body.items[0]).toEqual({
      date: "2030-01-01",
      id: "new-year-s-day",
      name: "New Year's Day",
      closed: true,
    });
    expect((await ask("?year=1800")).status).toBe(422);
    expect((await ask("", "0197a0b0-0000-7000-8000-000000000000")).status).toBe(404);
    expect((await call(listRoute.GET, { params: { id: scheduleId } })).status).toBe(401);
  });

  it("holidays of a country that is none are refused", async () => {
    const { key, scheduleId } = await organizerWith({});
    const body = { holidays: { country: "XX" } };
    const refused = await call(scheduleById.PATCH, { key, params: { id: scheduleId }, body }, "PATCH");
    expect(refused).toMatchObject({
      status: 422,
      body: { code: "unknown_holidays", errors: [{ path: "holidays" }] },
    });
  });

  it("holidays reach further as the years go by", async () => {
    const { scheduleId } = await organizerWith({}, { holidays });
    const read = () =>
      db().schedule.findUniqueOrThrow({
        where: { id: scheduleId },
        select: { closedDates: true, closedThrough: true, updatedAt: true },
      });
    const before = await read();
    const year = new Date().getUTCFullYear();
    expect(before.closedThrough).toBe(year + 10);
    await renewHolidays();
    expect(await read()).toEqual(before);
    await renewHolidays(Date.UTC(year + 1, 0, 1));
    const after = await read();
    expect(after).toMatchObject({ closedThrough: year + 11, updatedAt: before.updatedAt });
    expect(after.closedDates).toHaveProperty(`${year + 11}-12-25`);
    expect(after.closedDates).not.toHaveProperty(`${year}-12-25`);
  });
});
