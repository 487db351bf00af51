import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { book } from "@/lib/booking/book";
import { cancel } from "@/lib/booking/cancel";
import { decideByLink, getMailedDecision } from "@/lib/booking/decision-links";
import { expireRequests } from "@/lib/booking/expire";
import { reschedule } from "@/lib/booking/reschedule";
import { toCalendarEntry } from "@/lib/booking-page/calendar-entry";
import { getBookingByToken } from "@/lib/booking-record/queries";
import { db } from "@/lib/database/client";
import { listFlight } from "@/lib/flight-recorder/queries";
import { addLanguages } from "@/lib/i18n/languages";
import { english } from "@/lib/i18n/messages";
import { sendAllDueMails, sendDueMails } from "@/lib/notifications/send-due";
import { outboxHandlers } from "@/lib/outbox/jobs";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { readMailsTo } from "@/tests/support/mails";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";
import { readPart, readSubject } from "@/tests/support/received-mail";
import { SmtpRefusal, startSmtpServer } from "@/tests/support/smtp";

let database: TestDatabase;
let refusal: number | null = null;
const smtp = await startSmtpServer(() => {
  if (refusal) throw new SmtpRefusal(refusal);
});

beforeAll(async () => {
  database = await createTestDatabase({ SMTP_URL: smtp.url, MAIL_FROM: "Front desk <desk@book.example>" });
  await prepareJobs();
});
afterAll(async () => {
  await database.cleanup();
  await smtp.close();
});
beforeEach(() => {
  refusal = null;
  smtp.received.length = 0;
});

const hourMs = 3600_000;
const phone = { location: { kind: "phone", value: "+33 1 23 45 67 89" }, title: "First talk" };

async function booked(eventType: object = {}, more: object = {}) {
  const organizer = await makeOrganizer({ ...phone, ...eventType });
  const request = requestFor(organizer, hourAhead(3), more);
  const outcome = await book(request);
  if (!outcome.ok) throw new Error(outcome.error.code);
  const { email } = await db().user.findUniqueOrThrow({ where: { id: organizer.id } });
  return {
    ...outcome.value,
    organizer: { ...organizer, email },
    visitor: request.visitor.email,
    start: Date.parse(request.start),
  };
}

/** The kinds of the mails to an address, oldest first. */
const kindsTo = async (address: string) => (await readMailsTo(address)).map(({ kind }) => kind).reverse();

const deliverAll = async () => {
  const send = outboxHandlers.find(({ definition }) => definition.name === "mail.send");
  const mails = await db().mail.findMany({ where: { status: "queued" }, orderBy: { createdAt: "asc" } });
  for (const { id } of mails) await send?.run({ mailId: id });
};
const sendAgain = (mailId: string) =>
  outboxHandlers.find(({ definition }) => definition.name === "mail.send")?.run({ mailId });

