import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { changeEmail } from "@/lib/accounts/change-email";
import { changePassword } from "@/lib/accounts/change-password";
import {
  allowPasswordReset,
  isResetOpen,
  listKeysOfReset,
  mailPasswordReset,
  resetPassword,
} from "@/lib/accounts/reset-password";
import { signIn } from "@/lib/accounts/sign-in";
import { createApiKey, verifyApiKey } from "@/lib/auth/api-keys";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { db } from "@/lib/database/client";
import { atBrowserOf, givenOrganizer, prepareMailQueue } from "@/tests/support/accounts";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { readLinkToken, readMailsTo } from "@/tests/support/mails";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await prepareMailQueue();
});
afterAll(() => database.cleanup());
beforeEach(async () => {
  await db().user.deleteMany();
  await db().mail.deleteMany();
  await db().rateLimit.deleteMany();
});

const here = "203.0.113.9";
const newPassword = "a wholly new password";
const hour = 3600 * 1000;
const epochOf = async (id: string) => (await db().user.findUniqueOrThrow({ where: { id } })).sessionEpoch;

async function askForLink(email: string, now = new Date()): Promise<string> {
  await mailPasswordReset(email, now);
  return readLinkToken(email, "/reset-password/");
}

describe("changing the password", () => {
  test("changing the password needs the present one, ends every session and opens one for the browser that asked", async () => {
    const ada = await givenOrganizer("ada");
    const before = await signIn({ email: ada.email, password: ada.password }, here);
    expect(before).toMatchObject({ value: { sessionEpoch: 0 } });
    expect(await changePassword(atBrowserOf(ada.id), { currentPassword: "a guess", newPassword })).toEqual({
      ok: false,
      error: { code: "wrong_password" },
    });
    expect(await epochOf(ada.id)).toBe(0);
    const changed = await changePassword(atBrowserOf(ada.id), {
      currentPassword: ada.password,
      newPassword,
    });
    expect(changed).toEqual({ ok: true, value: { userId: ada.id, sessionEpoch: 1 } });
    expect(await epochOf(ada.id)).toBe(1);
    expect(await signIn({ email: ada.email, password: ada.password }, here)).toMatchObject({ ok: false });
    expect(await signIn({ email: ada.email, password: newPassword }, here)).toMatchObject({ ok: true });
  });

  test("changing the password is reported to the account's holder, and ends reset links under way", async () => {
    const ada = await givenOrganizer("ada");
    const token = await askForLink(ada.email);
    await changePassword(atBrowserOf(ada.id), { currentPassword: ada.password, newPassword });
    expect((await readMailsTo(ada.email)).map((mail) => mail.kind)).toContain("password-changed");
    expect(await isResetOpen(token)).toBe(false);
  });

  test("changing the password can't be tried without end from a browser that was left open, which leaves the holder's own alone", async () => {
    const ada = await givenOrganizer("ada");
    const guessAt = (browser: string) =>
      changePassword(atBrowserOf(ada.id, browser), { currentPassword: "a guess", newPassword });
    const tooMany = {
      ok: false,
      error: { code: "too_many_attempts", retryAfterSeconds: expect.any(Number) },
    };
    for (let number = 0; number < 10; number += 1) await guessAt("left open");
    for (let number = 0; number < 50; number += 1) expect(await guessAt("left open")).toEqual(tooMany);
    const own = { currentPassword: ada.password, newPassword };
    expect(await changePassword(atBrowserOf(ada.id, "her own"), own)).toMatchObject({ ok: true });
  });

  test("changing the password can't be tried without end from many browsers either", async () => {
    const ada = await givenOrganizer("ada");
    const guessAt = (browser: string) =>
      changePassword(atBrowserOf(ada.id, browser), { currentPassword: "a guess", newPassword });
    for (let number = 0; number < 50; number += 1) await guessAt(`browser ${number % 5}`);
    expect(await guessAt("another")).toMatchObject({ error: { code: "too_many_attempts" } });
  });
});

