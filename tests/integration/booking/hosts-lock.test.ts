import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { lockHosts } from "@/lib/booking-record/organizer-lock";
import { db } from "@/lib/database/client";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.cleanup());

const [ada, bob, eve] = [
  "018f0000-0000-7000-8000-00000000000a",
  "018f0000-0000-7000-8000-00000000000b",
  "018f0000-0000-7000-8000-00000000000e",
];

/** Whether two transactions that lock these hosts were ever at work at the same time. */
async function overlap(one: string[], other: string[]): Promise<boolean> {
  let [atWork, met] = [0, false];
  const work = (hosts: string[]) =>
    db().$transaction(async (tx) => {
      await lockHosts(tx, hosts);
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
