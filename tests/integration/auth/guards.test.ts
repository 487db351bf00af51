import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { changeEmail } from "@/lib/accounts/change-email";
import { changePassword } from "@/lib/accounts/change-password";
import { signIn } from "@/lib/accounts/sign-in";
import { accountTasks } from "@/lib/accounts/tasks";
import { changeRole } from "@/lib/accounts/users";
import { getOrganizer, requireAdmin, requireOrganizer } from "@/lib/auth/guards";
import { deviceCookie, ownDevice, readKnownDevice } from "@/lib/auth/known-device";
import { closeSession, openSession, sessionCookie, unsealSession } from "@/lib/auth/session";
import { db } from "@/lib/database/client";
import { atBrowserOf, givenOrganizer, prepareMailQueue } from "@/tests/support/accounts";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { request, setCookies } from "@/tests/support/next-request";

vi.mock("next/headers", () => import("@/tests/support/next-request"));

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ APP_URL: "https://book.example" });
  await prepareMailQueue();
});
afterAll(() => database.cleanup());
beforeEach(async () => {
  request.headers = new Headers();
  request.cookies.clear();
  setCookies.length = 0;
  await db().user.deleteMany();
});

/** Where a guard leads instead of answering, as Next.js writes it into the error it throws. */
async function detour(guard: Promise<unknown>): Promise<string> {
  const error: { digest?: string } = await guard.then(
    () => ({}),
    (thrown) => thrown,
  );
  return error.digest ?? "none";
}

async function signedIn(handle: string) {
  const organizer = await givenOrganizer(handle);
  await openSession({ userId: organizer.id, sessionEpoch: 0 });
  return organizer;
}

describe("a session", () => {
  test("a session travels in a cookie that scripts can't read and plain http does not carry", async () => {
    const ada = await signedIn("ada");
    expect(setCookies).toMatchObject([
      { name: sessionCookie, options: { httpOnly: true, secure: true, sameSite: "lax", path: "/" } },
      { name: deviceCookie, options: { httpOnly: true, secure: true, sameSite: "lax", path: "/" } },
    ]);
    expect(setCookies[0]?.value).not.toContain(ada.id);
    expect(await getOrganizer()).toMatchObject({ id: ada.id, email: ada.email, role: "organizer" });
  });

  test("a session ends in every other browser when the password changes", async () => {
    const ada = await signedIn("ada");
    const otherBrowser = new Map(request.cookies);
    const changed = await changePassword(atBrowserOf(ada.id), {
      currentPassword: ada.password,
      newPassword: "a new password",
    });
    if (changed.ok) await openSession(changed.value);
    expect(await getOrganizer()).toMatchObject({ id: ada.id });
    request.cookies = otherBrowser;
    expect(await getOrganizer()).toBeNull();
  });

  test("a session ends with its account, with signing out, and with a cookie that was changed", async () => {
    const ada = await signedIn("ada");
    const seal = request.cookies.get(sessionCookie) ?? "";
    request.cookies.set(sessionCookie, `${seal.slice(0, -10)}0000000000`);
    expect(await getOrganizer()).toBeNull();
    request.cookies.set(sessionCookie, seal);
    await db().user.delete({ where: { id: ada.id } });
    expect(await getOrganizer()).toBeNull();
    await signedIn("bob");
    await closeSession();
    expect(await getOrganizer()).toBeNull();
  });
});

describe("a known browser", () => {
  const known = async (userId: string) => ownDevice(await readKnownDevice(), userId);

  test("a known browser is known for each account that has signed in there, and stays so when they sign out", async () => {
    const ada = await signedIn("ada");
    const name = await known(ada.id);
    expect(name).toHaveLength(43);
    const bob = await signedIn("bob");
    await closeSession();
    expect(await known(ada.id)).toBe(name);
    expect(await known(bob.id)).toBe(name);
    expect(await known("018f0000-0000-7000-8000-000000000000")).toBeNull();
  });

  test("a known browser signs no one in, and what says that it is known can't be made up", async () => {
    const ada = await signedIn("ada");
    const seal = request.cookies.get(deviceCookie) ?? "";
    expect(seal).not.toContain(ada.id);
    request.cookies = new Map([[sessionCookie, seal]]);
    expect(await getOrganizer()).toBeNull();
    request.cookies = new Map([[deviceCookie, JSON.stringify({ device: "mine", accounts: [ada.id] })]]);
    expect(await known(ada.id)).toBeNull();
  });
});

