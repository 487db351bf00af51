import { expect, test } from "vitest";
import { findUnknownPlaceholder, renderSubject } from "@/lib/format/subject";

const names = { name: "Moreau Tax Advisers", visitor: "Rosa $& {name}", title: "Review" };

test("a subject names whom it is with", () => {
  expect(renderSubject("Online appointment with {name}", names)).toBe(
    "Online appointment with Moreau Tax Advisers",
  );
});

test("a visitor's name is never read as a placeholder or a pattern", () => {
  expect(renderSubject("{title}: {visitor}", names)).toBe("Review: Rosa $& {name}");
});

test.each([
  ["{name} {visitor} {title}", null],
  ["no placeholder", null],
  ["{Name}", "{Name}"],
  ["{}", "{}"],
  ["{constructor}", "{constructor}"],
])("%s has the unknown placeholder %s", (template, unknown) => {
  expect(findUnknownPlaceholder(template)).toBe(unknown);
});
