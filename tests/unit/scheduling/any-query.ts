import fc from "fast-check";
import type { BookingWindow, Interval, LocalWindow, Presence, SlotQuery } from "@/lib/slot-engine/rules";
import { listSlots } from "@/lib/slot-engine/slots";
import { at, DAY, MINUTE } from "./given";

// What may be asked of the engine, for properties that hold whatever the rules.

const ZONES = [
  "UTC",
  "Europe/Paris",
  "America/New_York",
  "Australia/Lord_Howe",
  "Africa/Cairo",
  "Asia/Beirut",
  "America/Santiago",
  "America/Havana",
  "Antarctica/Troll",
  "Pacific/Apia",
  "Pacific/Kiritimati",
  "Asia/Kathmandu",
];
// Days around which one of these zones changes its clock or its date, and an ordinary one.
const DAYS = [
  "2026-03-08",
  "2026-03-28",
  "2026-04-04",
  "2026-04-23",
  "2026-10-03",
  "2026-10-25",
  "2026-10-29",
  "2026-06-10",
  "2011-12-29",
];
export const SPAN = 4 * DAY;

export const anyZone = fc.constantFrom(...ZONES);
const anyMinutes = (max: number, step = 5) =>
  fc.integer({ min: 0, max: max / step }).map((value) => value * step);
const timeOfDay = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
const anyWindow: fc.Arbitrary<LocalWindow> = fc
  .tuple(anyMinutes(1440), fc.oneof(anyMinutes(1440), fc.constant(1440)))
  .map(([a, b]) => ({ start: timeOfDay(Math.min(a, b)), end: timeOfDay(Math.max(a, b)) }));
const anyWindows = fc.array(anyWindow, { maxLength: 3 });
const anyDays = fc.oneof(fc.constant([1, 2, 3, 4, 5, 6, 7]), fc.subarray([1, 2, 3, 4, 5, 6, 7]));

export const anyDay = fc.constantFrom(...DAYS);

export const anyQuery: fc.Arbitrary<SlotQuery> = anyDay.chain(queryAround);

