import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { mailPasswordReset } from "@/lib/accounts/reset-password";
import { signIn } from "@/lib/accounts/sign-in";
import { disableUser, enableUser } from "@/lib/accounts/users";
import { getOrganizer } from "@/lib/auth/guards";
import { openSession } from "@/lib/auth/session";
import { db } from "@/lib/database/client";
import { givenOrganizer, prepareMailQueue } from "@/tests/support/accounts";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { request } from "@/tests/support/next-request";

vi.mock("next/headers", () => import("@/tests/support/next-request"));

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await prepareMailQueue();
});
afterAll(() => database.cleanup());
beforeEach(async () => {
  request.cookies.clear();
  await db().user.deleteMany();
});

test("disabling an account ends its sessions, and they stay dead when it is enabled again", async () => {
  const ada = await givenOrganizer("ada");
  await openSession({ userId: ada.id, sessionEpoch: 0 });
  expect((await getOrganizer())?.id).toBe(ada.id);
  expect((await disableUser(ada.id)).ok).toBe(true);
  expect(await getOrganizer()).toBeNull();
  await enableUser(ada.id);
  expect(await getOrganizer()).toBeNull();
});

test("a session that was opened while the account was being disabled opens nothing", async () => {
  const ada = await givenOrganizer("ada");
  await disableUser(ada.id);
  const { sessionEpoch } = await db().user.findUniqueOrThrow({ where: { id: ada.id } });
  await openSession({ userId: ada.id, sessionEpoch });
  expect(await getOrganizer()).toBeNull();
});

test("a disabled account lets no one sign in, and says why only to whoever knows the password", async () => {
  const ada = await givenOrganizer("ada");
  await disableUser(ada.id);
  const attempt = (password: string) => signIn({ email: ada.email, password }, "192.0.2.1");
  expect(await attempt(ada.password)).toMatchObject({ error: { code: "account_disabled" } });
  expect(await attempt("a guess")).toMatchObject({ error: { code: "wrong_credentials" } });
  await enableUser(ada.id);
  expect((await attempt(ada.password)).ok).toBe(true);
});

test("a disabled account gets no link for a new password", async () => {
  const ada = await givenOrganizer("ada");
  await disableUser(ada.id);
  await mailPasswordReset(ada.email);
  expect(await db().passwordReset.count({ where: { userId: ada.id } })).toBe(0);
});

test("the last admin whose account is open can't be disabled", async () => {
  const [ada, bea] = [await givenOrganizer("ada"), await givenOrganizer("bea")];
  await db().user.updateMany({ data: { role: "admin" } });
  expect((await disableUser(ada.id)).ok).toBe(true);
  expect(await disableUser(bea.id)).toMatchObject({ error: { code: "last_admin" } });
  expect((await disableUser(ada.id)).ok).toBe(true);
});
