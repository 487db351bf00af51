import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { POST as ask } from "@/app/api/auth/passkey/options/route";
import { POST as send } from "@/app/api/auth/passkey/route";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { hashPassword } from "@/lib/auth/passwords";
import { openSession } from "@/lib/auth/session";
import { db } from "@/lib/database/client";
import { unlink } from "@/lib/identities/linked";
import { removeExpiredChallenges } from "@/lib/identities/passkey-challenge";
import { passkeySite } from "@/lib/identities/passkey-site";
import { listPasskeys, removePasskey, removePassword, renamePasskey } from "@/lib/identities/passkeys";
import { listWaysIn } from "@/lib/identities/ways-in";
import { browserOf, newBrowser, whoIsIn, withSettings } from "@/tests/integration/identities/browser";
import { prepareMailQueue } from "@/tests/support/accounts";
import { Authenticator, type Lies } from "@/tests/support/authenticator";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { readMailsTo } from "@/tests/support/mails";
import { request } from "@/tests/support/next-request";

vi.mock("next/headers", () => import("@/tests/support/next-request"));

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await prepareMailQueue();
});
afterAll(() => database.cleanup());
beforeEach(() => newBrowser());

async function post(route: typeof ask, body: object) {
  const response = await route(
    new Request("http://localhost:3000/api/auth/passkey", {
      method: "POST",
      headers: { "content-type": "application/json", ...Object.fromEntries(request.headers) },
      body: JSON.stringify(body),
    }) as never,
  );
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever JSON came back
  const said: any =
    response.status === 403 && !response.headers.get("content-type") ? {} : await response.json();
  return { status: response.status, ...said };
}

async function addAccount(withPassword = true) {
  const name = `p${randomUUID().slice(0, 8)}`;
  const passwordHash = withPassword ? await hashPassword("correct horse") : null;
  const { id, email } = await db().user.create({
    data: { email: `${name}@example.test`, name, handle: name, passwordHash },
  });
  return { id, email, scope: scopeWithoutRequest(id) };
}

type Account = Awaited<ReturnType<typeof addAccount>>;

/** Adds a passkey as the account's holder; the browser is signed in afterwards. */
async function register(account: Account, device = new Authenticator(), lies: Lies = {}, name = "Laptop") {
  await browserOf(account.id);
  const { options } = await post(ask, { purpose: "add" });
  return {
    device,
    answer: await post(send, { purpose: "add", name, response: device.create(options, lies) }),
  };
}

async function withPasskey(counts = true) {
  const account = await addAccount();
  const { device, answer } = await register(account, new Authenticator(undefined, { counts }));
  expect(answer.location).toBe("/account/security");
  newBrowser();
  return { account, device };
}

async function enter(device: Authenticator, lies: Lies = {}, returnTo = "/account/event-types") {
  const { options } = await post(ask, { purpose: "enter" });
  return post(send, { purpose: "enter", returnTo, response: device.get(options, lies) });
}

