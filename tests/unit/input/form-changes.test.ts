import { expect, test } from "vitest";
import { changedFields } from "@/lib/input/form-changes";

test.each([
  ["another text", { title: "A" }, { title: "B" }, ["title"]],
  ["a text that was sent and came back", { text: "one\ntwo" }, { text: "one\r\ntwo" }, []],
  ["a box that was ticked", {}, { hidden: "on" }, ["hidden"]],
  ["a box that no longer is", { hidden: "on" }, {}, ["hidden"]],
  ["an empty field that wasn't stored", {}, { seats: "" }, []],
  ["a row that went", { "questions.0.label": "Topic" }, {}, ["questions.0.label"]],
])("what is typed and not stored: %s", (_, stored, typed, expected) => {
  expect(changedFields(stored as Record<string, string>, typed as Record<string, string>)).toEqual(expected);
});
