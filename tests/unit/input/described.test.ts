import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { eventTypeChange } from "@/lib/event-types/schema";
import { localeOf, shippedTags } from "@/lib/i18n/languages";
import { describeIssue } from "@/lib/input/describe";
import { atMostEntries } from "@/lib/input/entries";
import { parseInput } from "@/lib/input/parse";
import { line } from "@/lib/input/text";
import { readCatalogue, readMessage } from "@/tests/support/catalogues";

/* A complaint in words has all that its words mention, in every language. The translator says on the console what it lacks. */

const complaints = vi.spyOn(console, "error").mockImplementation(() => {});
afterEach(() => complaints.mockClear());

const manyNames = (count: number, value: unknown = "x") =>
  Object.fromEntries(Array.from({ length: count }, (_, nth) => [`n${nth}`, value]));

/** What is said of a value in each language. */
function describeAll(schema: z.ZodType, value: unknown): string[] {
  const parsed = parseInput(schema, value);
  if (parsed.ok) return [];
  return shippedTags.flatMap((tag) =>
    parsed.error.issues.map((issue) => describeIssue(issue, localeOf(tag))),
  );
}

const cases: Record<z.core.$ZodIssueCode, readonly (readonly [z.ZodType, unknown])[]> = {
  invalid_type: [
    [z.string(), undefined],
    [z.string(), 1],
    [z.array(z.string()), 1],
    [z.date(), 1],
    [z.int(), 1.5],
  ],
  invalid_format: [
    [z.uuid(), "x"],
    [z.iso.date(), "x"],
    [z.string().regex(/^a/), "x"],
  ],
  invalid_value: [
    [z.enum(["a", "b"]), "x"],
    [z.literal(1), 2],
  ],
  too_big: [
    [z.string().max(1), "xx"],
    [z.array(z.string()).max(1), ["x", "x"]],
    [z.number().max(1), 2],
    [z.int(), Number.MAX_VALUE],
    [line(1), "xx"],
    [z.record(z.string(), z.string()).check(atMostEntries(1)), manyNames(2)],
  ],
  too_small: [
    [z.string().min(1), ""],
    [z.array(z.string()).min(1), []],
    [z.number().min(1), 0],
    [z.string().min(8, "password_short"), "x"],
  ],
  not_multiple_of: [[z.number().multipleOf(5), 6]],
  unrecognized_keys: [[z.strictObject({}), manyNames(20)]],
  invalid_union: [[z.union([z.string(), z.number()]), null]],
  invalid_key: [[z.record(z.enum(["a"]), z.string()), { b: "x" }]],
  invalid_element: [[z.map(z.string(), z.string()), new Map([["a", 1]])]],
  custom: [[z.string().refine(() => false), "x"]],
};

test.each(Object.entries(cases))("what Zod calls %s is said in every language", (_, tried) => {
  for (const [schema, value] of tried) {
    const said = describeAll(schema, value);
    expect(said.length).toBeGreaterThanOrEqual(shippedTags.length);
    expect(said.filter((text) => text.startsWith("validation."))).toEqual([]);
  }
  expect(complaints.mock.calls).toEqual([]);
});

test("an event type in too many words says how many it takes", () => {
  const inGerman = (questions: object) => ({ translations: { de: { questions } } });
  const tooMany = [inGerman(manyNames(51, {})), inGerman({ topic: { options: manyNames(101) } })];
  const said = tooMany.map((input) => {
    const parsed = parseInput(eventTypeChange, input);
    const issue = parsed.ok ? undefined : parsed.error.issues.find(({ message }) => message === "too_many");
    return issue && describeIssue(issue, localeOf("en"));
  });
  expect(said).toEqual(["Add up to 50 entries.", "Add up to 100 entries."]);
  expect(complaints.mock.calls).toEqual([]);
});

test("no check without values complains in words that mention one", () => {
  const mentioning = [...readCatalogue("en")]
    .filter(([key, words]) => key.startsWith("validation.") && readMessage(words).parts.length > 0)
    .map(([key]) => key.replace("validation.", ""));
  expect(mentioning).toContain("too_many");
  const files = readdirSync("lib", { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".ts") && !name.includes("generated"),
  );
  const found = files.flatMap((name) => {
    const source = readFileSync(path.join("lib", name), "utf8");
    return [...source.matchAll(new RegExp(`"(?:${mentioning.join("|")})"`, "g"))]
      .filter(({ index }) => [...source.slice(0, index).matchAll(/\.(\w+)\(/g)].at(-1)?.[1] === "refine")
      .map(([message]) => `${name}: ${message}`);
  });
  expect(found).toEqual([]);
});