describe("a passkey", () => {
  it("a passkey signs its holder in, to the page they asked for, and their mailbox knows of it", async () => {
    const { account, device } = await withPasskey();
    expect(await enter(device)).toEqual({ status: 200, location: "/account/event-types" });
    expect(await whoIsIn()).toMatchObject({ id: account.id });
    const [passkey] = await listPasskeys(account.scope);
    expect(passkey).toMatchObject({ name: "Laptop", isSynced: false, copiedAt: null });
    expect(passkey?.lastUsedAt).toBeInstanceOf(Date);
    expect((await readMailsTo(account.email))[0]?.text).toContain("“Laptop” was added");
    const entries = await db().auditEntry.findMany({
      where: { subjectId: account.id },
      orderBy: { at: "asc" },
    });
    expect(entries.map(({ action }) => action)).toEqual(["passkey.added", "sign_in.succeeded"]);
  });

  it("a passkey is asked for without naming anyone's, and always with its holder verified", async () => {
    await withPasskey();
    const { options } = await post(ask, { purpose: "enter" });
    expect(options).toMatchObject({ rpId: "localhost", userVerification: "required", allowCredentials: [] });
    await browserOf((await addAccount()).id);
    expect((await post(ask, { purpose: "add" })).options).toMatchObject({
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
    });
  });

  it("a passkey that doesn't count its uses works as often as one likes", async () => {
    const { device } = await withPasskey(false);
    for (let number = 0; number < 3; number += 1) expect((await enter(device)).status).toBe(200);
  });

  it("a passkey leads to no other site", async () => {
    const { device } = await withPasskey();
    expect(await enter(device, {}, "https://evil.example/")).toMatchObject({ location: "/account/bookings" });
  });

  it("a passkey proves again who is at the browser, and only its own holder", async () => {
    const { account, device } = await withPasskey();
    const other = await withPasskey();
    await browserOf(account.id, 30);
    const confirm = async (by: Authenticator) => {
      const { options } = await post(ask, { purpose: "confirm" });
      return post(send, { purpose: "confirm", returnTo: "/account/profile", response: by.get(options) });
    };
    expect((await confirm(other.device)).status).toBe(403);
    const provedAt = async () => {
      const { _max } = await db().session.aggregate({
        where: { userId: account.id },
        _max: { authenticatedAt: true },
      });
      return _max.authenticatedAt?.getTime() ?? 0;
    };
    const before = await provedAt();
    expect(await confirm(device)).toMatchObject({ location: "/account/profile" });
    expect(await provedAt()).toBeGreaterThan(before);
    expect(await whoIsIn()).toMatchObject({ id: account.id });
  });

  it("a passkey is added only after a recent sign-in, by whoever is signed in, at our own page", async () => {
    const account = await addAccount();
    expect(await post(ask, { purpose: "add" })).toMatchObject({
      location: expect.stringContaining("/sign-in"),
    });
    await browserOf(account.id, 16);
    expect(await post(ask, { purpose: "add" })).toMatchObject({
      location: expect.stringContaining("/account/security/confirm"),
    });
    await browserOf(account.id);
    request.headers.set("sec-fetch-site", "cross-site");
    expect((await post(ask, { purpose: "add" })).status).toBe(403);
    expect(await listPasskeys(account.scope)).toEqual([]);
  });

  it("a passkey that is known already is not added again, for whomever", async () => {
    const { account, device } = await withPasskey();
    const other = await addAccount();
    expect((await register(other, device)).answer.status).toBe(403);
    expect(await listPasskeys(other.scope)).toEqual([]);
    expect(await listPasskeys(account.scope)).toHaveLength(1);
  });

  it("a passkey of a disabled account opens nothing", async () => {
    const { account, device } = await withPasskey();
    await db().user.update({ where: { id: account.id }, data: { disabledAt: new Date() } });
    expect((await enter(device)).message).toContain("disabled");
    expect(await whoIsIn()).toBeNull();
  });

  it("a passkey has a name that its holder alone can change", async () => {
    const { account } = await withPasskey();
    const other = await addAccount();
    const [passkey] = await listPasskeys(account.scope);
    const id = passkey?.id ?? "";
    await renamePasskey(other.scope, { id, name: "Stolen" });
    await renamePasskey(account.scope, { id, name: "Work laptop" });
    expect(await listPasskeys(account.scope)).toMatchObject([{ name: "Work laptop" }]);
  });

  it("a passkey is not offered where passwords aren't, nor at an address that browsers have none for", async () => {
    const { device } = await withPasskey();
    await withSettings({ SIGN_IN: ["microsoft"] }, async () => {
      expect((await post(ask, { purpose: "enter" })).status).toBe(403);
      expect((await listWaysIn()).passkeys).toBe(false);
    });
    expect((await enter(device)).status).toBe(200);
    expect(passkeySite({ APP_URL: "https://book.example" })).toEqual({
      rpId: "book.example",
      origin: "https://book.example",
    });
    for (const APP_URL of [
      "http://book.example",
      "https://192.0.2.1",
      "http://127.0.0.1:3000",
      "http://[::1]:3000",
    ]) {
      expect(passkeySite({ APP_URL }), APP_URL).toBeNull();
    }
  });
});

describe("the last way in", () => {
  it("the last way in stays: a passkey, a linked account or a password, whichever it is", async () => {
    const { account } = await withPasskey();
    const [passkey] = await listPasskeys(account.scope);
    const id = passkey?.id ?? "";
    const lastWayIn = { ok: false, error: { code: "last_way_in" } };
    expect(await removePassword(account.scope)).toEqual({ ok: true, value: null });
    expect(await removePasskey(account.scope, id)).toEqual(lastWayIn);
    const identity = await db().identity.create({
      data: { userId: account.id, provider: "oidc", issuer: "https://id.example", subject: randomUUID() },
    });
    await withSettings({ SIGN_IN: ["password", "oidc"] }, async () => {
      const elsewhere = await addAccount();
      await removePasskey(elsewhere.scope, id);
      expect(await listPasskeys(account.scope)).toHaveLength(1);
      expect(await removePasskey(account.scope, id)).toEqual({ ok: true, value: null });
      expect(await unlink(account.scope, identity.id)).toEqual(lastWayIn);
    });
    expect(await listPasskeys(account.scope)).toEqual([]);
    expect((await readMailsTo(account.email)).map(({ subject }) => subject)).toEqual(
      expect.arrayContaining([
        expect.stringContaining("password of your Bellhop account was removed"),
        expect.stringContaining("passkey was removed"),
      ]),
    );
  });

  it("the last way in is a password where the only passkey was shut", async () => {
    const { account } = await withPasskey();
    await db().passkey.updateMany({ where: { userId: account.id }, data: { copiedAt: new Date() } });
    expect(await removePassword(account.scope)).toMatchObject({ ok: false });
  });
});

