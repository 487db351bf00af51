import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as cancelRoute from "@/app/api/v1/bookings/[token]/cancel/route";
import * as moveRoute from "@/app/api/v1/bookings/[token]/reschedule/route";
import * as oneBooking from "@/app/api/v1/bookings/[token]/route";
import * as bookings from "@/app/api/v1/bookings/route";
import * as approveRoute from "@/app/api/v1/me/bookings/[id]/approve/route";
import * as declineRoute from "@/app/api/v1/me/bookings/[id]/decline/route";
import { createApiKey } from "@/lib/auth/api-keys";
import { createBookingLink } from "@/lib/booking/booking-links";
import { confirmByLink, getAskedVisitor, lapseUnconfirmed } from "@/lib/booking/confirm";
import { eraseVisitor } from "@/lib/booking/erase-visitor";
import {
  type BookingFilter,
  countBookings,
  getBookingByToken,
  listBookings,
} from "@/lib/booking-record/queries";
import { visitStateOf } from "@/lib/booking-record/visit-state";
import { db } from "@/lib/database/client";
import type { Prisma } from "@/lib/database/generated/client";
import { sendDueMails } from "@/lib/notifications/send-due";
import { createWebhook } from "@/lib/webhooks/webhooks";
import { call } from "@/tests/integration/api/call";
import { eventually } from "@/tests/support/eventually";
import { readLinkToken, readMailsTo } from "@/tests/support/mails";
import { hourAhead, makeOrganizer, requestFor, type TestOrganizer } from "@/tests/support/organizer";
import { openWorkingStage, type WorkingStage } from "@/tests/support/working-stage";

/* Until a visitor has confirmed their address, a booking writes to no one else and is in no calendar. */

let stage: WorkingStage;

beforeAll(async () => {
  stage = await openWorkingStage();
});
afterAll(() => stage.close());

const inThirtyOneMinutes = () => new Date(Date.now() + 31 * 60_000);

type EventType = Partial<Prisma.EventTypeUncheckedCreateInput>;
const asking = (more: EventType = {}) => makeOrganizer({ emailCheck: "always", ...more });

/** A visitor with two guests books, and the mails about it are written. */
async function bookWithGuests(organizer: TestOrganizer, more: object = {}, headers = {}) {
  const guests = [`guest-${randomUUID()}@example.org`, `guest-${randomUUID()}@example.org`];
  const request = requestFor(organizer, hourAhead(3), { guests, ...more });
  const { status, body } = await call(bookings.POST, { body: request, headers });
  expect(status, JSON.stringify(body)).toBe(201);
  await sendDueMails({ bookingId: body.id });
  return { request, guests, body, email: request.visitor.email, id: body.id, token: body.token };
}

/** Everyone who was mailed about a booking, in order. */
async function mailed(bookingId: string): Promise<string[]> {
  const mails = await db().mail.findMany({ where: { bookingId }, orderBy: { createdAt: "asc" } });
  return mails.map(({ to }) => to);
}

const openToken = (email: string) => readLinkToken(email, "/confirm/");
const statusOf = async (token: string) =>
  (await call(oneBooking.GET, { params: { token } })).body as { status: string; awaits: string | null };