describe("mails of a booking", () => {
  it.each([
    ["en-US", /10:00 AM–10:30 AM|10:00 AM–11:00 AM/, /11:00 AM/],
    ["en-GB", /10:00–1\d:\d\d/, /11:00/],
    ["en-GB-u-hc-h12", /10:00 AM/, /11:00 AM/],
  ])(
    "emails of a booking are written by the clock of their reader: %s",
    async (locale, organizers, visitors) => {
      const visitor = {
        name: "Ada",
        email: `ada-${randomUUID()}@example.org`,
        timeZone: "Africa/Lagos",
        locale,
      };
      const organizer = await makeOrganizer(phone);
      await db().user.update({ where: { id: organizer.id }, data: { locale } });
      const { email } = await db().user.findUniqueOrThrow({ where: { id: organizer.id } });
      await book(requestFor(organizer, hourAhead(3), { visitor }));
      await sendAllDueMails();
      await deliverAll();
      const textTo = (address: string) =>
        smtp.received
          .filter(({ to }) => to.includes(address))
          .map((mail) => readPart(mail, "text/plain")?.body);
      expect(textTo(visitor.email)[0]).toMatch(visitors);
      expect(textTo(email)[0]).toMatch(organizers);
      if (locale === "en-GB") expect([textTo(email), textTo(visitor.email)].join()).not.toMatch(/\d [AP]M/);
    },
  );

  it("emails of a booking are written in the language of their reader, with the calendar entry", async () => {
    const language = (prefix: string, formats: string) => {
      const { mails, booking, ...others } = english;
      const greeting = `${prefix} {name}`;
      const visit = { ...booking.visit, calendarDescription: `${prefix} {url}` };
      const messages = { ...others, mails: { ...mails, greeting }, booking: { ...booking, visit } };
      return { messages, formats, direction: "ltr" } as const;
    };
    const remove = addLanguages({ de: language("Guten Tag", "de"), fr: language("Bonjour", "fr") });
    try {
      const visitor = {
        name: "Jana",
        email: `jana-${randomUUID()}@example.org`,
        timeZone: "Europe/Berlin",
        locale: "de-AT",
      };
      const organizer = await makeOrganizer(phone);
      await db().user.update({ where: { id: organizer.id }, data: { locale: "fr-FR" } });
      const { email } = await db().user.findUniqueOrThrow({ where: { id: organizer.id } });
      const start = hourAhead(3);
      const dayIn = (tag: string, timeZone: string) =>
        new Intl.DateTimeFormat(tag, { timeZone, dateStyle: "full" }).format(new Date(start));
      const made = await book(requestFor(organizer, start, { visitor }));
      expect(made).toMatchObject({ ok: true });
      await sendAllDueMails();
      const [toVisitor] = await readMailsTo(visitor.email);
      expect(toVisitor?.text).toContain("Guten Tag Jana");
      expect(toVisitor?.text).toContain(dayIn("de", "Europe/Berlin"));
      expect(toVisitor?.html).toContain('lang="de"');
      expect(toVisitor?.calendar?.ics).toContain("DESCRIPTION:Guten Tag http");
      const [toOrganizer] = await readMailsTo(email);
      expect(toOrganizer?.text).toContain("Bonjour The");
      expect(toOrganizer?.text).toContain(dayIn("fr", "UTC"));
      expect(toOrganizer?.html).toContain('lang="fr"');
      expect(toOrganizer?.calendar?.ics).toContain("Bonjour http");
      const token = made.ok ? made.value.token : "";
      const view = await getBookingByToken(token);
      expect(view && toCalendarEntry(view).description).toMatch(/^Guten Tag http/);
    } finally {
      remove();
    }
  });

  it("emails of a booking carry the visitor's own link and both clocks, as text and as HTML", async () => {
    const { id, token, visitor } = await booked();
    await sendDueMails({ bookingId: id });
    const [mail] = await readMailsTo(visitor);
    expect(mail?.subject).toMatch(/^Confirmed: First talk, /);
    for (const content of [mail?.text, mail?.html]) {
      expect(content).toContain(`/booking/${token}`);
      expect(content).toContain("Paris");
      expect(content).toContain("(UTC, UTC+00:00)");
      expect(content).toContain("+33 1 23 45 67 89");
    }
    expect(mail?.html).not.toContain("<script");
  });

  it("emails of a booking escape what people wrote", async () => {
    const { id, visitor } = await booked({ title: "<b>Sale</b>" });
    await sendDueMails({ bookingId: id });
    const [mail] = await readMailsTo(visitor);
    expect(mail?.html).not.toContain("<b>Sale</b>");
    expect(mail?.text).toContain("<b>Sale</b>");
  });

  it("emails of a booking are written once, though the job runs many times and concurrently, and delivered once", async () => {
    const { id, visitor } = await booked();
    await Promise.all(Array.from({ length: 6 }, () => sendDueMails({ bookingId: id })));
    await sendDueMails({ bookingId: id });
    const mails = await readMailsTo(visitor);
    expect(mails).toHaveLength(1);
    const mailId = mails[0]?.id ?? "";
    await Promise.allSettled([sendAgain(mailId), sendAgain(mailId), sendAgain(mailId)]);
    await sendAgain(mailId);
    expect(smtp.received.filter((mail) => mail.to.includes(visitor))).toHaveLength(1);
  });

  it("emails of a booking vanish with a booking that fails, and follow one that went through, whatever dies in between", async () => {
    const { id, visitor } = await booked();
    await db().booking.update({ where: { id }, data: { mailsDueAt: new Date(Date.now() - 1000) } });
    await sendAllDueMails();
    expect(await kindsTo(visitor)).toEqual(["booking-confirmed"]);
  });

  it("emails of a booking do not go where the event type has switched them off, but for the visitor's own link", async () => {
    const { id, visitor, organizer } = await booked({
      invitations: "outlook",
      notifications: { cancelled: false, confirmation: false, organizerCopies: false },
    });
    await db().meeting.updateMany({ where: { hostId: organizer.id }, data: { invitations: "outlook" } });
    await sendDueMails({ bookingId: id });
    await cancel({ bookingId: id, by: "visitor" });
    await sendDueMails({ bookingId: id });
    expect(await kindsTo(visitor)).toEqual(["booking-own-link"]);
    expect(await kindsTo(organizer.email)).toEqual([]);
  });

  it("emails of a booking tell of a cancellation with its reason, and leave out its author's copy", async () => {
    const { id, visitor, organizer } = await booked();
    await sendDueMails({ bookingId: id });
    await cancel({ bookingId: id, by: "organizer", reason: "The roof leaks" });
    await sendDueMails({ bookingId: id });
    const [mail] = await readMailsTo(visitor);
    expect(mail?.subject).toMatch(/^Cancelled: /);
    expect(mail?.text).toContain("The roof leaks");
    expect(await kindsTo(organizer.email)).toEqual(["booking-organizer-booked"]);
  });
});

