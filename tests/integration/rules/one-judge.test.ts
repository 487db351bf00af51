import fc from "fast-check";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import * as slotsRoute from "@/app/api/v1/organizers/[handle]/event-types/[slug]/slots/route";
import { newCapability } from "@/lib/auth/capability";
import { book } from "@/lib/booking/book";
import { cancel } from "@/lib/booking/cancel";
import { holdSlot } from "@/lib/booking/holds";
import { db, pool } from "@/lib/database/client";
import { changeEventType } from "@/lib/event-types/save";
import { eventTypeChange } from "@/lib/event-types/schema";
import { getOffer } from "@/lib/offers/offer";
import { publishSlots } from "@/lib/offers/published-slots";
import { explainStart } from "@/lib/offers/troubleshoot";
import { changeSchedule } from "@/lib/schedules/save";
import { scheduleChange } from "@/lib/schedules/schema";
import { prepareJobs } from "@/lib/worker";
import { call } from "@/tests/integration/api/call";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { makeOrganizer, requestFor } from "@/tests/support/organizer";

// Each round makes an organizer and books with them; patience on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
});
afterAll(() => database.cleanup());

// A week with the turn of a month, a French holiday (1 May) and a change of clocks in none of the zones.
const monday = Date.parse("2030-04-29T00:00:00Z");
const days = { from: "2030-04-29", to: "2030-05-05" };

const anyZone = fc.constantFrom("Europe/Paris", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland");
const anyDate = fc.constantFrom("2030-04-29", "2030-04-30", "2030-05-01", "2030-05-02", "2030-05-04");
const anyWindow = fc
  .tuple(fc.integer({ min: 0, max: 44 }), fc.integer({ min: 2, max: 20 }))
  .map(([from, length]) => ({ from, until: Math.min(48, from + length) }))
  .map(({ from, until }) => ({ start: halfHour(from), end: halfHour(until) }));
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null, freq: 2 });

const anySchedule = fc.record({
  timeZone: anyZone,
  weekly: fc
    .array(anyWindow, { minLength: 1, maxLength: 3 })
    .map((windows) => windows.map((window) => ({ days: [1, 2, 3, 4, 5, 6, 7], ...window }))),
  overrides: maybe(fc.record({ date: anyDate, windows: fc.array(anyWindow, { maxLength: 2 }) })).map(list),
  travel: maybe(fc.record({ from: anyDate, timeZone: anyZone })).map((journey) =>
    list(journey && { ...journey, to: "2030-05-04" }),
  ),
  holidays: maybe(fc.constant({ country: "FR", kinds: ["public"], keepOpen: [] })),
});

const anyEventType = fc.record({
  location: fc.constant({ kind: "none" }),
  durationsMinutes: fc.constantFrom([30], [60, 30]),
  slotIntervalMinutes: maybe(fc.constantFrom(15, 20)),
  slotOffsetMinutes: maybe(fc.constantFrom(10)),
  bufferBeforeMinutes: fc.constantFrom(0, 0, 15),
  bufferAfterMinutes: fc.constantFrom(0, 0, 20),
  minimumNoticeMinutes: fc.constantFrom(0, 1440),
  window: fc.constantFrom(
    { kind: "none" },
    { kind: "rolling", days: 4 },
    { kind: "rolling_bookable", days: 3 },
    { kind: "range", from: "2030-04-30", to: "2030-05-03" },
  ),
  dailyLimit: maybe(fc.constantFrom(2)),
  weeklyLimit: maybe(fc.constantFrom(4)),
  monthlyLimit: maybe(fc.constantFrom(3)),
  dailyLimitMinutes: maybe(fc.constantFrom(60)),
  weeklyLimitMinutes: maybe(fc.constantFrom(150)),
  monthlyLimitMinutes: maybe(fc.constantFrom(120)),
  seats: maybe(fc.constantFrom(2)),
});

/** What happens next: a quarter of an hour is tried, or one that is listed. */
const anyStep = fc.record({
  quarter: fc.integer({ min: 0, max: 7 * 96 - 1 }),
  fromList: fc.boolean(),
  thenCancel: fc.boolean(),
});

