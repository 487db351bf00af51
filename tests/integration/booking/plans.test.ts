import { afterAll, beforeAll, expect, it } from "vitest";
import { book } from "@/lib/booking/book";
import { run } from "@/lib/database/direct";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
});
afterAll(() => database.cleanup());

/* Planning the longest of them takes longer than a whole booking. */

it.each(["203.0.113.7", "127.0.0.1"])(
  "the statements of a booking are planned once, whoever sends it: from %s",
  async (address) => {
    const organizer = await makeOrganizer({ location: { kind: "none" } });
    for (let hour = 0; hour < 8; hour += 1) {
      const booked = await book(requestFor(organizer, hourAhead(2, hour)), { sender: { address } });
      expect(booked.ok).toBe(true);
    }
    const plans = await run<{ generic: number; custom: number }>(
      `SELECT generic_plans::int AS generic, custom_plans::int AS custom FROM pg_prepared_statements
        WHERE statement LIKE '%waitingHere%' AND generic_plans + custom_plans > 0`,
      [],
    );
    expect(plans.length).toBeGreaterThan(0);
    for (const { generic, custom } of plans) expect([custom, generic >= 1]).toEqual([0, true]);
  },
);
