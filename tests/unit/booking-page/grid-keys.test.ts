import { describe, expect, test } from "vitest";
import { dateAfterKey } from "@/components/booking-page/grid-keys";

const monday = 1;
const sunday = 7;

describe("keys in the month", () => {
  test.each([
    ["ArrowLeft", "2026-12-01", "2026-11-30"],
    ["ArrowRight", "2026-12-31", "2027-01-01"],
    ["ArrowUp", "2026-12-03", "2026-11-26"],
    ["ArrowDown", "2026-12-10", "2026-12-17"],
    ["Home", "2026-12-10", "2026-12-07"],
    ["End", "2026-12-10", "2026-12-13"],
    ["Home", "2026-12-07", "2026-12-07"],
    ["End", "2026-12-13", "2026-12-13"],
    ["PageUp", "2026-12-31", "2026-11-30"],
    ["PageDown", "2027-01-31", "2027-02-28"],
  ])("the key %s leads from %s to %s in the month", (key, from, to) => {
    expect(dateAfterKey(key, false, from, monday)).toBe(to);
  });

  test("with Shift, the page keys move by years in the month", () => {
    expect(dateAfterKey("PageUp", true, "2028-02-29", monday)).toBe("2027-02-28");
    expect(dateAfterKey("PageDown", true, "2026-12-10", monday)).toBe("2027-12-10");
  });

  test("a week that starts on Sunday ends on Saturday", () => {
    expect(dateAfterKey("Home", false, "2026-12-10", sunday)).toBe("2026-12-06");
    expect(dateAfterKey("End", false, "2026-12-10", sunday)).toBe("2026-12-12");
    expect(dateAfterKey("Home", false, "2026-12-06", sunday)).toBe("2026-12-06");
  });

  test("other keys move nothing in the month", () => {
    expect(dateAfterKey("Tab", false, "2026-12-10", monday)).toBeNull();
    expect(dateAfterKey("Enter", false, "2026-12-10", monday)).toBeNull();
  });
});
