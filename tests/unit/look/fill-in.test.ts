import { expect, it } from "vitest";
import { fillIn } from "@/lib/i18n/fill-in";

it("placeholders of a message are filled in wherever they are, and unknown ones are left", () => {
  expect(fillIn("{day}, {from}–{to} ({day})", { day: "Monday", from: "9:00" })).toBe(
    "Monday, 9:00–{to} (Monday)",
  );
});

it("a value is written as it is, even when it looks like a placeholder or a pattern", () => {
  expect(fillIn("Remove {name}", { name: "$& {name}" })).toBe("Remove $& {name}");
});
