import { expect, test, vi } from "vitest";
import type { z } from "zod";
import { listEndpoints } from "@/lib/api/endpoints/all";
import { toFieldErrors } from "@/lib/api/problem";
import { checkAnswers } from "@/lib/booking/answers";
import { bookingRequest } from "@/lib/booking/schema";
import { defaultLocale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { describeIssue } from "@/lib/input/describe";
import { maxIssues, parseInput } from "@/lib/input/parse";

/* What a stranger sends costs what its length costs, however many mistakes are in it. */

const createTranslator = vi.hoisted(() => vi.fn());

vi.mock("use-intl/core", async (original) => {
  const actual = await original<typeof import("use-intl/core")>();
  createTranslator.mockImplementation(actual.createTranslator);
  return { ...actual, createTranslator };
});

const manyFields = (count: number, value: unknown = null) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`unknown-${index}`, value]));

const issuesOf = (schema: z.ZodType, value: unknown) => {
  const parsed = parseInput(schema, value);
  return parsed.ok ? [] : parsed.error.issues;
};

const bodies = listEndpoints().flatMap(({ method, path, body }) =>
  body ? [[`${method} ${path}`, body] as const] : [],
);
const queries = listEndpoints().flatMap(({ method, path, query }) =>
  query ? [[`${method} ${path}`, query] as const] : [],
);

test.each([...bodies, ...queries])(
  "%s lists few of many unknown fields and counts the others",
  (_, schema) => {
    const issues = issuesOf(schema, manyFields(20_000));
    expect(issues.length).toBeLessThanOrEqual(maxIssues);
    const named = issues.filter(({ message }) => message === "unknown_field").length;
    const counted = issues.find(({ message }) => message === "unknown_fields")?.values.count ?? 0;
    expect(named).toBe(10);
    expect(named + counted).toBe(20_000);
  },
);

test.each(bodies)("%s stops at a list of many wrong things", (_, body) => {
  const long = Array.from({ length: 20_000 }, () => ({}));
  // Each field by itself, so that none is spared by the mistakes of another.
  const fields = "shape" in body ? Object.keys(body.shape as object) : [];
  for (const field of fields) {
    const parsed = body.safeParse({ [field]: long });
    expect(parsed.error?.issues.length ?? 0, field).toBeLessThan(200);
    const wide = body.safeParse({ [field]: manyFields(20_000) });
    expect(wide.error?.issues.length ?? 0, field).toBeLessThan(200);
  }
});

test("answers to questions that are not asked are not looked at one by one", () => {
  const issues = issuesOf(bookingRequest, { answers: manyFields(20_000) });
  expect(issues.filter(({ path }) => path.startsWith("answers"))).toEqual([
    { path: "answers", message: "too_many", values: { maximum: 100 } },
  ]);
});

test("answers to questions that an event type doesn't have are counted, beyond the first ten", () => {
  const issues = checkAnswers([], manyFields(90, "x") as Record<string, string>);
  expect(issues).toHaveLength(11);
  expect(issues.at(-1)).toEqual({ path: "answers", message: "unknown_fields", values: { count: 80 } });
});

test("a few unknown fields are each named", () => {
  const issues = issuesOf(bookingRequest, { colour: 1, visitor: { shoe: 1 } });
  expect(issues.map(({ path }) => path)).toEqual(expect.arrayContaining(["colour", "visitor.shoe"]));
});

test("complaints beyond those that are listed are counted in words", () => {
  const issues = Array.from({ length: 3_000 }, (_, index) => ({
    path: `answers.q${index}`,
    message: "answer_unknown",
    values: {},
  }));
  const errors = toFieldErrors(issues);
  expect(errors).toHaveLength(maxIssues);
  expect(errors.at(-1)).toEqual({ path: "", message: "There are 2,951 more errors. Correct these first." });
});

test("words for any number of complaints cost one translator for each language", () => {
  createTranslator.mockClear();
  const words = translator("booking", defaultLocale);
  for (let index = 0; index < 1_000; index += 1)
    describeIssue({ message: "unknown_field", values: {} }, defaultLocale);
  expect(translator("booking", defaultLocale)).toBe(words);
  expect(createTranslator.mock.calls.length).toBeLessThanOrEqual(2);
});
