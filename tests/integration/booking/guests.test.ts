import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST as bookByApi } from "@/app/api/v1/bookings/route";
import { GET as openApi } from "@/app/api/v1/openapi.json/route";
import { book } from "@/lib/booking/book";
import { decideBooking } from "@/lib/booking/decide";
import { db } from "@/lib/database/client";
import { call } from "@/tests/integration/api/call";
import { eventually } from "@/tests/support/eventually";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";
import { readInvitation } from "@/tests/support/received-mail";
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

const guestsOf = async (id: string) => (await db().booking.findUniqueOrThrow({ where: { id } })).guests;

/** A booking whose guests were stored by hand, as an earlier version took them. */
async function bookedBefore(invitations: "outlook" | "bellhop") {
  const organizer = await makeOrganizer({ location: { kind: "teams" }, invitations, requiresApproval: true });
  const { email: account } = await stage.connect(organizer);
  const request = requestFor(organizer, hourAhead(3));
  const booked = await book(request);
  if (!booked.ok) throw new Error(booked.error.code);
  const { email: own } = await db().user.findUniqueOrThrow({ where: { id: organizer.id } });
  const visitor = request.visitor.email;
  const guest = `guest-${booked.value.id}@example.org`;
  const guests = [visitor.toUpperCase(), account.toUpperCase(), own, guest, `G${guest.slice(1)}`, guest];
  await db().booking.update({ where: { id: booked.value.id }, data: { guests } });
  await decideBooking({ bookingId: booked.value.id, scope: organizer.scope, decision: "approve" });
  return { account, own, visitor, guest };
}

describe("a booking's guests", () => {
  it("a booking's guests are each taken once, and never the visitor, whatever the case", async () => {
    const organizer = await makeOrganizer();
    const request = requestFor(organizer, hourAhead(2));
    const { email } = request.visitor;
    const guests = ["Ada@example.org", email.toUpperCase(), " ada@EXAMPLE.org", "Grace <grace@example.org>"];
    const { status, body } = await call(bookByApi, { body: { ...request, guests } });
    expect(status).toBe(201);
    expect(await guestsOf(body.id)).toEqual(["Ada@example.org", "grace@example.org"]);
  });

  it("a booking's guests are refused by name where an entry is unclear", async () => {
    const organizer = await makeOrganizer();
    const guests = ["ada@example.org", "Grace H.", "ada@example.org; max@example.org"];
    const { status, body } = await call(bookByApi, {
      body: requestFor(organizer, hourAhead(2), { guests }),
    });
    expect([status, body.code]).toEqual([422, "invalid_request"]);
    expect(body.errors).toEqual([
      { path: "guests.1", message: expect.stringContaining("“Grace H.”") },
      { path: "guests.2", message: expect.stringContaining("“ada@example.org; max@example.org”") },
    ]);
  });

  it("a booking's guests are twenty at most, once repetitions are gone", async () => {
    const organizer = await makeOrganizer();
    const twenty = Array.from({ length: 20 }, (_, nth) => `guest-${nth}@example.org`);
    const repeated = [...twenty, ...twenty.map((guest) => guest.toUpperCase())];
    const answer = await call(bookByApi, {
      body: requestFor(organizer, hourAhead(2), { guests: repeated }),
    });
    expect(answer.status).toBe(201);
    const more = await call(bookByApi, {
      body: requestFor(organizer, hourAhead(3), { guests: [...twenty, "one-more@example.org"] }),
    });
    expect([more.status, more.body.errors?.[0]?.path]).toEqual([422, "guests"]);
  });

  it("a booking's guests are a list of texts in the API's description", async () => {
    const { body } = await call(openApi, {});
    const schema = body.paths["/api/v1/bookings"].post.requestBody.content["application/json"].schema;
    expect(schema.properties.guests).toMatchObject({ type: "array", items: { type: "string" } });
    expect(schema.additionalProperties).toBe(false);
  });
});

describe("anyone who is in a booking's guests twice, or is its visitor or organizer", () => {
  it("anyone who is in a booking's guests twice, or is its visitor or organizer is invited once by Outlook, and the organizer not at all", async () => {
    const { account, visitor, guest } = await bookedBefore("outlook");
    const invited = () =>
      stage.microsoft.control
        .mailbox(account)
        .then(({ sentInvitations }) => sentInvitations.map(({ to }) => to));
    await eventually(invited, (to) => to.length > 0);
    expect((await invited()).sort()).toEqual([guest, visitor].sort());
    const [event] = (await stage.microsoft.control.mailbox(account)).events;
    expect(event?.attendees?.map(({ emailAddress }) => emailAddress?.address)).toEqual([visitor, guest]);
  });

  it("anyone who is in a booking's guests twice, or is its visitor or organizer is invited once by Bellhop, and the organizer not at all", async () => {
    const { account, own, visitor, guest } = await bookedBefore("bellhop");
    const invitations = (to: string) =>
      smtp.received.filter(
        (mail) =>
          mail.to[0]?.toLowerCase() === to.toLowerCase() && readInvitation(mail)?.method === "REQUEST",
      );
    // Each is a mail of its own, and any of them may come first.
    await eventually(
      async () => [guest, visitor].map((address) => invitations(address).length),
      (counts) => counts.every((count) => count > 0),
    );
    expect([guest, visitor, own, account].map((address) => invitations(address).length)).toEqual([
      1, 1, 0, 0,
    ]);
    const [mail] = invitations(guest);
    expect(mail && readInvitation(mail)?.attendees).toEqual([`mailto:${visitor}`, `mailto:${guest}`]);
  });
});
