import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Ajv from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as resendRoute from "@/app/api/v1/me/webhooks/[id]/deliveries/[deliveryId]/resend/route";
import * as oneRoute from "@/app/api/v1/me/webhooks/[id]/route";
import * as testRoute from "@/app/api/v1/me/webhooks/[id]/test/route";
import * as route from "@/app/api/v1/me/webhooks/route";
import { openApiDocument } from "@/lib/api/openapi";
import { createApiKey } from "@/lib/auth/api-keys";
import { book } from "@/lib/booking/book";
import { cancel } from "@/lib/booking/cancel";
import { decideBooking } from "@/lib/booking/decide";
import { eraseVisitor } from "@/lib/booking/erase-visitor";
import { reschedule } from "@/lib/booking/reschedule";
import { cancelByCalendar, moveMeeting } from "@/lib/calendar-sync/apply-change";
import { type ComparedMeeting, readComparedMeeting } from "@/lib/calendar-sync/compared-meeting";
import { db, type Tx } from "@/lib/database/client";
import { sendDueMails } from "@/lib/notifications/send-due";
import { deliverToWebhook, pausesMs } from "@/lib/webhooks/deliver";
import { createWebhook, enableWebhook, resendDelivery, testWebhook } from "@/lib/webhooks/webhooks";
import { prepareJobs } from "@/lib/worker";
import { call, organizerWithKey } from "@/tests/integration/api/call";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead, makeOrganizer, requestFor, type TestOrganizer } from "@/tests/support/organizer";

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

let database: TestDatabase;
let receiver: Server;
let address: string;
let received: Received[] = [];
let answer = 200;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
  receiver = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    received.push({ headers: request.headers, body });
    response.writeHead(answer, answer === 302 ? { Location: `${address}/elsewhere` } : {}).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
});
afterAll(async () => {
  receiver.close();
  await database.cleanup();
});
beforeEach(() => {
  answer = 200;
});
afterEach(() => {
  received = [];
});

const phone = { location: { kind: "phone", value: "+33 1 23 45 67 89" } };
const all = ["booking.confirmed", "booking.rescheduled", "booking.cancelled"] as const;

async function organizerWithWebhook(events: Parameters<typeof createWebhook>[1]["events"] = all) {
  const organizer = await makeOrganizer(phone);
  const made = await createWebhook(organizer.scope, { url: `${address}/hook`, events });
  if (!made.ok) throw new Error("no webhook");
  return { organizer, webhook: made.value };
}

async function bookWith(organizer: TestOrganizer, day = 2): Promise<string> {
  const booked = await book(requestFor(organizer, hourAhead(day)));
  if (!booked.ok) throw new Error(booked.error.code);
  await sendDueMails({ bookingId: booked.value.id });
  return booked.value.id;
}

const deliveries = (webhookId: string) =>
  db().webhookDelivery.findMany({ where: { webhookId }, orderBy: { createdAt: "asc" } });

/** Lets the worker's handler do what is due at an instant. */
async function deliverAll(webhookId: string, now = Date.now() + 1000) {
  for (const { id } of await deliveries(webhookId)) await deliverToWebhook({ deliveryId: id }, now);
}

const types = () => received.map(({ body }) => JSON.parse(body).type);