describe("a reset link", () => {
  test("a reset link sets a new password once, ends every session and signs no one in", async () => {
    const ada = await givenOrganizer("ada");
    const token = await askForLink(ada.email);
    expect(await resetPassword({ token, newPassword })).toEqual({
      ok: true,
      value: { userId: ada.id },
    });
    expect(await epochOf(ada.id)).toBe(1);
    expect(await signIn({ email: ada.email, password: newPassword }, here)).toMatchObject({ ok: true });
    expect(await resetPassword({ token, newPassword: "another password" })).toEqual({
      ok: false,
      error: { code: "link_invalid" },
    });
  });

  test("a reset link works once, even where it is used twice in the same moment", async () => {
    const ada = await givenOrganizer("ada");
    const token = await askForLink(ada.email);
    const answers = await Promise.all(
      ["first new password", "second new password"].map((password) =>
        resetPassword({ token, newPassword: password }),
      ),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await epochOf(ada.id)).toBe(1);
  });

  test("a reset link runs out after an hour", async () => {
    const ada = await givenOrganizer("ada");
    const token = await askForLink(ada.email, new Date(Date.now() - hour - 1000));
    expect(await isResetOpen(token)).toBe(false);
    expect(await resetPassword({ token, newPassword })).toMatchObject({ error: { code: "link_invalid" } });
    expect(await signIn({ email: ada.email, password: ada.password }, here)).toMatchObject({ ok: true });
  });

  test("a reset link is good for its own account alone", async () => {
    const ada = await givenOrganizer("ada");
    const bob = await givenOrganizer("bob");
    const token = await askForLink(ada.email);
    await resetPassword({ token, newPassword });
    expect(await signIn({ email: bob.email, password: bob.password }, here)).toMatchObject({ ok: true });
    expect(await epochOf(bob.id)).toBe(0);
  });

  test("a reset link takes the account's other links with it", async () => {
    const ada = await givenOrganizer("ada");
    const earlier = await askForLink(ada.email);
    const later = await askForLink(ada.email);
    expect(await isResetOpen(earlier)).toBe(true);
    await resetPassword({ token: later, newPassword });
    expect(await isResetOpen(earlier)).toBe(false);
  });

  test("a reset link does not outlive the address it was sent to", async () => {
    const ada = await givenOrganizer("ada");
    const token = await askForLink(ada.email);
    const changed = await changeEmail(atBrowserOf(ada.id), {
      email: "new@example.test",
      currentPassword: ada.password,
    });
    expect(changed.ok).toBe(true);
    expect(await resetPassword({ token, newPassword })).toMatchObject({ ok: false });
  });

  test("a reset link that no one made is refused", async () => {
    expect(await resetPassword({ token: "made-up", newPassword })).toMatchObject({
      error: { code: "link_invalid" },
    });
  });

  test("a reset link is mailed sealed, and neither it nor its mail can be read in the database", async () => {
    const ada = await givenOrganizer("ada");
    const token = await askForLink(ada.email);
    const rows = JSON.stringify([await db().mail.findMany(), await db().passwordReset.findMany()]);
    expect(token).toHaveLength(43);
    expect(rows).not.toContain(token);
    expect(rows).not.toContain("Hello");
  });
});

