import { describe, expect, test } from "vitest";
import { explain } from "@/lib/slot-engine/explain";
import type { Availability } from "@/lib/slot-engine/rules";
import { at, availability, booking, eventType, hold, interval, schedule, starts } from "./given";

const nineToOne = schedule("UTC", "09:00-13:00");
const onMonday = (input: Partial<Availability>) =>
  starts(availability({ schedule: nineToOne, ...input }), "2026-03-02 00:00", "2026-03-03 00:00");
const why = (input: Partial<Availability>, start: string) =>
  explain(availability({ schedule: nineToOne, ...input }), at(`2026-03-02 ${start}`));

describe("busy time of other calendars", () => {
  test("busy time of other calendars takes the slots it overlaps and leaves those it touches", () => {
    const busy = [interval("2026-03-02 09:30", "10:00"), interval("2026-03-02 11:10", "11:20")];
    expect(onMonday({ busy })).toBe("09:00 10:00 10:30 11:30 12:00 12:30");
  });

  test("busy time of other calendars may come in any order, overlap and repeat", () => {
    const busy = [
      interval("2026-03-02 12:00", "12:30"),
      interval("2026-03-02 09:00", "11:00"),
      interval("2026-03-02 09:30", "10:00"),
      interval("2026-03-02 09:30", "10:00"),
    ];
    expect(onMonday({ busy })).toBe("11:00 11:30 12:30");
  });

  test("busy time of other calendars takes days when it lasts days", () => {
    const busy = [{ start: at("2026-02-01 00:00"), end: at("2026-03-02 10:15") }];
    expect(onMonday({ busy })).toBe("10:30 11:00 11:30 12:00 12:30");
  });

  test("busy time of other calendars of no length takes nothing", () => {
    expect(onMonday({ busy: [interval("2026-03-02 09:10", "09:10")] })).toContain("09:00");
  });

  test("busy time of other calendars must stay clear of the slot's own buffers", () => {
    const busy = [interval("2026-03-02 10:00", "10:30")];
    expect(onMonday({ busy, event: eventType({ bufferBeforeMinutes: 15 }) })).toBe(
      "09:00 09:30 11:00 11:30 12:00 12:30",
    );
    expect(onMonday({ busy, event: eventType({ bufferAfterMinutes: 15 }) })).toBe(
      "09:00 10:30 11:00 11:30 12:00 12:30",
    );
  });

  test("busy time of other calendars may touch the buffers", () => {
    const busy = [interval("2026-03-02 10:15", "10:45")];
    const event = eventType({ bufferBeforeMinutes: 15, bufferAfterMinutes: 15 });
    expect(onMonday({ busy, event })).toBe("09:00 09:30 11:00 11:30 12:00 12:30");
  });

  test("busy time of other calendars outside open time counts when a buffer reaches it", () => {
    const busy = [interval("2026-03-02 08:30", "08:50")];
    expect(onMonday({ busy, event: eventType({ bufferBeforeMinutes: 15 }) })).toBe(
      "09:30 10:00 10:30 11:00 11:30 12:00 12:30",
    );
  });
});

describe("buffers", () => {
  test("buffers may lie outside open time", () => {
    const event = eventType({ durationsMinutes: [120], bufferBeforeMinutes: 60, bufferAfterMinutes: 60 });
    expect(onMonday({ event })).toBe("09:00 11:00");
  });

  test("buffers of two own bookings add up: after the earlier, before the later", () => {
    const bookings = [
      booking("2026-03-02 10:30", "11:00", { bufferBeforeMinutes: 10, bufferAfterMinutes: 20 }),
    ];
    const event = eventType({ slotIntervalMinutes: 10, bufferBeforeMinutes: 15, bufferAfterMinutes: 5 });
    // Before it: 5 + 10 minutes of room, so the slot ends by 10:15. After it: 20 + 15 minutes, so it starts from 11:35.
    expect(onMonday({ bookings, event })).toBe(
      "09:00 09:10 09:20 09:30 09:40 11:40 11:50 12:00 12:10 12:20 12:30",
    );
  });

  test("buffers that just add up to the gap are enough", () => {
    const bookings = [
      booking("2026-03-02 10:00", "10:30", { bufferBeforeMinutes: 20, bufferAfterMinutes: 20 }),
    ];
    const event = eventType({ bufferBeforeMinutes: 10, bufferAfterMinutes: 10 });
    expect(onMonday({ bookings, event })).toBe("09:00 11:00 11:30 12:00 12:30");
  });

  test("buffers of a booking keep the slot away even if the slot has none", () => {
    const bookings = [booking("2026-03-02 10:00", "10:30", { bufferAfterMinutes: 1 })];
    expect(onMonday({ bookings })).toBe("09:00 09:30 11:00 11:30 12:00 12:30");
  });

  test("buffers are named as the reason only if the slot itself is free", () => {
    const bookings = [booking("2026-03-02 10:00", "10:30", { id: "b1", bufferAfterMinutes: 15 })];
    const { start, end } = interval("2026-03-02 10:00", "10:30");
    expect(why({ bookings }, "10:00")).toEqual([{ code: "booked", bookingId: "b1", start, end }]);
    expect(why({ bookings }, "10:30")).toEqual([
      { code: "buffer", beside: "booking", bookingId: "b1", start, end },
    ]);
  });
});

