import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { book } from "@/lib/booking/book";
import { cancel } from "@/lib/booking/cancel";
import { reschedule } from "@/lib/booking/reschedule";
import { db } from "@/lib/database/client";
import { sendDueMails } from "@/lib/notifications/send-due";
import { openMailContent } from "@/lib/outbox/outbox";
import { eventually } from "@/tests/support/eventually";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";
import { openWorkingStage, type WorkingStage } from "@/tests/support/working-stage";

/* What a visitor writes reaches the organizer, and no one whose address they typed in. */

let stage: WorkingStage;

beforeAll(async () => {
  stage = await openWorkingStage();
});
afterAll(() => stage.close());

const spam = "Cheap pills at https://evil.example/pills";

async function bookedWithGuests(eventType: object) {
  const organizer = await makeOrganizer({ location: { kind: "none" }, ...eventType });
  const { email } = await db().user.findUniqueOrThrow({ where: { id: organizer.id } });
  return { organizer, email };
}

async function bookWith(organizer: Parameters<typeof requestFor>[0], more: object = {}) {
  const guests = ["one@strangers.example", "two@strangers.example"];
  const booked = await book(requestFor(organizer, hourAhead(3), { guests, ...more }));
  if (!booked.ok) throw new Error(booked.error.code);
  await sendDueMails({ bookingId: booked.value.id });
  return booked.value.id;
}

/** Who was mailed something with these words in it. */
async function whoRead(bookingId: string, words: string): Promise<string[]> {
  const mails = await db().mail.findMany({ where: { bookingId } });
  const reading = mails.filter((mail) =>
    [mail.subject, JSON.stringify(mail.contentSealed ? openMailContent(mail) : "")].join(" ").includes(words),
  );
  return [...new Set(reading.map(({ to }) => to))];
}

describe("a message that a visitor leaves", () => {
  it("a message that a visitor leaves when cancelling or rescheduling is for the organizer alone", async () => {
    const { organizer, email } = await bookedWithGuests({ invitations: "bellhop" });
    const id = await bookWith(organizer);
    const start = Date.parse(hourAhead(4));
    await reschedule({ bookingId: id, start, by: "visitor", reason: `Moved. ${spam}` });
    await sendDueMails({ bookingId: id });
    await cancel({ bookingId: id, by: "visitor", reason: spam });
    await sendDueMails({ bookingId: id });
    const kinds = await db().mail.findMany({ where: { bookingId: id, to: "one@strangers.example" } });
    expect(kinds.map(({ kind }) => kind)).toContain("booking-guest-cancelled");
    expect(await whoRead(id, "Moved.")).toEqual([email]);
    expect(await whoRead(id, "evil.example")).toEqual([email]);
  });

  it("a message that a visitor leaves isn't in what Outlook sends either; the organizer's own is", async () => {
    for (const by of ["visitor", "organizer"] as const) {
      const { organizer } = await bookedWithGuests({ location: { kind: "teams" } });
      const { email: account } = await stage.connect(organizer);
      const bookingId = await bookWith(organizer);
      const mailbox = () => stage.microsoft.control.mailbox(account);
      await eventually(mailbox, ({ sentInvitations }) => sentInvitations.length === 3);
      const reason = `${by} says sorry`;
      await (by === "visitor" ? cancel({ bookingId, by, reason }) : cancel({ bookingId, by, reason }));
      const { sentInvitations } = await eventually(mailbox, (box) => box.sentInvitations.length === 6);
      const comments = sentInvitations
        .filter(({ kind }) => kind === "cancellation")
        .map(({ comment }) => comment ?? "");
      expect(comments).toEqual(Array(3).fill(by === "organizer" ? "organizer says sorry" : ""));
    }
  });
});

describe("a visitor's name", () => {
  it("a visitor's name has no link and no more than 80 characters in it for anyone but the organizer", async () => {
    const { organizer, email } = await bookedWithGuests({ invitations: "bellhop", emailCheck: "never" });
    const name = `Vera www.evil.example ${"very ".repeat(30)}long`;
    const visitor = { name, email: "vera@strangers.example", timeZone: "UTC" };
    const id = await bookWith(organizer, { visitor });
    const mails = await db().mail.findMany({ where: { bookingId: id, to: { not: email } } });
    expect(mails.length).toBe(3);
    for (const mail of mails) {
      const { text, html } = openMailContent(mail);
      expect(`${mail.subject} ${text} ${html}`).not.toContain("evil");
      expect(`${text} ${html}`).not.toContain("very ".repeat(20));
    }
    expect(await whoRead(id, "www.evil.example")).toContain(email);
  });

  it("a visitor's name has no link in it in what a guest's calendar is sent, by Bellhop or by Outlook; the organizer reads it all", async () => {
    const eventType = { subjectTemplate: "{title} with {visitor}", emailCheck: "never" };
    const visitor = { name: "Vera www.evil.example", email: "vera@strangers.example", timeZone: "UTC" };

    const { organizer, email } = await bookedWithGuests({ ...eventType, invitations: "bellhop" });
    const id = await bookWith(organizer, { visitor });
    expect(await whoRead(id, "evil")).toEqual([email]);
    expect(await whoRead(id, "with Vera")).toHaveLength(4);

    const outlook = await bookedWithGuests({ ...eventType, location: { kind: "teams" } });
    const { email: account } = await stage.connect(outlook.organizer);
    await bookWith(outlook.organizer, { visitor });
    const box = await eventually(
      () => stage.microsoft.control.mailbox(account),
      ({ sentInvitations }) => sentInvitations.length === 3,
    );
    for (const { subject } of box.sentInvitations) expect(subject).toMatch(/ with Vera$/);
    expect(JSON.stringify(box.events)).not.toContain("evil");
  });
});
