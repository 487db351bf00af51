import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST as bookByApi } from "@/app/api/v1/bookings/route";
import { POST as cancelByApi } from "@/app/api/v1/me/bookings/[id]/cancel/route";
import { POST as moveByApi } from "@/app/api/v1/me/bookings/[id]/reschedule/route";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { book } from "@/lib/booking/book";
import { createBookingLink } from "@/lib/booking/booking-links";
import { eraseVisitor } from "@/lib/booking/erase-visitor";
import { savePrivateNote } from "@/lib/booking/private-note";
import { visitorData } from "@/lib/booking/visitor-data";
import { db } from "@/lib/database/client";
import { unseal } from "@/lib/encryption/cipher";
import { listFlight } from "@/lib/flight-recorder/queries";
import { eraseFromEvents } from "@/lib/meetings/event-erasure";
import { syncMeeting } from "@/lib/meetings/sync-meeting";
import { sendDueMails } from "@/lib/notifications/send-due";
import { sealedColumns } from "@/lib/sealed-columns";
import { deliverToWebhook } from "@/lib/webhooks/deliver";
import { createWebhook, resendDelivery } from "@/lib/webhooks/webhooks";
import { call, organizerWithKey } from "@/tests/integration/api/call";
import { eventually } from "@/tests/support/eventually";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";
import { startTwilio } from "@/tests/support/twilio";
import { openWorkingStage, type WorkingStage } from "@/tests/support/working-stage";

let stage: WorkingStage;
const twilio = await startTwilio();
const heard: string[] = [];
const receiver = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  heard.push(body);
  response.writeHead(200).end();
});

beforeAll(async () => {
  stage = await openWorkingStage({ ...twilio.variables, WEBHOOK_TARGETS: "any" });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  receiver.close();
  await stage.close();
  await twilio.close();
});

/** Is in everything that this visitor enters. */
const mark = "zyxmarker";

/** Every column of the database, the queue's included, in which the mark can be read, with the key ring in hand. */
async function findMark(): Promise<string[]> {
  const tables = await db().$queryRaw<{ schema: string; name: string }[]>`
    SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
    WHERE table_schema IN ('public', 'jobs') AND table_type = 'BASE TABLE'`;
  const found = new Set<string>();
  for (const { schema, name } of tables) {
    const rows = await db().$queryRawUnsafe<{ row: Record<string, unknown> }[]>(
      `SELECT to_jsonb(t) AS row FROM "${schema}"."${name}" t`,
    );
    for (const { row } of rows) {
      for (const [column, value] of Object.entries(row)) {
        if (readable(name, column, row).toLowerCase().includes(mark)) found.add(`${name}.${column}`);
        const hex = Buffer.from(mark).toString("hex");
        if (JSON.stringify(value)?.includes(hex)) found.add(`${name}.${column}`);
      }
    }
  }
  return [...found].sort();
}

function readable(table: string, column: string, row: Record<string, unknown>): string {
  const value = row[column];
  const sealed = sealedColumns.find((one) => one.table === table && one.column === column);
  if (!sealed || typeof value !== "string") return JSON.stringify(value) ?? "";
  const texts = Object.entries(row).map(([name, text]) => [name, String(text)] as const);
  return unseal(value, sealed.bind(Object.fromEntries(texts)));
}

const details = {
  visitor: { name: `Rosa ${mark}`, email: `${mark}@example.org`, timeZone: "Europe/Madrid", locale: "es" },
  guests: [`${mark}-guest@example.org`],
  answers: { topic: `About ${mark}`, mobile: "+33612345678" },
  utm: { campaign: `mail-to-${mark}` },
};
const questions = [
  { id: "topic", label: "Topic", kind: "text", required: false },
  { id: "mobile", label: "Mobile", kind: "phone", required: false },
];

