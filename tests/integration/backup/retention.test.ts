import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { book } from "@/lib/booking/book";
import { db } from "@/lib/database/client";
import { countDue, removeDue } from "@/lib/retention";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";

let database: TestDatabase;
let userId: string;

const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 3600 * 1000);

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
  const organizer = await makeOrganizer({ location: { kind: "none" } });
  userId = organizer.id;
  const booked = await book(requestFor(organizer, hourAhead(2)));
  if (!booked.ok) throw new Error(booked.error.code);
  const text = { bookingId: booked.value.id, kind: "x", numberHash: 7n };
  const webhook = await db().webhook.create({
    data: { userId, url: "https://example.org", events: [], secretSealed: "x" },
  });
  const delivery = { webhookId: webhook.id, event: "x" };
  await db().webhookDelivery.createMany({
    data: [
      { ...delivery, createdAt: daysAgo(31) },
      { ...delivery, createdAt: daysAgo(29) },
    ],
  });
  for (const [revision, days] of [
    [0, 1.1],
    [1, 0.9],
  ] as const) {
    const hours = { expiresAt: daysAgo(days - 1) };
    await db().textMessage.create({ data: { ...text, revision, updatedAt: daysAgo(days) } });
    await db().idempotencyRecord.create({
      data: { scope: "x", key: String(revision), requestHash: randomBytes(32), ...hours },
    });
  }
  const mail = { to: "a@example.org", subject: "x", kind: "x" };
  await db().mail.createMany({
    data: [
      { ...mail, createdAt: daysAgo(31) },
      { ...mail, createdAt: daysAgo(29) },
    ],
  });
  const entry = { action: "x", subject: "x", origin: "x" };
  await db().auditEntry.createMany({
    data: [
      { ...entry, at: daysAgo(366) },
      { ...entry, at: daysAgo(364) },
    ],
  });
  const upload = { id: randomUUID(), fileName: "a.json", contentSealed: "x", expiresAt: daysAgo(1) };
  await db().importUpload.create({ data: { userId, ...upload } });
  const { id: eventTypeId } = await db().eventType.findFirstOrThrow({ where: { userId } });
  const opened = { eventTypeId, step: "page", count: 3 } as const;
  await db().funnelCount.createMany({
    data: [
      { ...opened, day: daysAgo(402) },
      { ...opened, day: daysAgo(398) },
    ],
  });
  const session = { userId, sessionEpoch: 0 };
  const link = (expiresAt: Date) => ({ tokenHash: randomBytes(32), userId, expiresAt });
  for (const days of [1, -1]) {
    const expiresAt = daysAgo(days);
    await db().session.create({ data: { ...session, idHash: randomBytes(32), expiresAt } });
    await db().signInLink.create({ data: link(expiresAt) });
    await db().passwordReset.create({ data: link(expiresAt) });
  }
});
afterAll(() => database.cleanup());

const counted = async (counts: ReturnType<typeof countDue>) =>
  Object.fromEntries(Object.entries(await counts).map(([kind, { count }]) => [kind, count]));

test("a dry run counts for each kind what is due, and removes nothing; the run removes exactly that, once", async () => {
  const nothing = {
    audit_log: 0,
    emails: 0,
    webhook_deliveries: 0,
    unconfirmed_bookings: 0,
    network_and_address_hashes: 0,
    phone_number_hashes: 0,
    links: 0,
    sessions: 0,
    uploads_to_import: 0,
    api_answers: 0,
    booking_page_steps: 0,
  };
  const due = {
    ...nothing,
    audit_log: 1,
    emails: 1,
    webhook_deliveries: 1,
    phone_number_hashes: 1,
    api_answers: 1,
    links: 2,
    sessions: 1,
    uploads_to_import: 1,
    booking_page_steps: 1,
  };
  expect(await counted(countDue())).toEqual(due);
  expect(await counted(countDue())).toEqual(due);
  expect(await counted(removeDue())).toEqual(due);
  expect(await counted(removeDue())).toEqual(nothing);
  expect([await db().mail.count(), await db().session.count(), await db().signInLink.count()]).toEqual([
    1, 1, 1,
  ]);
  expect(await db().funnelCount.findMany({ select: { count: true } })).toEqual([{ count: 3 }]);
  expect(await countDue()).toMatchObject({
    audit_log: { days: 365 },
    emails: { days: 30 },
    booking_page_steps: { days: 400 },
  });
});