describe("a Teams booking whose link is late", () => {
  it("a Teams booking whose link is late is called booked after a minute, and confirmed by the link once it is there", async () => {
    const { id, visitor, organizer } = await booked({ location: { kind: "teams" } });
    const { createdAt, meetingId } = await db().booking.findUniqueOrThrow({ where: { id } });
    await sendDueMails({ bookingId: id });
    expect(await kindsTo(visitor)).toEqual([]);
    await sendDueMails({ bookingId: id }, createdAt.getTime() + 61_000);
    const [first] = await readMailsTo(visitor);
    expect(first?.subject).toMatch(/^Booked: /);
    expect(first?.text).toContain("We'll email your Teams link.");
    await db().meeting.update({
      where: { id: meetingId },
      data: { status: "ready", joinUrl: "https://teams.example/l/1", verifiedAt: new Date() },
    });
    await sendDueMails({ bookingId: id });
    await sendDueMails({ bookingId: id });
    expect(await kindsTo(visitor)).toEqual(["booking-confirmed", "booking-link-ready"]);
    const [second] = await readMailsTo(visitor);
    expect(second?.text).toContain("/j/");
    expect(second?.text).not.toContain("teams.example");
    expect(await kindsTo(organizer.email)).toEqual(["booking-organizer-booked"]);
  });
});

