import { afterAll, beforeAll, expect, test } from "vitest";
import { createSignInLink } from "@/lib/accounts/sign-in-link";
import { db } from "@/lib/database/client";
import { givenOrganizer, prepareMailQueue } from "@/tests/support/accounts";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { sendPlainForm, visit } from "@/tests/support/plain-form";
import { startServer, type TestServer } from "@/tests/support/server";

/* What the pages of signing in, of one's own security and of users offer, by the names that people and programs hold on to. */

let database: TestDatabase;
let server: TestServer;

beforeAll(async () => {
  database = await createTestDatabase({
    LOG_LEVEL: "silent",
    WORKER: "off",
    SETUP_TOKEN: "a token of the operator's",
    SIGN_IN: "password,oidc",
    SIGN_UP: "open",
    OIDC_ISSUER: "https://provider.example",
    OIDC_CLIENT_ID: "bellhop",
    OIDC_CLIENT_SECRET: "a secret of the provider's",
    OIDC_NAME: "Bluebird ID",
  });
  await prepareMailQueue();
  server = await startServer();
}, 120_000);
afterAll(async () => {
  await server.kill();
  await database.cleanup();
});

const at = (path: string) => `${server.url}${path}`;
/** The words of a page, without its tags. */
const textOf = (html: string) => html.replace(/<script[\s\S]*?<\/script>/g, "").replace(/<[^>]+>/g, "\n");

async function enter(userId: string): Promise<string> {
  const made = await createSignInLink(userId);
  if (!made.ok) throw new Error(made.error.code);
  return (await sendPlainForm(at(new URL(made.value.url).pathname), "submit")).cookie ?? "";
}

test("the first sign-up asks for the set-up token, and only the first", async () => {
  expect(textOf((await visit(at("/sign-up"))).html)).toContain("Set-up token");
  await givenOrganizer("first");
  expect(textOf((await visit(at("/sign-up"))).html)).not.toContain("Set-up token");
});

test("a provider's button has its name, where people sign in and sign up, and Microsoft's is not there without a registration", async () => {
  for (const path of ["/sign-in", "/sign-up"]) {
    const text = textOf((await visit(at(path))).html);
    expect(text, path).toContain("Sign in with Bluebird ID");
    expect(text, path).not.toContain("Sign in with Microsoft");
  }
});

test("the security page has password, linked accounts, devices and when keys were last used", async () => {
  const ada = await givenOrganizer("ada");
  await db().identity.create({
    data: { userId: ada.id, provider: "oidc", issuer: "https://provider.example", subject: "ada" },
  });
  const cookie = await enter(ada.id);
  const text = textOf((await visit(at("/account/security"), cookie)).html);
  for (const words of [
    "Current password",
    "Unlink",
    "Signed-in devices",
    "Sign out everywhere",
    "Never used",
  ]) {
    expect(text).toContain(words);
  }
  await db().identity.deleteMany({ where: { userId: ada.id } });
  expect(textOf((await visit(at("/account/security"), cookie)).html)).toContain("Link Bluebird ID");
});

test("the page of users has its three buttons for an account, and one for a disabled one", async () => {
  const [admin, bea] = [await givenOrganizer("boss"), await givenOrganizer("bea")];
  await db().user.update({ where: { id: admin.id }, data: { role: "admin" } });
  const cookie = await enter(admin.id);
  const namesFor = async () => {
    const { html } = await visit(at("/admin/users?search=bea"), cookie);
    return [...html.matchAll(/aria-label="([^"]*Organizer bea)"/g)].map(([, name]) => name);
  };
  expect(await namesFor()).toEqual(
    expect.arrayContaining(["Disable Organizer bea", "Sign out everywhere: Organizer bea"]),
  );
  await db().user.update({ where: { id: bea.id }, data: { disabledAt: new Date() } });
  const after = await namesFor();
  expect(after).toEqual(expect.arrayContaining(["Enable Organizer bea"]));
  expect(after.some((name) => name?.startsWith("Disable"))).toBe(false);
});
