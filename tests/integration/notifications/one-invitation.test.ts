import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as calendarFile from "@/app/booking/[token]/invite.ics/route";
import { book } from "@/lib/booking/book";
import { cancel } from "@/lib/booking/cancel";
import { decideBooking } from "@/lib/booking/decide";
import { reschedule } from "@/lib/booking/reschedule";
import { toCalendarEntry } from "@/lib/booking-page/calendar-entry";
import { getBookingByToken, getOwnBooking } from "@/lib/booking-record/queries";
import { encodePicture } from "@/lib/brand/encode-picture";
import { brandOf } from "@/lib/brand/read";
import { saveBrand } from "@/lib/brand/save";
import { env } from "@/lib/config/env";
import { db } from "@/lib/database/client";
import { eventually } from "@/tests/support/eventually";
import { hourAhead, makeOrganizer, requestFor, type TestOrganizer } from "@/tests/support/organizer";
import { readInvitation, readPart, readSubject } from "@/tests/support/received-mail";
import { startSmtpServer } from "@/tests/support/smtp";
import { openWorkingStage, type WorkingStage } from "@/tests/support/working-stage";
import { drawPicture } from "../brand/pictures";

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
function firstMailTo(address: string) {
  const [mail] = mailsTo(address);
  if (!mail) throw new Error(`Nothing was mailed to ${address}.`);
  return mail;
}

const untilMailed = (address: string, count: number) =>
  eventually(
    async () => mailsTo(address),
    (mails) => mails.length >= count,
  );
const subjects = (address: string) => mailsTo(address).map((mail) => readSubject(mail).split(":")[0]);
const invitations = (address: string) => mailsTo(address).flatMap((mail) => readInvitation(mail) ?? []);

/** An organizer in Paris with a Microsoft account, and one booking of theirs. */
async function bookWith(
  eventType: object,
  more: object = {},
  prepare: (organizer: TestOrganizer) => Promise<void> = async () => undefined,
) {
  const organizer = await makeOrganizer(
    { location: { kind: "teams" }, title: "First talk", ...eventType },
    { timeZone: "Europe/Paris" },
  );
  const { email: account } = await stage.connect(organizer);
  await prepare(organizer);
  const request = requestFor(organizer, hourAhead(3), more);
  const booked = await book(request);
  if (!booked.ok) throw new Error(booked.error.code);
  return { organizer, account, visitor: request.visitor.email, ...booked.value };
}

async function move(bookingId: string, days: number): Promise<string> {
  const start = hourAhead(days);
  const moved = await reschedule({ bookingId, start: Date.parse(start), by: "visitor" });
  if (!moved.ok) throw new Error(moved.error.code);
  const untilThere = async () =>
    (
      await db().booking.findUniqueOrThrow({ where: { id: bookingId }, include: { meeting: true } })
    ).meeting.calendarStartsAt?.toISOString();
  await eventually(untilThere, (at) => at === start);
  return start;
}

const sentByOutlook = async (account: string) =>
  (await stage.microsoft.control.mailbox(account)).sentInvitations.map(({ kind, to }) => [kind, to]);

async function untilGone(account: string): Promise<void> {
  await eventually(
    async () => (await stage.microsoft.control.mailbox(account)).events,
    (events) => events.length === 0,
  );
}

describe("where Outlook invites", () => {
  it("the visitor gets Outlook's one invitation, its update and its end, and no other", async () => {
    const { account, visitor, id } = await bookWith({ invitations: "outlook" });
    await untilMailed(visitor, 1);
    expect(await sentByOutlook(account)).toEqual([["invitation", visitor]]);
    await move(id, 4);
    await untilMailed(visitor, 2);
    await cancel({ bookingId: id, by: "visitor" });
    await untilMailed(visitor, 3);
    await untilGone(account);
    expect((await sentByOutlook(account)).map(([kind]) => kind)).toEqual([
      "invitation",
      "update",
      "cancellation",
    ]);
    expect(subjects(visitor)).toEqual(["Confirmed", "Rescheduled", "Cancelled"]);
    expect(invitations(visitor)).toEqual([]);
  });

  it("where Outlook invites, approval makes one event and one invitation", async () => {
    const { account, visitor, organizer, id } = await bookWith({ requiresApproval: true });
    await untilMailed(visitor, 1);
    expect((await stage.microsoft.control.mailbox(account)).events).toEqual([]);
    await decideBooking({ bookingId: id, scope: organizer.scope, decision: "approve" });
    await decideBooking({ bookingId: id, scope: organizer.scope, decision: "approve" });
    await untilMailed(visitor, 2);
    expect((await stage.microsoft.control.mailbox(account)).events).toHaveLength(1);
    expect(await sentByOutlook(account)).toEqual([["invitation", visitor]]);
    expect(subjects(visitor)).toEqual(["Request received", "Confirmed"]);
    expect(invitations(visitor)).toEqual([]);
  });
});

