import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { book } from "@/lib/booking/book";
import { loadPicker, type PickerRequest } from "@/lib/booking-page/load-picker";
import { getMoveOffer, getPageOffer } from "@/lib/booking-page/offers";
import { readPickerQuery, type SearchParams } from "@/lib/booking-page/picker-query";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { makeOrganizer, requestFor, type TestOrganizer } from "@/tests/support/organizer";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
});
afterAll(() => database.cleanup());

/** A Monday. */
const now = Date.parse("2027-03-01T08:00:00Z");
const officeHours = { weekly: [{ days: [1, 2, 3, 4, 5], start: "09:00", end: "11:00" }] };
const onThePhone = { location: { kind: "phone", value: "+33 1 23 45 67 89" } };

async function pick(organizer: TestOrganizer, params: SearchParams = {}, more: Partial<PickerRequest> = {}) {
  const offer = await getPageOffer(organizer.handle, organizer.slug);
  if (!offer) throw new Error("There is no offer.");
  return loadPicker(offer, {
    query: readPickerQuery(params),
    browserZone: null,
    usualClock: "24",
    weekStartsOn: 1,
    now,
    ...more,
  });
}

const instants = (picker: Awaited<ReturnType<typeof pick>>) =>
  picker.day?.slots.map(({ start }) => new Date(start).toISOString().slice(0, 16));

describe("the picker opens", () => {
  it("the picker opens at the first free day", async () => {
    const picker = await pick(await makeOrganizer({}, officeHours));
    expect(picker).toMatchObject({ month: "2027-03", timeZone: "UTC", zoneFrom: "organizer" });
    expect(picker.day?.date).toBe("2027-03-01");
    expect(instants(picker)).toEqual([
      "2027-03-01T09:00",
      "2027-03-01T09:30",
      "2027-03-01T10:00",
      "2027-03-01T10:30",
    ]);
    expect(picker.nextFreeDate).toBe("2027-03-02");
    expect(picker.previousMonth).toBeNull();
  });

  it("the picker opens at the first free month, when the present one has nothing", async () => {
    const window = { kind: "range", from: "2027-05-03", to: "2027-05-20" };
    const picker = await pick(await makeOrganizer({ window }, officeHours));
    expect(picker).toMatchObject({ month: "2027-05", day: { date: "2027-05-03" }, nextMonth: null });
  });

  it("the picker opens at the day that is asked for, and says where to look when that has nothing", async () => {
    const picker = await pick(await makeOrganizer({}, officeHours), { date: "2027-03-06" });
    expect(picker.day).toEqual({ date: "2027-03-06", slots: [] });
    expect(picker.nextFreeDate).toBe("2027-03-08");
  });

  it("the picker opens at the day of a chosen start, in whatever zone", async () => {
    const organizer = await makeOrganizer({}, { weekly: [{ days: [3], start: "20:00", end: "22:00" }] });
    const picker = await pick(organizer, { start: "2027-03-03T20:30:00Z", tz: "Asia/Tokyo" });
    expect(picker).toMatchObject({ day: { date: "2027-03-04" }, zoneFrom: "chosen", startIsGone: false });
    expect(picker.startsAt).toBe(Date.parse("2027-03-03T20:30:00Z"));
  });

  it("the picker says when a chosen start can't be had", async () => {
    const picker = await pick(await makeOrganizer({}, officeHours), { start: "2027-03-03T12:00:00Z" });
    expect(picker).toMatchObject({ startsAt: null, startIsGone: true, day: { date: "2027-03-03" } });
  });

  it("the picker opens at the first free month again, when the one asked for lies beyond the window", async () => {
    const window = { kind: "rolling", days: 10 };
    const organizer = await makeOrganizer({ window }, officeHours);
    for (const month of ["2027-09", "2020-01"]) {
      expect(await pick(organizer, { month })).toMatchObject({ month: "2027-03", nextMonth: null });
    }
  });

  it("the picker opens with nothing at all, when nothing is ever free", async () => {
    const picker = await pick(await makeOrganizer({}, { weekly: [] }));
    expect(picker).toMatchObject({ month: "2027-03", day: null, nextFreeDate: null });
  });

  it("the picker opens in the zone of the browser, unless another was chosen", async () => {
    const organizer = await makeOrganizer({}, officeHours);
    const browserZone = "America/New_York";
    expect(await pick(organizer, {}, { browserZone })).toMatchObject({
      timeZone: browserZone,
      zoneFrom: "browser",
    });
    expect(await pick(organizer, { tz: browserZone }, { browserZone })).toMatchObject({
      zoneFrom: "browser",
    });
    expect(await pick(organizer, { tz: "Asia/Tokyo" }, { browserZone })).toMatchObject({
      timeZone: "Asia/Tokyo",
      zoneFrom: "chosen",
    });
  });

  it("the picker opens with a length that is offered", async () => {
    const organizer = await makeOrganizer({ durationsMinutes: [30, 60] }, officeHours);
    expect((await pick(organizer, { duration: "60" })).durationMinutes).toBe(60);
    expect((await pick(organizer, { duration: "45" })).durationMinutes).toBe(30);
  });
});

