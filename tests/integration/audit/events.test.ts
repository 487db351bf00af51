import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { changeEmail } from "@/lib/accounts/change-email";
import { changePassword } from "@/lib/accounts/change-password";
import { listDevices, signOutDevice, signOutEverywhere } from "@/lib/accounts/devices";
import { createInvitation, listOpenInvitations, revokeInvitation } from "@/lib/accounts/invitations";
import { saveProfile } from "@/lib/accounts/profile";
import { mailPasswordReset, resetPassword } from "@/lib/accounts/reset-password";
import { signIn } from "@/lib/accounts/sign-in";
import { signUp, signUpInput } from "@/lib/accounts/sign-up";
import { changeRole, disableUser, enableUser } from "@/lib/accounts/users";
import { actAs } from "@/lib/audit/acting";
import { listAudit } from "@/lib/audit/queries";
import { createApiKey, listApiKeys, revokeApiKey } from "@/lib/auth/api-keys";
import { type OwnerScope, scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { closeSession, openSession } from "@/lib/auth/session";
import { db } from "@/lib/database/client";
import { defaultLocale } from "@/lib/i18n/languages";
import { enableRegistration, saveRegistration } from "@/lib/registration/registration";
import { createWebhook, deleteWebhook } from "@/lib/webhooks/webhooks";
import { atBrowserOf, givenOrganizer, prepareMailQueue } from "@/tests/support/accounts";
import { admin } from "@/tests/support/admin-command";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { readLinkToken } from "@/tests/support/mails";
import { request } from "@/tests/support/next-request";

vi.mock("next/headers", () => import("@/tests/support/next-request"));

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await prepareMailQueue();
});
afterAll(() => database.cleanup());

