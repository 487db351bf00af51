import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { book } from "@/lib/booking/book";
import { decideBooking } from "@/lib/booking/decide";
import { reschedule } from "@/lib/booking/reschedule";
import { getBookingByToken } from "@/lib/booking-record/queries";
import { db } from "@/lib/database/client";
import { listFlight } from "@/lib/flight-recorder/queries";
import { eventually } from "@/tests/support/eventually";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";
import { readInvitation, readPart, readSubject } from "@/tests/support/received-mail";
import { startSmtpServer } from "@/tests/support/smtp";
import { openWorkingStage, type WorkingStage } from "@/tests/support/working-stage";

let stage: WorkingStage;
const smtp = await startSmtpServer();

beforeAll(async () => {
  stage = await openWorkingStage({ SMTP_URL: smtp.url, MAIL_FROM: "Front desk <desk@book.example>" });
});
afterAll(async () => {
  await stage.close();
  await smtp.close();
});
beforeEach(() => {
  smtp.received.length = 0;
});

const mailsTo = (address: string) => smtp.received.filter((mail) => mail.to.includes(address));
const subjects = (address: string) => mailsTo(address).map((mail) => readSubject(mail).split(":")[0]);
const untilMailed = (address: string, count: number) =>
  eventually(
    async () => mailsTo(address),
    (mails) => mails.length >= count,
  );
const textOf = (address: string, index: number) => {
  const mail = mailsTo(address)[index];
  return (mail && readPart(mail, "text/plain")?.body) ?? "";
};

/** A booking that its organizer has approved, with all that follows from it done. */
async function approved(eventType: object = {}) {
  const organizer = await makeOrganizer({
    location: { kind: "teams" },
    title: "First talk",
    requiresApproval: true,
    ...eventType,
  });
  const { email: account } = await stage.connect(organizer);
  const { email } = await db().user.findUniqueOrThrow({ where: { id: organizer.id } });
  const request = requestFor(organizer, hourAhead(3));
  const booked = await book(request);
  if (!booked.ok) throw new Error(booked.error.code);
  const { id, token } = booked.value;
  const decide = (decision: "approve" | "decline") =>
    decideBooking({ bookingId: id, scope: organizer.scope, decision });
  await untilMailed(request.visitor.email, 1);
  await decide("approve");
  await untilMailed(request.visitor.email, 2);
  const move = (start: string, by: "visitor" | "organizer" = "visitor") =>
    by === "visitor"
      ? reschedule({ bookingId: id, start: Date.parse(start), by })
      : reschedule({ bookingId: id, start: Date.parse(start), by });
  const events = async () => (await stage.microsoft.control.mailbox(account)).events;
  return { organizer, account, email, visitor: request.visitor.email, id, token, decide, move, events };
}

describe("a visitor who moves an approved booking", { timeout: 90_000 }, () => {
  it("a visitor who moves an approved booking asks again: the new time is held, the old one is free and out of the calendar, and people are notified so", async () => {
    const { organizer, account, email, visitor, id, token, decide, move, events } = await approved();
    const later = hourAhead(4);
    expect(await move(later)).toMatchObject({ ok: true });
    expect(await getBookingByToken(token)).toMatchObject({
      status: "pending",
      startsAt: new Date(later),
      decideBy: expect.any(Date),
      meeting: { status: "none", joinUrl: null },
    });
    await untilMailed(visitor, 3);
    await untilMailed(email, 2);
    expect(textOf(visitor, 2)).toContain("for the new time. The earlier time has been released.");
    expect(textOf(email, 1)).toContain("instead of the one you approved");
    await eventually(events, (list) => list.length === 0);
    const others = requestFor(organizer, hourAhead(3));
    expect(await book(others)).toMatchObject({ ok: true });
    expect(await book(requestFor(organizer, later))).toMatchObject({ ok: false });

    await decide("approve");
    await untilMailed(visitor, 4);
    expect(subjects(visitor)).toEqual(["Request received", "Confirmed", "Request received", "Confirmed"]);
    const booking = await getBookingByToken(token);
    expect(booking).toMatchObject({ status: "confirmed", meeting: { status: "ready" } });
    expect((await events()).map(({ start }) => start?.dateTime?.slice(0, 16))).toEqual([later.slice(0, 16)]);
    const sent = (await stage.microsoft.control.mailbox(account)).sentInvitations;
    expect(sent.filter(({ to }) => to === visitor).map(({ kind }) => kind)).toEqual([
      "invitation",
      "cancellation",
      "invitation",
    ]);
    const moved = (await listFlight(organizer.scope, id)).find(({ step }) => step === "rescheduled");
    expect(moved?.facts).toEqual({ by: "visitor", approval: true });
  });

  it("a visitor who moves an approved booking may move it to a time that overlaps the old one", async () => {
    const { token, move } = await approved({ durationsMinutes: [60], slotIntervalMinutes: 30 });
    const later = new Date(Date.parse(hourAhead(3)) + 30 * 60_000).toISOString();
    expect(await move(later)).toMatchObject({ ok: true });
    expect(await getBookingByToken(token)).toMatchObject({ status: "pending", startsAt: new Date(later) });
  });

  it("a visitor who moves an approved booking whose new time is declined loses the entry that Bellhop has sent", async () => {
    const { visitor, decide, move } = await approved({ invitations: "bellhop" });
    await move(hourAhead(4));
    await untilMailed(visitor, 3);
    await decide("decline");
    await untilMailed(visitor, 4);
    const [first, last] = mailsTo(visitor).flatMap((mail) => readInvitation(mail) ?? []);
    expect([first?.method, last?.method]).toEqual(["REQUEST", "CANCEL"]);
    expect(last?.uid).toBe(first?.uid);
    expect(last?.sequence).toBeGreaterThan(first?.sequence ?? 0);
  });
});

it("a visitor who moves a request that still waits gives its organizer the whole time to decide again", async () => {
  const organizer = await makeOrganizer({ requiresApproval: true, approvalHours: 48 });
  const booked = await book(requestFor(organizer, hourAhead(8)));
  if (!booked.ok) throw new Error(booked.error.code);
  const { id: bookingId, token } = booked.value;
  const dayMs = 24 * 3600_000;
  const now = Date.now() + dayMs;
  expect(await reschedule({ bookingId, start: Date.parse(hourAhead(9)), by: "visitor", now })).toMatchObject({
    ok: true,
  });
  expect(await getBookingByToken(token)).toMatchObject({
    status: "pending",
    decideBy: new Date(now + 2 * dayMs),
  });
});

describe("an approved booking stays approved", () => {
  it("an approved booking stays approved where its organizer does not want to be asked about moves", async () => {
    const { token, move, visitor } = await approved({ rescheduleNeedsApproval: false });
    await move(hourAhead(4));
    expect(await getBookingByToken(token)).toMatchObject({ status: "confirmed" });
    await untilMailed(visitor, 3);
    expect(subjects(visitor).at(-1)).toBe("Rescheduled");
  });

  it("an approved booking stays approved where its organizer moves it", async () => {
    const { token, move } = await approved();
    await move(hourAhead(4), "organizer");
    expect(await getBookingByToken(token)).toMatchObject({ status: "confirmed" });
  });

  it("an approved booking stays approved where its event type asks for no approval any more", async () => {
    const { organizer, token, move } = await approved();
    await db().eventType.update({ where: { id: organizer.eventTypeId }, data: { requiresApproval: false } });
    await move(hourAhead(4));
    expect(await getBookingByToken(token)).toMatchObject({ status: "confirmed" });
  });
});