describe("own bookings", () => {
  const bookings = [
    booking("2026-03-02 09:30", "10:00", { id: "mine" }),
    booking("2026-03-02 11:00", "12:00", { id: "other", sameEventType: false }),
  ];

  test("own bookings take their time, whatever event type they belong to", () => {
    expect(onMonday({ bookings })).toBe("09:00 10:00 10:30 12:00 12:30");
  });

  test("the one being moved is in no one's way", () => {
    expect(onMonday({ bookings, excludeBookingId: "mine" })).toBe("09:00 09:30 10:00 10:30 12:00 12:30");
  });
});

describe("holds", () => {
  test("holds take their time like bookings, with their buffers", () => {
    const holds = [hold("2026-03-02 10:00", "10:30", { bufferAfterMinutes: 10 })];
    expect(onMonday({ holds })).toBe("09:00 09:30 11:00 11:30 12:00 12:30");
  });

  test("holds are named as the reason", () => {
    const holds = [hold("2026-03-02 10:00", "10:30", { bufferAfterMinutes: 10 })];
    const { start, end } = interval("2026-03-02 10:00", "10:30");
    expect(why({ holds }, "10:00")).toEqual([{ code: "held", start, end }]);
    expect(why({ holds }, "10:30")).toEqual([
      { code: "buffer", beside: "hold", bookingId: null, start, end },
    ]);
  });
});

describe("seats", () => {
  const event = eventType({ seats: 3, slotIntervalMinutes: 15 });
  const session = (facts = {}) => booking("2026-03-02 10:00", "10:30", { id: "s", ...facts });

  test("a session with seats left is offered; slots beside it that overlap it are not", () => {
    const bookings = [session({ seatsTaken: 2 })];
    expect(onMonday({ event, bookings })).toBe(
      "09:00 09:15 09:30 10:00 10:30 10:45 11:00 11:15 11:30 11:45 12:00 12:15 12:30",
    );
  });

  test("a full session is not offered", () => {
    const bookings = [session({ seatsTaken: 3 })];
    expect(onMonday({ event, bookings })).not.toContain("10:00");
    const { start, end } = interval("2026-03-02 10:00", "10:30");
    expect(why({ event, bookings }, "10:00")).toEqual([
      { code: "session_full", start, end, seats: 3, seatsTaken: 3 },
    ]);
  });

  test("the entries of a session add up", () => {
    const entries = [session({ id: "a" }), session({ id: "b", seatsTaken: 2 })];
    expect(onMonday({ event, bookings: entries.slice(0, 1) })).toContain("10:00");
    expect(onMonday({ event, bookings: entries })).not.toContain("10:00");
    expect(onMonday({ event, bookings: entries, excludeBookingId: "a" })).toContain("10:00");
  });

  test("the buffers of the session do not stop those who join it", () => {
    const bookings = [session({ bufferBeforeMinutes: 15, bufferAfterMinutes: 15 })];
    const buffered = { ...event, bufferBeforeMinutes: 15, bufferAfterMinutes: 15 };
    expect(onMonday({ event: buffered, bookings })).toBe(
      "09:00 10:00 11:00 11:15 11:30 11:45 12:00 12:15 12:30",
    );
  });

  test("a session of another length or event type cannot be joined", () => {
    const longer = [booking("2026-03-02 10:00", "10:45")];
    const foreign = [session({ sameEventType: false })];
    expect(onMonday({ event, bookings: longer })).not.toContain("10:00");
    expect(onMonday({ event, bookings: foreign })).not.toContain("10:00");
  });

  test("busy time, holds and other bookings still block a session with seats left", () => {
    const bookings = [session()];
    expect(onMonday({ event, bookings, busy: [interval("2026-03-02 10:20", "10:40")] })).not.toContain(
      "10:00",
    );
    expect(onMonday({ event, bookings, holds: [hold("2026-03-02 10:00", "10:30")] })).not.toContain("10:00");
    const other = booking("2026-03-02 10:15", "10:30", { sameEventType: false });
    expect(onMonday({ event, bookings: [...bookings, other] })).not.toContain("10:00");
  });

  test("a session beside one with seats left blocks it when it is too near", () => {
    const bookings = [session(), booking("2026-03-02 10:30", "11:00", { id: "t", bufferBeforeMinutes: 5 })];
    expect(why({ event, bookings }, "10:00")).toMatchObject([{ code: "buffer", bookingId: "t" }]);
    expect(onMonday({ event, bookings })).not.toContain("10:00");
  });

  test.each([undefined, 1])("without seats (%s) a booking takes its slot", (seats) => {
    expect(onMonday({ event: eventType({ seats }), bookings: [session()] })).not.toContain("10:00");
    expect(why({ event: eventType({ seats }), bookings: [session()] }, "10:00")).toMatchObject([
      { code: "booked" },
    ]);
  });
});
