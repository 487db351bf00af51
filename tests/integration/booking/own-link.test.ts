import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { book } from "@/lib/booking/book";
import { cancel } from "@/lib/booking/cancel";
import { reschedule } from "@/lib/booking/reschedule";
import { toCalendarEntry } from "@/lib/booking-page/calendar-entry";
import { newLink, openLink } from "@/lib/booking-record/links";
import { getBookingByToken } from "@/lib/booking-record/queries";
import { writeIcs } from "@/lib/calendar-links/ics";
import { googleCalendarUrl, microsoft365Url, outlookComUrl } from "@/lib/calendar-links/web-calendars";
import { db } from "@/lib/database/client";
import { isReplacedLink, mailNewLink, replaceSharedLinks } from "@/lib/notifications/replaced-links";
import { resealAll } from "@/lib/sealed-columns";
import { eventually } from "@/tests/support/eventually";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";
import { readPart } from "@/tests/support/received-mail";
import { type ReceivedMail, startSmtpServer } from "@/tests/support/smtp";
import { openWorkingStage, type WorkingStage } from "@/tests/support/working-stage";

let stage: WorkingStage;
const smtp = await startSmtpServer();

beforeAll(async () => {
  stage = await openWorkingStage({
    SMTP_URL: smtp.url,
    MAIL_FROM: "Front desk <desk@book.example>",
    RATE_LIMITS: "on",
  });
});
afterAll(async () => {
  await stage.close();
  await smtp.close();
});

async function bookWith(eventType: object, guests: string[] = []) {
  const organizer = await makeOrganizer({ location: { kind: "teams" }, title: "First talk", ...eventType });
  const { email: account } = await stage.connect(organizer);
  const request = requestFor(organizer, hourAhead(3), guests.length > 0 ? { guests } : {});
  const booked = await book(request);
  if (!booked.ok) throw new Error(booked.error.code);
  return { organizer, account, visitor: request.visitor.email, ...booked.value };
}

const mailsTo = (address: string) => smtp.received.filter((mail) => mail.to.includes(address));
const untilMailed = (address: string, count = 1) =>
  eventually(
    async () => mailsTo(address),
    (mails) => mails.length >= count,
  );
/** All that a mail says, decoded: text, HTML and what is attached. */
const contentOf = (mail: ReceivedMail) =>
  ["text/plain", "text/html", "text/calendar"].map((type) => readPart(mail, type)?.body ?? "").join("\n");
const bookingOf = (id: string) => db().booking.findUniqueOrThrow({ where: { id } });
const eventOf = async (account: string) => (await stage.microsoft.control.mailbox(account)).events[0];
const untilEvent = (account: string) =>
  eventually(
    () => eventOf(account),
    (event) => event !== undefined,
  );

