import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { makeOrganizer } from "@/tests/support/organizer";
import { startServer, type TestServer } from "@/tests/support/server";

let database: TestDatabase;
let server: TestServer;

beforeAll(async () => {
  database = await createTestDatabase({ LOG_LEVEL: "silent", WORKER: "off" });
  server = await startServer();
}, 120_000);
afterAll(async () => {
  await server.kill();
  await database.cleanup();
});

const ask = (path: string, language: string) =>
  fetch(`${server.url}${path}`, { headers: { "accept-language": language }, redirect: "manual" });

it("no cache hands a page on to readers of another language or clock", async () => {
  const { handle, slug } = await makeOrganizer();
  for (const path of ["/", "/help", "/sign-in", `/${handle}`, `/${handle}/${slug}`, "/nothing/here"]) {
    const { headers } = await ask(path, "en-US");
    const caching = headers.get("cache-control") ?? "";
    const isKept = !/\bno-store\b/.test(caching) || !/\bprivate\b/.test(caching);
    const varies = (headers.get("vary") ?? "").toLowerCase().includes("accept-language");
    expect(isKept && !varies, `${path} is kept by caches: ${caching}`).toBe(false);
  }
});

it("a page says its language and direction", async () => {
  for (const [asked, lang, dir] of [
    ["tlh, da;q=0.9", "en", "ltr"],
    ["de;q=0.8, ar;q=0.9", "ar", "rtl"],
    ["pt", "pt-BR", "ltr"],
  ] as const) {
    const html = await (await ask("/", asked)).text();
    expect(html).toMatch(new RegExp(`<html[^>]* lang="${lang}"`));
    expect(html).toMatch(new RegExp(`<html[^>]* dir="${dir}"`));
  }
});

it("a language in a page's address is remembered, if it is one of ours", async () => {
  const cookieOf = async (path: string) => (await ask(path, "en")).headers.get("set-cookie") ?? "";
  expect(await cookieOf("/?lang=de-AT")).toMatch(
    /\blang=de-AT; Path=\/; SameSite=Lax; HttpOnly; Max-Age=\d+/,
  );
  for (const path of ["/", "/?lang=tlh", "/?lang=%0d%0aX", "/embed/ines/intro?lang=de"]) {
    expect(await cookieOf(path), path).not.toContain("lang=");
  }
});

it("what programs get is the same in every language", async () => {
  const { handle, slug } = await makeOrganizer();
  const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  const paths = [
    `/api/v1/organizers/${handle}/event-types/${slug}/slots?from=${day(0)}&to=${day(7)}&timeZone=UTC`,
    `/api/v1/organizers/${handle}/event-types/nothing/slots?from=${day(0)}&to=${day(7)}&timeZone=UTC`,
    "/api/v1/openapi.json",
  ];
  for (const path of paths) {
    const [one, other] = await Promise.all(
      ["en-US", "de-DE"].map(async (tag) => (await ask(path, tag)).text()),
    );
    const withoutRequest = (text: string | undefined) => text?.replace(/"requestId":"[^"]*"/, "");
    expect(withoutRequest(one), path).toBe(withoutRequest(other));
  }
});

it("the description of the API is sent compressed, as pages are, and its problems keep their type", async () => {
  for (const path of ["/sign-in", "/api/v1/openapi.json"]) {
    const { headers } = await ask(path, "en");
    expect([headers.get("content-encoding"), headers.get("vary")], path).toEqual([
      "gzip",
      expect.stringMatching(/accept-encoding/i),
    ]);
  }
  const wrong = await fetch(`${server.url}/api/v1/openapi.json`, { method: "POST" });
  expect([wrong.status, wrong.headers.get("content-type")]).toEqual([405, "application/problem+json"]);
});

it("the Japanese font is on pages in Japanese alone, and kept for good", async () => {
  const [, sheet = ""] =
    /<link rel="stylesheet" href="(\/api\/fonts\/[^"]+)"/.exec(await (await ask("/", "ja")).text()) ?? [];
  const css = await ask(sheet, "ja");
  expect(css.headers.get("cache-control")).toContain("immutable");
  const text = await css.text();
  expect(text).not.toContain("latin");
  const [, file = ""] = /url\((\.\/files\/[^)]+)\)/.exec(text) ?? [];
  const font = await fetch(new URL(file, `${server.url}${sheet}`));
  expect([font.status, font.headers.get("content-type")]).toEqual([200, "font/woff2"]);
  expect(await (await ask("/", "de")).text()).not.toContain("/api/fonts/");
  for (const other of ["files/noto-sans-jp-999-wght-normal.woff2", "package.json", "..%2Fpackage.json"]) {
    expect((await ask(sheet.replace("index.css", other), "ja")).status, other).toBe(404);
  }
});