describe("a booking that waits for its visitor", () => {
  it("a booking that waits for its visitor holds its time, is in no calendar, and writes to that one address alone", async () => {
    const organizer = await stage.connect(await asking({ location: { kind: "teams" } }));
    const heard = ["booking.requested", "booking.confirmed", "booking.cancelled"] as const;
    await createWebhook(organizer.scope, { url: "https://hooks.example/all", events: [...heard] });
    const { body, email, id, request } = await bookWithGuests(organizer, {
      answers: {},
      visitor: { name: "Vera https://evil.example/win", email: "vera@example.org", timeZone: "UTC" },
    });
    expect(body).toMatchObject({ status: "pending", awaits: "visitor", meeting: { status: "none" } });
    expect(await mailed(id)).toEqual([email]);
    const [mail] = await readMailsTo(email);
    expect(mail?.text).toContain("Hello Vera,");
    expect(`${mail?.subject}${mail?.text}${mail?.html}`).not.toContain("evil");
    const again = await call(bookings.POST, { body: { ...request, guests: [] } });
    expect([again.status, again.body.code]).toEqual([409, "slot_taken"]);
    expect(await db().webhookDelivery.count({ where: { bookingId: id } })).toBe(0);
    const { events, sentInvitations } = await stage.microsoft.control.mailbox(organizer.email);
    expect([events, sentInvitations]).toEqual([[], []]);
    await sendDueMails({ bookingId: id });
    expect(await mailed(id)).toEqual([email]);
  });

  it("a booking that waits for its visitor is confirmed by its link, once; then everyone hears of it", async () => {
    const organizer = await stage.connect(await asking({ location: { kind: "teams" } }));
    const { email, guests, id, token } = await bookWithGuests(organizer);
    const link = await openToken(email);
    const asked = await getAskedVisitor(link);
    expect([asked?.state, asked?.booking.awaits]).toEqual(["open", "visitor"]);
    expect((await statusOf(token)).awaits).toBe("visitor");
    expect((await confirmByLink(link)).ok).toBe(true);
    expect(await statusOf(token)).toMatchObject({ status: "confirmed", awaits: null });
    const invited = await eventually(
      async () => (await stage.microsoft.control.mailbox(organizer.email)).sentInvitations,
      (sent) => sent.length >= 3,
    );
    expect(invited.map(({ to }) => to).sort()).toEqual([email, ...guests].sort());
    await eventually(
      () => mailed(id),
      (all) => all.length >= 3,
    );
    expect(await confirmByLink(link)).toMatchObject({ ok: false, error: { code: "not_open" } });
    expect((await getAskedVisitor(link))?.state).toBe("done");
    expect((await confirmByLink("no-such-link")).ok).toBe(false);
  });

  it("a booking that waits for its visitor goes on to its organizer where approval is needed", async () => {
    const own = { mailGreeting: "Dear {visitor},", mailClosing: "See you soon!" };
    const organizer = await asking({ requiresApproval: true, location: { kind: "none" }, ...own });
    const { email, id, token } = await bookWithGuests(organizer);
    expect(await mailed(id)).toEqual([email]);
    // Whoever has the address may be a stranger to the organizer.
    const [asked] = await readMailsTo(email);
    expect(`${asked?.text}${asked?.html}`).not.toMatch(/Dear|See you/);
    expect((await confirmByLink(await openToken(email))).ok).toBe(true);
    expect(await statusOf(token)).toMatchObject({ status: "pending", awaits: "organizer" });
    await sendDueMails({ bookingId: id });
    const kinds = await db().mail.findMany({ where: { bookingId: id }, orderBy: { createdAt: "asc" } });
    expect(kinds.map(({ kind }) => kind)).toEqual([
      "booking-confirm-address",
      "booking-requested",
      "booking-organizer-request",
    ]);
    const texts = (await readMailsTo(email)).map(({ text }) => text);
    expect(texts.filter((text) => text?.startsWith("Dear ") && text.includes("See you soon!"))).toHaveLength(
      1,
    );
    const [request] = await readMailsTo(`${organizer.handle}@bellhop.example`);
    expect(request?.text).not.toMatch(/Dear|See you/);
  });

  it("a booking that waits for its visitor that no one confirms in half an hour frees its time, and its page says so", async () => {
    const organizer = await asking({ location: { kind: "none" } });
    const { email, id, token, request } = await bookWithGuests(organizer);
    const link = await openToken(email);
    await lapseUnconfirmed(new Date(Date.now() + 29 * 60_000));
    expect((await statusOf(token)).status).toBe("pending");
    expect((await confirmByLink(link, inThirtyOneMinutes())).ok).toBe(false);
    expect((await getAskedVisitor(link, inThirtyOneMinutes()))?.state).toBe("lapsed");
    await lapseUnconfirmed(inThirtyOneMinutes());
    expect(await statusOf(token)).toMatchObject({ status: "cancelled", awaits: null });
    const view = await getBookingByToken(token);
    expect(view && visitStateOf(view, Date.now())).toBe("lapsed");
    expect((await getAskedVisitor(link))?.state).toBe("lapsed");
    expect((await confirmByLink(link)).ok).toBe(false);
    await sendDueMails({ bookingId: id });
    expect(await mailed(id)).toEqual([email]);
    const next = await call(bookings.POST, { body: { ...requestFor(organizer, request.start) } });
    expect(next.status).toBe(201);
  });

  it("a booking that waits for its visitor is given up while its mail is being written, and neither waits for the other forever", async () => {
    const organizer = await asking({ location: { kind: "none" } });
    const { id, token } = await bookWithGuests(organizer);
    const givenUp = await db().$transaction(
      async (tx) => {
        await tx.booking.update({ where: { id }, data: { mailsDueAt: null }, select: { id: true } });
        const givingUp = lapseUnconfirmed(inThirtyOneMinutes());
        const waiting = () => db().$queryRaw<{ query: string }[]>`
          SELECT query FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'UPDATE%"Booking"%'`;
        await eventually(waiting, (all) => all.length > 0);
        await tx.addressCheck.update({ where: { bookingId: id }, data: { networkSealed: null } });
        return { givingUp };
      },
      { timeout: 60_000 },
    );
    await givenUp.givingUp;
    expect((await statusOf(token)).status).toBe("cancelled");
  });

  it("a booking that waits for its visitor can be cancelled by its visitor and not moved, and no one hears of that", async () => {
    const organizer = await asking({ location: { kind: "none" } });
    await createWebhook(organizer.scope, {
      url: "https://hooks.example/all",
      events: ["booking.requested", "booking.cancelled", "booking.rescheduled"],
    });
    const { email, id, token } = await bookWithGuests(organizer);
    const link = await openToken(email);
    const moved = await call(moveRoute.POST, { params: { token }, body: { start: hourAhead(4) } });
    expect([moved.status, moved.body.code]).toEqual([409, "not_reschedulable"]);
    const cancelled = await call(cancelRoute.POST, { params: { token }, body: { reason: "Buy my pills" } });
    expect(cancelled.body).toMatchObject({ status: "cancelled", awaits: null });
    await sendDueMails({ bookingId: id });
    expect(await mailed(id)).toEqual([email]);
    expect(await db().webhookDelivery.count({ where: { bookingId: id } })).toBe(0);
    expect((await getAskedVisitor(link))?.state).toBe("off");
  });

  it("a booking that waits for its visitor is listed and counted for its organizer while it waits, and in no list once it was given up", async () => {
    const organizer = await asking({ location: { kind: "none" } });
    const { id } = await bookWithGuests(organizer);
    const list = async (filter: BookingFilter) =>
      (await listBookings(organizer.scope, filter)).map((booking) => booking.id);
    expect(await list({ confirmation: "waiting" })).toEqual([id]);
    expect(await countBookings(organizer.scope, new Date())).toMatchObject({ heldBack: 1, cancelled: 0 });
    await lapseUnconfirmed(inThirtyOneMinutes());
    expect(await list({ confirmation: "waiting" })).toEqual([]);
    expect(await list({ confirmation: "known" })).toEqual([]);
    expect(await list({})).toEqual([id]);
    expect(await countBookings(organizer.scope, new Date())).toMatchObject({ heldBack: 0, cancelled: 0 });
  });

  it("a booking that waits for its visitor is let in or rejected by its organizer", async () => {
    const organizer = await asking({ location: { kind: "none" } });
    const { apiKey: key } = await createApiKey(organizer.scope, "test");
    const known = await bookWithGuests(organizer);
    const letIn = await call(approveRoute.POST, { key, params: { id: known.id }, body: {} });
    expect(letIn.body).toMatchObject({ status: "confirmed", awaits: null });
    expect((await getAskedVisitor(await openToken(known.email)))?.state).toBe("done");
    const unknown = await bookWithGuests(organizer, { start: hourAhead(5) });
    const rejected = await call(declineRoute.POST, { key, params: { id: unknown.id }, body: {} });
    expect(rejected.body.status).toBe("declined");
    await sendDueMails({ bookingId: unknown.id });
    expect(await mailed(unknown.id)).toEqual([unknown.email]);
  });

  it("a booking that waits for its visitor is answered the same when it is sent again", async () => {
    const organizer = await asking({ location: { kind: "none" } });
    const request = requestFor(organizer, hourAhead(3));
    const headers = { "Idempotency-Key": randomUUID() };
    const first = await call(bookings.POST, { body: request, headers });
    await sendDueMails({ bookingId: first.body.id });
    await confirmByLink(await openToken(request.visitor.email));
    await db().idempotencyRecord.deleteMany();
    const again = await call(bookings.POST, { body: request, headers });
    expect(again.body).toEqual(first.body);
    expect(again.body.awaits).toBe("visitor");
  });

  it("a booking that waits for its visitor takes a seat, and starts no session's meeting", async () => {
    const organizer = await stage.connect(await asking({ location: { kind: "teams" }, seats: 2 }));
    const first = await bookWithGuests(organizer);
    const second = await bookWithGuests(organizer);
    expect([first.body.awaits, second.body.awaits]).toEqual(["visitor", "visitor"]);
    const full = await call(bookings.POST, { body: requestFor(organizer, hourAhead(3)) });
    expect([full.status, full.body.code]).toEqual([409, "slot_taken"]);
    await confirmByLink(await openToken(first.email));
    const invited = await eventually(
      async () => (await stage.microsoft.control.mailbox(organizer.email)).sentInvitations,
      (sent) => sent.length >= 3,
    );
    expect(invited.map(({ to }) => to)).not.toContain(second.email);
  });

  it("a booking that waits for its visitor is forgotten with its visitor", async () => {
    const organizer = await asking({ location: { kind: "none" } });
    const { email, id } = await bookWithGuests(organizer);
    const link = await openToken(email);
    await lapseUnconfirmed(inThirtyOneMinutes());
    const erased = await eraseVisitor({ bookingId: id, scope: organizer.scope, placeholder: "Removed" });
    expect(erased.ok).toBe(true);
    expect(await getAskedVisitor(link)).toBeNull();
  });
});

