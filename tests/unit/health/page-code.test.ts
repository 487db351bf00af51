import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openPageCode } from "@/scripts/page-code.mjs";

const globals = globalThis as { pagesLoaded?: string[] };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "bellhop-pages-"));
  globals.pagesLoaded = [];
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  delete globals.pagesLoaded;
});

/** A build of pages, each of which notes that it was loaded and then does this. */
function build(pages: string[], then: Record<string, string> = {}) {
  const manifest = Object.fromEntries(pages.map((name) => [name, `app${name}.js`]));
  for (const name of pages) {
    const file = path.join(folder, `app${name}.js`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `globalThis.pagesLoaded.push(${JSON.stringify(name)});\n${then[name] ?? ""}`);
  }
  writeFileSync(path.join(folder, "app-paths-manifest.json"), JSON.stringify(manifest));
  writeFileSync(path.join(folder, "middleware.js"), 'globalThis.pagesLoaded.push("proxy");\n');
  return openPageCode(folder);
}

const admin = "/admin/page";
const profile = "/account/profile/page";
const insights = "/account/insights/page";
const booked = "/booking/[token]/page";
const bookingPage = "/(public)/[handle]/[slug]/page";

it("what visitors come to is loaded first, and nothing else", async () => {
  const code = build([profile, bookingPage, admin]);
  await code.loadFirst();
  expect(globals.pagesLoaded).toEqual(["proxy", bookingPage]);
});

it("every address that visitors come to, and of those who watch over the server, is among the first", async () => {
  const routes = readdirSync("app", { recursive: true, encoding: "utf8" })
    .map((name) => `/${name.split(path.sep).join("/")}`)
    .filter((name) => /\/(?:page\.tsx|route\.ts)$/.test(name))
    .map((name) => name.replace(/\.tsx?$/, ""));
  await build(routes).loadFirst();
  const first = globals.pagesLoaded ?? [];
  for (const wanted of [
    bookingPage,
    "/(public)/[handle]/page",
    "/api/health/ready/route",
    "/api/v1/organizers/[handle]/event-types/[slug]/slots/route",
  ]) {
    expect(first).toContain(wanted);
  }
  expect(first.filter((name) => /^\/(?:account|admin|booking|help|api\/scim)\//.test(name))).toEqual([]);
});

it("the rest is loaded page by page, each when there is time, and where visitors go next before all others", async () => {
  const code = build([profile, bookingPage, booked, insights]);
  await code.loadFirst();
  const before: string[][] = [];
  await code.loadRest(async () => {
    before.push([...(globals.pagesLoaded ?? [])]);
  });
  const first = ["proxy", bookingPage];
  expect(before).toEqual([first, [...first, booked], [...first, booked, profile]]);
  expect(globals.pagesLoaded).toEqual([...first, booked, profile, insights]);
});

it("pages that few people open are loaded when someone does", async () => {
  const code = build([admin, "/help/[page]/page", "/api/v1/admin/audit/route", bookingPage, profile]);
  await code.loadFirst();
  await code.loadRest(async () => {});
  expect(globals.pagesLoaded).toEqual(["proxy", bookingPage, profile]);
});

it("a page that can't be loaded keeps no other from being loaded", async () => {
  const code = build([insights, profile, bookingPage], {
    [insights]: 'throw new Error("no");',
    [profile]: 'module.exports = Promise.reject(new Error("no"));',
  });
  await code.loadFirst();
  await code.loadRest(async () => {});
  expect(globals.pagesLoaded).toEqual(["proxy", bookingPage, insights, profile]);
});