describe("a visitor's own link", () => {
  it.each([
    ["a Teams event that Outlook sends", { invitations: "outlook" }],
    [
      "an event at a place that Outlook sends",
      { invitations: "outlook", location: { kind: "in_person", value: "Room 5" } },
    ],
    ["an event of which Bellhop invites", { invitations: "bellhop" }],
  ])("a visitor's own link is nowhere in %s", async (_, eventType) => {
    const { account, token, id, visitor } = await bookWith(eventType, ["guest@example.org"]);
    await untilMailed(visitor);
    await reschedule({ bookingId: id, start: Date.parse(hourAhead(5)), by: "visitor" });
    await untilMailed(visitor, 2);
    const sent = await stage.microsoft.control.requests({ account });
    expect(sent.some(({ method, path }) => method === "POST" && path.endsWith("/events"))).toBe(true);
    expect(JSON.stringify(sent)).not.toContain(token);
    expect(JSON.stringify(sent)).not.toContain("/booking/");
    expect(JSON.stringify(await eventOf(account))).not.toContain("/booking/");
  });

  it("a visitor's own link is in no mail but the visitor's, and in no calendar entry, no matter who gets it", async () => {
    const guest = "guest-of-one@example.org";
    const { token, id, visitor, organizer } = await bookWith({ invitations: "bellhop" }, [guest]);
    await untilMailed(guest);
    await cancel({ bookingId: id, by: "visitor" });
    await untilMailed(guest, 2);
    await untilMailed(visitor, 2);
    const { email } = await db().user.findUniqueOrThrow({ where: { id: organizer.id } });
    const own = smtp.received.filter((mail) => contentOf(mail).includes(token));
    expect(own.length).toBeGreaterThan(0);
    for (const mail of own) expect(mail.to).toEqual([visitor]);
    for (const mail of [...mailsTo(guest), ...mailsTo(email)])
      expect(contentOf(mail)).not.toContain("/booking/");
    for (const mail of mailsTo(visitor))
      expect(readPart(mail, "text/calendar")?.body).not.toContain("/booking/");
  });

  it("a visitor's own link is in none of the files and addresses that put the appointment into a calendar", async () => {
    const { token } = await bookWith({});
    const booking = await getBookingByToken(token);
    if (!booking) throw new Error("no booking");
    const entry = toCalendarEntry(booking);
    const carried = [
      writeIcs(entry, new Date()),
      googleCalendarUrl(entry),
      outlookComUrl(entry),
      microsoft365Url(entry),
    ];
    for (const text of carried) {
      expect(decodeURIComponent(text.replace(/\r\n /g, ""))).toContain("/j/");
      expect(decodeURIComponent(text)).not.toMatch(/\/booking\//);
      expect(text.replace(/\r\n /g, "")).not.toContain(token);
    }
  });

  it("a visitor's own link comes in a mail of its own where confirmations are switched off and Outlook invites", async () => {
    const { token, visitor, account } = await bookWith({
      invitations: "outlook",
      notifications: { confirmation: false, reminderMinutes: [] },
    });
    await untilEvent(account);
    const [mail, ...others] = await untilMailed(visitor);
    expect(others).toEqual([]);
    expect(mail?.to).toEqual([visitor]);
    expect(contentOf(mail as ReceivedMail)).toContain(`/booking/${token}`);
    expect(readPart(mail as ReceivedMail, "text/calendar")).toBeNull();
  });
});

/** Bookings as an earlier version left them: the step of the upgrade that marks them runs once more. */
async function upgrade() {
  await db().replacedLink.deleteMany({ where: { tokenHash: null } });
  const step = "prisma/migrations/20261129011501_mark_shared_links/migration.sql";
  await db().$executeRawUnsafe(await readFile(step, "utf8"));
}

/** The database itself counts how often a link changes. */
const countTokenChanges = async () => {
  for (const statement of [
    "CREATE TABLE token_change (id uuid)",
    `CREATE FUNCTION note_token_change() RETURNS trigger LANGUAGE plpgsql AS
       'BEGIN INSERT INTO token_change VALUES (NEW.id); RETURN NEW; END'`,
    `CREATE TRIGGER token_change AFTER UPDATE OF "tokenHash" ON "Booking"
       FOR EACH ROW EXECUTE FUNCTION note_token_change()`,
  ])
    await db().$executeRawUnsafe(statement);
};
async function tokenChanges(id: string): Promise<number> {
  const rows = await db().$queryRaw<object[]>`SELECT 1 FROM token_change WHERE id = ${id}::uuid`;
  return rows.length;
}

const marked = async (id: string) => (await db().replacedLink.count({ where: { bookingId: id } })) === 1;

describe("a link that stood in the calendar event of an earlier version", () => {
  it("a link that stood in the calendar event of an earlier version opens nothing any more, and a new one opens the booking, whose event is left alone", async () => {
    const { token, id, account, visitor } = await bookWith({ invitations: "outlook" });
    await untilMailed(visitor);
    const before = await eventOf(account);
    const writes = async () =>
      (await stage.microsoft.control.requests({ account })).filter(({ method }) => method !== "GET").length;
    const writesBefore = await writes();
    await countTokenChanges();
    await upgrade();
    await Promise.all(Array.from({ length: 8 }, () => replaceSharedLinks()));
    expect(await tokenChanges(id)).toBe(1);
    const { tokenSealed } = await bookingOf(id);
    const renewed = openLink("manage", id, tokenSealed);
    expect(renewed).not.toBe(token);
    expect(await getBookingByToken(token)).toBeNull();
    expect((await getBookingByToken(renewed))?.id).toBe(id);
    expect(await isReplacedLink(token)).toBe(true);
    expect(await isReplacedLink(renewed)).toBe(false);
    await replaceSharedLinks();
    expect((await bookingOf(id)).tokenSealed).toBe(tokenSealed);
    expect((await resealAll()).columns["Booking.tokenSealed"]?.unreadable).toBe(0);
    expect(await eventOf(account)).toEqual(before);
    expect(await writes()).toBe(writesBefore);
  });

  it("a link that stood in the calendar event of an earlier version mails the new one to its visitor alone, three times an hour", async () => {
    const { token, id, visitor } = await bookWith({ invitations: "outlook" }, ["other-guest@example.org"]);
    await untilMailed(visitor);
    await upgrade();
    await replaceSharedLinks();
    const renewed = openLink("manage", id, (await bookingOf(id)).tokenSealed);
    for (let press = 0; press < 5; press += 1) await mailNewLink(token);
    await untilMailed(visitor, 4);
    const mails = smtp.received.filter((mail) => contentOf(mail).includes(renewed));
    expect(mails.map(({ to }) => to)).toEqual([[visitor], [visitor], [visitor]]);
    for (const mail of mails) expect(readPart(mail, "text/calendar")).toBeNull();
    expect(await db().mail.count({ where: { bookingId: id, kind: "booking-own-link" } })).toBe(3);
  });

  it("a link that stood in the calendar event of an earlier version says nothing of a token that never was one, and mails nothing", async () => {
    const { token } = newLink("manage", "0198c5a0-0000-7000-8000-000000000001");
    const mails = await db().mail.count();
    expect(await isReplacedLink(token)).toBe(false);
    await mailNewLink(token);
    expect(await db().mail.count()).toBe(mails);
  });

  it("a link that stood in the calendar event of an earlier version is replaced for past and cancelled bookings too, and for those alone that Outlook invited to", async () => {
    const past = await bookWith({ invitations: "outlook" });
    const cancelled = await bookWith({ invitations: "outlook" });
    const ours = await bookWith({ invitations: "bellhop" });
    const waiting = await bookWith({ invitations: "outlook", requiresApproval: true });
    for (const { account } of [past, cancelled, ours]) await untilEvent(account);
    await cancel({ bookingId: cancelled.id, by: "organizer" });
    await eventually(
      async () => (await stage.microsoft.control.mailbox(cancelled.account)).events.length,
      (count) => count === 0,
    );
    await upgrade();
    expect(await Promise.all([past, cancelled, ours, waiting].map(({ id }) => marked(id)))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
