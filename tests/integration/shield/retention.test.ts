import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as cancelRoute from "@/app/api/v1/bookings/[token]/cancel/route";
import * as bookings from "@/app/api/v1/bookings/route";
import { confirmByLink, lapseUnconfirmed } from "@/lib/booking/confirm";
import { decideBooking } from "@/lib/booking/decide";
import { countKeptAway } from "@/lib/booking/kept-away";
import { forgetStrangers } from "@/lib/booking/retention";
import { db } from "@/lib/database/client";
import { sendDueMails } from "@/lib/notifications/send-due";
import { countDue } from "@/lib/retention";
import { prepareJobs } from "@/lib/worker";
import { call } from "@/tests/integration/api/call";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { readLinkToken } from "@/tests/support/mails";
import { hourAhead, makeOrganizer, requestFor, type TestOrganizer } from "@/tests/support/organizer";

/* What is kept of people who never got through, and for how long. */

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ TRUST_PROXY: "1" });
  await prepareJobs();
});
afterAll(() => database.cleanup());

const dayMs = 24 * 3600_000;
const daysFromNow = (days: number) => new Date(Date.now() + days * dayMs);
const open = (more: object = {}) =>
  makeOrganizer({ location: { kind: "none" }, emailCheck: "always", ...more });

async function send(organizer: TestOrganizer, hour: number) {
  const email = `${randomUUID()}@example.org`;
  const visitor = { name: "Vera Visitor", email, timeZone: "UTC" };
  const body = requestFor(organizer, hourAhead(3, hour), { visitor, guests: ["guest@example.org"] });
  const headers = { "X-Forwarded-For": "198.51.100.7", "Idempotency-Key": randomUUID() };
  const answer = await call(bookings.POST, { body, headers });
  expect(answer.status).toBe(201);
  await sendDueMails({ bookingId: answer.body.id });
  return { email, id: answer.body.id as string, token: answer.body.token as string };
}

/** One that lapses, one that is rejected, one that its visitor cancels, and one that is confirmed. */
async function oneOfEach(organizer: TestOrganizer) {
  const [lapsed, rejected, cancelled, confirmed] = [
    await send(organizer, 9),
    await send(organizer, 10),
    await send(organizer, 11),
    await send(organizer, 12),
  ];
  await decideBooking({ bookingId: rejected.id, scope: organizer.scope, decision: "decline" });
  await call(cancelRoute.POST, { params: { token: cancelled.token }, body: {} });
  expect((await confirmByLink(await readLinkToken(confirmed.email, "/confirm/"))).ok).toBe(true);
  await lapseUnconfirmed(new Date(Date.now() + 31 * 60_000));
  return { lapsed, rejected, cancelled, confirmed };
}

/** What a dry run of retention would say in so many days. */
const dueIn = async (days: number, kind: string) => (await countDue(daysFromNow(days)))[kind]?.count;

const idsOf = async (organizer: TestOrganizer) =>
  (await db().booking.findMany({ where: { ownerId: organizer.id } })).map(({ id }) => id);

describe("bookings that never had an effect", () => {
  it("bookings that never had an effect are forgotten after a week, with all that names their people", async () => {
    const organizer = await open();
    const { lapsed, rejected, cancelled, confirmed } = await oneOfEach(organizer);
    await forgetStrangers(daysFromNow(6.9));
    expect(await dueIn(6.9, "unconfirmed_bookings")).toBe(0);
    expect(await dueIn(7.1, "unconfirmed_bookings")).toBe(3);
    expect((await idsOf(organizer)).sort()).toEqual(
      [lapsed, rejected, cancelled, confirmed].map(({ id }) => id).sort(),
    );
    await forgetStrangers(daysFromNow(7.1));
    expect(await idsOf(organizer)).toEqual([confirmed.id]);
    const gone = [lapsed, rejected, cancelled];
    const where = { bookingId: { in: gone.map(({ id }) => id) } };
    expect(await db().mail.count({ where })).toBe(0);
    expect(await db().idempotencyRecord.count({ where })).toBe(0);
    expect(await db().addressCheck.count({ where })).toBe(0);
    expect(await db().meeting.count({ where: { hostId: organizer.id } })).toBe(1);
    const dump = JSON.stringify(
      await Promise.all([db().mail.findMany(), db().booking.findMany()]),
      (_, value) => (typeof value === "bigint" ? String(value) : value),
    );
    for (const { email } of gone) expect(dump).not.toContain(email);
    expect(await db().mail.count({ where: { bookingId: confirmed.id } })).toBeGreaterThan(0);
  });

  it("bookings that never had an effect are still counted, by month", async () => {
    const organizer = await open();
    await oneOfEach(organizer);
    const now = new Date();
    const counted = { thisMonth: 3, inAll: 3 };
    expect(await countKeptAway(organizer.scope, now)).toEqual(counted);
    await forgetStrangers(daysFromNow(8));
    expect(await countKeptAway(organizer.scope, now)).toEqual(counted);
    expect(await countKeptAway(organizer.scope, daysFromNow(32))).toEqual({ thisMonth: 0, inAll: 3 });
    expect(await countKeptAway((await open()).scope, now)).toEqual({ thisMonth: 0, inAll: 0 });
    expect((await countKeptAway("everyone", now)).inAll).toBeGreaterThanOrEqual(3);
  });

  it("bookings that never had an effect leave those of the same session alone", async () => {
    const organizer = await open({ seats: 5 });
    const [stays, goes] = [await send(organizer, 10), await send(organizer, 10)];
    // While they wait, no dry run counts them.
    expect(await dueIn(8, "unconfirmed_bookings")).toBe(0);
    await decideBooking({ bookingId: goes.id, scope: organizer.scope, decision: "decline" });
    expect((await confirmByLink(await readLinkToken(stays.email, "/confirm/"))).ok).toBe(true);
    await forgetStrangers(daysFromNow(8));
    expect(await idsOf(organizer)).toEqual([stays.id]);
    expect(await db().meeting.count({ where: { hostId: organizer.id } })).toBe(1);
    expect(await db().timeClaim.count({ where: { hostId: organizer.id } })).toBe(1);
  });

  it("bookings that never had an effect aren't those that an organizer declined after their visitor confirmed", async () => {
    const organizer = await open({ requiresApproval: true });
    const asked = await send(organizer, 10);
    expect((await confirmByLink(await readLinkToken(asked.email, "/confirm/"))).ok).toBe(true);
    await decideBooking({ bookingId: asked.id, scope: organizer.scope, decision: "decline" });
    await forgetStrangers(daysFromNow(30));
    expect(await idsOf(organizer)).toEqual([asked.id]);
  });
});

it("hashes of networks and mailboxes go after a day, also of bookings that take place", async () => {
  const organizer = await open({ emailCheck: "suspicious" });
  const { id } = await send(organizer, 10);
  const traces = async () => {
    const { networkHash, recipientHashes } = await db().booking.findUniqueOrThrow({ where: { id } });
    return [networkHash !== null, recipientHashes.length];
  };
  await forgetStrangers(daysFromNow(0.9));
  expect(await traces()).toEqual([true, 2]);
  expect(await dueIn(0.9, "network_and_address_hashes")).toBe(0);
  expect(await dueIn(1.1, "network_and_address_hashes")).toBe(1);
  await forgetStrangers(daysFromNow(1.1));
  expect(await traces()).toEqual([false, 0]);
});