describe("signing out", () => {
  test("signing out ends every copy of the cookie, and no other browser's session", async () => {
    const ada = await signedIn("ada");
    const copy = new Map(request.cookies);
    request.cookies = new Map();
    await openSession({ userId: ada.id, sessionEpoch: 0 });
    const other = new Map(request.cookies);
    request.cookies = new Map(copy);
    await closeSession();
    request.cookies = copy;
    expect(await getOrganizer()).toBeNull();
    expect(await detour(requireOrganizer("/account/bookings"))).toContain("/sign-in?returnTo=");
    request.cookies = other;
    expect(await getOrganizer()).toMatchObject({ id: ada.id });
  });

  test("signing in as someone else ends the session that was there", async () => {
    await signedIn("ada");
    const copy = new Map(request.cookies);
    const bob = await signedIn("bob");
    expect(await getOrganizer()).toMatchObject({ id: bob.id });
    request.cookies = copy;
    expect(await getOrganizer()).toBeNull();
  });
});

describe("every other browser is signed out", () => {
  test("every other browser is signed out when the address changes, and the one that asked stays signed in", async () => {
    const ada = await signedIn("ada");
    const other = new Map(request.cookies);
    request.cookies = new Map();
    await openSession({ userId: ada.id, sessionEpoch: 0 });
    const changed = await changeEmail(atBrowserOf(ada.id), {
      email: "new@example.test",
      currentPassword: ada.password,
    });
    if (!changed.ok || changed.value.kind !== "changed") throw new Error("not changed");
    await openSession(changed.value.session);
    expect(await getOrganizer()).toMatchObject({ email: "new@example.test" });
    request.cookies = other;
    expect(await getOrganizer()).toBeNull();
  });

  test("every other browser is signed out when a sign-in was checked before a new password and is opened after it", async () => {
    const ada = await givenOrganizer("ada");
    const granted = await signIn({ email: ada.email, password: ada.password }, "203.0.113.9");
    await changePassword(atBrowserOf(ada.id), {
      currentPassword: ada.password,
      newPassword: "a new password",
    });
    if (granted.ok) await openSession(granted.value);
    expect(await getOrganizer()).toBeNull();
  });

  test("a session ends when its time has run out, and what ran out is cleared away", async () => {
    const ada = await givenOrganizer("ada");
    const month = 30 * 24 * 3600 * 1000;
    await openSession({ userId: ada.id, sessionEpoch: 0 }, Date.now() - month - 1000);
    expect(await getOrganizer()).toBeNull();
    for (const { run } of accountTasks) await run(new AbortController().signal);
    expect(await db().session.count()).toBe(0);
  });
});

test("the database holds nothing that opens a session", async () => {
  await signedIn("ada");
  const [row] = await db().session.findMany();
  const id = await unsealSession(request.cookies.get(sessionCookie) ?? "");
  expect(id).toHaveLength(43);
  expect(Buffer.from(row?.idHash ?? []).toString("base64url")).not.toBe(id);
});

describe("a guarded page", () => {
  test("a guarded page sends a stranger to sign in and back to the page they asked for", async () => {
    const signIn = (path: string) =>
      `NEXT_REDIRECT;replace;/sign-in?returnTo=${encodeURIComponent(path)};307;`;
    expect(await detour(requireOrganizer("/account/profile"))).toBe(signIn("/account/profile"));
    request.headers.set("x-bellhop-path", "/account/event-types?page=2&_rsc=1x2");
    expect(await detour(requireOrganizer())).toBe(signIn("/account/event-types?page=2"));
    request.headers.set("x-bellhop-path", "//evil.example");
    expect(await detour(requireOrganizer())).toBe(signIn("/account/bookings"));
  });

  test("a guarded page for admins is not there for an organizer, until they are one and sign in as one", async () => {
    const ada = await signedIn("ada");
    expect(await detour(requireAdmin())).toContain("404");
    await changeRole(ada.id, "admin");
    expect(await getOrganizer()).toBeNull();
    await openSession({ userId: ada.id, sessionEpoch: 1 });
    expect(await requireAdmin()).toMatchObject({ id: ada.id, role: "admin" });
  });

  test("a guarded page for admins opens to no session of before, when an admin becomes an organizer again", async () => {
    const [ada, bob] = [await givenOrganizer("ada"), await givenOrganizer("bob")];
    for (const { id } of [ada, bob]) await changeRole(id, "admin");
    await openSession({ userId: bob.id, sessionEpoch: 1 });
    expect(await requireAdmin()).toMatchObject({ id: bob.id });
    await changeRole(bob.id, "admin");
    expect(await requireAdmin()).toMatchObject({ id: bob.id });
    await changeRole(bob.id, "organizer");
    expect(await getOrganizer()).toBeNull();
  });
});