/** An event type in English that its organizer has put in German too. */
const bilingual = {
  title: "First talk",
  description: "Ask anything.",
  subjectTemplate: "{title} with {name}",
  mailGreeting: "Dear {visitor},",
  mailClosing: "See you soon!",
  translations: {
    de: {
      title: "Erstgespräch",
      description: "Fragen Sie alles.",
      mailGreeting: "Guten Tag {visitor},\nes geht um {title}.",
    },
  },
};

describe("in another language", () => {
  const inGerman = (email: string) => ({
    visitor: { name: "Vera {title}", email, timeZone: "Europe/Berlin", locale: "de" },
  });

  it("an event that Outlook sends on to a visitor has the organizer's words in the visitor's language, and so have the visitor's mails", async () => {
    const email = `${randomUUID()}@visitor.example`;
    const { account, organizer, token, id } = await bookWith(bilingual, inGerman(email));
    await untilMailed(email, 1);
    const mail = readPart(firstMailTo(email), "text/plain")?.body ?? "";
    expect(mail).toMatch(/^Guten Tag Vera \{title\},\r?\nes geht um Erstgespräch\./);
    expect(mail.trimEnd()).toMatch(/See you soon!$/);
    const [event] = (await stage.microsoft.control.mailbox(account)).events;
    expect(event?.subject).toMatch(/^Erstgespräch with /);
    expect(event?.body?.content).toContain("Fragen Sie alles.");
    expect(readSubject(firstMailTo(email))).toContain("Erstgespräch");
    const file = await calendarFile.GET(new Request(env().APP_URL), {
      params: Promise.resolve({ token }),
    });
    expect(await file.text()).toContain("SUMMARY:Erstgespräch with ");
    // The organizer reads their own words.
    const host = `${organizer.handle}@bellhop.example`;
    await untilMailed(host, 1);
    const said = readPart(firstMailTo(host), "text/plain")?.body;
    expect(said).toContain("First talk");
    expect(said).not.toContain("Erstgespräch");
    expect((await getOwnBooking(organizer.scope, id))?.title).toBe("First talk");
    // What was booked keeps its name, whatever becomes of the event type's.
    await db().eventType.update({ where: { id: organizer.eventTypeId }, data: { translations: {} } });
    expect((await getBookingByToken(token))?.title).toBe("Erstgespräch");
  });

  it("where Bellhop invites, the invitation is in the visitor's language and the organizer's event in theirs", async () => {
    const email = `${randomUUID()}@visitor.example`;
    const de = { ...bilingual.translations.de, mailClosing: "Bis bald!" };
    const { account } = await bookWith(
      { ...bilingual, translations: { de }, invitations: "bellhop" },
      inGerman(email),
      async ({ id }) => {
        await db().user.update({ where: { id }, data: { locale: "fr" } });
      },
    );
    await untilMailed(email, 1);
    expect(readPart(firstMailTo(email), "text/calendar")?.body).toContain("SUMMARY:Erstgespräch with ");
    expect(readPart(firstMailTo(email), "text/plain")?.body.trimEnd()).toMatch(/Bis bald!$/);
    expect(readPart(firstMailTo(email), "text/html")?.body).toContain(
      "Guten Tag Vera {title},<br>es geht um Erstgespräch.",
    );
    const [event] = (await stage.microsoft.control.mailbox(account)).events;
    expect(event?.subject).toMatch(/^First talk with /);
    expect(event?.body?.content).toContain("Ask anything.");
  });
});