const here = "192.0.2.0/24";
let ada: Awaited<ReturnType<typeof givenOrganizer>>;
let grace: Awaited<ReturnType<typeof givenOrganizer>>;
let own: OwnerScope;
let started: Date;
let count = 0;
beforeEach(async () => {
  request.cookies.clear();
  count += 1;
  ada = await givenOrganizer(`ada${count}`);
  grace = await givenOrganizer(`grace${count}`);
  await db().user.update({ where: { id: grace.id }, data: { role: "admin" } });
  own = scopeWithoutRequest(ada.id);
  started = (await db().$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`)[0]?.now ?? new Date();
});

const as = <Value>(actorId: string | null, work: () => Value) => actAs({ actorId, from: here }, work);

/** What was written down since the test began, oldest first. */
async function written() {
  const entries = await listAudit({ from: started }, { take: 100 });
  return entries.reverse().map(({ id: _, at: __, ...entry }) => entry);
}

const entryOf = (
  action: string,
  actor: { id: string } | null,
  details: object = {},
  subject = ada.email,
) => ({ action, actor: actor && expect.objectContaining({ id: actor.id }), subject, from: here, details });

describe("what a person does is in the audit log", () => {
  test("a sign-in is in the audit log, and so is one that failed, without what was typed", async () => {
    await as(null, () => signIn({ email: ada.email, password: ada.password }, "192.0.2.7"));
    await as(null, () => signIn({ email: ada.email, password: "a guess" }, "192.0.2.7"));
    await as(null, () => signIn({ email: "hunter2@example.test", password: "a guess" }, "192.0.2.7"));
    const wrong = { with: "password", problem: "wrong_credentials" };
    expect(await written()).toEqual([
      entryOf("sign_in.succeeded", ada, { with: "password" }),
      entryOf("sign_in.failed", null, wrong),
      entryOf("sign_in.failed", null, wrong, ""),
    ]);
    expect(JSON.stringify(await written())).not.toMatch(/hunter2|a guess/);
  });

  test("a sign-out is in the audit log, one of another browser and one of all of them too", async () => {
    await openSession({ userId: ada.id, sessionEpoch: 0 });
    await as(null, () => closeSession());
    await openSession({ userId: ada.id, sessionEpoch: 0 });
    const [device] = await listDevices(own);
    await as(ada.id, () => signOutDevice(own, device?.id ?? ""));
    await as(ada.id, () => signOutDevice(own, device?.id ?? ""));
    await as(grace.id, () => signOutEverywhere(own));
    expect(await written()).toEqual([
      entryOf("sign_out", ada),
      entryOf("session.ended", ada),
      entryOf("account.sessions_ended", grace),
    ]);
  });

  test("a new account is in the audit log as its holder's own act", async () => {
    const email = `new${count}@example.test`;
    const input = signUpInput.parse({ name: "New", email, password: "correct horse" });
    await as(null, () => signUp(input, { address: "192.0.2.7", locale: defaultLocale }, "open"));
    const holder = await db().user.findUniqueOrThrow({ where: { email } });
    expect(await written()).toContainEqual(
      entryOf("account.opened", holder, { role: "organizer", with: "password" }, email),
    );
  });

  test("a changed password, a reset one and who asked for that are in the audit log", async () => {
    const changed = { currentPassword: ada.password, newPassword: "a new password" };
    await as(ada.id, () => changePassword(atBrowserOf(ada.id), changed));
    await as(null, () => mailPasswordReset(ada.email));
    await as(null, async () =>
      resetPassword({
        token: await readLinkToken(ada.email, "/reset-password/"),
        newPassword: "yet another one",
      }),
    );
    expect(await written()).toEqual([
      entryOf("password.changed", ada, { keysEnded: 0, keysKept: 1 }),
      entryOf("password.reset_asked", null),
      entryOf("password.reset", ada, { keysEnded: 1, keysKept: 0 }),
    ]);
    expect(JSON.stringify(await written())).not.toMatch(/a new password|another one/);
  });

  test("a changed name and address are in the audit log as they were and as they are", async () => {
    const handle = `moved${count}`;
    await as(ada.id, () => saveProfile(own, { name: "Ada L.", handle }));
    await as(ada.id, () => saveProfile(own, { name: "Ada L.", handle }));
    const email = `moved${count}@example.test`;
    await as(ada.id, () => changeEmail(atBrowserOf(ada.id), { email, currentPassword: ada.password }));
    expect(await written()).toEqual([
      entryOf("profile.changed", ada, {
        before: { name: `Organizer ${ada.handle}`, handle: ada.handle },
        after: { name: "Ada L.", handle },
      }),
      entryOf("email.changed", ada, { before: { email: ada.email }, after: { email } }, email),
    ]);
  });

  test("API keys and webhooks are in the audit log by name and host, without their secrets", async () => {
    const { id, apiKey } = await as(ada.id, () => createApiKey(own, "Intranet"));
    await as(ada.id, () => revokeApiKey(own, id));
    await as(ada.id, () => revokeApiKey(own, id));
    const url = "https://hooks.example.com/services/T0/secret-path";
    const made = await as(ada.id, () => createWebhook(own, { url, events: ["booking.confirmed"] }));
    if (made.ok) await as(ada.id, () => deleteWebhook(own, made.value.id));
    expect(await written()).toEqual([
      entryOf("api_key.created", ada, { name: "Intranet", scope: "all", expiresAt: null }),
      entryOf("api_key.revoked", ada, { name: "Intranet" }),
      entryOf("webhook.made", ada, { host: "hooks.example.com" }),
      entryOf("webhook.removed", ada, { host: "hooks.example.com" }),
    ]);
    expect(JSON.stringify(await written())).not.toContain(apiKey);
    expect(await listApiKeys(own)).toHaveLength(1);
  });
});

describe("what a platform admin does is in the audit log", () => {
  test("a change of role, and an account that is disabled and enabled, are in the audit log once each", async () => {
    for (const _ of [1, 2]) await as(grace.id, () => changeRole(ada.id, "admin"));
    for (const _ of [1, 2]) await as(grace.id, () => disableUser(ada.id));
    for (const _ of [1, 2]) await as(grace.id, () => enableUser(ada.id));
    expect(await written()).toEqual([
      entryOf("role.changed", grace, { before: { role: "organizer" }, after: { role: "admin" } }),
      entryOf("account.disabled", grace),
      entryOf("account.enabled", grace),
    ]);
  });

  test("an invitation that was made or taken back is in the audit log, and its link is not", async () => {
    const { token, expiresAt } = await as(grace.id, () => createInvitation(grace.id));
    const open = await listOpenInvitations();
    const id = open.find((one) => one.expiresAt.getTime() === expiresAt.getTime())?.id ?? "";
    await as(grace.id, () => revokeInvitation(id));
    expect(await written()).toEqual([
      entryOf("invitation.made", grace, { expiresAt: expiresAt.toISOString() }, ""),
      entryOf("invitation.taken_back", grace, {}, ""),
    ]);
    expect(JSON.stringify(await written())).not.toContain(token);
  });

  test("the settings of the instance are in the audit log as they were and as they are, without the secret", async () => {
    const clientId = "3f0d6f5e-3f0c-4a43-9d1b-6d1c2b7a9e10";
    await as(grace.id, () => saveRegistration({ clientId, clientSecret: "Abc8Q~a-very-secret-value" }));
    await as(grace.id, () => enableRegistration(true));
    const entries = await written();
    expect(entries).toMatchObject([
      {
        action: "settings.changed",
        subject: "Microsoft Teams",
        details: {
          before: { clientId: null, hasClientSecret: false },
          after: { clientId, hasClientSecret: true },
          newSecrets: { clientSecret: true, nextSecret: false },
        },
      },
      { details: { before: { enabled: null }, after: { enabled: true } } },
    ]);
    expect(JSON.stringify(entries)).not.toContain("very-secret");
  });
});

test("what the operator does on the command line is in the audit log, as done from there", async () => {
  await admin(["disable-user", "--email", ada.email]);
  await admin(["rotate-keys"]);
  expect(await written()).toMatchObject([
    { ...entryOf("account.disabled", null), from: "command line" },
    { action: "command.run", actor: null, subject: "rotate-keys", from: "command line" },
  ]);
}, 120_000);
