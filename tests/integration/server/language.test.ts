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
