import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { once, ticketOf } from "@/lib/api/idempotency";
import { hashCapability } from "@/lib/auth/capability";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { newLink, openLink } from "@/lib/booking-record/links";
import { askForApproval } from "@/lib/connections/approval";
import { openHandshake } from "@/lib/connections/handshake";
import { parkedPurpose } from "@/lib/connections/switch-account";
import { db } from "@/lib/database/client";
import { seal, unseal } from "@/lib/encryption/cipher";
import { formerHolder } from "@/lib/grants/grant-store";
import { freshAccessToken, sealTokens } from "@/lib/grants/tokens";
import { keepUpload } from "@/lib/imports/uploads";
import { openMailContent, sendMail } from "@/lib/outbox/outbox";
import { sendText } from "@/lib/outbox/text-outbox";
import { forgetRegistration, registration, saveRegistration } from "@/lib/registration/registration";
import { sealedColumns } from "@/lib/sealed-columns";
import { openNetwork, sealNetwork } from "@/lib/shield/sealed-network";
import { webhookBodyPurpose } from "@/lib/webhooks/announce";
import { createWebhook, webhookSecretPurpose } from "@/lib/webhooks/webhooks";
import { givenOrganizer, prepareMailQueue } from "@/tests/support/accounts";
import { admin } from "@/tests/support/admin-command";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";

// Each command is a process that loads the application again.
vi.setConfig({ testTimeout: 120_000 });

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await prepareMailQueue();
});
afterAll(() => database.cleanup());

const startsAt = new Date("2027-03-01T09:00:00Z");
const endsAt = new Date("2027-03-01T09:30:00Z");
const ticket = ticketOf(["test"], "key-1", {});
const reply = { status: 201, contentType: "application/json", body: "{}" };

async function givenConnection(userId: string) {
  const owner = { userId, provider: "teams" };
  await db().meetingProviderConnection.create({
    data: {
      ...owner,
      ...sealTokens(owner, { accessToken: "access", refreshToken: "refresh" }),
      expiresAt: new Date(Date.now() + 3600_000),
      scopes: "User.Read",
      accountEmail: "ada@example.test",
      accountId: "oid",
      tenantId: "tid",
      accountKind: "work",
      teamsAvailable: true,
      state: "connected",
    },
  });
  return owner;
}

/** A mailbox from before, and a sign-in that waits. */
async function givenSwitch(owner: { userId: string; provider: string }) {
  const account = { tenantId: "tid", accountId: "former" };
  const holder = formerHolder({ ...owner, ...account });
  await db().formerMailbox.create({
    data: {
      ...owner,
      ...account,
      ...sealTokens(holder, { accessToken: "access", refreshToken: "former refresh" }),
      expiresAt: new Date(Date.now() + 3600_000),
      scopes: "User.Read",
      accountEmail: "ada@former.test",
      accountKind: "work",
      teamsAvailable: true,
      state: "connected",
      choice: "keep",
    },
  });
  const id = randomUUID();
  await db().parkedGrant.create({
    data: {
      id,
      ...owner,
      tokenHash: hashCapability("parked"),
      grantSealed: seal("{}", { purpose: parkedPurpose, row: id }),
      accountEmail: "ada@next.test",
      returnTo: "/account/integrations",
      expiresAt: new Date(Date.now() + 3600_000),
    },
  });
  return holder;
}

async function givenBooking(userId: string) {
  const id = randomUUID();
  const [manage, join] = [newLink("manage", id), newLink("join", id)];
  const times = { startsAt, endsAt };
  const meeting = await db().meeting.create({
    data: { hostId: userId, kind: "none", status: "none", ...times },
  });
  await db().booking.create({
    data: {
      id,
      ownerId: userId,
      meetingId: meeting.id,
      status: "confirmed",
      ...times,
      title: "Consultation",
      visitorName: "Rosa",
      visitorEmail: "rosa@example.test",
      visitorTimeZone: "UTC",
      tokenHash: manage.hash,
      tokenSealed: manage.sealed,
      joinTokenHash: join.hash,
      joinTokenSealed: join.sealed,
    },
  });
  const networkSealed = sealNetwork(id, "203.0.113.0/24");
  await db().addressCheck.create({ data: { bookingId: id, networkSealed } });
  return { id, manage: manage.token, join: join.token };
}

/** A webhook with something on its way. */
async function givenWebhook(userId: string) {
  const made = await createWebhook(scopeWithoutRequest(userId), {
    url: "http://localhost:1/",
    events: ["booking.confirmed"],
  });
  if (!made.ok) throw new Error(made.error.code);
  const { id: webhookId, secret } = made.value;
  const id = randomUUID();
  const bodySealed = seal("{}", { purpose: webhookBodyPurpose, row: id });
  await db().webhookDelivery.create({ data: { id, webhookId, event: "booking.confirmed", bodySealed } });
  return { webhookId, secret };
}