describe("an erased visitor", () => {
  it("an erased visitor can be read in no column of the database, where they could be in those that are listed", async () => {
    const { key, ...organizer } = await organizerWithKey();
    await db().eventType.update({
      where: { id: organizer.eventTypeId },
      data: {
        questions,
        location: { kind: "phone", value: "+33 1 23 45 67 89" },
        notifications: { textConfirmation: true },
      },
    });
    const { port } = receiver.address() as AddressInfo;
    const events = ["booking.confirmed", "booking.rescheduled", "booking.cancelled"] as const;
    const made = await createWebhook(organizer.scope, { url: `http://127.0.0.1:${port}/`, events });
    const link = await createBookingLink(organizer.scope, organizer.eventTypeId, { name: `For ${mark}` });
    if (!made.ok || !link.ok) throw new Error("not set up");
    const token = new URL(link.value.url).searchParams.get("link");
    const headers = (name: string) => ({ "Idempotency-Key": `${mark}-${name}` });
    const booked = await call(bookByApi, {
      body: requestFor(organizer, hourAhead(3), { ...details, link: token }),
      headers: headers("book"),
    });
    expect(booked.status).toBe(201);
    const { id } = booked.body;
    await sendDueMails({ bookingId: id });
    await savePrivateNote(organizer.scope, id, `${mark} likes tea`);
    const about = { params: { id }, key };
    const moved = { start: hourAhead(4), reason: `${mark} has time then` };
    expect((await call(moveByApi, { ...about, body: moved, headers: headers("move") })).status).toBe(200);
    await sendDueMails({ bookingId: id });
    const off = { reason: `${mark} is ill` };
    expect((await call(cancelByApi, { ...about, body: off, headers: headers("cancel") })).status).toBe(200);
    await sendDueMails({ bookingId: id });
    const { meetingId } = await db().booking.findUniqueOrThrow({ where: { id } });
    const invitedEmails = [`${mark}@example.org`];
    await db().meeting.update({ where: { id: meetingId }, data: { invitedEmails } });
    const deliveries = await db().webhookDelivery.findMany({ where: { bookingId: id } });
    expect(deliveries).toHaveLength(3);

    const before = await findMark();
    const listed = Object.entries(visitorData).flatMap(([table, fates]) =>
      Object.keys(fates).map((column) => `${table}.${column}`),
    );
    expect(before.filter((column) => !listed.includes(column))).toEqual([]);
    expect(before).toEqual(
      expect.arrayContaining([
        "Booking.answers",
        "Booking.cancelReason",
        "Booking.guests",
        "Booking.moveReason",
        "Booking.privateNote",
        "Booking.utm",
        "Booking.visitorEmail",
        "Booking.visitorName",
        "BookingLink.name",
        "IdempotencyRecord.answerSealed",
        "IdempotencyRecord.key",
        "Mail.contentSealed",
        "Mail.to",
        "Meeting.invitedEmails",
        "WebhookDelivery.bodySealed",
      ]),
    );
    expect(
      await eraseVisitor({ bookingId: id, scope: organizer.scope, placeholder: "Removed" }),
    ).toMatchObject({
      ok: true,
    });
    expect(await findMark()).toEqual([]);
    const kept = await db().booking.findUniqueOrThrow({ where: { id } });
    expect(kept).toMatchObject({ visitorTimeZone: "UTC", visitorLocale: "en", requestKey: null });
    expect(await db().textMessage.count({ where: { bookingId: id } })).toBe(0);

    heard.length = 0;
    for (const { id: deliveryId } of deliveries) {
      await resendDelivery(organizer.scope, made.value.id, deliveryId);
      await deliverToWebhook({ deliveryId }, Date.now() + 1000);
    }
    await eventually(
      async () => heard.length,
      (count) => count >= 3,
    );
    expect(heard.join()).not.toContain(mark);
    expect(heard.join()).toContain("Removed");
    expect(await findMark()).toEqual([]);
  });
});

/** A booking whose event Outlook has, and which is over by now. */
async function pastBooking(eventType: object, guests = [`${mark}-guest@example.org`]) {
  const organizer = await makeOrganizer({ title: "First talk", ...eventType });
  const { email: account } = await stage.connect(organizer);
  const booked = await book(requestFor(organizer, hourAhead(3), { visitor: details.visitor, guests }));
  if (!booked.ok) throw new Error(booked.error.code);
  const { id } = booked.value;
  const read = () =>
    db()
      .booking.findUniqueOrThrow({ where: { id }, include: { meeting: true } })
      .then(({ meeting }) => meeting);
  const { id: meetingId } = await eventually(read, ({ calendarEventId, kind, status }) =>
    Boolean(calendarEventId && (kind !== "teams" || status === "ready")),
  );
  const day = 24 * 3600_000;
  const times = {
    startsAt: new Date(Date.now() - 2 * day),
    endsAt: new Date(Date.now() - 2 * day + 1800_000),
  };
  await db().booking.update({ where: { id }, data: times });
  await db().meeting.update({ where: { id: meetingId }, data: times });
  return { id, organizer, account };
}

const eventsOf = async (account: string) => (await stage.microsoft.control.mailbox(account)).events;
const flightOf = async (userId: string, id: string) =>
  (await listFlight(scopeWithoutRequest(userId), id))
    .filter(({ step }) => step === "event_erased")
    .map(({ outcome }) => outcome);
const erase = (bookingId: string, userId: string) =>
  eraseVisitor({ bookingId, scope: scopeWithoutRequest(userId), placeholder: "Removed" });

