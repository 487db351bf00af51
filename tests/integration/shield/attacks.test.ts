import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as cancelRoute from "@/app/api/v1/bookings/[token]/cancel/route";
import * as moveRoute from "@/app/api/v1/bookings/[token]/reschedule/route";
import * as bookings from "@/app/api/v1/bookings/route";
import * as ownMove from "@/app/api/v1/me/bookings/[id]/reschedule/route";
import { createApiKey } from "@/lib/auth/api-keys";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { confirmByLink } from "@/lib/booking/confirm";
import { listHeldBack } from "@/lib/booking/suspicion";
import { db } from "@/lib/database/client";
import { sendDueMails } from "@/lib/notifications/send-due";
import { sweepRecipients } from "@/lib/shield/traces";
import { prepareJobs } from "@/lib/worker";
import { call } from "@/tests/integration/api/call";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { readLinkToken } from "@/tests/support/mails";
import { hourAhead, makeOrganizer, requestFor, type TestOrganizer } from "@/tests/support/organizer";

/* Attacks as they were recorded, and what people do who are none. */

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ TRUST_PROXY: "1" });
  await prepareJobs();
});
afterAll(() => database.cleanup());

const open = () => makeOrganizer({ location: { kind: "none" }, invitations: "bellhop" });

const from = (address: string) => ({ "X-Forwarded-For": address });

const suspicionsOf = async (scope: OwnerScope, id: string) =>
  (await listHeldBack(scope, [id])).get(id)?.suspicions;

/** Half-hour slots one after the other, from tomorrow on. */
const slot = (nth: number) => new Date(Date.parse(hourAhead(1, 0)) + nth * 1800_000).toISOString();

async function send(organizer: TestOrganizer, nth: number, address: string, more: object = {}) {
  const body = requestFor(organizer, slot(nth), more);
  const answer = await call(bookings.POST, { body, headers: from(address) });
  return { ...answer, email: body.visitor.email };
}

/** Writes whatever mail is due, and tells to whom. */
async function mailsOf(organizer: TestOrganizer): Promise<string[]> {
  const made = await db().booking.findMany({ where: { ownerId: organizer.id }, select: { id: true } });
  for (const { id } of made) await sendDueMails({ bookingId: id }, Date.now() + 61_000);
  const { email } = await db().user.findUniqueOrThrow({ where: { id: organizer.id } });
  const mails = await db().mail.findMany({
    where: { bookingId: { in: made.map(({ id }) => id) }, to: { not: email } },
  });
  return mails.map(({ to }) => to);
}

describe("twenty strangers as guests, six moves and a cancellation with a message", () => {
  it("twenty strangers as guests, six moves and a cancellation with a message write one mail, to the address that was given", async () => {
    const organizer = await open();
    const guests = Array.from({ length: 20 }, (_, nth) => `stranger-${nth}@strangers.example`);
    const { status, body, email } = await send(organizer, 0, "198.51.100.7", { guests });
    expect(status).toBe(201);
    expect(body).toMatchObject({ status: "pending", awaits: "visitor" });
    for (let nth = 1; nth <= 6; nth += 1) {
      const params = { token: body.token };
      const moved = await call(moveRoute.POST, { params, body: { start: slot(nth) } });
      expect(moved.status).toBe(409);
    }
    const reason = "Cheap pills at https://evil.example";
    await call(cancelRoute.POST, { params: { token: body.token }, body: { reason } });
    expect(await mailsOf(organizer)).toEqual([]);
    const again = await send(organizer, 0, "198.51.100.7", { guests });
    expect(await mailsOf(organizer)).toEqual([again.email]);
    const kept = await db().addressCheck.findUniqueOrThrow({ where: { bookingId: again.body.id } });
    expect(kept).toMatchObject({ score: 100, reasons: [{ code: "many_guests", points: 100 }] });
    expect(email).not.toBe(again.email);
    expect(await suspicionsOf(organizer.scope, again.body.id)).toEqual(["many_guests"]);
    expect(await suspicionsOf((await open()).scope, again.body.id)).toBeUndefined();
  });

  it("twenty strangers as guests, six moves and a cancellation with a message is no attack once the address is confirmed", async () => {
    const organizer = await open();
    const guests = Array.from({ length: 20 }, (_, nth) => `colleague-${nth}@example.org`);
    const { body, email } = await send(organizer, 0, "198.51.100.7", { guests });
    await sendDueMails({ bookingId: body.id });
    expect((await confirmByLink(await readLinkToken(email, "/confirm/"))).ok).toBe(true);
    const mailed = await mailsOf(organizer);
    for (const guest of guests) expect(mailed.filter((to) => to === guest)).toHaveLength(1);
  });
});

