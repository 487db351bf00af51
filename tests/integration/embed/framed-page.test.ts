import { afterAll, beforeAll, expect, it } from "vitest";
import { db } from "@/lib/database/client";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead, makeOrganizer } from "@/tests/support/organizer";
import { sendPlainForm, visit } from "@/tests/support/plain-form";
import { startServer, type TestServer } from "@/tests/support/server";
import { makeTeam } from "@/tests/support/team";

/* The booking page in another website's frame, as a browser gets it that keeps no cookies and runs no script. */

let database: TestDatabase;
let server: TestServer;
const site = "https://www.example.com";

beforeAll(async () => {
  database = await createTestDatabase({ LOG_LEVEL: "silent", WORKER: "off" });
  server = await startServer();
}, 120_000);
afterAll(async () => {
  await server.kill();
  await database.cleanup();
});

const headersOf = async (path: string) =>
  (await fetch(`${server.url}${path}`, { redirect: "manual" })).headers;
const ancestorsOf = async (path: string) =>
  /frame-ancestors ([^;]*)/.exec((await headersOf(path)).get("content-security-policy") ?? "")?.[1];

it("a page is shown in the frames of the websites that its event type names, a team's too", async () => {
  const organizer = await makeOrganizer({ embedOrigins: [site, "http://localhost:8080"] });
  const { handle, slug } = organizer;
  expect(await ancestorsOf(`/embed/${handle}/${slug}`)).toBe(`${site} http://localhost:8080`);
  const headers = await headersOf(`/embed/${handle}/${slug}?lang=de`);
  expect(headers.get("x-frame-options")).toBeNull();
  expect(headers.get("cross-origin-resource-policy")).toBe("cross-origin");
  expect(headers.get("cross-origin-embedder-policy")).toBe("require-corp");
  // The worker that solves a puzzle is refused in an isolated page unless it says the same.
  const { html } = await visit(`${server.url}/embed/${handle}/${slug}`);
  const [script = ""] = html.match(/\/_next\/static\/chunks\/[^"\\]+\.js/) ?? [];
  expect((await headersOf(script)).get("cross-origin-embedder-policy")).toBe("require-corp");
  const team = await makeTeam([organizer], { embedOrigins: ["https://team.example.com"] });
  expect(await ancestorsOf(`/embed/${team.handle}/${team.slug}`)).toBe("https://team.example.com");
});

it("a page is shown nowhere if its event type names no one, and says so to those who open it", async () => {
  const { handle, slug } = await makeOrganizer();
  expect(await ancestorsOf(`/embed/${handle}/${slug}`)).toBe("'none'");
  expect((await headersOf(`/embed/${handle}/${slug}`)).get("x-frame-options")).toBe("DENY");
  const { html } = await visit(`${server.url}/embed/${handle}/${slug}`);
  expect(html).toContain("Other websites can&#x27;t show this page");
  expect(html).toContain(`href="/${handle}/${slug}"`);
  expect(html).not.toContain("Confirm booking");
  expect(await ancestorsOf("/embed/no-one/nothing")).toBe("'none'");
});

it("every other page refuses frames, whatever an event type says", async () => {
  const { handle, slug } = await makeOrganizer({ embedOrigins: [site] });
  const pages = [`/${handle}/${slug}`, `/${handle}`, "/sign-in", "/booking/x", "/account", "/embed", "/"];
  for (const page of [...pages, `/embed/${handle}`]) {
    expect(await ancestorsOf(page), page).toBe("'none'");
    expect((await headersOf(page)).get("x-frame-options"), page).toBe("DENY");
  }
});

it("an organizer's own preview is for Bellhop's pages alone", async () => {
  const { handle, slug } = await makeOrganizer({ embedOrigins: [site] });
  expect(await ancestorsOf(`/embed/${handle}/${slug}?preview=1`)).toBe("'self'");
});

it("a visitor books in the frame, and sees the booking in the same frame, look, and language", async () => {
  const phone = { kind: "phone", value: "+33 1 23 45 67 89" };
  const redirectUrl = "https://www.example.com/thanks";
  const { handle, slug } = await makeOrganizer({ embedOrigins: [site], location: phone, redirectUrl });
  const start = hourAhead(3).replace(".000Z", "Z");
  const page = `${server.url}/embed/${handle}/${slug}?start=${start}&theme=dark&lang=en-GB&zone=Asia/Tokyo&utm_source=newsletter&utm_term=tax%20law`;
  const { html } = await visit(page);
  expect(html).toMatch(/<html[^>]*data-theme="dark"/);
  expect(html).toContain("your browser");
  expect(html).not.toContain(`href="/${handle}"`);
  const sent = await sendPlainForm(page, 'name="email"', {
    name: "Frida Frame",
    email: "frida@example.com",
    start,
  });
  expect(sent.status).toBe(303);
  const booking = await db().booking.findFirstOrThrow({ where: { visitorEmail: "frida@example.com" } });
  expect(booking).toMatchObject({
    visitorTimeZone: "Asia/Tokyo",
    visitorLocale: "en-GB",
    utm: { source: "newsletter", term: "tax law" },
  });
  const shown = new URL(sent.location ?? "", server.url);
  expect(shown.pathname).toMatch(new RegExp(`^/embed/${handle}/${slug}/booked/[\\w-]{20,}$`));
  expect(shown.search).toBe("?lang=en-GB&theme=dark&zone=Asia%2FTokyo");
  expect(await ancestorsOf(`${shown.pathname}${shown.search}`)).toBe(site);
  const after = await visit(`${server.url}${shown.pathname}${shown.search}`);
  expect(after.html).toMatch(/<html[^>]*data-theme="dark"/);
  expect(after.html).toContain("Frida Frame");
  // Whatever changes the booking opens outside of the frame.
  const manage = after.html.match(/<a [^>]*href="\/booking\/[^>]*>/g) ?? [];
  expect(manage.length).toBeGreaterThan(0);
  for (const link of manage) expect(link).toContain('target="_blank"');
  expect(after.html).toMatch(/<a [^>]*href="https:\/\/www\.example\.com\/thanks[^>]*target="_top"/);
  expect(after.html).not.toContain("<form");
});

it("a page shows the bookings of its own event type alone", async () => {
  const { handle, slug } = await makeOrganizer({ embedOrigins: [site], location: { kind: "none" } });
  const start = hourAhead(4).replace(".000Z", "Z");
  const fields = { name: "Otto Other", email: "otto@example.com", start };
  const sent = await sendPlainForm(
    `${server.url}/embed/${handle}/${slug}?start=${start}`,
    'name="email"',
    fields,
  );
  const token = sent.location?.split("/").at(-1) ?? "";
  const other = await makeOrganizer({ embedOrigins: ["https://else.example"] });
  const address = `/embed/${other.handle}/${other.slug}/booked/${token}`;
  expect(await visit(`${server.url}${address}`)).toMatchObject({ status: 404 });
  expect(await visit(`${server.url}${sent.location}`)).toMatchObject({ status: 200 });
});

it("nothing of what needs a link is in the frame of anyone who has none", async () => {
  for (const embedOrigins of [[], [site]]) {
    const { handle, slug } = await makeOrganizer({ title: "Secret talk", requiresLink: true, embedOrigins });
    const { html } = await visit(`${server.url}/embed/${handle}/${slug}`);
    expect(html).not.toContain("Secret talk");
    expect(html).not.toContain("Confirm booking");
  }
});

it("embed.js is for every website, isolated ones too", async () => {
  const headers = await headersOf("/embed.js");
  expect(headers.get("content-type")).toMatch(/javascript/);
  expect(headers.get("cross-origin-resource-policy")).toBe("cross-origin");
  expect(headers.get("access-control-allow-origin")).toBe("*");
  expect(headers.get("cache-control")).toBe("public, max-age=3600");
});
