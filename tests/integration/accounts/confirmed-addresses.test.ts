import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  changeEmail,
  confirmEmail,
  dropPendingEmail,
  getPendingEmail,
  readEmailLink,
} from "@/lib/accounts/change-email";
import { confirmSignUp, getPendingSignUp } from "@/lib/accounts/confirm-sign-up";
import { createInvitation } from "@/lib/accounts/invitations";
import { signIn } from "@/lib/accounts/sign-in";
import { signUp, signUpInput } from "@/lib/accounts/sign-up";
import { findSignUpAccess, signUpDomains } from "@/lib/accounts/sign-up-access";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { env } from "@/lib/config/env";
import { db } from "@/lib/database/client";
import { defaultLocale } from "@/lib/i18n/languages";
import { atBrowserOf, givenOrganizer, prepareMailQueue } from "@/tests/support/accounts";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { readLinkToken, readMailsTo } from "@/tests/support/mails";

/* Addresses on a server that can send mail: they count once someone has read a mail there. */

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ SMTP_URL: "smtp://127.0.0.1:1" });
  await prepareMailQueue();
});
afterAll(() => database.cleanup());
beforeEach(async () => {
  await db().user.deleteMany();
  await db().pendingSignUp.deleteMany();
  await db().mail.deleteMany();
  await db().rateLimit.deleteMany();
  Object.assign(env(), { SIGN_UP: "open", SIGN_UP_DOMAINS: undefined, SIGN_IN: ["password"] });
});

const password = "correct horse";
const hour = 3600 * 1000;
const locale = defaultLocale;
const from = { address: "203.0.113.9", locale };

async function ask(email: string, more: { invitation?: string } = {}) {
  return signUp(signUpInput.parse({ name: "Ada Lovelace", email, password, ...more }), from);
}

const signUpToken = (email: string) => readLinkToken(email, "/sign-up/confirm/");
const accountOf = (email: string) => db().user.findUnique({ where: { email } });
const confirm = async (email: string, given = password, now = new Date()) =>
  confirmSignUp({ token: await signUpToken(email), password: given }, { locale }, now);

