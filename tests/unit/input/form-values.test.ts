import { expect, test } from "vitest";
import {
  countMistaken,
  type FormValues,
  rowsOf,
  toFormValues,
  withMovedRow,
  withoutRow,
  withRows,
} from "@/lib/input/form-values";

const values = {
  name: "x",
  "week.1.0.start": "09:00",
  "week.1.0.end": "12:00",
  "week.1.10.start": "20:00",
  "week.1.2.start": "13:00",
  "week.10.0.start": "08:00",
};

test("rows come in order and know only their own fields", () => {
  expect(rowsOf(values, "week.1")).toEqual([
    { start: "09:00", end: "12:00" },
    { start: "13:00" },
    { start: "20:00" },
  ]);
  expect(rowsOf(values, "week.2")).toEqual([]);
});

test("a row's own lists are read from it", () => {
  const [row] = rowsOf({ "dates.0.date": "x", "dates.0.windows.0.start": "09:00" }, "dates");
  expect(rowsOf(row ?? {}, "windows")).toEqual([{ start: "09:00" }]);
});

test("taking a row away moves the later ones up and leaves other lists alone", () => {
  const left = withoutRow(values, "week.1.0");
  expect(rowsOf(left, "week.1")).toEqual([{ start: "13:00" }, { start: "20:00" }]);
  expect(rowsOf(left, "week.10")).toEqual([{ start: "08:00" }]);
  expect(left.name).toBe("x");
});

test("a list can be emptied", () => {
  expect(withRows(values, "week.1", [])).toEqual({ name: "x", "week.10.0.start": "08:00" });
});

test.each(["week.1.9", "week.1.x", "week", ""])("taking away %j, which is no row, takes nothing", (row) => {
  expect(rowsOf(withoutRow(values, row), "week.1")).toHaveLength(3);
});

test("what React adds to a form is not a field of it", () => {
  const formData = new FormData();
  formData.set("$ACTION_ID_1", "");
  formData.set("name", "x");
  expect(toFormValues(formData)).toEqual({ name: "x" });
});

test("a row changes places with the one before or after it, and stays where there is none", () => {
  const values = { title: "x", "hosts.0.name": "a", "hosts.1.name": "b", "hosts.2.name": "c" };
  const names = (moved: FormValues) => rowsOf(moved, "hosts").map(({ name }) => name);
  expect(names(withMovedRow(values, "hosts.2", -1))).toEqual(["a", "c", "b"]);
  expect(names(withMovedRow(values, "hosts.0", 1))).toEqual(["b", "a", "c"]);
  expect(names(withMovedRow(values, "hosts.0", -1))).toEqual(["a", "b", "c"]);
  expect(names(withMovedRow(values, "hosts.2", 1))).toEqual(["a", "b", "c"]);
  expect(withMovedRow(values, "hosts.1", 1).title).toBe("x");
});

test("a list typed into one field is one mistake, and each row of its own another", () => {
  const typed = { guests: "a\nb", "questions.0.label": "", "questions.1.label": "", title: "" };
  expect(countMistaken({ "guests.0": "x", "guests.1": "x", title: "x" }, typed)).toBe(2);
  expect(countMistaken({ "questions.0.label": "x", "questions.1.label": "x", none: "x" }, typed)).toBe(3);
});
