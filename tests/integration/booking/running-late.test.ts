import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { book } from "@/lib/booking/book";
import { cancel } from "@/lib/booking/cancel";
import { reschedule } from "@/lib/booking/reschedule";
import { db } from "@/lib/database/client";
import { listFlight } from "@/lib/flight-recorder/queries";
import { addLanguages } from "@/lib/i18n/languages";
import { english } from "@/lib/i18n/messages";
import { sendLateNotice } from "@/lib/notifications/running-late";
import { openMailContent } from "@/lib/outbox/outbox";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
});
afterAll(() => database.cleanup());

const minuteMs = 60_000;

async function booked(more: object = {}) {
  const organizer = await makeOrganizer({ location: { kind: "phone", value: "+33 1 23 45 67 89" } });
  const start = Date.parse(hourAhead(2));
  const request = requestFor(organizer, new Date(start).toISOString(), more);
  const outcome = await book(request);
  if (!outcome.ok) throw new Error(outcome.error.code);
  return { organizer, start, bookingId: outcome.value.id, visitorEmail: request.visitor.email };
}

const lateMails = (bookingId: string) =>
  db().mail.findMany({ where: { bookingId, kind: { startsWith: "booking-late" } } });

describe("running late", () => {
  it("running late reaches the other person once, however often and by however many it is said", async () => {
    const { organizer, start, bookingId } = await booked();
    const now = start - 10 * minuteMs;
    const said = await Promise.all(
      Array.from({ length: 5 }, () => sendLateNotice({ bookingId, by: "visitor", minutes: 10, now })),
    );
    expect(said.every(({ ok }) => ok)).toBe(true);
    await sendLateNotice({ bookingId, by: "visitor", minutes: 15, now: start });
    const mails = await lateMails(bookingId);
    expect(mails).toHaveLength(1);
    const { email } = await db().user.findUniqueOrThrow({ where: { id: organizer.id } });
    expect(mails[0]).toMatchObject({ to: email, subject: expect.stringContaining("10 minutes late") });
    const flight = await listFlight(organizer.scope, bookingId);
    expect(flight.filter(({ step }) => step === "running_late")).toMatchObject([
      { facts: { by: "visitor", minutes: 10 } },
    ]);
  });

  it("running late reaches the visitor when it is the organizer, and both may be", async () => {
    const { organizer, start, bookingId, visitorEmail } = await booked();
    const where = { id: organizer.eventTypeId };
    await db().eventType.update({ where, data: { mailClosing: "See you soon!" } });
    const now = start + 5 * minuteMs;
    await sendLateNotice({ bookingId, by: "organizer", minutes: 5, now });
    await sendLateNotice({ bookingId, by: "visitor", minutes: 15, now });
    const mails = await lateMails(bookingId);
    expect(mails.map(({ to }) => to)).toContain(visitorEmail);
    expect(mails).toHaveLength(2);
    const toVisitor = mails.find(({ to }) => to === visitorEmail);
    expect(toVisitor && openMailContent(toVisitor).text).not.toContain("/account/");
    const isOwn = mails.map((mail) => [mail.to, openMailContent(mail).text.includes("See you soon!")]);
    expect(Object.fromEntries(isOwn)).toMatchObject({ [visitorEmail]: true });
    expect(isOwn.filter(([, own]) => own)).toHaveLength(1);
  });

  it("running late is written in its reader's language", async () => {
    const { late, ...others } = english.mails.booking;
    const booking = {
      ...others,
      late: { ...late, subject: "{who} hat etwa {minutes} Minuten Verspätung: {title}" },
    };
    const german = { ...english, mails: { ...english.mails, booking } };
    const removeGerman = addLanguages({ de: { messages: german, formats: "de", direction: "ltr" } });
    try {
      const visitor = { name: "Jana", email: "jana@example.org", timeZone: "Europe/Berlin", locale: "de-AT" };
      const { start, bookingId } = await booked({ visitor });
      await sendLateNotice({ bookingId, by: "organizer", minutes: 5, now: start });
      await sendLateNotice({ bookingId, by: "visitor", minutes: 5, now: start });
      const [toVisitor, toOrganizer] = await Promise.all(
        ["booking-late-organizer", "booking-late-visitor"].map((kind) =>
          db().mail.findFirstOrThrow({ where: { bookingId, kind } }),
        ),
      );
      expect(toVisitor?.subject).toContain("hat etwa 5 Minuten Verspätung");
      expect(toVisitor && openMailContent(toVisitor).html).toContain('lang="de"');
      expect(toOrganizer?.subject).toContain("5 minutes late");
    } finally {
      removeGerman();
    }
  });

  it("running late can be said from half an hour before the start until the end", async () => {
    const { start, bookingId } = await booked();
    const at = (now: number) => sendLateNotice({ bookingId, by: "visitor", minutes: 5, now });
    const notNow = { ok: false, error: { code: "not_now" } };
    expect(await at(start - 31 * minuteMs)).toEqual(notNow);
    expect(await at(start + 30 * minuteMs)).toEqual(notNow);
    expect(await at(start - 30 * minuteMs)).toMatchObject({ ok: true });
    expect(await at(start + 29 * minuteMs)).toMatchObject({ ok: true });
  });

  it("running late can be said again once the appointment was moved, and not once it is cancelled", async () => {
    const { start, bookingId } = await booked();
    await sendLateNotice({ bookingId, by: "visitor", minutes: 5, now: start });
    const later = start + 180 * minuteMs;
    await reschedule({ bookingId, start: later, by: "organizer" });
    await sendLateNotice({ bookingId, by: "visitor", minutes: 5, now: later });
    expect(await lateMails(bookingId)).toHaveLength(2);
    await cancel({ bookingId, by: "visitor" });
    expect(await sendLateNotice({ bookingId, by: "visitor", minutes: 5, now: later })).toMatchObject({
      error: { code: "not_now" },
    });
  });

  it("running late does not claim that the visitor said it, where a guest may have", async () => {
    const { start, bookingId } = await booked({ guests: ["guest@example.org"] });
    await sendLateNotice({ bookingId, by: "visitor", minutes: 5, now: start });
    const [mail] = await lateMails(bookingId);
    expect(mail && openMailContent(mail).text).toContain("or a guest");
  });
});