/** The ids of the keys that the stored values are sealed under. */
async function keysInUse(): Promise<string[]> {
  const ids: string[] = [];
  for (const { table, column } of sealedColumns) {
    const rows = await db().$queryRawUnsafe<{ value: string }[]>(
      `SELECT "${column}" AS value FROM "${table}"`,
    );
    ids.push(...rows.map(({ value }) => value.split(".")[1] ?? ""));
  }
  return ids;
}

test("rotating seals everything under the first key, and all of it still opens where it belongs", async () => {
  const ada = await givenOrganizer("ada");
  const owner = await givenConnection(ada.id);
  const former = await givenSwitch(owner);
  const booking = await givenBooking(ada.id);
  await openHandshake({ ...owner, returnTo: "/account/integrations", popup: false, variant: "" });
  await once(ticket, async () => reply);
  await saveRegistration({ clientSecret: "first~secret", nextSecret: "next~secret" });
  await askForApproval(scopeWithoutRequest(ada.id), "/account/integrations");
  const mail = await db().$transaction((tx) =>
    sendMail(tx, { to: ada.email, kind: "greeting", subject: "Hello", text: "Words", html: "<p>" }),
  );
  await db().$transaction((tx) =>
    sendText(tx, {
      bookingId: booking.id,
      kind: "confirmed",
      revision: 0,
      to: "+33612345678",
      body: "Words",
    }),
  );
  const webhook = await givenWebhook(ada.id);
  await keepUpload(scopeWithoutRequest(ada.id), { fileName: "a.json", text: '{"eventTypes":[]}' });
  const old = process.env.TOKEN_ENCRYPTION_KEYS;
  const next = `t2:${randomBytes(32).toString("base64")}`;
  expect(new Set(await keysInUse())).toEqual(new Set(["t1"]));

  const rotated = await admin(["rotate-keys"], { TOKEN_ENCRYPTION_KEYS: `${next},${old}` });
  expect(rotated).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(rotated.stdout)).toMatchObject({ resealed: sealedColumns.length, unreadable: 0 });
  expect(await keysInUse()).toEqual(sealedColumns.map(() => "t2"));

  const again = await admin(["rotate-keys"], { TOKEN_ENCRYPTION_KEYS: next });
  expect(JSON.parse(again.stdout)).toMatchObject({ resealed: 0, unreadable: 0 });

  const back = await admin(["rotate-keys"], { TOKEN_ENCRYPTION_KEYS: `${old},${next}` });
  expect(JSON.parse(back.stdout)).toMatchObject({ resealed: sealedColumns.length, unreadable: 0 });
  const access = await freshAccessToken(owner, () =>
    Promise.reject(new Error("The token is good for an hour.")),
  );
  expect(access).toMatchObject({ ok: true, value: { token: "access" } });
  const formerAccess = await freshAccessToken(former, () =>
    Promise.reject(new Error("The token is good for an hour.")),
  );
  expect(formerAccess).toMatchObject({ ok: true, value: { token: "access" } });
  forgetRegistration();
  expect(await registration()).toMatchObject({ clientSecret: "first~secret", nextSecret: "next~secret" });
  const stored = await db().booking.findUniqueOrThrow({ where: { id: booking.id } });
  expect(openLink("manage", booking.id, stored.tokenSealed)).toBe(booking.manage);
  expect(openLink("join", booking.id, stored.joinTokenSealed)).toBe(booking.join);
  const check = await db().addressCheck.findUniqueOrThrow({ where: { bookingId: booking.id } });
  expect(openNetwork(check)).toBe("203.0.113.0/24");
  expect(openMailContent(await db().mail.findUniqueOrThrow({ where: mail }))).toMatchObject({
    text: "Words",
  });
  const { secretSealed } = await db().webhook.findUniqueOrThrow({ where: { id: webhook.webhookId } });
  expect(unseal(secretSealed, { purpose: webhookSecretPurpose, row: webhook.webhookId })).toBe(
    webhook.secret,
  );
  expect(await once(ticket, () => Promise.reject(new Error("It was done before.")))).toMatchObject({
    kind: "answered",
    reply,
  });
});

test("a value under a key that is gone is left as it is, and reported", async () => {
  await db().mail.deleteMany();
  const lost = { to: "x", subject: "x", kind: "x", contentSealed: "v1.gone.AAAA" };
  const { id } = await db().mail.create({ data: lost });
  const rotated = await admin(["rotate-keys"]);
  expect(JSON.parse(rotated.stdout)).toMatchObject({ unreadable: 1 });
  expect(await db().mail.findUnique({ where: { id } })).toMatchObject(lost);
});