describe("a reminder", () => {
  it("a reminder goes out at its time, once", async () => {
    const { id, visitor, start } = await booked();
    await sendDueMails({ bookingId: id });
    const { mailsDueAt } = await db().booking.findUniqueOrThrow({ where: { id } });
    expect(mailsDueAt?.getTime()).toBe(start - 24 * hourMs);
    await sendDueMails({ bookingId: id }, start - 24 * hourMs);
    await sendDueMails({ bookingId: id }, start - 24 * hourMs);
    await sendDueMails({ bookingId: id }, start - hourMs);
    expect(await kindsTo(visitor)).toEqual(["booking-confirmed", "booking-reminder", "booking-reminder"]);
  });

  it("a reminder is held back when the booking is cancelled or moved before the mail server took it", async () => {
    for (const change of [
      (bookingId: string) => cancel({ bookingId, by: "visitor" }),
      (bookingId: string) => reschedule({ bookingId, start: Date.parse(hourAhead(6)), by: "visitor" }),
    ]) {
      const { id, visitor, start } = await booked();
      await sendDueMails({ bookingId: id });
      await sendDueMails({ bookingId: id }, start - 24 * hourMs);
      expect(await change(id)).toMatchObject({ ok: true });
      await deliverAll();
      const reminder = (await readMailsTo(visitor)).find(({ kind }) => kind === "booking-reminder");
      expect(reminder?.status).toBe("withdrawn");
      const sent = smtp.received.filter(({ to }) => to.includes(visitor));
      expect(sent.filter(({ raw }) => raw.includes("Reminder:"))).toEqual([]);
    }
  });

  it("a reminder never comes for a booking that was cancelled before its time", async () => {
    const { id, visitor, start } = await booked();
    await sendDueMails({ bookingId: id });
    await cancel({ bookingId: id, by: "visitor" });
    await sendDueMails({ bookingId: id }, start - hourMs);
    expect(await kindsTo(visitor)).toEqual(["booking-confirmed", "booking-cancelled"]);
  });
});

describe("a mail that can't be delivered", () => {
  it("a mail that can't be delivered keeps later ones of its booking behind it, so that no one hears of the end before the start", async () => {
    const { id, visitor } = await booked();
    await sendDueMails({ bookingId: id });
    refusal = 451;
    await expect(deliverAll()).rejects.toThrow("smtp_451");
    await cancel({ bookingId: id, by: "visitor" });
    await sendDueMails({ bookingId: id });
    const [cancelled] = await readMailsTo(visitor);
    await expect(sendAgain(cancelled?.id ?? "")).rejects.toThrow("smtp_451");
    refusal = null;
    await sendAgain(cancelled?.id ?? "");
    const received = smtp.received.filter(({ to }) => to.includes(visitor));
    expect(received.map((mail) => readSubject(mail).split(":")[0])).toEqual(["Confirmed", "Cancelled"]);
  });

  it("a mail that can't be delivered shows on the booking's flight recorder, with the server's code and without the address", async () => {
    const { id, organizer, visitor } = await booked();
    await sendDueMails({ bookingId: id });
    refusal = 550;
    await deliverAll();
    const failed = (await listFlight(organizer.scope, id)).filter(({ step }) => step === "mail_failed");
    expect(failed.map(({ facts }) => facts)).toContainEqual({
      mail: "booking-confirmed",
      problem: "smtp_550",
    });
    expect(JSON.stringify(failed.map(({ facts }) => facts))).not.toContain(visitor);
  });
});