describe("who needs no confirmation", () => {
  it("a booking with the organizer's own API key needs no confirmation", async () => {
    const organizer = await asking({ location: { kind: "none" } });
    const { apiKey } = await createApiKey(organizer.scope, "test");
    const { body } = await bookWithGuests(organizer, {}, { Authorization: `Bearer ${apiKey}` });
    expect(body).toMatchObject({ status: "confirmed", awaits: null });
  });

  it("a booking with the key of another organizer needs confirmation", async () => {
    const [organizer, other] = [await asking({ location: { kind: "none" } }), await makeOrganizer()];
    const { apiKey } = await createApiKey(other.scope, "test");
    const { body } = await bookWithGuests(organizer, {}, { Authorization: `Bearer ${apiKey}` });
    expect(body).toMatchObject({ status: "pending", awaits: "visitor" });
  });

  it("a booking through a single-use link needs no confirmation", async () => {
    const organizer = await asking({ location: { kind: "none" } });
    const link = await createBookingLink(organizer.scope, organizer.eventTypeId);
    const url = link.ok ? link.value.url : "";
    const { body } = await bookWithGuests(organizer, { link: new URL(url).searchParams.get("link") });
    expect(body).toMatchObject({ status: "confirmed", awaits: null });
  });

  it("a booking needs no confirmation where the event type asks no one, or nothing is suspicious", async () => {
    for (const emailCheck of ["never", "suspicious"] as const) {
      const organizer = await makeOrganizer({ emailCheck, location: { kind: "none" } });
      const { body } = await bookWithGuests(organizer);
      expect(body, emailCheck).toMatchObject({ status: "confirmed", awaits: null });
    }
  });
});
