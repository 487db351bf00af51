import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as oneBooking from "@/app/api/v1/bookings/[token]/route";
import * as bookings from "@/app/api/v1/bookings/route";
import * as oneBlock from "@/app/api/v1/me/blocks/[id]/route";
import * as blocks from "@/app/api/v1/me/blocks/route";
import { createApiKey } from "@/lib/auth/api-keys";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { blockSender, blockSenders, listBlockChoices, unblock } from "@/lib/booking/block-sender";
import { createBookingLink } from "@/lib/booking/booking-links";
import { confirmByLink } from "@/lib/booking/confirm";
import { decideBooking } from "@/lib/booking/decide";
import { listHeldBack } from "@/lib/booking/suspicion";
import { db } from "@/lib/database/client";
import { listFlight } from "@/lib/flight-recorder/queries";
import { readMetrics } from "@/lib/health/metrics";
import { sendAllDueMails, sendDueMails } from "@/lib/notifications/send-due";
import { listBlocks } from "@/lib/shield/blocks";
import { prepareJobs } from "@/lib/worker";
import { call } from "@/tests/integration/api/call";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { readLinkToken } from "@/tests/support/mails";
import { hourAhead, makeOrganizer, requestFor, type TestOrganizer } from "@/tests/support/organizer";

/* Senders that an organizer, or an admin for everyone, has had enough of. */

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ TRUST_PROXY: "1" });
  await prepareJobs();
});
afterAll(() => database.cleanup());

const open = (more: object = {}) =>
  makeOrganizer({ location: { kind: "none" }, invitations: "bellhop", ...more });

async function withKey(organizer: TestOrganizer) {
  const { apiKey: key } = await createApiKey(organizer.scope, "test");
  return { ...organizer, key };
}

interface Sending {
  email?: string;
  from?: string;
  hour?: number;
  more?: object;
}

async function send(
  organizer: TestOrganizer,
  { email, from = "198.51.100.7", hour = 10, more }: Sending = {},
) {
  const visitor = { name: "Vera Visitor", email: email ?? `${randomUUID()}@example.org`, timeZone: "UTC" };
  const body = requestFor(organizer, hourAhead(3, hour), { visitor, ...more });
  const answer = await call(bookings.POST, { body, headers: { "X-Forwarded-For": from } });
  return {
    ...answer,
    email: visitor.email,
    id: answer.body.id as string,
    token: answer.body.token as string,
  };
}

const statusOf = async (token: string) => (await call(oneBooking.GET, { params: { token } })).body.status;

const suspicionsOf = async (scope: OwnerScope, id: string) =>
  (await listHeldBack(scope, [id])).get(id)?.suspicions;

/** Everyone who was mailed about a booking. */
async function mailed(bookingId: string): Promise<string[]> {
  await sendDueMails({ bookingId });
  return (await db().mail.findMany({ where: { bookingId } })).map(({ to }) => to);
}

const block = (organizer: TestOrganizer, kind: "address" | "domain" | "network", value: string) =>
  blockSenders(organizer.scope, { kind, value });

