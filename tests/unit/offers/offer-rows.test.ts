import { describe, expect, test } from "vitest";
import { toOffer } from "@/lib/offers/offer";

const hours = [{ days: [1, 2, 3, 4, 5], start: "09:00", end: "17:00" }];

function rowOf(
  id: string,
  { weekly = hours, isBearer = false }: { weekly?: unknown; isBearer?: boolean } = {},
) {
  const words = { slug: "call", title: "Call", description: "", questions: [], translations: {} };
  const rules = { durationsMinutes: [30], window: { kind: "none" }, location: { kind: "none" }, rooms: null };
  const eventType = { id: "e", ...words, ...rules, fallbackLocation: null, rotatingHosts: 1 };
  const person = { id, name: id, handle: id, kind: "rotating", weight: 100, priority: 0 };
  const turns = {
    joinedAt: "2026-01-01T00:00:00Z",
    connectionState: null,
    isReadOnly: false,
  };
  const schedule = {
    timeZone: "UTC",
    scheduleId: `s-${id}`,
    weekly,
    overrides: [],
    travel: [],
    closedDates: {},
  };
  const host = { ...person, ...turns, ...schedule };
  const offer = JSON.stringify({
    name: "Team",
    handle: "team",
    eventType: isBearer ? eventType : null,
    host,
  });
  return { offer, lastTakenAt: null };
}

describe("an offer's rows", () => {
  test("the first row leads, and whichever row bears the event type says what is offered", () => {
    const rows = [rowOf("a"), rowOf("b", { isBearer: true }), rowOf("c")];
    const offer = toOffer(rows);
    expect(offer?.hosts.map(({ id }) => id)).toEqual(["a", "b", "c"]);
    expect(offer).toMatchObject({ eventType: { title: "Call" }, rotatingHosts: 1, timeZone: "UTC" });
    expect(toOffer([rowOf("a")])).toBeNull();
    expect(toOffer([])).toBeNull();
  });

  test("a row that says something else is read as what it says, and one that says the same isn't read again", () => {
    const [before] = toOffer([rowOf("a", { isBearer: true })])?.hosts ?? [];
    const evenings = [{ days: [6], start: "18:00", end: "20:00" }];
    const [changed] = toOffer([rowOf("a", { isBearer: true, weekly: evenings })])?.hosts ?? [];
    expect(changed?.schedule.weekly).toEqual(evenings);
    const [again] = toOffer([rowOf("a", { isBearer: true })])?.hosts ?? [];
    expect(again?.schedule.weekly).toEqual(hours);
    expect(again?.schedule).toBe(before?.schedule);
  });

  test("no one can change what everyone who asks is given", () => {
    const offer = toOffer([rowOf("a", { isBearer: true })]);
    Object.assign(offer?.hosts[0] ?? {}, { weight: 1 });
    expect(toOffer([rowOf("a", { isBearer: true })])?.hosts[0].weight).toBe(100);
    expect(() => Object.assign(offer?.organizer ?? {}, { name: "" })).toThrow(TypeError);
    expect(() => Object.assign(offer?.hosts[0].schedule.weekly ?? [], { length: 0 })).toThrow(TypeError);
    expect(() => Object.assign(offer?.eventType.location ?? {}, { kind: "phone" })).toThrow(TypeError);
  });

  test("when a host was last taken is what the row of this time says", () => {
    const lastTaken = (at: number | null) =>
      toOffer([{ ...rowOf("a", { isBearer: true }), lastTakenAt: at }])?.hosts[0].lastTakenAt;
    expect([lastTaken(null), lastTaken(5), lastTaken(7), lastTaken(null)]).toEqual([null, 5, 7, null]);
  });

  test("a very long row isn't kept", () => {
    const long = rowOf("long", { isBearer: true, weekly: Array.from({ length: 300 }, () => hours[0]) });
    const [first, again] = [toOffer([long])?.hosts[0].schedule, toOffer([long])?.hosts[0].schedule];
    expect(again).toEqual(first);
    expect(again).not.toBe(first);
  });

  test("of thousands of rows those asked for lately are kept", () => {
    const kept = rowOf("kept", { isBearer: true });
    const first = toOffer([kept])?.hosts[0].schedule;
    for (let round = 0; round < 3; round++) {
      for (let index = 0; index < 400; index++) toOffer([rowOf(`${round}-${index}`, { isBearer: true })]);
      expect(toOffer([kept])?.hosts[0].schedule).toBe(first);
    }
    for (let index = 0; index < 600; index++) toOffer([rowOf(`last-${index}`, { isBearer: true })]);
    const anew = toOffer([kept])?.hosts[0].schedule;
    expect(anew).toEqual(first);
    expect(anew).not.toBe(first);
  });

  test("a row that can't be read is refused each time it is read", () => {
    const broken = rowOf("a", { isBearer: true, weekly: "mornings" });
    for (let time = 0; time < 2; time++) expect(() => toOffer([broken])).toThrow("Schedule.weekly of s-a");
  });
});