describe("sixty bookings that are cancelled at once, from one network", () => {
  it.each(["198.51.100.7", "127.0.0.1"])(
    "sixty bookings that are cancelled immediately, from one network, are stopped long before their end, from %s",
    async (address) => {
      const organizer = await open();
      const answers: { status: number; code?: string; retryAfter: string | null }[] = [];
      for (let nth = 0; nth < 60; nth += 1) {
        const { status, body, headers } = await send(organizer, 0, address);
        answers.push({ status, code: body.code, retryAfter: headers.get("retry-after") });
        if (status === 201) await call(cancelRoute.POST, { params: { token: body.token }, body: {} });
      }
      const refused = answers.filter(({ status }) => status === 429);
      expect(refused.length).toBeGreaterThanOrEqual(35);
      for (const { code, retryAfter } of refused) {
        expect(code).toBe("too_many_bookings");
        expect(Number(retryAfter)).toBeGreaterThan(0);
        expect(Number(retryAfter)).toBeLessThanOrEqual(3600);
      }
      expect((await mailsOf(organizer)).length).toBeLessThanOrEqual(25);
    },
  );
});

describe("one booking, moved again and again", () => {
  it("one booking, moved again and again, is moved five times a day by its visitor, and further by its organizer", async () => {
    const organizer = await open();
    const { apiKey: key } = await createApiKey(organizer.scope, "test");
    const { body } = await send(organizer, 0, "198.51.101.7");
    const params = { token: body.token };
    const statuses: number[] = [];
    for (let nth = 1; nth <= 6; nth += 1) {
      statuses.push((await call(moveRoute.POST, { params, body: { start: slot(nth) } })).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    const refused = await call(moveRoute.POST, { params, body: { start: slot(7) } });
    expect(refused.body.code).toBe("too_many_bookings");
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(23 * 3600);
    const moved = await call(ownMove.POST, { params: { id: body.id }, key, body: { start: slot(8) } });
    expect(moved.status).toBe(200);
  });
});

describe("one mailbox under many names", () => {
  it("one mailbox under many names is asked to confirm, no matter which organizer is written to", async () => {
    const organizer = await open();
    const guests = ["victim+1@gmail.com", "vic.tim+2@gmail.com", "victim+3@googlemail.com"];
    const { body } = await send(organizer, 0, "198.51.100.7", { guests });
    expect(body.awaits).toBe("visitor");
  });
});

describe("one mailbox, written to through many organizers", () => {
  const name = (nth: number) => `target+${nth}@gmail.com`;

  it("one mailbox, written to through many organizers from many networks, is named in 120 bookings an hour at most", async () => {
    const organizers = await Promise.all([open(), open(), open()]);
    const statuses: number[] = [];
    for (let nth = 0; nth < 123; nth += 1) {
      const organizer = organizers[nth % 3];
      if (!organizer) throw new Error("no organizer");
      const more = { guests: [name(nth)] };
      const { status, body, headers } = await send(organizer, Math.floor(nth / 3), `10.33.${nth}.1`, more);
      statuses.push(status);
      if (status !== 429) continue;
      expect(body.code).toBe("too_many_bookings");
      expect(Number(headers.get("retry-after"))).toBeGreaterThan(3000);
    }
    expect(statuses.filter((status) => status === 201)).toHaveLength(120);
    expect(statuses.slice(120)).toEqual([429, 429, 429]);
    const others = organizers[0] ?? (await open());
    expect((await send(others, 60, "10.33.200.1")).status).toBe(201);
    const traces = () => db().recipientTrace.count();
    const before = await traces();
    await sweepRecipients();
    expect(await traces()).toBe(before);
    await sweepRecipients(Date.now() + 3600_000);
    expect(await traces()).toBe(0);
  });

  it("one mailbox, written to through many organizers, leaves no trace behind a proxy that isn't counted", async () => {
    const organizer = await open();
    const before = await db().recipientTrace.count();
    await send(organizer, 0, "127.0.0.1");
    expect(await db().recipientTrace.count()).toBe(before);
  });
});

describe("people who are no attackers", () => {
  it("people who are no attackers book from one address as fast as they can, all different, and all for one", async () => {
    const organizer = await open();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, nth) => send(organizer, nth, "127.0.0.1")),
    );
    expect(answers.map(({ body }) => body.status)).toEqual(Array(50).fill("confirmed"));
    const other = await open();
    const visitor = { name: "Vera Visitor", email: "vera@example.org", timeZone: "UTC" };
    for (let nth = 0; nth < 50; nth += 1) {
      const { body } = await send(other, nth, "127.0.0.1", { visitor });
      expect(body.status).toBe("confirmed");
    }
  });

  it("people who are no attackers may be many in one office", async () => {
    const organizer = await open();
    for (let nth = 0; nth < 30; nth += 1) {
      const { body } = await send(organizer, nth, `203.0.113.${nth}`);
      expect(body.status).toBe("confirmed");
    }
  });

  it("people who are no attackers leave no trace that outlasts the confirmation, and none where an organizer books with their key", async () => {
    const organizer = await open();
    const { apiKey } = await createApiKey(organizer.scope, "test");
    const booked = await call(bookings.POST, {
      body: requestFor(organizer, slot(0)),
      headers: { ...from("198.51.100.7"), Authorization: `Bearer ${apiKey}` },
    });
    const row = await db().booking.findUniqueOrThrow({ where: { id: booked.body.id } });
    expect([row.networkHash, row.recipientHashes]).toEqual([null, []]);
  });
});
