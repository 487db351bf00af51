import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";

const script = readFileSync("public/embed.js");

it("embed.js is at most 6 KiB on its way", () => {
  expect(gzipSync(script, { level: 9 }).length).toBeLessThanOrEqual(6 * 1024);
});

it("embed.js needs nothing that a strict content security policy or Trusted Types refuse", () => {
  expect(script.toString()).not.toMatch(
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|setAttribute\("style|<style/,
  );
});

it("embed.js uses no cookies and no storage, and loads nothing but the page", () => {
  expect(script.toString()).not.toMatch(/document\.cookie|localStorage|sessionStorage|\bfetch\(|\bimport\b/);
});
