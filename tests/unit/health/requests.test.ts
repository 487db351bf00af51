import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RouteOf, readRoutes } from "@/lib/health/requests";

let folder: string;
let routeOf: RouteOf;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "bellhop-routes-"));
  const manifest = {
    staticRoutes: [{ page: "/" }, { page: "/admin" }],
    dynamicRoutes: [
      { page: "/booking/[token]", regex: "^/booking/([^/]+?)(?:/)?$" },
      { page: "/[handle]", regex: "^/([^/]+?)(?:/)?$" },
    ],
  };
  await writeFile(path.join(folder, "routes-manifest.json"), JSON.stringify(manifest));
  routeOf = readRoutes(folder);
});
afterAll(() => rm(folder, { recursive: true }));

test.each([
  ["/", "/"],
  ["/admin?state=open", "/admin"],
  ["/booking/kept-from-everyone", "/booking/[token]"],
  ["/ines?month=2026-12", "/[handle]"],
  ["/_next/static/chunks/a.js", "(file)"],
  ["/icon.svg", "(file)"],
  ["/booking/a/b/c", "(none)"],
])("%s is counted as %s", (address, route) => {
  expect(routeOf(address)).toBe(route);
});

test("without a build nothing has a route, and no address is taken for one", () => {
  expect(readRoutes(path.join(folder, "elsewhere"))("/booking/kept-from-everyone")).toBe("(none)");
});
