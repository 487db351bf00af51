import { afterAll, beforeAll, expect, it } from "vitest";
import { newCapability } from "@/lib/auth/capability";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { makeOrganizer } from "@/tests/support/organizer";
import { startServer, type TestServer } from "@/tests/support/server";

/* Whatever page has a token in its address: no index, no cache and no other site gets to know it. */

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

const title = "Secret consultation";
const token = newCapability();

async function addresses(): Promise<string[]> {
  const { handle, slug } = await makeOrganizer({
    title,
    description: "Of a delicate kind",
    requiresLink: true,
  });
  return [
    `/sign-up?invitation=${token}`,
    `/${handle}/${slug}?link=${token}`,
    `/booking/${token}`,
    `/j/${token}`,
    `/confirm/${token}`,
    `/decide/${token}`,
    `/sign-in?returnTo=${encodeURIComponent(`/account/email/${token}`)}`,
    `/sign-in/link/${token}`,
    `/sign-up/confirm/${token}`,
    `/reset-password/${token}`,
    `/sign-in/link/${token}`,
    `/sign-up/confirm/${token}`,
    `/teams/approval/${token}`,
  ];
}

it("says so in its headers, and in the page", async () => {
  for (const address of await addresses()) {
    const { headers, ...answer } = await fetch(`${server.url}${address}`).then(async (response) => ({
      headers: response.headers,
      html: await response.text(),
    }));
    expect(headers.get("referrer-policy"), address).toBe("no-referrer");
    expect(headers.get("x-robots-tag"), address).toContain("noindex");
    expect(headers.get("cache-control"), address).toContain("no-store");
    expect(answer.html, address).toMatch(/<meta name="robots" content="noindex/);
    expect(answer.html, address).not.toContain(title);
    expect(answer.html, address).not.toContain("delicate");
  }
});

it("nothing of what needs a link is in the page of anyone who has none", async () => {
  const { handle, slug } = await makeOrganizer({
    title,
    description: "Of a delicate kind",
    requiresLink: true,
  });
  const html = await (await fetch(`${server.url}/${handle}/${slug}`)).text();
  expect(html).not.toContain(title);
  expect(html).not.toContain("delicate");
  expect(html).toMatch(/<meta name="robots" content="noindex/);
});

it("security.txt says whom to tell of problems here, and for how long that holds", async () => {
  const response = await fetch(`${server.url}/.well-known/security.txt`);
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/plain; charset=utf-8"]);
  const text = await response.text();
  expect(text).toMatch(/^Contact: (?:mailto|https?):\S+$/m);
  expect(text).toMatch(/^Canonical: \S+\/\.well-known\/security\.txt$/m);
  const expires = Date.parse(/^Expires: (\S+)$/m.exec(text)?.[1] ?? "");
  expect(expires).toBeGreaterThan(Date.now() + 90 * 86_400_000);
  expect(expires).toBeLessThan(Date.now() + 365 * 86_400_000);
});

it("password managers find the page where passwords are changed, and no page where there is none", async () => {
  const change = await fetch(`${server.url}/.well-known/change-password`, { redirect: "manual" });
  expect([change.status, change.headers.get("location")]).toEqual([307, "/account/security"]);
  const probe = "resource-that-should-not-exist-whose-status-code-should-not-be-200";
  expect((await fetch(`${server.url}/.well-known/${probe}`)).status).toBe(404);
});

it("a page without a token is indexed as ever", async () => {
  const { handle, slug } = await makeOrganizer();
  const response = await fetch(`${server.url}/${handle}/${slug}`);
  expect(response.headers.get("x-robots-tag")).toBeNull();
  expect(response.headers.get("referrer-policy")).toBe("strict-origin-when-cross-origin");
});

it("what organizers write is set apart from the direction that the reader's language gives a page", async () => {
  const { handle, slug } = await makeOrganizer({ title: "Call me?", description: "(On +33 4 72 00 00 00.)" });
  const read = async (path: string) =>
    (await fetch(`${server.url}${path}`, { headers: { "accept-language": "ar" } })).text();
  const [profile, page] = [await read(`/${handle}`), await read(`/${handle}/${slug}`)];
  for (const html of [profile, page]) {
    expect(html).toContain('dir="rtl"');
    expect(html).toContain("<bdi>(On +33 4 72 00 00 00.)</bdi>");
  }
  expect(profile).toContain("<bdi>Call me?</bdi>");
});