describe("the API keys of an account", () => {
  /** The operator makes every account with a key. */
  const withoutKeys = async (handle: string) => {
    const organizer = await givenOrganizer(handle);
    await db().apiKey.deleteMany({ where: { userId: organizer.id } });
    return organizer;
  };
  const passwordChanged = async (email: string) =>
    (await readMailsTo(email)).find(({ kind }) => kind === "password-changed")?.text ?? "";

  test("the API keys of an account end with a reset, but for those that were chosen, and the mail says so", async () => {
    const ada = await withoutKeys("ada");
    const bob = await withoutKeys("bob");
    const kept = await createApiKey(scopeWithoutRequest(ada.id), "Intranet");
    const ended = await createApiKey(scopeWithoutRequest(ada.id), "Old script");
    const others = await createApiKey(scopeWithoutRequest(bob.id), "Reports");
    const token = await askForLink(ada.email);
    expect((await listKeysOfReset(token)).map(({ name }) => name).sort()).toEqual(["Intranet", "Old script"]);
    expect(await listKeysOfReset("made-up")).toEqual([]);
    await resetPassword({ token, newPassword, keptKeys: [kept.id, others.id] });
    expect(await verifyApiKey(kept.apiKey)).toMatchObject({ id: ada.id });
    expect(await verifyApiKey(ended.apiKey)).toBeNull();
    expect(await verifyApiKey(others.apiKey)).toMatchObject({ id: bob.id });
    expect(await passwordChanged(ada.email)).toMatch(
      /One API key of your account was revoked\.[\s\S]*One API key .* still works/,
    );
    expect(await listKeysOfReset(token)).toEqual([]);
  });

  test("the API keys of an account all end where none was chosen", async () => {
    const ada = await withoutKeys("ada");
    const { apiKey } = await createApiKey(scopeWithoutRequest(ada.id), "Intranet");
    await resetPassword({ token: await askForLink(ada.email), newPassword });
    expect(await verifyApiKey(apiKey)).toBeNull();
    expect(await passwordChanged(ada.email)).not.toContain("goes on");
  });

  test("the API keys of an account go on where the password was changed by anyone who knows it, and the mail says so", async () => {
    const ada = await withoutKeys("ada");
    const { apiKey } = await createApiKey(scopeWithoutRequest(ada.id), "Intranet");
    await changePassword(atBrowserOf(ada.id), { currentPassword: ada.password, newPassword });
    expect(await verifyApiKey(apiKey)).toMatchObject({ id: ada.id });
    expect(await passwordChanged(ada.email)).toContain("One API key of your account still works");
  });

  test("the API keys of an account are not spoken of where there are none", async () => {
    const ada = await withoutKeys("ada");
    await changePassword(atBrowserOf(ada.id), { currentPassword: ada.password, newPassword });
    expect(await passwordChanged(ada.email)).not.toContain("API key");
  });
});

describe("asking for a reset link", () => {
  test("asking for a reset link mails nothing where there is no account", async () => {
    await mailPasswordReset("nobody@example.test");
    expect(await db().mail.count()).toBe(0);
  });

  test.each(["ada@example.test", "nobody@example.test"])(
    "asking for a reset link is allowed three times in half an hour for %s, with an account or without",
    async (email) => {
      await givenOrganizer("ada");
      for (let number = 0; number < 3; number += 1) {
        expect(await allowPasswordReset(email, `203.0.113.${number}`)).toEqual({ ok: true });
      }
      expect(await allowPasswordReset(email, here)).toEqual({
        ok: false,
        // No longer than the last link is good for.
        retryAfterSeconds: expect.toSatisfy((s) => s > 0 && s <= 1800),
      });
    },
  );

  test("asking for a reset link is still possible, once in half an hour for each account, where one network has asked for too many", async () => {
    for (let number = 0; number < 30; number += 1) {
      expect(await allowPasswordReset(`p${number}@example.test`, here)).toEqual({ ok: true });
    }
    expect(await allowPasswordReset("one-more@example.test", here)).toEqual({ ok: true });
    expect(await allowPasswordReset("one-more@example.test", here)).toMatchObject({ ok: false });
    expect(await allowPasswordReset("another@example.test", here)).toEqual({ ok: true });
  });

  test("asking for a reset link can't be used up by strangers where its owner has signed in before", async () => {
    const ada = await givenOrganizer("ada");
    const device = { device: "known", accounts: [ada.id] };
    for (let number = 0; number < 40; number += 1) await allowPasswordReset(ada.email, here);
    expect(await allowPasswordReset(ada.email, here)).toMatchObject({ ok: false });
    for (let number = 0; number < 5; number += 1) {
      expect(await allowPasswordReset(ada.email, here, device)).toEqual({ ok: true });
    }
    expect(await allowPasswordReset(ada.email, here, device)).toMatchObject({ ok: false });
  });
});
