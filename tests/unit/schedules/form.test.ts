import { expect, test } from "vitest";
import { parseInput } from "@/lib/input/parse";
import { readScheduleValues, scheduleForm, toScheduleValues } from "@/lib/schedules/form";
import { changeScheduleValues } from "@/lib/schedules/form-rows";

const schedule = {
  name: "Office hours",
  timeZone: "Europe/Paris",
  weekly: [
    { days: [1, 2, 3], start: "09:00", end: "12:00" },
    { days: [1], start: "13:00", end: "24:00" },
  ],
  overrides: [
    { date: "2027-01-01", windows: [] },
    { date: "2027-01-02", windows: [{ start: "10:00", end: "24:00" }] },
  ],
  travel: [{ from: "2027-03-01", to: "2027-03-05", timeZone: "Asia/Tokyo" }],
};
const read = (values: Record<string, string>) => parseInput(scheduleForm, readScheduleValues(values));

test("a schedule goes through its form and comes out the same", () => {
  expect(read(toScheduleValues(schedule))).toEqual({ ok: true, value: schedule });
});

test("complaints are named like the fields", () => {
  const values = {
    ...toScheduleValues(schedule),
    "week.1.1.start": "18:00",
    "week.1.1.end": "17:00",
    "overrides.0.date": "",
    name: "",
  };
  const parsed = read(values);
  expect(parsed.ok ? [] : parsed.error.issues.map(({ path }) => path)).toEqual([
    "name",
    "week.1.1.end",
    "overrides.0.date",
  ]);
});

test("hours are added behind the last ones of the day, or as the usual ones", () => {
  const values = toScheduleValues(schedule);
  expect(changeScheduleValues(values, "add-window:week.2")).toMatchObject({
    "week.2.1.start": "13:00",
    "week.2.1.end": "14:00",
  });
  expect(changeScheduleValues(values, "add-window:week.7")).toMatchObject({
    "week.7.0.start": "09:00",
    "week.7.0.end": "17:00",
  });
  expect(changeScheduleValues(values, "add-window:overrides.0.windows")).toMatchObject({
    "overrides.0.windows.0.start": "09:00",
  });
  expect(changeScheduleValues(values, "add-window:week.1")).toMatchObject({ "week.1.2.start": "" });
});

test("hours and dates are taken away", () => {
  const values = toScheduleValues(schedule);
  const closedTuesday = read({ ...changeScheduleValues(values, "remove:week.2.0") });
  expect(closedTuesday.ok && closedTuesday.value.weekly[0]?.days).toEqual([1, 3]);
  const oneDate = read({ ...changeScheduleValues(values, "remove:overrides.0") });
  expect(oneDate.ok && oneDate.value.overrides).toEqual([schedule.overrides[1]]);
});

test("a day is copied to the days that are ticked, and to no other", () => {
  const values = { ...toScheduleValues(schedule), "copy.1.5": "on", "copy.1.6": "on", "copy.2.7": "on" };
  const copied = changeScheduleValues(values, "copy:1");
  expect(Object.keys(copied).some((name) => name.startsWith("copy."))).toBe(false);
  const parsed = read({ ...copied });
  expect(parsed.ok && parsed.value.weekly).toEqual([
    { days: [1, 2, 3, 5, 6], start: "09:00", end: "12:00" },
    { days: [1, 5, 6], start: "13:00", end: "24:00" },
  ]);
});

test("an intent that is none changes nothing", () => {
  const values = toScheduleValues(schedule);
  expect(changeScheduleValues(values, "nonsense:x")).toEqual(values);
});

test("hours are painted over neighbouring days: opened time merges, closed time is cut out", () => {
  const values = toScheduleValues(schedule);
  const weekly = (...intents: string[]) => {
    const parsed = read(intents.reduce(changeScheduleValues, values));
    return parsed.ok ? parsed.value.weekly : parsed.error.issues;
  };
  expect(weekly("open:1-2,720-780")).toEqual([
    { days: [1], start: "09:00", end: "24:00" },
    { days: [2], start: "09:00", end: "13:00" },
    { days: [3], start: "09:00", end: "12:00" },
  ]);
  expect(weekly("close:1-3,600-660")).toEqual([
    { days: [1, 2, 3], start: "09:00", end: "10:00" },
    { days: [1, 2, 3], start: "11:00", end: "12:00" },
    { days: [1], start: "13:00", end: "24:00" },
  ]);
  expect(weekly("close:1-7,0-1440", "open:7-7,1380-1440")).toEqual([
    { days: [7], start: "23:00", end: "24:00" },
  ]);
});

test("a date is added once", () => {
  const values = toScheduleValues(schedule);
  expect(changeScheduleValues(values, "add-date:2027-01-01")).toBe(values);
  expect(changeScheduleValues(values, "add-date:2027-01-03")).toMatchObject({
    "overrides.2.date": "2027-01-03",
  });
});

test("a journey is added in the schedule's zone and taken away", () => {
  const added = changeScheduleValues(toScheduleValues(schedule), "add-travel:");
  expect(added).toMatchObject({ "travel.1.from": "", "travel.1.timeZone": "Europe/Paris" });
  const left = read(changeScheduleValues(added, "remove:travel.1"));
  expect(left).toEqual({ ok: true, value: schedule });
});
