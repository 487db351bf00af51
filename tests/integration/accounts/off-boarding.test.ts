import { mkdtempSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exportAccount } from "@/lib/accounts/export-account";
import { sendPasswordChanged } from "@/lib/accounts/mails/password-changed";
import { cancelUpcoming, deleteAccount, listUpcoming, whyKept } from "@/lib/accounts/off-boarding";
import { disableUser, enableUser } from "@/lib/accounts/users";
import { listAudit } from "@/lib/audit/queries";
import { createApiKey } from "@/lib/auth/api-keys";
import { book } from "@/lib/booking/book";
import { cancel } from "@/lib/booking/cancel";
import { getMailedDecision } from "@/lib/booking/decision-links";
import { savePrivateNote } from "@/lib/booking/private-note";
import { getBookingByToken } from "@/lib/booking-record/queries";
import { db } from "@/lib/database/client";
import { sendDueMails } from "@/lib/notifications/send-due";
import { outboxHandlers } from "@/lib/outbox/jobs";
import { addBlock } from "@/lib/shield/blocks";
import { deliverToWebhook } from "@/lib/webhooks/deliver";
import { createWebhook, testWebhook } from "@/lib/webhooks/webhooks";
import { prepareJobs } from "@/lib/worker";
import { admin } from "@/tests/support/admin-command";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { readMailsTo } from "@/tests/support/mails";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";
import { startSmtpServer } from "@/tests/support/smtp";
import { makeTeam } from "@/tests/support/team";

const smtp = await startSmtpServer();
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ SMTP_URL: smtp.url });
  await prepareJobs();
});
afterAll(async () => {
  await database.cleanup();
  await smtp.close();
});

const phone = { location: { kind: "phone", value: "+33 1 23 45 67 89" } } as const;

async function organizerWithEmail(more: object = {}) {
  const organizer = await makeOrganizer({ ...phone, ...more });
  const { email, name, locale } = await db().user.findUniqueOrThrow({ where: { id: organizer.id } });
  return { ...organizer, email, holder: { email, name, locale } };
}

async function booked(page: { handle: string; slug: string }, days: number) {
  const outcome = await book(requestFor(page, hourAhead(days)));
  if (!outcome.ok) throw new Error(outcome.error.code);
  return outcome.value;
}

const letter = (organizer: Awaited<ReturnType<typeof organizerWithEmail>>) =>
  db().$transaction((tx) => sendPasswordChanged(tx, { ...organizer.holder, keys: { ended: 0, kept: 0 } }));

describe("the mails of someone who is disabled", () => {
  test("the mails of someone who is disabled are held back, those on their way and those written later, until they are enabled", async () => {
    const organizer = await organizerWithEmail();
    await letter(organizer);
    await disableUser(organizer.id);
    await letter(organizer);
    const held = { status: "withdrawn", contentSealed: null };
    expect(await db().mail.findMany({ where: { to: organizer.email } })).toMatchObject([held, held]);
    await enableUser(organizer.id);
    await letter(organizer);
    expect(await db().mail.count({ where: { to: organizer.email, status: "queued" } })).toBe(1);
  });

  test("the mails of someone who is disabled don't go out, though one was written at the same moment", async () => {
    const organizer = await organizerWithEmail();
    await letter(organizer);
    await db().user.update({ where: { id: organizer.id }, data: { disabledAt: new Date() } });
    const [mail] = await db().mail.findMany({ where: { to: organizer.email } });
    const before = smtp.received.length;
    await outboxHandlers.find(({ definition }) => definition.name === "mail.send")?.run({ mailId: mail?.id });
    expect(smtp.received).toHaveLength(before);
    expect(await db().mail.findMany({ where: { to: organizer.email } })).toMatchObject([
      { status: "withdrawn" },
    ]);
  });

  test("visitors hear of their bookings with someone who is disabled, who hears nothing", async () => {
    const organizer = await organizerWithEmail();
    const { id, token } = await booked(organizer, 3);
    const { visitorEmail } = await db().booking.findUniqueOrThrow({ where: { id } });
    await disableUser(organizer.id);
    expect((await getBookingByToken(token))?.organizer.takesBookings).toBe(false);
    await cancel({ bookingId: id, by: "visitor" });
    await sendDueMails({ bookingId: id });
    const queued = await db().mail.findMany({ where: { bookingId: id, status: "queued" } });
    expect(queued.map(({ to }) => to)).toEqual([visitorEmail]);
    const [mail] = await readMailsTo(visitorEmail);
    expect(mail?.text).not.toContain(`/${organizer.handle}\n`);
  });
});

