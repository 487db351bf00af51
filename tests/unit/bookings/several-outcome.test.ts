import { expect, test } from "vitest";
import { readSeveral, severalHref } from "@/app/account/bookings/several-outcome";
import { mostAtOnce } from "@/lib/booking/several";

const id = (last: number) => `0f8fad5b-d9cb-469f-a165-${String(last).padStart(12, "0")}`;

/** As a page gets it. */
function parametersOf(href: string): Record<string, string | string[]> {
  const { searchParams } = new URL(href, "http://here.invalid");
  const entries = [...new Set(searchParams.keys())].map((name) => {
    const values = searchParams.getAll(name);
    return [name, values.length > 1 ? values : (values[0] ?? "")];
  });
  return Object.fromEntries(entries);
}

const many = Array.from({ length: mostAtOnce }, (_, n) => id(n));

test.each([
  { done: [id(1)], left: [] },
  { done: [], left: [id(1), id(2)] },
  { done: [id(1), id(2)], left: [id(3)] },
  { done: [], left: many },
])(
  "what came of doing something with several bookings comes back as it was written in an address",
  (outcome) => {
    const href = severalHref("decline", outcome);
    expect(href.length).toBeLessThan(3000);
    expect(readSeveral(parametersOf(href))).toEqual({ verb: "decline", ...outcome });
  },
);

test.each([
  {},
  { several: "erase", done: id(1) },
  { several: "cancel", done: "2" },
  { several: "cancel", left: [...many, id(99)] },
])("an address that says nothing of several bookings is none: %j", (parameters) => {
  expect(readSeveral(parameters)).toBeNull();
});