describe("ways to lay out times", () => {
  const datesOf = (picker: Awaited<ReturnType<typeof pick>>) =>
    picker.days.map(({ date, slots }) => `${date} ${slots.length}`);

  it("a month shows the times of one day", async () => {
    const picker = await pick(await makeOrganizer({}, officeHours), { date: "2027-03-02" });
    expect(picker).toMatchObject({ view: null, earlier: null, later: null });
    expect(datesOf(picker)).toEqual(["2027-03-02 4"]);
  });

  it("a week shows its seven days, also over the end of a month, and leads to the weeks around it", async () => {
    const organizer = await makeOrganizer({}, officeHours);
    const picker = await pick(organizer, { view: "week", date: "2027-03-31" });
    expect(datesOf(picker)).toEqual([
      "2027-03-29 4",
      "2027-03-30 4",
      "2027-03-31 4",
      "2027-04-01 4",
      "2027-04-02 4",
      "2027-04-03 0",
      "2027-04-04 0",
    ]);
    expect(picker).toMatchObject({ earlier: "2027-03-22", later: "2027-04-05", day: { date: "2027-03-31" } });
  });

  it("a week starts where the visitor's does, and none is before the first or after the last that has times", async () => {
    const organizer = await makeOrganizer({ window: { kind: "rolling", days: 3 } }, officeHours);
    const picker = await pick(organizer, { view: "week" }, { weekStartsOn: 7 });
    expect(picker.days[0]?.date).toBe("2027-02-28");
    expect(picker).toMatchObject({ earlier: null, later: null });
  });

  it("a week without times says where the next are", async () => {
    const organizer = await makeOrganizer({}, { weekly: [{ days: [1], start: "09:00", end: "10:00" }] });
    await book(requestFor(organizer, "2027-03-08T09:00:00Z"), { now });
    await book(requestFor(organizer, "2027-03-08T09:30:00Z"), { now });
    const picker = await pick(organizer, { view: "week", date: "2027-03-09" });
    expect(picker.days.every(({ slots }) => slots.length === 0)).toBe(true);
    expect(picker.nextFreeDate).toBe("2027-03-15");
  });

  it("a list shows five days that have times, goes on after them, and back to the first", async () => {
    const organizer = await makeOrganizer({}, officeHours);
    const first = await pick(organizer, { view: "list" });
    expect(datesOf(first)).toEqual([1, 2, 3, 4, 5].map((day) => `2027-03-0${day} 4`));
    expect(first).toMatchObject({ earlier: null, later: "2027-03-08" });
    const second = await pick(organizer, { view: "list", date: first.later ?? "" });
    expect(second.days[0]?.date).toBe("2027-03-08");
    expect(second.earlier).toBe("2027-03-01");
  });

  it("a list starts on a day without times with the next that has some, and ends where nothing is left", async () => {
    const organizer = await makeOrganizer({ window: { kind: "rolling", days: 8 } }, officeHours);
    const picker = await pick(organizer, { view: "list", date: "2027-03-06" });
    expect(datesOf(picker)).toEqual(["2027-03-08 4", "2027-03-09 4"]);
    expect(picker).toMatchObject({ later: null, day: { date: "2027-03-08" } });
  });

  it("a chosen start is in sight on any of the days that are shown", async () => {
    const start = "2027-03-03T09:30:00Z";
    for (const view of ["week", "list"]) {
      const picker = await pick(await makeOrganizer({}, officeHours), { view, start });
      expect(picker).toMatchObject({ startsAt: Date.parse(start), startIsGone: false });
    }
  });

  it("a month with one day left shows the first weeks of the next", async () => {
    const organizer = await makeOrganizer({}, officeHours);
    const late = Date.parse("2027-03-31T08:00:00Z");
    const dates = async (at: number) => {
      const { month, weeks } = await pick(organizer, {}, { now: at });
      return [month, weeks.flat().findLast((day) => day !== null)];
    };
    expect(await dates(late)).toEqual(["2027-03", { date: "2027-04-18", times: 0 }]);
    expect(await dates(late - 86_400_000)).toEqual(["2027-03", { date: "2027-03-31", times: 4 }]);
  });

  it("a month with one day left ends with it where the next weeks have nothing", async () => {
    const window = { kind: "range", from: "2027-03-31", to: "2027-03-31" };
    const { weeks } = await pick(await makeOrganizer({ window }, officeHours));
    expect(weeks.flat().findLast((day) => day !== null)?.date).toBe("2027-03-31");
  });

  it("who meets in person sees times by the clocks of the place, whatever they choose", async () => {
    const atHome = { timeZone: "Europe/Paris", ...officeHours };
    const organizer = await makeOrganizer(
      { location: { kind: "in_person", value: "1 rue de Rivoli" } },
      atHome,
    );
    const picker = await pick(organizer, { tz: "Asia/Tokyo" }, { browserZone: "America/New_York" });
    expect(picker).toMatchObject({ timeZone: "Europe/Paris", zoneFrom: "place" });
  });
});