describe("signing up", () => {
  test("signing up opens no account before its address is confirmed with the password that was chosen", async () => {
    await givenOrganizer("admin");
    expect(await ask("ada@example.test")).toEqual({ ok: true, value: null });
    expect(await accountOf("ada@example.test")).toBeNull();
    expect(await signIn({ email: "ada@example.test", password }, "203.0.113.9")).toMatchObject({ ok: false });
    expect(await getPendingSignUp(await signUpToken("ada@example.test"))).toEqual({
      email: "ada@example.test",
    });
    const opened = await confirm("ada@example.test");
    const account = await accountOf("ada@example.test");
    expect(opened).toEqual({ ok: true, value: { userId: account?.id, sessionEpoch: 0 } });
    expect(account).toMatchObject({ name: "Ada Lovelace", role: "organizer" });
    expect(await signIn({ email: "ada@example.test", password }, "203.0.113.9")).toMatchObject({ ok: true });
  });

  test("signing up says the same for an address that is taken, and mails its holder how to get in", async () => {
    const ada = await givenOrganizer("ada");
    const answers = [await ask(ada.email), await ask("new@example.test")];
    expect(answers).toEqual([
      { ok: true, value: null },
      { ok: true, value: null },
    ]);
    const [mail, ...others] = await readMailsTo(ada.email);
    expect(others).toEqual([]);
    expect(mail?.text).toContain("already has one");
    expect(mail?.text).toContain("/sign-in");
    expect(mail?.text).toContain("/forgot-password");
    expect(await signUpToken(ada.email)).toBe("");
    expect(await db().pendingSignUp.count()).toBe(1);
  });

  test("signing up with someone else's address gives no one an account that they share with a stranger", async () => {
    await givenOrganizer("admin");
    // The stranger chose the password; the address's owner opens the link and doesn't know it.
    await ask("victim@example.test");
    expect(await confirm("victim@example.test", "the owner's own idea")).toEqual({
      ok: false,
      error: { code: "wrong_password" },
    });
    expect(await accountOf("victim@example.test")).toBeNull();
  });

  test("signing up has a password that can't be guessed at its link", async () => {
    await givenOrganizer("admin");
    await ask("ada@example.test");
    for (let number = 0; number < 10; number += 1) await confirm("ada@example.test", "a guess");
    expect(await confirm("ada@example.test")).toMatchObject({ error: { code: "too_many_attempts" } });
  });

  test("signing up is confirmed once, even where a link is used twice in the same moment, and within a day", async () => {
    await givenOrganizer("admin");
    await ask("ada@example.test");
    await ask("ada@example.test");
    const late = new Date(Date.now() + 24 * hour + 1);
    expect(await confirm("ada@example.test", password, late)).toMatchObject({
      error: { code: "link_invalid" },
    });
    const both = await Promise.all([confirm("ada@example.test"), confirm("ada@example.test")]);
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    expect(await db().pendingSignUp.count()).toBe(0);
    expect(await db().user.count({ where: { email: "ada@example.test" } })).toBe(1);
  });

  test("signing up needs the invitation until the end, and follows a server that closes meanwhile", async () => {
    const admin = await givenOrganizer("admin");
    Object.assign(env(), { SIGN_UP: "invite" });
    const { token: invitation } = await createInvitation(admin.id);
    expect(await ask("eve@example.test")).toEqual({ ok: false, error: { code: "invitation_invalid" } });
    for (const one of ["ada@example.test", "bob@example.test", "carla@example.test"]) {
      expect(await ask(one, { invitation })).toEqual({ ok: true, value: null });
    }
    Object.assign(env(), { SIGN_UP: "closed" });
    expect(await confirm("carla@example.test")).toMatchObject({ error: { code: "sign_up_closed" } });
    Object.assign(env(), { SIGN_UP: "invite" });
    expect(await confirm("ada@example.test")).toMatchObject({ ok: true });
    expect(await confirm("bob@example.test")).toEqual({ ok: false, error: { code: "invitation_invalid" } });
  });

  test("signing up is open to addresses of listed domains once they are confirmed, whatever SIGN_UP says", async () => {
    await givenOrganizer("admin");
    Object.assign(env(), { SIGN_UP: "closed", SIGN_UP_DOMAINS: ["corp.example"] });
    for (const one of ["ada@other.example", "ada@corp.example.evil.test", "ada@sub.corp.example"]) {
      expect(await ask(one), one).toEqual({ ok: false, error: { code: "sign_up_closed" } });
    }
    expect(await ask("ada@corp.example")).toEqual({ ok: true, value: null });
    expect(await accountOf("ada@corp.example")).toBeNull();
    expect(await confirm("ada@corp.example")).toMatchObject({ ok: true });
  });

  test("signing up is not open to listed domains where no mail can show whose an address is", async () => {
    await givenOrganizer("admin");
    Object.assign(env(), { SIGN_UP: "closed", SIGN_UP_DOMAINS: ["corp.example"], SMTP_URL: undefined });
    expect(await ask("ada@corp.example")).toEqual({ ok: false, error: { code: "sign_up_closed" } });
    expect(signUpDomains()).toEqual([]);
    Object.assign(env(), { SMTP_URL: "smtp://127.0.0.1:1" });
    expect(signUpDomains()).toEqual(["corp.example"]);
    expect(await findSignUpAccess({ invitation: "" })).toMatchObject({ isOpen: false });
  });

  test("signing up first opens the account of the platform admin at once: there may be no mail yet", async () => {
    expect(await ask("ada@example.test")).toMatchObject({ ok: true, value: { sessionEpoch: 0 } });
    expect(await accountOf("ada@example.test")).toMatchObject({ role: "admin" });
  });

  test("signing up fills no one's mailbox", async () => {
    await givenOrganizer("admin");
    for (let number = 0; number < 8; number += 1) await ask("victim@example.test");
    expect(await readMailsTo("victim@example.test")).toHaveLength(5);
  });
});