describe("what a webhook is sent", () => {
  it("a booking's life, each step once, signed with its secret", async () => {
    const { organizer, webhook } = await organizerWithWebhook();
    const id = await bookWith(organizer);
    await deliverAll(webhook.id);
    await reschedule({ bookingId: id, start: Date.parse(hourAhead(3)), by: "visitor" });
    await sendDueMails({ bookingId: id });
    await sendDueMails({ bookingId: id });
    await deliverAll(webhook.id);
    await cancel({ bookingId: id, by: "visitor", reason: "Ill" });
    await sendDueMails({ bookingId: id });
    await deliverAll(webhook.id);
    await deliverAll(webhook.id);

    expect(types()).toEqual(["booking.confirmed", "booking.rescheduled", "booking.cancelled"]);
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats(ajv);
    ajv.addSchema(openApiDocument(), "document");
    for (const { headers, body } of received) {
      const place = `webhooks/${JSON.parse(body).type}/post/requestBody/content/application~1json/schema`;
      const fits = ajv.compile({ $ref: `document#/${place}` });
      expect(fits(JSON.parse(body)), JSON.stringify(fits.errors)).toBe(true);
      const key = Buffer.from(webhook.secret.replace("whsec_", ""), "base64");
      const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
      const expected = createHmac("sha256", key).update(signed).digest("base64");
      expect(headers["webhook-signature"]).toBe(`v1,${expected}`);
    }
    const last = JSON.parse(received.at(-1)?.body ?? "{}");
    expect(last.data).toMatchObject({ id, status: "cancelled", cancelReason: "Ill" });
    expect(JSON.stringify(received)).not.toMatch(/manageUrl|"token"/);
  });

  it("a webhook is sent how things were at each step, however late it is sent, and from where a booking was moved", async () => {
    const { organizer, webhook } = await organizerWithWebhook();
    const booked = await book(requestFor(organizer, hourAhead(2)));
    const bookingId = booked.ok ? booked.value.id : "";
    // So quickly that no mail of it was written in between.
    await reschedule({ bookingId, start: Date.parse(hourAhead(3)), by: "visitor" });
    await reschedule({ bookingId, start: Date.parse(hourAhead(4)), by: "organizer", reason: "A train" });
    await cancel({ bookingId, by: "visitor", reason: "Ill" });
    await sendDueMails({ bookingId });
    await deliverAll(webhook.id);
    const announced = received.map(({ body }) => JSON.parse(body));
    const unchanged = { id: bookingId, status: "confirmed", cancelReason: null };
    expect(announced).toMatchObject([
      { type: "booking.confirmed", data: { ...unchanged, start: hourAhead(2) } },
      {
        type: "booking.rescheduled",
        data: { ...unchanged, start: hourAhead(3), previousStart: hourAhead(2), moveReason: null },
      },
      {
        type: "booking.rescheduled",
        data: { ...unchanged, start: hourAhead(4), previousStart: hourAhead(3), moveReason: "A train" },
      },
      { type: "booking.cancelled", data: { status: "cancelled", start: hourAhead(4), cancelReason: "Ill" } },
    ]);
    expect(announced[0].data).not.toHaveProperty("previousStart");
    expect(Date.parse(announced[1].data.previousEnd)).toBeGreaterThan(
      Date.parse(announced[1].data.previousStart),
    );
  });

  it("the end of a request that waited, after its beginning and once each", async () => {
    const { organizer, webhook } = await organizerWithWebhook([
      "booking.requested",
      "booking.confirmed",
      "booking.rescheduled",
      "booking.declined",
    ]);
    await db().eventType.updateMany({ where: { userId: organizer.id }, data: { requiresApproval: true } });
    const ask = async (day: number) => {
      const booked = await book(requestFor(organizer, hourAhead(day)));
      return { bookingId: booked.ok ? booked.value.id : "", scope: organizer.scope };
    };
    const quick = await ask(2);
    await decideBooking({ ...quick, decision: "decline", reason: "Full" });
    await sendDueMails(quick);
    const slow = await ask(3);
    await sendDueMails(slow);
    await reschedule({ bookingId: slow.bookingId, start: Date.parse(hourAhead(4)), by: "visitor" });
    await sendDueMails(slow);
    await decideBooking({ ...slow, decision: "approve" });
    await sendDueMails(slow);
    await sendDueMails(slow);
    await deliverAll(webhook.id);
    expect(received.map(({ body }) => JSON.parse(body)).map(({ type, data }) => [type, data.status])).toEqual(
      [
        ["booking.requested", "pending"],
        ["booking.declined", "declined"],
        ["booking.requested", "pending"],
        ["booking.rescheduled", "pending"],
        ["booking.confirmed", "confirmed"],
      ],
    );
  });

  it("a change made in Outlook like any other", async () => {
    const { organizer, webhook } = await organizerWithWebhook();
    const id = await bookWith(organizer);
    const change = (act: (tx: Tx, meeting: ComparedMeeting) => Promise<void>) =>
      db().$transaction(async (tx) => {
        const { meetingId } = await tx.booking.findUniqueOrThrow({ where: { id } });
        const meeting = await readComparedMeeting(tx, meetingId);
        if (meeting) await act(tx, meeting);
      });
    const [startsAt, endsAt] = [new Date(hourAhead(3)), new Date(hourAhead(3, 11))];
    const now = Date.now();
    await change((tx, meeting) => moveMeeting(tx, meeting, { startsAt, endsAt, by: "calendar", now }));
    await change((tx, meeting) => cancelByCalendar(tx, meeting, now));
    await deliverAll(webhook.id);
    expect(received.map(({ body }) => JSON.parse(body))).toMatchObject([
      { type: "booking.confirmed" },
      { type: "booking.rescheduled", data: { start: hourAhead(3), previousStart: hourAhead(2) } },
      { type: "booking.cancelled", data: { status: "cancelled" } },
    ]);
  });

  it("nothing of a change that did not come about", async () => {
    const { organizer, webhook } = await organizerWithWebhook();
    const first = await bookWith(organizer, 2);
    await bookWith(organizer, 3);
    const before = (await deliveries(webhook.id)).length;
    await reschedule({ bookingId: first, start: Date.parse(hourAhead(3)), by: "visitor" });
    await reschedule({ bookingId: first, start: Date.parse(hourAhead(2)), by: "visitor" });
    expect(await deliveries(webhook.id)).toHaveLength(before);
  });

  it("no name that was erased since, though it is sent again", async () => {
    const { organizer, webhook } = await organizerWithWebhook();
    const id = await bookWith(organizer);
    await deliverAll(webhook.id);
    await cancel({ bookingId: id, by: "organizer" });
    await eraseVisitor({ bookingId: id, scope: organizer.scope, placeholder: "Removed" });
    for (const delivery of await deliveries(webhook.id)) {
      await resendDelivery(organizer.scope, webhook.id, delivery.id);
    }
    await deliverAll(webhook.id);
    const name = JSON.parse(received[0]?.body ?? "{}").data.visitor.name;
    expect(JSON.stringify(received.slice(1))).not.toContain(name);
  });

  it("a webhook is sent only what it was made for, and only of its own organizer", async () => {
    const { organizer, webhook } = await organizerWithWebhook(["booking.cancelled"]);
    const other = await makeOrganizer(phone);
    await bookWith(organizer);
    await bookWith(other);
    await deliverAll(webhook.id);
    expect(received).toEqual([]);
  });

  it("nothing before the transaction that caused it is through, and all of it after", async () => {
    const { organizer, webhook } = await organizerWithWebhook();
    await bookWith(organizer);
    const [delivery] = await deliveries(webhook.id);
    expect(delivery).toMatchObject({ event: "booking.confirmed", status: "queued" });
    const [stored] = await db().$queryRaw<{ row: string }[]>`
      SELECT to_jsonb(w)::text || to_jsonb(d)::text AS row FROM "Webhook" w
      JOIN "WebhookDelivery" d ON d."webhookId" = w.id WHERE w.id = ${webhook.id}::uuid`;
    expect(stored?.row).not.toContain(webhook.secret);
  });
});

