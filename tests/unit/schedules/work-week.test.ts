import { expect, test } from "vitest";
import { workWeekOf } from "@/lib/schedules/work-week";
import { instantOfWallTime } from "@/lib/slot-engine/zone";

const zone = "Europe/Paris";
const at = (date: string, time: string) => new Date(instantOfWallTime(date, time, zone));
const work = (date: string, start: string, end: string) => ({
  startsAt: at(date, start),
  endsAt: at(date, end),
});
/** The same weekday in several weeks in a row. */
const weeks = (first: string, count: number, start: string, end: string) =>
  Array.from({ length: count }, (_, index) => {
    const date = new Date(Date.parse(first) + index * 7 * 24 * 3600_000).toISOString().slice(0, 10);
    return work(date, start, end);
  });
// 8 March 2027 is a Monday; Paris changes its clocks on 28 March.
const [monday, tuesday] = ["2027-03-08", "2027-03-09"];

test("days with the same hours are one window, across a change of clocks", () => {
  expect(
    workWeekOf([...weeks(monday, 5, "09:00", "17:00"), ...weeks(tuesday, 5, "09:00", "17:00")], zone),
  ).toEqual([{ days: [1, 2], start: "09:00", end: "17:00" }]);
});

test("hours at the office and at home that touch are one window, a break between them is kept", () => {
  const day = [
    ...weeks(monday, 2, "08:00", "12:00"),
    ...weeks(monday, 2, "12:00", "14:00"),
    ...weeks(monday, 2, "15:00", "18:00"),
  ];
  expect(workWeekOf(day, zone)).toEqual([
    { days: [1], start: "08:00", end: "14:00" },
    { days: [1], start: "15:00", end: "18:00" },
  ]);
});

test("a day that is worked once is no habit, one of every other week is", () => {
  const saturday = [work("2027-03-13", "10:00", "12:00")];
  const everyOther = [work("2027-03-12", "09:00", "13:00"), work("2027-03-26", "09:00", "13:00")];
  expect(workWeekOf([...saturday, ...everyOther], zone)).toEqual([
    { days: [5], start: "09:00", end: "13:00" },
  ]);
});

test("a weekday is as it is most often; of two equally frequent ways the later one counts", () => {
  const mostly = [...weeks(monday, 3, "09:00", "17:00"), work("2027-03-29", "09:00", "12:00")];
  expect(workWeekOf(mostly, zone)).toEqual([{ days: [1], start: "09:00", end: "17:00" }]);
  const changing = [...weeks(monday, 2, "09:00", "17:00"), ...weeks("2027-03-22", 2, "10:00", "18:00")];
  expect(workWeekOf(changing, zone)).toEqual([{ days: [1], start: "10:00", end: "18:00" }]);
});

test("a night shift is split at midnight, and a day to its last second ends at 24:00", () => {
  const night = [monday, "2027-03-15"].map((date) => ({
    startsAt: at(date, "22:00"),
    endsAt: new Date(at(date, "22:00").getTime() + 8 * 3600_000),
  }));
  expect(workWeekOf(night, zone)).toEqual([
    { days: [1], start: "22:00", end: "24:00" },
    { days: [2], start: "00:00", end: "06:00" },
  ]);
  const whole = ["2027-03-10", "2027-03-17"].map((date) => ({
    startsAt: at(date, "00:00"),
    endsAt: new Date(at(date, "23:59").getTime() + 59_000),
  }));
  expect(workWeekOf(whole, zone)).toEqual([{ days: [3], start: "00:00", end: "24:00" }]);
});

test("the week is the one of the zone", () => {
  const late = [monday, "2027-03-15"].map((date) => work(date, "23:00", "23:30"));
  expect(workWeekOf(late, "Asia/Tokyo")).toEqual([{ days: [2], start: "07:00", end: "07:30" }]);
  expect(workWeekOf([], zone)).toEqual([]);
});
