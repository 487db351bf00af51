import { afterAll, beforeAll, expect, it } from "vitest";
import { mailPasswordReset } from "@/lib/accounts/reset-password";
import { createApiKey, verifyApiKey } from "@/lib/auth/api-keys";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { book } from "@/lib/booking/book";
import { openLink } from "@/lib/booking-record/links";
import { db } from "@/lib/database/client";
import { replaceSharedLinks } from "@/lib/notifications/replaced-links";
import { prepareJobs } from "@/lib/worker";
import { givenOrganizer } from "@/tests/support/accounts";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { readLinkToken, readMailsTo } from "@/tests/support/mails";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";
import { sendPlainForm, visit } from "@/tests/support/plain-form";
import { startServer, type TestServer } from "@/tests/support/server";

let database: TestDatabase;
let server: TestServer;

beforeAll(async () => {
  database = await createTestDatabase({ LOG_LEVEL: "silent", WORKER: "off" });
  await prepareJobs();
  server = await startServer();
});
afterAll(async () => {
  await server.kill();
  await database.cleanup();
});

it("a replaced link tells nothing, and mails the new one at a press, with or without scripts", async () => {
  const organizer = await makeOrganizer({ title: "First talk", location: { kind: "phone", value: "+331" } });
  const request = requestFor(organizer, hourAhead(3));
  const booked = await book(request);
  if (!booked.ok) throw new Error(booked.error.code);
  const { id: bookingId, token } = booked.value;
  await db().replacedLink.create({ data: { bookingId } });
  await replaceSharedLinks();
  const { tokenSealed } = await db().booking.findUniqueOrThrow({ where: { id: bookingId } });
  const renewed = openLink("manage", bookingId, tokenSealed);

  const page = `${server.url}/booking/${token}`;
  const shown = await visit(page);
  expect([shown.status, shown.html.includes("This link was replaced")]).toEqual([200, true]);
  for (const secret of [renewed, "First talk", `The ${organizer.handle}`, request.visitor.email]) {
    expect(shown.html).not.toContain(secret);
  }
  expect(shown.html).toMatch(/<meta name="robots" content="noindex/);
  expect(await readMailsTo(request.visitor.email)).toEqual([]);
  const sent = await sendPlainForm(page, "Email the new link");
  expect([sent.status, sent.location]).toEqual([303, expect.stringContaining(`/booking/${token}?sent=1`)]);
  expect((await visit(`${page}?sent=1`)).html).toContain("its new link is on the way");
  const [mail, ...others] = await readMailsTo(request.visitor.email);
  expect(others).toEqual([]);
  expect(mail?.text).toContain(`/booking/${renewed}`);
  for (const more of ["/cancel", "/reschedule", "/invite.ics"]) {
    expect((await visit(`${page}${more}`)).status).toBe(404);
  }
  expect((await visit(`${server.url}/booking/${renewed}`)).html).toContain("First talk");
});

it("a copy of a session's cookie opens nothing once its browser has signed out", async () => {
  const ada = await givenOrganizer("ada");
  const { email, password } = ada;
  const entered = await sendPlainForm(`${server.url}/sign-in`, 'name="password"', { email, password });
  const cookie = entered.cookie ?? "";
  const home = `${server.url}/account/bookings`;
  expect((await visit(home, cookie)).status).toBe(200);
  await sendPlainForm(home, "Sign out", {}, cookie);
  const after = await visit(home, cookie);
  expect([after.status, after.location]).toEqual([307, expect.stringContaining("/sign-in?returnTo=")]);
});

it("the page of a reset link asks which API keys go on, and ticks none", async () => {
  const bob = await givenOrganizer("bob");
  const kept = await createApiKey(scopeWithoutRequest(bob.id), "Intranet");
  const ended = await createApiKey(scopeWithoutRequest(bob.id), "Old script");
  await verifyApiKey(kept.apiKey);
  await mailPasswordReset(bob.email);
  const page = `${server.url}/reset-password/${await readLinkToken(bob.email, "/reset-password/")}`;
  const { html } = await visit(page);
  expect(html).toContain("API keys to keep");
  expect(html).toMatch(/Intranet[^<]*last used/);
  expect(html).toMatch(/Old script[^<]*never used/);
  expect(html).not.toMatch(/<input[^>]*type="checkbox"[^>]* checked/);
  const choice = { newPassword: "a wholly new password", [`keptKeys.${kept.id}`]: "on" };
  const done = await sendPlainForm(page, 'name="newPassword"', choice);
  expect(done.location).toContain("/sign-in?notice=password-set");
  expect(await verifyApiKey(kept.apiKey)).toMatchObject({ id: bob.id });
  expect(await verifyApiKey(ended.apiKey)).toBeNull();
});
