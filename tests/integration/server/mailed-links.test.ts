import { afterAll, beforeAll, expect, test } from "vitest";
import { changeEmail } from "@/lib/accounts/change-email";
import { createSignInLink } from "@/lib/accounts/sign-in-link";
import { signUp, signUpInput } from "@/lib/accounts/sign-up";
import { db } from "@/lib/database/client";
import { defaultLocale } from "@/lib/i18n/languages";
import { atBrowserOf, givenOrganizer, prepareMailQueue } from "@/tests/support/accounts";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { readLinkToken } from "@/tests/support/mails";
import { sendPlainForm, visit } from "@/tests/support/plain-form";
import { startServer, type TestServer } from "@/tests/support/server";

/* The pages behind links of accounts, as a browser without scripts shows and sends them. Looking at one changes nothing. */

let database: TestDatabase;
let server: TestServer;

beforeAll(async () => {
  database = await createTestDatabase({
    LOG_LEVEL: "silent",
    WORKER: "off",
    SIGN_UP: "open",
    SMTP_URL: "smtp://127.0.0.1:1",
  });
  await prepareMailQueue();
  server = await startServer();
}, 120_000);
afterAll(async () => {
  await server.kill();
  await database.cleanup();
});

const at = (path: string) => `${server.url}${path}`;

/** Opens the sign-in link of the operator for someone, which is the shortest way to a session. */
async function enter(userId: string): Promise<{ path: string; cookie: string; location: string | null }> {
  const made = await createSignInLink(userId);
  if (!made.ok) throw new Error(made.error.code);
  const path = new URL(made.value.url).pathname;
  const { cookie, location } = await sendPlainForm(at(path), "submit");
  return { path, cookie: cookie ?? "", location };
}

test("the page of a sign-in link names whose account it opens, and its button opens it once", async () => {
  const ada = await givenOrganizer("ada");
  const made = await createSignInLink(ada.id);
  const path = made.ok ? new URL(made.value.url).pathname : "";
  expect((await visit(at(path))).html).toContain(ada.email);
  expect(await db().session.count({ where: { userId: ada.id } })).toBe(0);
  const entered = await sendPlainForm(at(path), "submit");
  expect(entered.location).toMatch(/\/account\/bookings$/);
  expect((await visit(at("/account/profile"), entered.cookie ?? "")).html).toContain(ada.email);
  const again = await visit(at(path));
  expect(again.html).not.toContain(ada.email);
  expect(again.html).not.toContain('name="token"');
  expect(again.html).toContain('href="/sign-in"');
});

test("the page of a confirmed sign-up opens the account with the password of that sign-up, and says if it's wrong", async () => {
  await givenOrganizer("first");
  const [email, password] = ["bea@example.test", "correct horse battery"];
  await signUp(signUpInput.parse({ name: "Bea", email, password }), {
    address: "203.0.113.9",
    locale: defaultLocale,
  });
  const path = `/sign-up/confirm/${await readLinkToken(email, "/sign-up/confirm/")}`;
  expect((await visit(at(path))).html).toContain(email);
  const wrong = await sendPlainForm(at(path), "password", { password: "another password" });
  expect(wrong.status).toBe(200);
  expect(wrong.html).toContain('role="alert"');
  expect(wrong.html).not.toContain("another password");
  expect(await db().user.count({ where: { email } })).toBe(0);
  const opened = await sendPlainForm(at(path), "password", { password });
  expect(opened.location).toMatch(/\/account\/bookings$/);
  expect((await visit(at("/account/profile"), opened.cookie ?? "")).html).toContain(email);
  expect((await visit(at(path))).html).not.toContain('name="password"');
});

test("the page of a new email asks whose account it is to sign in, and takes the email when its button is pressed", async () => {
  const [cem, dan] = [await givenOrganizer("cem"), await givenOrganizer("dan")];
  const email = "cem.new@example.test";
  await changeEmail(atBrowserOf(cem.id), { email, currentPassword: cem.password });
  const path = `/account/email/${await readLinkToken(email, "/account/email/")}`;
  expect((await visit(at(path))).location).toContain("/sign-in?returnTo=");
  const stranger = await enter(dan.id);
  expect((await visit(at(path), stranger.cookie)).html).not.toContain(email);
  const own = await enter(cem.id);
  expect((await visit(at(path), own.cookie)).html).toContain(email);
  expect(await db().user.findUnique({ where: { id: cem.id } })).toMatchObject({ email: cem.email });
  const taken = await sendPlainForm(at(path), email, {}, own.cookie);
  expect(taken.location).toMatch(/\/account\/profile$/);
  expect(await db().user.findUnique({ where: { id: cem.id } })).toMatchObject({ email });
  expect((await visit(at("/account/profile"), own.cookie)).location).toContain("/sign-in");
  expect((await visit(at("/account/profile"), taken.cookie ?? "")).html).toContain(email);
});
