import { describe, expect, test } from "vitest";
import { adjacentStarts } from "@/lib/slot-engine/adjacent";

const minute = 60_000;
const at = (time: string) => Date.parse(`2027-03-01T${time}:00Z`);
const slot = (time: string) => ({ start: at(time), end: at(time) + 30 * minute });
const stretch = (start: string, end: string) => ({ start: at(start), end: at(end) });
const halfHours = ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30", "12:00"].map(slot);

const event = { durationsMinutes: [30, 60], bufferBeforeMinutes: 0, bufferAfterMinutes: 0 };
const own = { id: "own", sameEventType: true, bufferBeforeMinutes: 0, bufferAfterMinutes: 0 };
type Question = Parameters<typeof adjacentStarts>[1];
const host = (more: Partial<Question["hosts"][number]>): Question["hosts"][number] => ({
  id: "ines",
  kind: "fixed",
  schedule: { timeZone: "UTC", weekly: [], overrides: [] },
  bookings: [],
  busy: [],
  ...more,
});

function adjacent(hosts: Question["hosts"], more: Partial<Question> = {}, slots = halfHours): string[] {
  const starts = adjacentStarts(slots, { event, hosts, ...more });
  return [...starts].map((start) => new Date(start).toISOString().slice(11, 16));
}

describe("times beside what is there already", () => {
  test("an empty calendar prefers nothing", () => {
    expect(adjacent([host({})])).toEqual([]);
  });

  test("they are the last before it and the first after it", () => {
    const free = halfHours.filter(({ start }) => start !== at("10:30"));
    expect(adjacent([host({ busy: [stretch("10:30", "11:00")] })], {}, free)).toEqual(["10:00", "11:00"]);
    expect(adjacent([host({ bookings: [{ ...own, ...stretch("10:30", "11:00") }] })], {}, free)).toEqual([
      "10:00",
      "11:00",
    ]);
  });

  test("less than a step may be left between them, a whole step may not", () => {
    expect(adjacent([host({ busy: [stretch("08:00", "08:45")] })])).toEqual(["09:00"]);
    expect(adjacent([host({ busy: [stretch("08:00", "08:30")] })])).toEqual([]);
    expect(
      adjacent([host({ busy: [stretch("08:00", "08:45")] })], {
        event: { ...event, slotIntervalMinutes: 15 },
      }),
    ).toEqual([]);
  });

  test("buffers are no gap: its own, and those of a booking", () => {
    const buffered = { ...event, bufferBeforeMinutes: 30, bufferAfterMinutes: 60 };
    expect(adjacent([host({ busy: [stretch("08:00", "08:30")] })], { event: buffered })).toEqual(["09:00"]);
    expect(adjacent([host({ busy: [stretch("13:30", "14:00")] })], { event: buffered })).toEqual(["12:00"]);
    const long = { ...own, bufferBeforeMinutes: 30, bufferAfterMinutes: 60 };
    expect(adjacent([host({ bookings: [{ ...long, ...stretch("07:30", "08:00") }] })])).toEqual(["09:00"]);
    expect(adjacent([host({ bookings: [{ ...long, ...stretch("13:00", "14:00") }] })])).toEqual(["12:00"]);
  });

  test("a meeting with seats left is beside itself", () => {
    expect(adjacent([host({ bookings: [{ ...own, ...stretch("10:00", "10:30") }] })])).toEqual([
      "09:30",
      "10:00",
      "10:30",
    ]);
  });

  test("any of the hosts will do, and a booking that is being moved is no one's neighbour", () => {
    const free = host({ id: "jo" });
    const taken = host({ bookings: [{ ...own, ...stretch("12:30", "13:00") }] });
    expect(adjacent([free, taken])).toEqual(["12:00"]);
    expect(adjacent([free, taken], { excludeBookingId: "own" })).toEqual([]);
  });

  test("all time taken, as of a calendar that can't be read, is beside nothing", () => {
    expect(adjacent([host({ busy: [{ start: -Infinity, end: Infinity }] })])).toEqual([]);
  });
});