describe("an address that does not take it", () => {
  it("an address that does not take a message is tried again after each pause with the very same message, until it takes it", async () => {
    const { organizer, webhook } = await organizerWithWebhook();
    await bookWith(organizer);
    answer = 500;
    let now = Date.now() + 1000;
    await deliverAll(webhook.id, now);
    await deliverAll(webhook.id, now + 1);
    expect(received).toHaveLength(1);
    now += pausesMs[0] ?? 0;
    await deliverAll(webhook.id, now);
    answer = 204;
    now += pausesMs[1] ?? 0;
    await deliverAll(webhook.id, now);
    expect(received).toHaveLength(3);
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
    expect(new Set(received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect((await deliveries(webhook.id))[0]).toMatchObject({
      status: "delivered",
      attempts: 3,
      lastStatus: 204,
    });
  });

  it("an address that does not take a message has the event counted as failed after the last pause, and can have it sent again", async () => {
    const { organizer, webhook } = await organizerWithWebhook();
    await bookWith(organizer);
    answer = 503;
    let now = Date.now() + 1000;
    for (const pause of [0, ...pausesMs]) {
      now += pause;
      await deliverAll(webhook.id, now);
    }
    const [failed] = await deliveries(webhook.id);
    expect(failed).toMatchObject({ status: "failed", attempts: pausesMs.length + 1, nextAttemptAt: null });
    answer = 200;
    await resendDelivery(organizer.scope, webhook.id, failed?.id ?? "");
    await deliverAll(webhook.id);
    expect((await deliveries(webhook.id))[0]).toMatchObject({ status: "delivered" });
    expect(received.at(-1)?.body).toBe(received[0]?.body);
  });

  it("an address that does not take a message is switched off when it says that it is gone, and keeps what waits until it is switched on", async () => {
    const { organizer, webhook } = await organizerWithWebhook();
    await bookWith(organizer, 2);
    await bookWith(organizer, 3);
    answer = 410;
    const [first, second] = await deliveries(webhook.id);
    await deliverToWebhook({ deliveryId: first?.id ?? "" }, Date.now() + 1000);
    await deliverToWebhook({ deliveryId: second?.id ?? "" }, Date.now() + 1000);
    expect(received).toHaveLength(1);
    answer = 200;
    await enableWebhook(organizer.scope, webhook.id);
    await deliverToWebhook({ deliveryId: second?.id ?? "" }, Date.now() + 1000);
    expect((await deliveries(webhook.id)).map(({ status }) => status)).toEqual(["failed", "delivered"]);
  });

  it("an address that does not take a message is switched off once an event has failed and nothing was taken for five days, and not before", async () => {
    const { organizer, webhook } = await organizerWithWebhook();
    const disabledAt = async () =>
      (await db().webhook.findUniqueOrThrow({ where: { id: webhook.id } })).disabledAt;
    let now = Date.now() + 1000;
    const failFor = async (day: number) => {
      answer = 500;
      await bookWith(organizer, day);
      for (const pause of [0, ...pausesMs]) {
        now += pause;
        await deliverAll(webhook.id, now);
      }
    };
    await failFor(2);
    expect(await disabledAt()).toBeNull();
    await failFor(3);
    expect(await disabledAt()).toEqual(new Date(now));
    expect((await deliveries(webhook.id)).map(({ status }) => status)).toEqual(["failed", "failed"]);

    await enableWebhook(organizer.scope, webhook.id);
    answer = 200;
    await bookWith(organizer, 4);
    await deliverAll(webhook.id, now);
    await failFor(5);
    expect(await disabledAt()).toBeNull();
  });

  it("an address that does not take a message is sent one body with each try, also where an earlier version had stored none", async () => {
    const { organizer, webhook } = await organizerWithWebhook();
    const bookingId = await bookWith(organizer);
    await db().webhookDelivery.updateMany({ where: { webhookId: webhook.id }, data: { bodySealed: null } });
    const [delivery] = await deliveries(webhook.id);
    answer = 500;
    const now = Date.now() + 1000;
    await deliverToWebhook({ deliveryId: delivery?.id ?? "" }, now);
    await reschedule({ bookingId, start: Date.parse(hourAhead(3)), by: "visitor" });
    await deliverToWebhook({ deliveryId: delivery?.id ?? "" }, now + (pausesMs[0] ?? 0));
    expect(received).toHaveLength(2);
    expect(received[1]?.body).toBe(received[0]?.body);
  });

  it("an address that does not take a message leads no one elsewhere: a redirect is a failure", async () => {
    const { webhook, organizer } = await organizerWithWebhook();
    await testWebhook(organizer.scope, webhook.id);
    answer = 302;
    await deliverAll(webhook.id);
    expect(received).toHaveLength(1);
    expect((await deliveries(webhook.id))[0]).toMatchObject({ status: "queued", lastStatus: 302 });
  });

  it("an address that does not take a message is said to be unreachable when no one listens there", async () => {
    const organizer = await makeOrganizer(phone);
    const made = await createWebhook(organizer.scope, { url: "http://127.0.0.1:1/", events: all });
    if (!made.ok) throw new Error("no webhook");
    await bookWith(organizer);
    await deliverAll(made.value.id);
    expect((await deliveries(made.value.id))[0]).toMatchObject({ attempts: 1, lastProblem: "unreachable" });
  });
});

describe("/api/v1/me/webhooks", () => {
  it("/api/v1/me/webhooks makes, lists and deletes them, and shows the secret once", async () => {
    const { key } = await organizerWithKey();
    const made = await call(route.POST, { key, body: { url: `${address}/a` } });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      url: `${address}/a`,
      active: true,
      secret: expect.stringMatching(/^whsec_/),
    });
    expect(made.body.events).toContain("booking.confirmed");
    const listed = await call(route.GET, { key }, "GET");
    expect(listed.body).toMatchObject({ items: [{ id: made.body.id }], nextCursor: null });
    expect(listed.body.items[0].secret).toBeUndefined();
    const gone = await call(oneRoute.DELETE, { key, params: { id: made.body.id } }, "DELETE");
    expect(gone.status).toBe(204);
    const second = await call(route.POST, { key, body: { url: `${address}/b`, events: ["meeting.ready"] } });
    const named = await call(route.DELETE, { key, query: `?id=${second.body.id}` }, "DELETE");
    expect(named.status).toBe(204);
    expect((await call(route.GET, { key }, "GET")).body.items).toEqual([]);
  });

  it("/api/v1/me/webhooks sends a test and sends it again for its owner, and not without end", async () => {
    const { key } = await organizerWithKey();
    const { body: made } = await call(route.POST, {
      key,
      body: { url: `${address}/t`, events: ["meeting.ready"] },
    });
    const test = (by = key, id = made.id) => call(testRoute.POST, { key: by, params: { id }, body: {} });
    const sent = await test();
    expect([sent.status, sent.body.event, sent.body.status]).toEqual([201, "webhook.test", "queued"]);
    await deliverAll(made.id);
    const params = { id: made.id, deliveryId: sent.body.id };
    const resend = (by = key) => call(resendRoute.POST, { key: by, params, body: {} });
    expect((await resend()).body).toMatchObject({ id: sent.body.id, status: "queued", attempts: 0 });
    await deliverAll(made.id);
    expect(received.map(({ headers }) => headers["webhook-id"])).toEqual([sent.body.id, sent.body.id]);
    expect(types()).toEqual(["webhook.test", "webhook.test"]);
    const other = await organizerWithKey();
    expect([(await test(other.key)).status, (await resend(other.key)).status]).toEqual([404, 404]);
    const { apiKey: reader } = await db().$transaction((tx) =>
      createApiKey(other.scope, "reader", tx, { scope: "read", expiresAt: null }),
    );
    expect((await test(reader)).body.code).toBe("insufficient_scope");
    // Two of sixty have been used.
    const answers = [];
    for (let count = 0; count < 59; count += 1) answers.push((await (count % 2 ? resend() : test())).status);
    expect([answers.indexOf(429), answers.length]).toEqual([58, 59]);
  });

  it("/api/v1/me/webhooks refuses a wrong address, an unknown event and unknown fields, each by name", async () => {
    const { key } = await organizerWithKey();
    const { status, body } = await call(route.POST, {
      key,
      body: { url: "nowhere", events: ["x"], secret: "y" },
    });
    expect(status).toBe(422);
    expect(body.errors.map(({ path }: { path: string }) => path).sort()).toEqual([
      "events.0",
      "secret",
      "url",
    ]);
  });

  it("/api/v1/me/webhooks changes where one goes and which events it is sent, and nothing else", async () => {
    const { key } = await organizerWithKey();
    const { body: made } = await call(route.POST, { key, body: { url: `${address}/d` } });
    const change = (body: object, by = key) =>
      call(oneRoute.PATCH, { key: by, params: { id: made.id }, body }, "PATCH");
    const { secret: _secret, ...shown } = made;
    expect((await change({ events: ["meeting.ready", "meeting.ready"] })).body).toEqual({
      ...shown,
      events: ["meeting.ready"],
    });
    expect((await change({ url: `${address}/e` })).body).toMatchObject({
      url: `${address}/e`,
      events: ["meeting.ready"],
    });
    expect((await change({ events: [] })).body).toMatchObject({ code: "invalid_request" });
    expect((await change({ url: "nowhere" })).body).toMatchObject({ errors: [{ path: "url" }] });
    const other = await organizerWithKey();
    expect((await change({ events: ["meeting.ready"] }, other.key)).status).toBe(404);
  });

  it("/api/v1/me/webhooks knows no webhook of someone else", async () => {
    const mine = await organizerWithKey();
    const theirs = await organizerWithKey();
    const { body } = await call(route.POST, { key: theirs.key, body: { url: `${address}/c` } });
    const params = { id: body.id };
    expect((await call(oneRoute.GET, { key: mine.key, params }, "GET")).status).toBe(404);
    expect((await call(oneRoute.DELETE, { key: mine.key, params }, "DELETE")).status).toBe(404);
    expect((await call(oneRoute.GET, { params }, "GET")).status).toBe(401);
  });

  it("/api/v1/me/webhooks keeps to twenty", async () => {
    const { key } = await organizerWithKey();
    const made = await Promise.all(
      Array.from({ length: 25 }, (_, n) => call(route.POST, { key, body: { url: `${address}/${n}` } })),
    );
    expect(made.filter(({ status }) => status === 201)).toHaveLength(20);
    expect(made.find(({ status }) => status !== 201)?.body.code).toBe("too_many_webhooks");
  });
});
