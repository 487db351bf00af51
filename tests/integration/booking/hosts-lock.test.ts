import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { book } from "@/lib/booking/book";
import { lockHosts, lockHostsOf } from "@/lib/booking-record/organizer-lock";
import { db, type Tx } from "@/lib/database/client";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
});
afterAll(() => database.cleanup());

const [ada, bob, eve] = [
  "018f0000-0000-7000-8000-00000000000a",
  "018f0000-0000-7000-8000-00000000000b",
  "018f0000-0000-7000-8000-00000000000e",
];

/** Whether two transactions that lock these hosts were ever at work at the same time. */
function overlap(one: string[], other: string[]): Promise<boolean> {
  return overlapping(
    (tx) => lockHosts(tx, one),
    (tx) => lockHosts(tx, other),
  );
}

type Lock = (tx: Tx) => Promise<void>;

async function overlapping(one: Lock, other: Lock): Promise<boolean> {
  let [atWork, met] = [0, false];
  const work = (lock: Lock) =>
    db().$transaction(async (tx) => {
      await lock(tx);
      atWork += 1;
      met ||= atWork > 1;
      await setTimeout(50);
      atWork -= 1;
    });
  await Promise.all([work(one), work(other)]);
  return met;
}

test("transactions that share a host take turns", async () => {
  expect(await overlap([ada], [ada])).toBe(false);
  expect(await overlap([ada, bob], [bob, eve])).toBe(false);
});

test("transactions about a booking take turns with those about any of its hosts, and with no others", async () => {
  const [organizer, colleague, stranger] = [
    await makeOrganizer(),
    await makeOrganizer(),
    await makeOrganizer(),
  ];
  await db().eventTypeHost.create({ data: { eventTypeId: organizer.eventTypeId, userId: colleague.id } });
  await db().eventType.update({
    where: { id: organizer.eventTypeId },
    data: { location: { kind: "none" } },
  });
  const booked = await book(requestFor(organizer, hourAhead(2)));
  if (!booked.ok) throw new Error(booked.error.code);
  const aboutBooking: Lock = (tx) => lockHostsOf(tx, booked.value.id);
  for (const { id } of [organizer, colleague]) {
    expect(await overlapping(aboutBooking, (tx) => lockHosts(tx, [id]))).toBe(false);
  }
  await db().$transaction(async (tx) => {
    await aboutBooking(tx);
    await db().$transaction((other) => lockHosts(other, [stranger.id]));
  });
});

test("transactions that name the same hosts in another order don't wait for each other forever", async () => {
  const work = (hosts: string[]) => db().$transaction((tx) => lockHosts(tx, hosts));
  const orders = [
    [ada, bob, eve],
    [eve, bob, ada],
    [bob, eve, ada, bob],
  ];
  const many = Array.from({ length: 30 }, (_, turn) => work(orders[turn % orders.length] ?? []));
  expect((await Promise.allSettled(many)).every(({ status }) => status === "fulfilled")).toBe(true);
});
