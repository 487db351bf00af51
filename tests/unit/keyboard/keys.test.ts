import { describe, expect, it, test } from "vitest";
import { findCommands } from "@/components/keyboard/commands";
import { areSingleKeysOn, deedOf } from "@/components/keyboard/keys";

const usual = { singleKeys: true, afterG: false, isTyping: false, isOnBooking: false };
const plain = { code: "", ctrlKey: false, metaKey: false, altKey: false };
const press = (key: string, more = {}, around = {}) =>
  deedOf({ ...plain, key, ...more }, { ...usual, ...around });

describe("keys of an organizer's pages", () => {
  it("keys of an organizer's pages show the keys, search, and go from booking to booking", () => {
    expect(["?", "/", "j", "k", "J", "x", "b"].map((key) => press(key))).toEqual([
      "keys",
      "search",
      "next",
      "previous",
      "next",
      null,
      null,
    ]);
  });

  it("keys of an organizer's pages lead elsewhere after a g, and the letter alone does nothing", () => {
    expect(press("g")).toBe("first");
    const after = ["b", "e", "a", "j", "g"].map((key) => press(key, {}, { afterG: true }));
    expect(after).toEqual(["bookings", "eventTypes", "availability", null, "first"]);
  });

  it("keys of an organizer's pages leave arrows to the page, but from one booking to the next", () => {
    expect(press("ArrowDown")).toBeNull();
    expect(press("ArrowDown", {}, { isOnBooking: true })).toBe("next");
    expect(press("ArrowUp", {}, { isOnBooking: true })).toBe("previous");
  });

  it("keys of an organizer's pages are letters while someone types, and nothing where they are off", () => {
    for (const around of [{ isTyping: true }, { singleKeys: false }]) {
      for (const key of ["?", "/", "j", "g"]) expect(press(key, {}, around)).toBeNull();
      expect(press("ArrowDown", {}, { ...around, isOnBooking: true })).toBeNull();
      expect(press("k", { ctrlKey: true }, around)).toBe("commands");
      expect(press("K", { metaKey: true }, around)).toBe("commands");
    }
  });

  it("keys of an organizer's pages leave what browsers and screen readers do with others alone", () => {
    for (const more of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }]) {
      for (const key of ["?", "/", "j", "g"]) expect(press(key, more)).toBeNull();
    }
    expect(press("k", { ctrlKey: true, altKey: true })).toBeNull();
    expect(press("k", { ctrlKey: true, metaKey: true })).toBeNull();
  });

  it("keys of an organizer's pages are where they are on keyboards of other scripts", () => {
    expect(press("ח", { code: "KeyJ" })).toBe("next");
    expect(press("ل", { code: "KeyG" })).toBe("first");
    expect(press("ל", { code: "KeyK", ctrlKey: true })).toBe("commands");
    expect(press("؟", { code: "Slash" })).toBe("keys");
    expect(press("ö", { code: "KeyJ" })).toBeNull();
  });
});

test("single keys are on until someone turns them off", () => {
  expect([undefined, "", "on", "off"].map(areSingleKeysOn)).toEqual([true, true, true, false]);
});

test("a command is found by any parts of its name and its group's, without capitals and accents", () => {
  const groups = [
    { id: "pages", label: "Pages", commands: [{ href: "/a", label: "Availability" }] },
    {
      id: "event-types",
      label: "Event types",
      commands: [
        { href: "/b", label: "Élan talk" },
        { href: "/c", label: "Consultation" },
      ],
    },
  ];
  const hrefs = (query: string) =>
    findCommands(groups, query).flatMap(({ commands }) => commands.map(({ href }) => href));
  expect(hrefs(" ")).toEqual(["/a", "/b", "/c"]);
  expect(hrefs("AVAIL")).toEqual(["/a"]);
  expect(hrefs("talk elan")).toEqual(["/b"]);
  expect(hrefs("event consult")).toEqual(["/c"]);
  expect(findCommands(groups, "nothing of it")).toEqual([]);
});