test("a mailed link decides nothing for someone who is disabled", async () => {
  const organizer = await organizerWithEmail({ requiresApproval: true });
  const { id } = await booked(organizer, 3);
  await sendDueMails({ bookingId: id });
  const [mail] = await readMailsTo(organizer.email);
  const [, token = ""] = mail?.text.match(/\/decide\/([\w-]+)/) ?? [];
  expect((await getMailedDecision(token))?.isOpen).toBe(true);
  await disableUser(organizer.id);
  expect((await getMailedDecision(token))?.isOpen).toBe(false);
});

test("the webhooks of someone who is disabled are sent nothing", async () => {
  const organizer = await organizerWithEmail();
  const url = "http://127.0.0.1:9/hook";
  const made = await createWebhook(organizer.scope, {
    url,
    events: ["booking.confirmed", "booking.cancelled"],
  });
  if (!made.ok) throw new Error(made.error.code);
  const { id } = await booked(organizer, 3);
  const waiting = await testWebhook(organizer.scope, made.value.id);
  await disableUser(organizer.id);
  const deliveryId = waiting.ok ? waiting.value.id : "";
  await deliverToWebhook({ deliveryId });
  expect(await db().webhookDelivery.findUnique({ where: { id: deliveryId } })).toMatchObject({ attempts: 0 });
  await cancel({ bookingId: id, by: "organizer" });
  expect(await db().webhookDelivery.count({ where: { webhookId: made.value.id } })).toBe(1);
});

describe("upcoming bookings of someone who leaves", () => {
  test("upcoming bookings of someone who leaves are kept, or cancelled with a message to each visitor", async () => {
    const organizer = await organizerWithEmail();
    const other = await organizerWithEmail();
    const [first, second] = [await booked(organizer, 3), await booked(organizer, 4)];
    const foreign = await booked(other, 3);
    await disableUser(organizer.id);
    expect((await listUpcoming(organizer.scope)).map(({ id }) => id)).toEqual([first.id, second.id]);
    const message = "Ada has left. Please book with Grace.";
    const bookingIds = [first.id, foreign.id];
    expect(await cancelUpcoming(organizer.scope, { bookingIds, message })).toBe(1);
    expect((await listUpcoming(organizer.scope)).map(({ id }) => id)).toEqual([second.id]);
    expect(await db().booking.findUnique({ where: { id: foreign.id } })).toMatchObject({
      status: "confirmed",
    });
    await sendDueMails({ bookingId: first.id });
    const mails = await db().mail.findMany({ where: { bookingId: first.id, status: "queued" } });
    const texts = (await readMailsTo(mails[0]?.to ?? "")).map(({ text }) => text).join();
    expect(texts).toContain(message);
    expect(await listAudit({ action: "account.bookings_cancelled" }, { take: 5 })).toMatchObject([
      { subject: organizer.email, details: { bookings: 1 } },
    ]);
  });
});

describe("deleting an account", () => {
  test("deleting an account needs it disabled, without upcoming bookings, and exported since", async () => {
    const organizer = await organizerWithEmail();
    const { id } = await booked(organizer, 3);
    const { scope } = organizer;
    const attempt = async () => {
      const reason = await whyKept(scope);
      const deleted = await deleteAccount(scope);
      expect(deleted.ok ? null : deleted.error.code).toBe(reason);
      return reason;
    };
    await exportAccount(scope);
    expect(await attempt()).toBe("not_disabled");
    await disableUser(organizer.id);
    expect(await attempt()).toBe("has_upcoming");
    await cancel({ bookingId: id, by: "organizer" });
    expect(await attempt()).toBe("not_exported");
    await exportAccount(scope);
    expect(await attempt()).toBeNull();
    expect(await db().user.count({ where: { id: organizer.id } })).toBe(0);
    expect(await db().booking.count({ where: { id } })).toBe(0);
    expect((await listAudit({ who: organizer.email }, { take: 5 }))[0]).toMatchObject({
      action: "account.deleted",
      subject: organizer.email,
    });
    expect(await attempt()).toBe("not_found");
  });
});