describe("where Bellhop invites", () => {
  it("one UID goes through invitation, move and cancellation, and Outlook sends nothing", async () => {
    const { account, visitor, organizer, id } = await bookWith({ invitations: "bellhop" });
    await untilMailed(visitor, 1);
    const [event, ...others] = (await stage.microsoft.control.mailbox(account)).events;
    expect(others).toEqual([]);
    expect(event?.attendees).toEqual([]);
    const start = await move(id, 4);
    await untilMailed(visitor, 2);
    await cancel({ bookingId: id, by: "visitor" });
    await untilMailed(visitor, 3);
    await untilGone(account);
    expect(await sentByOutlook(account)).toEqual([]);
    const sent = invitations(visitor);
    expect(sent.map(({ method, sequence, status }) => [method, sequence, status])).toEqual([
      ["REQUEST", 0, "CONFIRMED"],
      ["REQUEST", 1, "CONFIRMED"],
      ["CANCEL", 2, "CANCELLED"],
    ]);
    expect(new Set(sent.map(({ uid }) => uid))).toEqual(new Set([event?.iCalUId]));
    expect(sent.map(({ partMethod }) => partMethod)).toEqual(["REQUEST", "REQUEST", "CANCEL"]);
    expect(sent[1]).toMatchObject({
      start,
      zone: "Europe/Paris",
      organizer: `mailto:${account}`,
      attendees: [`mailto:${visitor}`],
    });
    const calls = await stage.microsoft.control.requests({ account });
    expect(calls.filter((call) => call.method === "DELETE")).toHaveLength(1);
    expect(calls.filter((call) => call.path.endsWith("/cancel"))).toEqual([]);
    const { email } = await db().user.findUniqueOrThrow({ where: { id: organizer.id } });
    await untilMailed(email, 3);
    expect(subjects(email)).toEqual(["New booking", "Rescheduled", "Cancelled"]);
  });

  it("where Bellhop invites, guests are invited too, without the visitor's own link", async () => {
    const guest = "guest-of-all@example.org";
    const mailWords = { mailGreeting: "Dear {visitor},", mailClosing: "See you soon!" };
    const { visitor } = await bookWith({ invitations: "bellhop", ...mailWords }, { guests: [guest] });
    const [mail] = await untilMailed(guest, 1);
    await untilMailed(visitor, 1);
    expect(invitations(guest)).toMatchObject([
      {
        method: "REQUEST",
        uid: invitations(visitor)[0]?.uid,
        attendees: [`mailto:${visitor}`, `mailto:${guest}`],
      },
    ]);
    const said = (mail && readPart(mail, "text/plain")?.body) ?? "";
    expect(said).not.toContain("/booking/");
    // The greeting is the visitor's, the closing is for all.
    expect(said).not.toContain("Dear");
    expect(said.trimEnd()).toMatch(/See you soon!$/);
  });

  it("where Bellhop invites, mails to visitor and guests, the invitation and the calendar file carry the organizer's brand", async () => {
    const guest = "branded-guest@example.org";
    const { visitor, organizer, token } = await bookWith(
      { invitations: "bellhop" },
      { guests: [guest] },
      async ({ scope }) => {
        const logo = await encodePicture("logo", await drawPicture({ width: 512, height: 128 }));
        if (!logo.ok) throw new Error(logo.error.code);
        await saveBrand(scope, { name: "Moreau & Partner", accent: "#ffd400", logo: logo.value });
      },
    );
    await untilMailed(guest, 1);
    await untilMailed(visitor, 1);
    const { logo, palette } = await brandOf(organizer.handle);
    for (const address of [visitor, guest]) {
      const [mail] = mailsTo(address);
      const html = (mail && readPart(mail, "text/html")?.body) ?? "";
      expect(html).toContain(
        `<img src="${env().APP_URL}${logo?.path}" alt="Moreau &amp; Partner" width="192" height="48"`,
      );
      expect(html).toContain(`background:${palette?.light.accent};color:#fbfcfa`);
      expect(html).not.toContain("#ffd400");
      const invitation = (mail && readPart(mail, "text/calendar")?.body) ?? "";
      expect(invitation.replace(/\r\n /g, "")).toContain('ORGANIZER;CN="Moreau & Partner":mailto:');
    }
    const file = await calendarFile.GET(new Request(env().APP_URL), { params: Promise.resolve({ token }) });
    expect((await file.text()).replace(/\r\n /g, "")).toContain(
      `ORGANIZER;CN="Moreau & Partner":${env().APP_URL}/${organizer.handle}`,
    );
  });

  it("the visitor keeps their entry when the organizer's event had to be made again", async () => {
    const { account, visitor, id } = await bookWith({ invitations: "bellhop" });
    await untilMailed(visitor, 1);
    const [event] = (await stage.microsoft.control.mailbox(account)).events;
    await stage.microsoft.control.deleteEvent(account, event?.id ?? "");
    await move(id, 5);
    await untilMailed(visitor, 2);
    expect((await stage.microsoft.control.mailbox(account)).events[0]?.iCalUId).not.toBe(event?.iCalUId);
    expect(await sentByOutlook(account)).toEqual([]);
    expect(invitations(visitor).map(({ uid, sequence }) => [uid, sequence])).toEqual([
      [event?.iCalUId, 0],
      [event?.iCalUId, 1],
    ]);
  });

  it("a choice made later changes nothing for a booking that is there", async () => {
    const { account, visitor, organizer, id } = await bookWith({ invitations: "bellhop" });
    await untilMailed(visitor, 1);
    await db().eventType.update({ where: { id: organizer.eventTypeId }, data: { invitations: "outlook" } });
    await move(id, 5);
    await untilMailed(visitor, 2);
    expect(await sentByOutlook(account)).toEqual([]);
    expect(invitations(visitor).map(({ sequence }) => sequence)).toEqual([0, 1]);
  });
});