describe("times that the organizer likes best", () => {
  it("times beside a booking are preferred if the organizer says so, on any day that is shown", async () => {
    for (const [preferAdjacentTimes, expected] of [
      [true, ["2027-03-02T09:00", "2027-03-02T10:00"]],
      [false, []],
    ] as const) {
      const organizer = await makeOrganizer({ ...onThePhone, preferAdjacentTimes }, officeHours);
      await book(requestFor(organizer, "2027-03-02T09:30:00Z"), { now });
      const { preferred } = await pick(organizer, { view: "week" });
      expect([...preferred].map((start) => new Date(start).toISOString().slice(0, 16))).toEqual(expected);
    }
  });
});

describe("moving a booking", () => {
  it("when a booking is moved, its own time is free and another's is not", async () => {
    const organizer = await makeOrganizer(onThePhone, officeHours);
    const mine = await book(requestFor(organizer, "2027-03-02T09:30:00Z"), { now });
    const other = await book(requestFor(organizer, "2027-03-02T10:00:00Z"), { now });
    if (!mine.ok || !other.ok) throw new Error("The bookings failed.");
    const move = await getMoveOffer(mine.value.id);
    if (!move) throw new Error("It can't be moved.");
    const { durationMinutes, meetingId } = move;
    const picker = await pick(organizer, { date: "2027-03-02" }, { moving: { durationMinutes, meetingId } });
    expect(instants(picker)).toEqual(["2027-03-02T09:00", "2027-03-02T09:30", "2027-03-02T10:30"]);
  });

  it("nothing is offered for a booking that is none", async () => {
    expect(await getMoveOffer("00000000-0000-7000-8000-000000000000")).toBeNull();
  });
});