describe("a request", () => {
  const asked = () => booked({ requiresApproval: true });

  async function links(address: string): Promise<string[]> {
    const [mail] = await readMailsTo(address);
    return [...(mail?.text ?? "").matchAll(/\/decide\/([\w-]+)/g)].map(([, token]) => token ?? "");
  }

  it("a request is approved by the first link of the organizer's mail, after looking any number of times", async () => {
    const { id, token, organizer, visitor } = await asked();
    await sendDueMails({ bookingId: id });
    const [approve = "", decline = ""] = await links(organizer.email);
    expect(await getMailedDecision(approve)).toMatchObject({ decision: "approve", isOpen: true });
    expect(await getMailedDecision(approve)).toMatchObject({ isOpen: true });
    expect((await getBookingByToken(token))?.status).toBe("pending");
    expect(await decideByLink({ token: approve, seenRevision: 0 })).toMatchObject({ ok: true });
    expect((await getBookingByToken(token))?.status).toBe("confirmed");
    const again = [
      await decideByLink({ token: approve, seenRevision: 0 }),
      await decideByLink({ token: decline, seenRevision: 0 }),
    ];
    expect(again).toMatchObject([{ error: { code: "not_found" } }, { error: { code: "not_found" } }]);
    await sendDueMails({ bookingId: id });
    expect(await kindsTo(visitor)).toEqual(["booking-requested", "booking-confirmed"]);
  });

  it("a request is declined by the second, with a word to the visitor", async () => {
    const { id, token, organizer, visitor } = await asked();
    await sendDueMails({ bookingId: id });
    const [, decline = ""] = await links(organizer.email);
    await decideByLink({ token: decline, reason: "Next month, please", seenRevision: 0 });
    expect((await getBookingByToken(token))?.status).toBe("declined");
    await sendDueMails({ bookingId: id });
    const [mail] = await readMailsTo(visitor);
    expect([mail?.kind, mail?.text.includes("Next month, please")]).toEqual(["booking-declined", true]);
  });

  it("a request is not decided by what was seen before its visitor moved it", async () => {
    const { id, token, organizer } = await asked();
    await sendDueMails({ bookingId: id });
    const [approve = ""] = await links(organizer.email);
    await reschedule({ bookingId: id, start: Date.parse(hourAhead(5)), by: "visitor" });
    expect(await decideByLink({ token: approve, seenRevision: 0 })).toMatchObject({
      error: { code: "moved" },
    });
    expect((await getBookingByToken(token))?.status).toBe("pending");
    expect(await decideByLink({ token: approve, seenRevision: 1 })).toMatchObject({ ok: true });
  });

  it("a request keeps the links' tokens nowhere but in the sealed mail", async () => {
    const { id, organizer } = await asked();
    await sendDueMails({ bookingId: id });
    const [approve = ""] = await links(organizer.email);
    expect(approve).toHaveLength(43);
    const rows = [
      await db().decisionLink.findMany(),
      await db().mail.findMany(),
      await db().flightEntry.findMany(),
    ];
    expect(JSON.stringify(rows, (_, value) => (typeof value === "bigint" ? "" : value))).not.toContain(
      approve,
    );
    expect(await getMailedDecision(randomUUID())).toBeNull();
  });

  it("a request that no one decides runs out, frees its time and tells both, once", async () => {
    const { id, token, organizer, visitor, start } = await asked();
    await sendDueMails({ bookingId: id });
    const { decideBy, createdAt } = await db().booking.findUniqueOrThrow({ where: { id } });
    expect(decideBy?.getTime()).toBe(Math.min(start, decideBy?.getTime() ?? 0));
    expect(Math.round(((decideBy?.getTime() ?? 0) - createdAt.getTime()) / hourMs)).toBe(48);
    await expireRequests((decideBy?.getTime() ?? 0) - 1);
    expect((await getBookingByToken(token))?.status).toBe("pending");
    const over = (decideBy?.getTime() ?? 0) + 1;
    await expireRequests(over);
    await expireRequests(over);
    expect(await getBookingByToken(token)).toMatchObject({ status: "declined" });
    expect(await db().timeClaim.count({ where: { hostId: organizer.id } })).toBe(0);
    await sendDueMails({ bookingId: id });
    expect(await kindsTo(visitor)).toEqual(["booking-requested", "booking-declined"]);
    expect(await kindsTo(organizer.email)).toEqual([
      "booking-organizer-request",
      "booking-organizer-expired",
    ]);
  });

  it("a request runs out at its start at the latest", async () => {
    const { id, start } = await booked({ requiresApproval: true, approvalHours: 1000 });
    const { decideBy } = await db().booking.findUniqueOrThrow({ where: { id } });
    expect(decideBy?.getTime()).toBe(start);
  });
});
