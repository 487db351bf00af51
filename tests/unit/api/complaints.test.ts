import { expect, test } from "vitest";
import { z } from "zod";
import { listEndpoints } from "@/lib/api/endpoints/all";
import { parseInput } from "@/lib/input/parse";
import validation from "@/messages/en/validation.json";
import { setTestEnvironment } from "@/tests/support/env";

setTestEnvironment();

/** What no field takes, or few do: each kind of JSON value, and some more. */
const oddities = ["", "x", "\u0000", 0.5, -1, 1e9, true, null, [], [0], ["x"], [{}], {}, { kind: "x" }];

/** The names of all fields that a schema has. */
function namesIn(schema: z.ZodType): string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

const asked = listEndpoints().flatMap(({ method, path, query, body }) =>
  [query, body].flatMap((schema) => (schema ? [{ name: `${method} ${path}`, schema }] : [])),
);

test.each(asked)("whatever is wrong with $name is said in our own words", ({ schema }) => {
  const wrong = namesIn(schema).flatMap((name) => oddities.map((value) => ({ [name]: value })));
  for (const value of [...oddities, ...wrong]) {
    const read = parseInput(schema, value);
    const complaints = read.ok ? [] : read.error.issues.map(({ message }) => message);
    for (const complaint of complaints)
      expect(Object.keys(validation), JSON.stringify(value)).toContain(complaint);
  }
});

test("a choice is named with all that can be chosen", () => {
  const read = parseInput(z.object({ size: z.enum(["small", "large"]) }), { size: "huge" });
  expect(read.ok ? [] : read.error.issues).toEqual([
    { path: "size", message: "choice_expected", values: { entry: "small, large" } },
  ]);
});