describe("the Outlook event of an erased visitor", () => {
  it("the Outlook event of an erased visitor has neither them nor their guests any more, keeps whom the organizer has added, and its Teams meeting", async () => {
    const { id, organizer, account } = await pastBooking({
      invitations: "outlook",
      location: { kind: "teams" },
      subjectTemplate: "{title} with {visitor}",
    });
    const [before] = await eventsOf(account);
    const colleague = { emailAddress: { address: "colleague@contoso.example", name: "A colleague" } };
    await stage.microsoft.control.changeEvent(account, before?.id ?? "", {
      attendees: [...(before?.attendees ?? []), { ...colleague, type: "required" }],
    } as never);
    expect(JSON.stringify(await eventsOf(account))).toContain(mark);
    const since = Date.now();
    await erase(id, organizer.id);
    await eraseFromEvents();
    await eventually(
      () => flightOf(organizer.id, id),
      (outcomes) => outcomes.length > 0,
    );
    const [after] = await eventsOf(account);
    expect(JSON.stringify(after)).not.toContain(mark);
    expect(after?.attendees?.map(({ emailAddress }) => emailAddress?.address)).toEqual([
      "colleague@contoso.example",
    ]);
    expect(after?.subject).toBe("First talk with Removed");
    expect(after?.onlineMeeting?.joinUrl).toBe(before?.onlineMeeting?.joinUrl);
    expect(after?.body).toEqual(before?.body);
    const writes = (await stage.microsoft.control.requests({ account, since, method: "PATCH" })).map(
      ({ body }) => Object.keys(Object(body)),
    );
    expect(writes).toEqual([["attendees"], ["subject"]]);
    expect(await flightOf(organizer.id, id)).toEqual(["ok"]);
    await eraseFromEvents();
    expect(await db().eventErasure.count({ where: { bookingId: id } })).toBe(0);
  });

  it("the Outlook event of an erased visitor says nothing of them in its text where they were named there", async () => {
    const { id, organizer, account } = await pastBooking({
      invitations: "bellhop",
      location: { kind: "in_person", value: "Room 5" },
    });
    expect(JSON.stringify(await eventsOf(account))).toContain(mark);
    await erase(id, organizer.id);
    await eraseFromEvents();
    await eventually(
      () => flightOf(organizer.id, id),
      (outcomes) => outcomes.length > 0,
    );
    const [after] = await eventsOf(account);
    expect(after?.subject).toMatch(/^Online appointment with/);
    expect(JSON.stringify(after)).not.toContain(mark);
  });

  it("the Outlook event of an erased visitor goes where its text names them and can't be rewritten, since a Teams meeting hangs on it", async () => {
    const { id, organizer, account } = await pastBooking({
      invitations: "bellhop",
      location: { kind: "teams" },
    });
    await erase(id, organizer.id);
    await eraseFromEvents();
    await eventually(
      () => eventsOf(account),
      (events) => events.length === 0,
    );
    const { sentInvitations } = await stage.microsoft.control.mailbox(account);
    expect(sentInvitations).toEqual([]);
    const patches = await stage.microsoft.control.requests({ account, method: "PATCH" });
    expect(patches.filter(({ body }) => "body" in Object(body))).toEqual([]);
  });

  it("the Outlook event of an erased visitor is tried again while Outlook can't be reached, and given up after thirty days with a word to the organizer", async () => {
    const { id, organizer, account } = await pastBooking({ invitations: "outlook" });
    await stage.microsoft.control.graphFault({
      account,
      method: "GET",
      path: "/me/events/*",
      status: 403,
      code: "ErrorAccessDenied",
      times: 100,
    });
    await erase(id, organizer.id);
    await eraseFromEvents();
    const waiting = await db().eventErasure.findUniqueOrThrow({ where: { bookingId: id } });
    expect(JSON.stringify(waiting)).not.toContain(mark);
    expect(waiting.dueAt.getTime()).toBeGreaterThan(Date.now());
    expect(await flightOf(organizer.id, id)).toEqual([]);
    const longAgo = new Date(Date.now() - 31 * 24 * 3600_000);
    await db().eventErasure.update({
      where: { bookingId: id },
      data: { createdAt: longAgo, dueAt: longAgo },
    });
    await eraseFromEvents();
    await eventually(
      () => flightOf(organizer.id, id),
      (outcomes) => outcomes.length > 0,
    );
    expect(await flightOf(organizer.id, id)).toEqual(["failed"]);
  });

  it("the Outlook event of an erased visitor invites no one in their place when it is looked after again", async () => {
    const { id, organizer, account } = await pastBooking({ invitations: "outlook" });
    await erase(id, organizer.id);
    await eraseFromEvents();
    await eventually(
      () => flightOf(organizer.id, id),
      (outcomes) => outcomes.length > 0,
    );
    const { meetingId } = await db().booking.findUniqueOrThrow({ where: { id } });
    await syncMeeting({ meetingId });
    expect(JSON.stringify(await stage.microsoft.control.mailbox(account))).not.toContain("invalid.example");
  });
});