it("what is listed is offered, and what is offered can be booked, under any rules", async () => {
  await fc.assert(
    fc.asyncProperty(
      anySchedule,
      anyEventType,
      fc.array(anyStep, { minLength: 6, maxLength: 9 }),
      anyZone,
      async (schedule, eventType, steps, visitorZone) => {
        const organizer = await organizerWith(schedule, eventType);
        const now = monday + 6 * 3600_000;
        for (const { quarter, fromList, thenCancel } of steps) {
          const listed = await startsOf(organizer, visitorZone, now);
          const start = (fromList && listed[quarter % (listed.length || 1)]) || monday + quarter * 900_000;
          const offer = await getOffer(db(), organizer.handle, organizer.slug);
          if (!offer) throw new Error("There is no offer.");
          const durationMinutes = offer.eventType.durationsMinutes[0] ?? 0;
          const { reasons } = await explainStart(offer, start, durationMinutes, now);
          const booked = await book(requestFor(organizer, new Date(start).toISOString()), { now });
          const outcome = booked.ok ? "booked" : booked.error.code;
          expect([outcome, reasons.map(({ code }) => code)]).toEqual(
            reasons.length === 0
              ? ["booked", []]
              : [expect.stringMatching(/^(slot_taken|outside_availability)$/), expect.anything()],
          );
          if (isOnVisitorsDays(start, visitorZone)) expect(listed.includes(start)).toBe(booked.ok);
          if (booked.ok && thenCancel) await cancel({ bookingId: booked.value.id, by: "organizer" });
        }
      },
    ),
    { numRuns: 20 },
  );
});

it("the slots of an address take one statement, whatever the rules", async () => {
  const organizer = await organizerWith(
    {
      holidays: { country: "FR" },
      travel: [{ from: "2030-05-02", to: "2030-05-03", timeZone: "Asia/Tokyo" }],
    },
    { monthlyLimit: 5, weeklyLimitMinutes: 300, window: { kind: "rolling_bookable", days: 30 } },
  );
  const { handle, slug } = organizer;
  const start = Date.now() + 3 * 24 * 3600_000;
  await holdSlot({ handle, slug, start, holder: newCapability(), address: "192.0.2.1" });
  const statements = vi.spyOn(pool(), "query");
  const connections = vi.spyOn(pool(), "connect");
  try {
    const date = new Date(start).toISOString().slice(0, 10);
    const query = `?from=${date}&to=${date}&timeZone=UTC`;
    expect((await call(slotsRoute.GET, { params: { handle, slug }, query })).status).toBe(200);
    // The pool's own `query` asks for a connection.
    expect([statements.mock.calls.length, connections.mock.calls.length]).toEqual([1, 1]);
  } finally {
    statements.mockRestore();
    connections.mockRestore();
  }
});

async function organizerWith(schedule: object, eventType: object) {
  const organizer = await makeOrganizer();
  const { id } = await db().schedule.findFirstOrThrow({
    where: { userId: organizer.id },
    select: { id: true },
  });
  expect((await changeSchedule(organizer.scope, id, scheduleChange.parse(schedule))).ok).toBe(true);
  const change = eventTypeChange.parse(eventType);
  expect((await changeEventType(organizer.scope, organizer.eventTypeId, change)).ok).toBe(true);
  return organizer;
}

async function startsOf(
  { handle, slug }: { handle: string; slug: string },
  timeZone: string,
  now: number,
): Promise<number[]> {
  const published = await publishSlots({ handle, slug, ...days, timeZone }, now);
  if (!published.ok) throw new Error(published.error.code);
  const { slots } = JSON.parse(published.value.body) as { slots: { start: string }[] };
  return slots.map(({ start }) => Date.parse(start));
}

function isOnVisitorsDays(start: number, timeZone: string): boolean {
  const date = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(start);
  return days.from <= date && date <= days.to;
}

function halfHour(number: number): string {
  return `${String(Math.floor(number / 2)).padStart(2, "0")}:${number % 2 === 0 ? "00" : "30"}`;
}

function list<Value>(value: Value | null): Value[] {
  return value === null ? [] : [value];
}
