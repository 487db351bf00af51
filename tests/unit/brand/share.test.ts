import { expect, test } from "vitest";
import { showBrand } from "@/lib/brand/read";
import { sharePicturePath, toDrawable } from "@/lib/brand/share";

test.each([
  ["Erstgespräch – 30 Minuten", "Erstgespräch – 30 Minuten"],
  ["Łódź & Žilina: “tour”", "Łódź & Žilina: “tour”"],
  ["Coffee ☕️ chat 👩🏽‍💻", "Coffee chat"],
  ["Made with 🇫🇷 ®", "Made with ®"],
  ["初回面談", null],
  ["Talk שלום", null],
  ["🎉", null],
])("%s is drawn as %s", (text, drawn) => {
  expect(toDrawable(text)).toBe(drawn);
});

test("the address of a shared picture changes with what is drawn on it, and with nothing else", () => {
  const page = { handle: "ada", slug: "talk", title: "Talk", durationsMinutes: [30], locale: "en" };
  const brand = showBrand(null, null, "Ada");
  const url = sharePicturePath(page, brand);
  expect(url).toMatch(/^\/api\/brand\/share\/ada\/talk\?lang=en&v=[0-9a-f]{12}$/);
  expect(sharePicturePath(page, { ...brand, welcome: "Hello" })).toBe(url);
  for (const other of [
    sharePicturePath({ ...page, title: "Chat" }, brand),
    sharePicturePath({ ...page, durationsMinutes: [15] }, brand),
    sharePicturePath(page, { ...brand, name: "Ada & Co" }),
    sharePicturePath(page, { ...brand, accent: "#7a1fa2" }),
    sharePicturePath(page, { ...brand, logo: { path: "/x.png", width: 1, height: 1 } }),
  ]) {
    expect(other).not.toBe(url);
  }
});
