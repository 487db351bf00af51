import { expect, test } from "vitest";
import { isolated } from "@/lib/format/isolate";
import { localeOf } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";

test("a number or an address keeps its own direction where words are read from right to left", () => {
  expect(isolated("+33 1 23", localeOf("he"))).toBe("\u2068+33 1 23\u2069");
  expect(isolated("12 Rue des Lilas", localeOf("ar"))).toBe("\u206812 Rue des Lilas\u2069");
  expect(isolated("12 Rue des Lilas", localeOf("pl"))).toBe("12 Rue des Lilas");
  expect(isolated("", localeOf("ar"))).toBe("");
});

test("the minutes of a Teams meeting stay beside their number where words are read from right to left", () => {
  for (const tag of ["ar", "he"]) {
    const said = translator("booking", localeOf(tag))("visit.place.teams", {
      minutes: 30,
      value: "",
      name: "",
    });
    expect(said).toMatch(/^Microsoft Teams\u200f/);
  }
});