/** Everything happens within a few days, so that rules meet. */
export function queryAround(day: string): fc.Arbitrary<SlotQuery> {
  const from = at(`${day} 00:00`) - DAY;
  const anyInstant = anyMinutes(SPAN / MINUTE).map((minute) => from + minute * MINUTE);
  const anyDate = fc
    .integer({ min: -1, max: 5 })
    .map((days) => new Date(from + days * DAY).toISOString().slice(0, 10));
  const anyInterval = fc
    .tuple(anyInstant, anyMinutes(180))
    .map(([start, length]): Interval => ({ start, end: start + length * MINUTE }));
  const anyBuffers = { bufferBeforeMinutes: anyMinutes(30), bufferAfterMinutes: anyMinutes(30) };
  const anyClaim = fc
    .tuple(anyInterval, fc.record(anyBuffers))
    .map(([time, buffers]) => ({ ...time, ...buffers }));
  const anyBooking = fc
    .tuple(anyClaim, fc.record({ sameEventType: fc.boolean(), seatsTaken: fc.integer({ min: 1, max: 3 }) }))
    .map(([claim, facts]) => ({ ...claim, ...facts }));
  const anyBookingWindow: fc.Arbitrary<BookingWindow> = fc.oneof(
    fc.constant<BookingWindow>({ kind: "none" }),
    fc.record({ kind: fc.constant<"rolling">("rolling"), days: fc.integer({ min: 0, max: 4 }) }),
    fc.record({
      kind: fc.constant<"rolling_bookable">("rolling_bookable"),
      days: fc.integer({ min: 0, max: 2 }),
    }),
    fc.record({ kind: fc.constant<"range">("range"), from: anyDate, to: anyDate }),
  );
  const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 2 });
  const seldom = <Value>(value: fc.Arbitrary<Value>) =>
    fc.oneof({ weight: 7, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
  return fc
    .record({
      schedule: fc.record({
        timeZone: anyZone,
        weekly: fc.oneof(
          fc.array(
            fc.tuple(anyDays, anyWindow).map(([days, window]) => ({ days, ...window })),
            { minLength: 1, maxLength: 4 },
          ),
          fc.constant([{ days: [1, 2, 3, 4, 5, 6, 7], start: "00:00", end: "24:00" }]),
        ),
        overrides: fc.array(fc.record({ date: anyDate, windows: anyWindows }), { maxLength: 2 }),
        travel: fc.array(fc.record({ from: anyDate, to: anyDate, timeZone: anyZone }), { maxLength: 2 }),
        closedDates: fc.array(anyDate, { maxLength: 1 }),
      }),
      event: fc.record({
        durationsMinutes: fc.constantFrom([30], [45, 20], [60, 15]),
        slotIntervalMinutes: optional(fc.constantFrom(10, 15, 25, 50)),
        slotOffsetMinutes: optional(anyMinutes(40)),
        ...anyBuffers,
        minimumNoticeMinutes: fc.constantFrom(0, 0, 60, 1440),
        availableNowMinutes: seldom(fc.constantFrom(15, 60, 240)),
        window: anyBookingWindow,
        limits: fc.record({
          dayCount: optional(fc.integer({ min: 0, max: 3 })),
          weekCount: optional(fc.integer({ min: 1, max: 5 })),
          monthCount: optional(fc.integer({ min: 1, max: 6 })),
          dayMinutes: optional(anyMinutes(240, 15)),
          weekMinutes: optional(anyMinutes(480, 30)),
          monthMinutes: optional(anyMinutes(600, 30)),
        }),
        seats: optional(fc.integer({ min: 1, max: 4 })),
      }),
      durationMinutes: fc.constant(0),
      from: fc.constant(from),
      to: fc.constant(from + SPAN),
      now: fc.oneof(fc.constant(from - DAY), anyInstant),
      bookings: fc
        .array(anyBooking, { maxLength: 6 })
        .map((all) => all.map((one, index) => ({ ...one, id: `b${index}` }))),
      busy: fc.array(anyInterval, { maxLength: 8 }),
      holds: fc.array(anyClaim, { maxLength: 2 }),
      noticeAge: seldom(anyMinutes(10)),
      presence: fc.constantFrom<Presence>("available", "available", "away"),
      excludeBookingId: optional(fc.constantFrom("b0", "b1")),
    })
    .map(({ noticeAge, ...query }) => {
      return { ...query, noticeFrom: noticeAge === undefined ? undefined : query.now - noticeAge * MINUTE };
    })
    .chain((query) => withSessions(query));
}

/** Picks a duration, and moves some bookings onto the grid so that seats have sessions to be joined. */
function withSessions(query: SlotQuery): fc.Arbitrary<SlotQuery> {
  return fc
    .tuple(
      fc.constantFrom(...query.event.durationsMinutes),
      fc.array(fc.nat(), { maxLength: query.bookings.length }),
    )
    .map(([durationMinutes, picks]) => {
      const grid = listSlots(bare({ ...query, durationMinutes }));
      const bookings = query.bookings.map((booking, index) => {
        const slot = grid[(picks[index] ?? 0) % Math.max(1, grid.length)];
        return picks[index] === undefined || slot === undefined ? booking : { ...booking, ...slot };
      });
      return { ...query, durationMinutes, bookings };
    });
}

/** The same schedule and grid with nothing taken and no further conditions. */
export function bare(query: SlotQuery): SlotQuery {
  const { durationsMinutes, slotIntervalMinutes, slotOffsetMinutes } = query.event;
  const event = {
    durationsMinutes,
    slotIntervalMinutes,
    slotOffsetMinutes,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    minimumNoticeMinutes: 0,
    window: { kind: "none" } as const,
    limits: {},
  };
  return {
    ...query,
    event,
    now: query.from,
    noticeFrom: undefined,
    bookings: [],
    busy: [],
    holds: [],
    excludeBookingId: undefined,
  };
}