describe("an attack on passkeys leads nowhere", () => {
  async function refuses(attack: (device: Authenticator) => Promise<{ status: number }>) {
    const { device } = await withPasskey();
    expect((await attack(device)).status).toBe(403);
    expect(await whoIsIn()).toBeNull();
    // The passkey itself is as good as it was.
    newBrowser();
    expect((await enter(device)).status).toBe(200);
  }

  it.each<[string, Lies]>([
    ["a page of another site", { origin: "https://evil.example" }],
    ["a page at another port of this machine", { origin: "http://localhost:4000" }],
    ["a passkey for another site", { rpId: "evil.example" }],
    ["a device that has not verified its holder", { verified: false }],
    ["a device that nobody has touched", { present: false }],
    ["a signature of another device", { signedBy: new Authenticator() }],
    ["another holder's name", { userHandle: Buffer.from(randomUUID()).toString("base64url") }],
    ["a challenge that we never made", { challenge: Buffer.alloc(32, 7).toString("base64url") }],
  ])("an attack on passkeys leads nowhere by %s", (_what, lies) => refuses((device) => enter(device, lies)));

  it("an attack on passkeys leads nowhere by an answer that was used before", async () => {
    const { device } = await withPasskey();
    const { options } = await post(ask, { purpose: "enter" });
    const response = device.get(options);
    const jar = new Map(request.cookies);
    const both = await Promise.all([1, 2].map(() => post(send, { purpose: "enter", response })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 403]);
    request.cookies = jar;
    expect((await post(send, { purpose: "enter", response })).status).toBe(403);
  });

  it("an attack on passkeys leads nowhere by an answer that is brought to another browser", async () => {
    const { device } = await withPasskey();
    const { options } = await post(ask, { purpose: "enter" });
    const response = device.get(options);
    newBrowser();
    await post(ask, { purpose: "enter" });
    expect((await post(send, { purpose: "enter", response })).status).toBe(403);
    expect(await whoIsIn()).toBeNull();
  });

  it("an attack on passkeys leads nowhere by an answer to another question", async () => {
    const { account, device } = await withPasskey();
    const { options } = await post(ask, { purpose: "enter" });
    await openSession({ userId: account.id, sessionEpoch: 0 });
    const answer = await post(send, { purpose: "confirm", response: device.get(options) });
    expect(answer.status).toBe(403);
  });

  it("an attack on passkeys leads nowhere by a challenge that has run out, and those are cleared away", async () => {
    const { device } = await withPasskey();
    const { options } = await post(ask, { purpose: "enter" });
    await db().passkeyChallenge.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
    expect((await post(send, { purpose: "enter", response: device.get(options) })).status).toBe(403);
    await removeExpiredChallenges();
    expect(await db().passkeyChallenge.count()).toBe(0);
  });

  it("an attack on passkeys leads nowhere by a passkey that no one has added", async () => {
    expect((await enter(new Authenticator())).message).toContain("opens no account");
  });

  it("an attack on passkeys leads nowhere by a new one that another browser was asked for, or of another site", async () => {
    const account = await addAccount();
    for (const lies of [
      { origin: "https://evil.example" },
      { rpId: "evil.example" },
      { verified: false },
      { challenge: Buffer.alloc(32, 7).toString("base64url") },
    ]) {
      expect((await register(account, new Authenticator(), lies)).answer.status).toBe(403);
    }
    const other = await addAccount();
    await browserOf(other.id);
    const { options } = await post(ask, { purpose: "add" });
    await browserOf(account.id);
    const stolen = { purpose: "add", name: "Mine", response: new Authenticator().create(options) };
    expect((await post(send, stolen)).status).toBe(403);
    expect(await listPasskeys(account.scope)).toEqual([]);
  });

  it("an attack on passkeys leads nowhere by a copy: the passkey is shut, and its holder is told", async () => {
    const { account, device } = await withPasskey();
    await enter(device);
    newBrowser();
    device.counter = 1;
    expect((await enter(device)).message).toContain("copy");
    expect(await whoIsIn()).toBeNull();
    device.counter = 50;
    expect((await enter(device)).status).toBe(403);
    const told = (await readMailsTo(account.email)).filter(({ subject }) => subject.includes("was shut"));
    expect(told).toHaveLength(1);
    expect(await listPasskeys(account.scope)).toMatchObject([{ copiedAt: expect.any(Date) }]);
  });
});