it("without a connected calendar Bellhop invites by itself, and gives the organizer their entry", async () => {
  const organizer = await makeOrganizer({ location: { kind: "phone", value: "+33 1 23 45 67 89" } });
  const request = requestFor(organizer, hourAhead(3));
  await book(request);
  await untilMailed(request.visitor.email, 1);
  const { email } = await db().user.findUniqueOrThrow({ where: { id: organizer.id } });
  await untilMailed(email, 1);
  const [invitation] = invitations(request.visitor.email);
  expect(invitation).toMatchObject({ method: "REQUEST", sequence: 0, location: "+33 1 23 45 67 89" });
  expect(invitations(email)).toMatchObject([{ method: "PUBLISH", uid: invitation?.uid }]);
});

describe("one subject", () => {
  const family = "👨‍👩‍👧‍👦";

  it("one subject is in Outlook, in the invitation, in the calendar file and in links to web calendars, whatever becomes of the event type", async () => {
    const { account, visitor, organizer, token } = await bookWith({
      invitations: "bellhop",
      subjectTemplate: "{title}: {visitor} and {name}",
    });
    await untilMailed(visitor, 1);
    await db().eventType.update({
      where: { id: organizer.eventTypeId },
      data: { subjectTemplate: "Changed since", title: "Renamed" },
    });
    const [event] = (await stage.microsoft.control.mailbox(account)).events;
    const [invitation] = invitations(visitor);
    const subjectOf = async () => {
      const booking = await getBookingByToken(token);
      if (!booking) throw new Error("gone");
      return toCalendarEntry(booking).title;
    };
    expect(event?.subject).toMatch(/^First talk: Visitor \d+ and The organizer-/);
    expect(invitation?.summary).toBe(event?.subject);
    expect(await subjectOf()).toBe(event?.subject);
    await db().eventType.delete({ where: { id: organizer.eventTypeId } });
    expect(await subjectOf()).toBe(event?.subject);
  });

  it("one subject is cut between characters, and no half of one leaves", async () => {
    const { account, visitor } = await bookWith({
      invitations: "bellhop",
      subjectTemplate: `${"x".repeat(198)}{title}`,
      title: family.repeat(6),
    });
    await untilMailed(visitor, 1);
    const [event] = (await stage.microsoft.control.mailbox(account)).events;
    expect(event?.subject).toBe(`${"x".repeat(198)}${family.repeat(5)}`);
    expect(invitations(visitor)[0]?.summary).toBe(event?.subject);
  });

  it("one subject of a session names none of those who share it", async () => {
    const { account, visitor, token } = await bookWith({
      seats: 5,
      subjectTemplate: "{title} for {visitor}",
    });
    await untilMailed(visitor, 1);
    const [event] = (await stage.microsoft.control.mailbox(account)).events;
    expect(event?.subject).toBe("First talk for First talk");
    const booking = await getBookingByToken(token);
    expect(booking && toCalendarEntry(booking).title).toBe(event?.subject);
  });

  it("one subject is the organizer's too, where they have no calendar; who comes is below it", async () => {
    const organizer = await makeOrganizer({ location: { kind: "phone", value: "+33 1 23 45 67 89" } });
    const request = requestFor(organizer, hourAhead(3));
    await book(request);
    const { email } = await db().user.findUniqueOrThrow({ where: { id: organizer.id } });
    await untilMailed(email, 1);
    await untilMailed(request.visitor.email, 1);
    expect(invitations(email)[0]).toMatchObject({
      summary: invitations(request.visitor.email)[0]?.summary,
      description: expect.stringContaining(`${request.visitor.name}, ${request.visitor.email}`),
    });
  });
});