describe("a new email address", () => {
  const change = (id: string, email: string, more: { currentPassword?: string } = {}, isRecent = false) =>
    changeEmail(atBrowserOf(id), { email, ...more }, isRecent);
  const emailToken = (email: string) => readLinkToken(email, "/account/email/");

  test("a new email address counts once its link was opened by the account's holder, and the old one is told", async () => {
    const [ada, bob] = [await givenOrganizer("ada"), await givenOrganizer("bob")];
    const own = scopeWithoutRequest(ada.id);
    expect(await change(ada.id, "new@example.test", { currentPassword: ada.password })).toEqual({
      ok: true,
      value: { kind: "asked" },
    });
    expect(await getPendingEmail(own)).toBe("new@example.test");
    expect(await accountOf(ada.email)).toMatchObject({ id: ada.id, sessionEpoch: 0 });
    const token = await emailToken("new@example.test");
    expect(await readEmailLink(own, token)).toBe("new@example.test");
    // A mistyped address: its reader has the link, and an account of their own.
    expect(await readEmailLink(scopeWithoutRequest(bob.id), token)).toBeNull();
    expect(await confirmEmail(scopeWithoutRequest(bob.id), token)).toMatchObject({ ok: false });
    expect(await confirmEmail(own, token)).toEqual({
      ok: true,
      value: { session: { userId: ada.id, sessionEpoch: 1 }, email: "new@example.test" },
    });
    expect(await accountOf("new@example.test")).toMatchObject({ id: ada.id });
    expect((await readMailsTo(ada.email))[0]?.text).toContain("new@example.test");
    expect(await getPendingEmail(own)).toBeNull();
    expect(await confirmEmail(own, token)).toMatchObject({ error: { code: "link_invalid" } });
  });

  test("a new email address that is taken gets the same answer, and its holder a mail without a link to it", async () => {
    const [ada, bob] = [await givenOrganizer("ada"), await givenOrganizer("bob")];
    const asked = await change(bob.id, ada.email, { currentPassword: bob.password });
    expect(asked).toEqual({ ok: true, value: { kind: "asked" } });
    expect(await getPendingEmail(scopeWithoutRequest(bob.id))).toBe(ada.email);
    expect((await readMailsTo(ada.email))[0]?.text).toContain("already has one");
    expect(await emailToken(ada.email)).toBe("");
  });

  test("a new email address has one link that works, even where a form is sent several times in the same moment", async () => {
    const ada = await givenOrganizer("ada");
    await db().user.update({ where: { id: ada.id }, data: { passwordHash: null } });
    const asked = await Promise.all([1, 2, 3].map(() => change(ada.id, "new@example.test", {}, true)));
    expect(asked.every((one) => one.ok)).toBe(true);
    const mails = await readMailsTo("new@example.test");
    const tokens = mails.map(({ text }) => /\/account\/email\/([\w-]+)/.exec(text)?.[1] ?? "");
    const open = await Promise.all(tokens.map((token) => readEmailLink(scopeWithoutRequest(ada.id), token)));
    expect(open.filter((email) => email !== null)).toEqual(["new@example.test"]);
  });

  test("a new email address that someone else has taken meanwhile changes nothing", async () => {
    const [ada, bob] = [await givenOrganizer("ada"), await givenOrganizer("bob")];
    await change(ada.id, "new@example.test", { currentPassword: ada.password });
    const token = await emailToken("new@example.test");
    await db().user.update({ where: { id: bob.id }, data: { email: "new@example.test" } });
    expect(await confirmEmail(scopeWithoutRequest(ada.id), token)).toMatchObject({ ok: false });
    expect(await accountOf(ada.email)).toMatchObject({ id: ada.id });
  });

  test("a new email address that was taken back, or asked for more than a day ago, is not confirmed any more", async () => {
    const ada = await givenOrganizer("ada");
    const own = scopeWithoutRequest(ada.id);
    await change(ada.id, "late@example.test", { currentPassword: ada.password });
    const late = await emailToken("late@example.test");
    expect(await confirmEmail(own, late, new Date(Date.now() + 24 * hour + 1))).toMatchObject({ ok: false });
    await dropPendingEmail(own);
    expect(await confirmEmail(own, late)).toMatchObject({ ok: false });
    await change(ada.id, "first@example.test", { currentPassword: ada.password });
    await change(ada.id, "second@example.test", { currentPassword: ada.password });
    expect(await confirmEmail(own, await emailToken("first@example.test"))).toMatchObject({ ok: false });
    expect(await confirmEmail(own, await emailToken("second@example.test"))).toMatchObject({ ok: true });
  });

  test("a new email address needs the password, and a recent sign-in where there is none", async () => {
    const ada = await givenOrganizer("ada");
    expect(await change(ada.id, "new@example.test", {}, true)).toMatchObject({
      error: { code: "wrong_password" },
    });
    await db().user.update({ where: { id: ada.id }, data: { passwordHash: null } });
    expect(await change(ada.id, "new@example.test")).toEqual({ ok: false, error: { code: "sign_in_again" } });
    expect(await change(ada.id, "new@example.test", {}, true)).toMatchObject({ value: { kind: "asked" } });
  });

  test("a new email address is asked for by a recent sign-in where passwords are no way in", async () => {
    const ada = await givenOrganizer("ada");
    Object.assign(env(), { SIGN_IN: ["microsoft"] });
    expect(await change(ada.id, "new@example.test", { currentPassword: ada.password })).toEqual({
      ok: false,
      error: { code: "sign_in_again" },
    });
    expect(await change(ada.id, "new@example.test", {}, true)).toMatchObject({ ok: true });
  });
});
