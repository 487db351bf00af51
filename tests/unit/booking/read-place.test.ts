import { describe, expect, it } from "vitest";
import { readPlace } from "@/lib/booking/give-place";

describe("what an organizer enters as a place", () => {
  it.each([
    ["https://meet.example/room?x=1", "link"],
    ["HTTP://meet.example", "link"],
    ["+33 6 12 34 56 78", "phone"],
    ["(030) 123-456", "phone"],
    ["12 Rue de la Paix, Paris", "in_person"],
    ["Room 4", "in_person"],
    ["1234", "in_person"],
    ["https://not a link", "in_person"],
    ["javascript:alert(1)", "in_person"],
  ])("what an organizer enters as a place: %s is a %s", (text, kind) => {
    expect(readPlace(` ${text} `)).toEqual({ kind, value: text });
  });
});
