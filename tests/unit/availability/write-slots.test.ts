import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeSlots } from "@/lib/offers/write-slots";

const instant = fc.integer({ min: Date.UTC(1970, 0), max: Date.UTC(2199, 0) });

describe("slots written as JSON", () => {
  it("slots written as JSON read back as ISO 8601 instants in UTC, whatever the instant", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ start: instant, end: instant })), (slots) => {
        const expected = slots.map(({ start, end }) => ({
          start: new Date(start).toISOString(),
          end: new Date(end).toISOString(),
        }));
        expect(JSON.parse(writeSlots(slots))).toEqual(expected);
      }),
    );
  });
});
