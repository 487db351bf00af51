import { afterAll, beforeAll, expect, it } from "vitest";
import { book } from "@/lib/booking/book";
import { bookingRequest } from "@/lib/booking/schema";
import { db } from "@/lib/database/client";
import { transact } from "@/lib/database/direct";
import { readAddress } from "@/lib/offers/offer";
import { readOfferForSlot } from "@/lib/offers/offer-for-slot";
import { noteFailedLookup } from "@/lib/shield/failed-lookups";
import { tracesOf } from "@/lib/shield/traces";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead, makeOrganizer, requestFor, type TestOrganizer } from "@/tests/support/organizer";
import { makeTeam } from "@/tests/support/team";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.cleanup());

const sender = "192.0.2.7";

/** Books once with an organizer; the answer adds as many more as it is asked for, as strangers leave them. */
async function openToFlood(organizer: TestOrganizer): Promise<(count: number) => Promise<unknown>> {
  const request = bookingRequest.parse(requestFor(organizer, hourAhead(1)));
  const booked = await book(request, { sender: { address: sender } });
  if (!booked.ok) throw new Error(booked.error.code);
  const { id, firstAnswer, tokenHash, joinTokenHash, ...booking } = await db().booking.findFirstOrThrow({
    where: { ownerId: organizer.id },
  });
  let made = 0;
  const next = () => {
    made += 1;
    const nth = Buffer.from([made >> 8, made & 255]);
    return {
      ...booking,
      answers: {},
      utm: {},
      guests: [],
      requestKey: null,
      tokenHash: Buffer.concat([tokenHash, nth]),
      joinTokenHash: Buffer.concat([joinTokenHash, nth]),
      networkHash: BigInt(made),
    };
  };
  return (count) => db().booking.createMany({ data: Array.from({ length: count }, next) });
}

it("where an organizer gets very many bookings at once, the counts for one more read the newest hundred", async () => {
  const open = () => makeOrganizer({ location: { kind: "none" } });
  const organizer = await open();
  const flood = await openToFlood(organizer);
  for (let nth = 0; nth < 10; nth += 1) await (await openToFlood(await open()))(60);
  // What PostgreSQL plans by is from before the flood.
  await db().$executeRaw`ANALYZE`;
  await flood(600);

  const address = readAddress(organizer.handle, organizer.slug);
  if (!address) throw new Error("no address");
  const read = await transact(null, async (run) => {
    const traces = tracesOf(sender, ["someone@example.org"]);
    const found = await readOfferForSlot(run, address, {
      start: Date.parse(hourAhead(2)),
      traces,
      now: Date.now(),
    });
    expect(found?.recent?.organizer).toBe(100);
    const [counts] = await run<{ rows: number }>(
      `SELECT (coalesce(idx_tup_fetch, 0) + coalesce(seq_tup_read, 0))::int AS rows
        FROM pg_stat_xact_user_tables WHERE relname = 'Booking'`,
      [],
    );
    return counts?.rows;
  });
  // Those hundred, and the few of its sender's network.
  expect(read).toBeLessThan(200);
});

type Address = Pick<TestOrganizer, "handle" | "slug">;

it.each([
  ["a network", sender],
  ["a network that says nothing", undefined],
])(
  "a team's bookings from %s are counted for the team, and what its hosts have booked with themselves for them alone",
  async (_, from) => {
    const [ann, bob] = [
      await makeOrganizer({ location: { kind: "none" } }),
      await makeOrganizer({ location: { kind: "none" } }),
    ];
    const team = await makeTeam([ann, bob]);
    const bookWith = async (host: Address, day: number) => {
      const request = bookingRequest.parse(requestFor(host, hourAhead(day)));
      const booked = await book(request, { sender: { address: from } });
      if (!booked.ok) throw new Error(booked.error.code);
    };
    const countFor = async ({ handle, slug }: Address) => {
      const address = readAddress(handle, slug);
      if (!address) throw new Error("no address");
      const traces = tracesOf(from, ["someone@example.org"]);
      const asked = { start: Date.parse(hourAhead(9)), traces, now: Date.now() };
      const found = await transact(null, (run) => readOfferForSlot(run, address, asked));
      return found?.recent?.organizer;
    };
    for (const day of [3, 4]) await bookWith(ann, day);
    expect([await countFor(team), await countFor(ann), await countFor(bob)]).toEqual([0, 2, 0]);
    await bookWith(team, 5);
    expect(await countFor(team)).toBe(1);
  },
);

it("a network is heard of that has looked for enough in this hour and the one before, together", async () => {
  const { handle, slug } = await makeOrganizer({ location: { kind: "none" } });
  const address = readAddress(handle, slug);
  if (!address) throw new Error("no address");
  const now = Date.now();
  for (const at of [now, now - 3600_000]) {
    for (let nth = 0; nth < 10; nth += 1) await noteFailedLookup("203.0.113.200", at);
  }
  const traces = tracesOf("203.0.113.200", ["guess@example.org"]);
  const asked = { start: Date.parse(hourAhead(9)), traces, now };
  const found = await transact(null, (run) => readOfferForSlot(run, address, asked));
  expect(found?.recent).toMatchObject({ lookups: 20, network: 0 });
});

it("of a network and a mailbox that no one has heard of, nothing is counted before its organizer is in great demand", async () => {
  const organizer = await makeOrganizer({ location: { kind: "none" } });
  const address = readAddress(organizer.handle, organizer.slug);
  if (!address) throw new Error("no address");
  const recentOf = async () => {
    const traces = tracesOf("192.0.3.9", ["new@example.org"]);
    const asked = { start: Date.parse(hourAhead(9)), traces, now: Date.now() };
    return (await transact(null, (run) => readOfferForSlot(run, address, asked)))?.recent;
  };
  const flood = await openToFlood(organizer);
  await flood(28);
  expect(await recentOf()).toBeNull();
  await flood(1);
  expect(await recentOf()).toMatchObject({ organizer: 30, network: 0, recipientAnywhere: 0 });
});