describe("the blocks of an API key", () => {
  it("the blocks of an API key are made once each, listed newest first, read and taken back", async () => {
    const { key } = await withKey(await open());
    const post = (kind: string, value: string) => call(blocks.POST, { key, body: { kind, value } });
    const first = await post("address", "Spam+1@Example.ORG");
    expect(first.status).toBe(201);
    expect(first.body).toEqual({
      id: expect.any(String),
      kind: "address",
      value: "spam@example.org",
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    const again = await post("address", "spam@example.org");
    expect([again.status, again.body]).toEqual([201, first.body]);
    const second = await post("network", "203.0.113.9");
    expect(second.body.value).toBe("203.0.113.0/24");
    const page = await call(blocks.GET, { key, query: "?limit=1" });
    expect(page.body.items).toEqual([second.body]);
    const rest = await call(blocks.GET, { key, query: `?cursor=${page.body.nextCursor}` });
    expect(rest.body).toEqual({ items: [first.body], nextCursor: null });
    const params = { id: first.body.id };
    expect((await call(oneBlock.GET, { key, params })).body).toEqual(first.body);
    const { key: foreign } = await withKey(await open());
    expect((await call(oneBlock.DELETE, { key: foreign, params }, "DELETE")).status).toBe(404);
    expect((await call(blocks.GET, { key: foreign })).body.items).toEqual([]);
    expect((await call(oneBlock.DELETE, { key, params }, "DELETE")).status).toBe(204);
    expect((await call(oneBlock.DELETE, { key, params }, "DELETE")).status).toBe(404);
    const named = await call(blocks.DELETE, { key, query: `?id=${second.body.id}` }, "DELETE");
    expect(named.status).toBe(204);
    expect((await call(blocks.GET, { key })).body.items).toEqual([]);
  });

  it.each([
    [{ kind: "domain", value: "gmail.com" }, "value"],
    [{ kind: "network", value: "203.0.0.0/8" }, "value"],
    [{ kind: "address", value: "" }, "value"],
    [{ kind: "country", value: "FR" }, "kind"],
    [{ kind: "address" }, "value"],
  ])("the blocks of an API key can't be %o", async (body, path) => {
    const { key } = await withKey(await open());
    const refused = await call(blocks.POST, { key, body });
    expect([refused.status, refused.body.code]).toEqual([422, "invalid_request"]);
    expect(refused.body.errors).toMatchObject([{ path }]);
  });
});

describe("a blocked sender", () => {
  it.each(["address", "domain"] as const)(
    "a blocked sender is answered like anyone who has to confirm, and never gets the email: %s",
    async (kind) => {
      const organizer = await open({ emailCheck: "never" });
      await block(organizer, kind, kind === "address" ? "spam@win.example" : "win.example");
      const blocked = await send(organizer, { email: "Spam+2@win.example" });
      const asked = await send(await open({ emailCheck: "always" }), { email: "spam@win.example" });
      const shape = ({ body, status }: typeof blocked) => ({
        status,
        keys: Object.keys(body),
        told: [body.status, body.awaits, body.meeting],
      });
      expect(shape(blocked)).toEqual(shape(asked));
      expect(blocked.body).toMatchObject({ status: "pending", awaits: "visitor" });
      expect(await mailed(blocked.id)).toEqual([]);
      expect(await mailed(asked.id)).toEqual([asked.email]);
      expect(await suspicionsOf(organizer.scope, blocked.id)).toEqual([`blocked_${kind}`]);
      const elsewhere = await send(await open(), { email: "spam@win.example" });
      expect(elsewhere.body.status).toBe("confirmed");
      const { items } = (await call(oneBooking.GET, { params: { token: blocked.token } })).body;
      expect(items).toBeUndefined();
      expect(JSON.stringify(blocked.body)).not.toMatch(/block/i);
    },
  );

  it("a blocked sender in a network may be someone else there: they confirm, and are in", async () => {
    const organizer = await open();
    await block(organizer, "network", "198.51.100.0/24");
    const honest = await send(organizer, { from: "198.51.100.200" });
    expect(honest.body).toMatchObject({ status: "pending", awaits: "visitor" });
    expect(await mailed(honest.id)).toEqual([honest.email]);
    expect((await confirmByLink(await readLinkToken(honest.email, "/confirm/"))).ok).toBe(true);
    expect(await statusOf(honest.token)).toBe("confirmed");
    expect((await send(organizer, { from: "198.51.101.7", hour: 11 })).body.status).toBe("confirmed");
  });

  it("a blocked sender may be in an IPv6 network", async () => {
    const organizer = await open();
    await block(organizer, "network", "2001:db8:7::/48");
    expect((await send(organizer, { from: "2001:db8:7:9::1" })).body.status).toBe("pending");
    expect((await send(organizer, { from: "2001:db8:8:9::1", hour: 11 })).body.status).toBe("confirmed");
  });

  it("a blocked sender can be let in, and gets in with a link that the organizer gave them", async () => {
    const organizer = await open();
    await block(organizer, "domain", "win.example");
    const held = await send(organizer, { email: "a@win.example" });
    await decideBooking({ bookingId: held.id, scope: organizer.scope, decision: "approve" });
    expect(await mailed(held.id)).toContain("a@win.example");
    const made = await createBookingLink(organizer.scope, organizer.eventTypeId, { name: "A" });
    if (!made.ok) throw new Error(made.error.code);
    const more = { link: new URL(made.value.url).searchParams.get("link") };
    const linked = await send(organizer, { email: "a@win.example", hour: 12, more });
    expect(linked.body.status).toBe("confirmed");
  });

  it("a blocked sender is blocked for everyone if an admin says so", async () => {
    const one = await open();
    const added = await blockSenders("everyone", { kind: "domain", value: "everywhere.example" });
    if (!added.ok) throw new Error(added.error.code);
    const held = await send(one, { email: "a@mail.everywhere.example" });
    expect(held.body.awaits).toBe("visitor");
    expect(await suspicionsOf(one.scope, held.id)).toEqual(["blocked_by_admin"]);
    expect(await listBlocks(one.scope)).toEqual([]);
    expect(await listBlocks("everyone")).toEqual([added.value.block]);
    expect((await unblock(one.scope, added.value.block.id)).ok).toBe(false);
    expect((await unblock("everyone", added.value.block.id)).ok).toBe(true);
    expect((await send(one, { email: "b@everywhere.example", hour: 12 })).body.status).toBe("confirmed");
    const audit = await db().auditEntry.findMany({ where: { subject: "everywhere.example" } });
    expect(audit.map(({ action }) => action).sort()).toEqual(["block.made", "block.removed"]);
  });
});

describe("blocking the sender of a booking that waits", () => {
  it("blocking the sender of a booking that waits rejects all that waits of theirs, and says nothing to anyone", async () => {
    const organizer = await open({ emailCheck: "always" });
    const first = await send(organizer, { email: "a@win.example" });
    const second = await send(organizer, { email: "b@win.example", hour: 11, from: "203.0.113.5" });
    const other = await send(organizer, { email: "c@example.org", hour: 12, from: "203.0.113.6" });
    for (const { id } of [first, second, other]) await sendDueMails({ bookingId: id });
    const choices = await listBlockChoices(organizer.scope, [first.id]);
    expect(choices.get(first.id)).toEqual([
      { kind: "address", value: "a@win.example" },
      { kind: "domain", value: "win.example" },
      { kind: "network", value: "198.51.100.0/24" },
    ]);
    const blocked = await blockSender(organizer.scope, { bookingId: first.id, kind: "domain" });
    expect(blocked).toMatchObject({ ok: true, value: { rejected: 2, block: { value: "win.example" } } });
    const states = await Promise.all([first, second, other].map(({ token }) => statusOf(token)));
    expect(states).toEqual(["declined", "declined", "pending"]);
    expect(await mailed(first.id)).toEqual(["a@win.example"]);
    expect((await confirmByLink(await readLinkToken("a@win.example", "/confirm/"))).ok).toBe(false);
    const free = await send(organizer, { email: "d@example.org", from: "203.0.113.7" });
    expect(free.status).toBe(201);
  });

  it("blocking the sender of a booking that waits can be undone: it waits again, unless its time is gone", async () => {
    const organizer = await open({ emailCheck: "always" });
    const kept = await send(organizer);
    const lost = await send(organizer, { hour: 11 });
    await sendDueMails({ bookingId: kept.id });
    const blocked = await blockSender(organizer.scope, { bookingId: kept.id, kind: "network" });
    if (!blocked.ok) throw new Error(blocked.error.code);
    expect(blocked.value.rejected).toBe(2);
    expect((await send(organizer, { email: "c@example.org", hour: 11, from: "203.0.113.7" })).status).toBe(
      201,
    );
    expect((await unblock(organizer.scope, blocked.value.block.id)).ok).toBe(true);
    expect([await statusOf(kept.token), await statusOf(lost.token)]).toEqual(["pending", "declined"]);
    const steps = (await listFlight(organizer.scope, kept.id)).map(({ step }) => step);
    expect(steps).toContain("waits_again");
    const taken = await send(organizer, { email: "d@example.org", from: "203.0.113.7" });
    expect(taken.body.code).toBe("slot_taken");
    // The email that asked was stopped with the block, and is written once more.
    await sendAllDueMails();
    expect((await confirmByLink(await readLinkToken(kept.email, "/confirm/"))).ok).toBe(true);
    expect(await statusOf(kept.token)).toBe("confirmed");
  });

  it("blocking the sender of a booking that waits is for its own organizer, and not by what isn't known", async () => {
    const organizer = await open({ emailCheck: "always" });
    const held = await send(organizer, { email: "vera@gmail.com", from: "127.0.0.1" });
    const kinds = (await listBlockChoices(organizer.scope, [held.id])).get(held.id)?.map(({ kind }) => kind);
    expect(kinds).toEqual(["address"]);
    const refused = await blockSender(organizer.scope, { bookingId: held.id, kind: "network" });
    expect(refused).toMatchObject({ ok: false, error: { code: "not_blockable" } });
    const { scope } = await open();
    const foreign = await blockSender(scope, { bookingId: held.id, kind: "address" });
    expect(foreign).toMatchObject({ ok: false, error: { code: "not_found" } });
    expect(await statusOf(held.token)).toBe("pending");
  });

  it("blocking the sender of a booking that waits is no longer offered once it is confirmed: its network is forgotten", async () => {
    const organizer = await open({ emailCheck: "always" });
    const [confirmed, letIn] = [await send(organizer), await send(organizer, { hour: 11 })];
    await sendDueMails({ bookingId: confirmed.id });
    await confirmByLink(await readLinkToken(confirmed.email, "/confirm/"));
    await decideBooking({ bookingId: letIn.id, scope: organizer.scope, decision: "approve" });
    const kept = await db().addressCheck.findMany({ where: { bookingId: { in: [confirmed.id, letIn.id] } } });
    expect(kept.map(({ networkSealed }) => networkSealed)).toEqual([null, null]);
    expect((await listBlockChoices(organizer.scope, [confirmed.id, letIn.id])).size).toBe(0);
  });
});

it("figures of what is held back, kept away, refused and blocked are among the metrics", async () => {
  const organizer = await open({ emailCheck: "always" });
  const read = async () => {
    const { text } = await readMetrics();
    const value = (series: string) =>
      Number(
        text
          .split("\n")
          .find((line) => line.startsWith(`${series} `))
          ?.split(" ")[1],
      );
    return {
      held: value("bellhop_bookings_held"),
      keptAway: value("bellhop_bookings_kept_away"),
      refused: value('bellhop_bookings_refused{because="waiting"}'),
      blocks: value('bellhop_blocks{scope="organizer"}'),
    };
  };
  const before = await read();
  const sent = [];
  for (let nth = 0; nth < 6; nth += 1) {
    sent.push(await send(organizer, { email: "a@flood.example", hour: 8 + nth, from: `203.0.113.${nth}` }));
  }
  expect(sent.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201, 429]);
  await block(organizer, "domain", "flood.example");
  const more = await send(organizer, { hour: 20, from: "203.0.113.9" });
  expect(more.status).toBe(201);
  const after = await read();
  expect(after).toEqual({
    held: before.held + 1,
    keptAway: before.keptAway + 5,
    refused: before.refused + 1,
    blocks: before.blocks + 1,
  });
});