test("deleting an account leaves its past bookings of teams to another host, or else to an owner, and upcoming ones keep it", async () => {
  const [owner, leaver, mate] = [
    await organizerWithEmail(),
    await organizerWithEmail(),
    await organizerWithEmail(),
  ];
  const alone = await makeTeam([owner, leaver], {}, [{ kind: "fixed" }, { kind: "fixed" }]);
  await db().eventTypeHost.deleteMany({ where: { eventTypeId: alone.eventTypeId, userId: owner.id } });
  const together = await makeTeam([owner, leaver, mate], {}, [
    { kind: "rotating" },
    { kind: "fixed" },
    { kind: "fixed" },
  ]);
  await db().eventTypeHost.deleteMany({ where: { eventTypeId: together.eventTypeId, userId: owner.id } });
  await db().eventType.update({ where: { id: together.eventTypeId }, data: { rotatingHosts: 0 } });
  const led = [await booked(alone, 3), await booked(together, 4)];
  await disableUser(leaver.id);
  await exportAccount(leaver.scope);
  expect(await whyKept(leaver.scope)).toBe("has_upcoming");
  const past = { startsAt: new Date("2026-01-05T10:00:00Z"), endsAt: new Date("2026-01-05T10:30:00Z") };
  await db().booking.updateMany({ where: { ownerId: leaver.id }, data: past });
  await db().meeting.updateMany({ where: { hostId: leaver.id }, data: past });
  expect(await deleteAccount(leaver.scope)).toMatchObject({ ok: true });
  const left = await db().booking.findMany({
    where: { id: { in: led.map(({ id }) => id) } },
    select: { ownerId: true, teamId: true, meeting: { select: { hostId: true } } },
    orderBy: { createdAt: "asc" },
  });
  expect(left).toEqual([
    { ownerId: owner.id, teamId: alone.id, meeting: { hostId: owner.id } },
    { ownerId: mate.id, teamId: together.id, meeting: { hostId: mate.id } },
  ]);
  const view = await getBookingByToken(led[0]?.token ?? "");
  expect(view).toMatchObject({ status: "confirmed", hosts: [] });
});

test("an exported account has its bookings, notes and rules, and no key, password or link", async () => {
  const organizer = await organizerWithEmail();
  const { id, token } = await booked(organizer, 3);
  await savePrivateNote(organizer.scope, id, "Prefers tea");
  const { apiKey } = await createApiKey(organizer.scope, "Intranet");
  const url = "http://127.0.0.1:9/hook";
  const made = await createWebhook(organizer.scope, { url, events: ["booking.confirmed"] });
  await addBlock(organizer.scope, { kind: "domain", value: "win.example" });
  const exported = await exportAccount(organizer.scope);
  const text = JSON.stringify(exported);
  expect(exported.account).toMatchObject({ email: organizer.email, handle: organizer.handle });
  expect(exported.bookings).toMatchObject([{ id, privateNote: "Prefers tea" }]);
  expect(exported.eventTypes).toHaveLength(1);
  expect(exported.schedules).toHaveLength(1);
  expect(exported.blocks).toMatchObject([{ kind: "domain", value: "win.example" }]);
  for (const secret of [apiKey, token, made.ok ? made.value.secret : ""]) expect(text).not.toContain(secret);
  expect(text).not.toMatch(/argon2|passwordHash|Sealed/);
});

test("export-account writes a file that only its owner reads, and never over another", async () => {
  const organizer = await organizerWithEmail();
  await booked(organizer, 3);
  const file = path.join(mkdtempSync(path.join(tmpdir(), "bellhop-")), "account.json");
  const done = await admin(["export-account", "--email", organizer.email, "--to", file]);
  expect(JSON.parse(done.stdout)).toEqual({ id: organizer.id, email: organizer.email, file, bookings: 1 });
  expect(JSON.parse(readFileSync(file, "utf8")).account.email).toBe(organizer.email);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const again = await admin(["export-account", "--email", organizer.email, "--to", file]);
  expect(again).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("already exists") });
}, 120_000);
