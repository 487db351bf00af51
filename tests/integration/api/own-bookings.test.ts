import { afterAll, beforeAll, expect, it } from "vitest";
import * as ownBookings from "@/app/api/v1/me/bookings/route";
import { book } from "@/lib/booking/book";
import { db } from "@/lib/database/client";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead, requestFor } from "@/tests/support/organizer";
import { call, organizerWithKey } from "./call";

let database: TestDatabase;
let organizer: Awaited<ReturnType<typeof organizerWithKey>>;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
  organizer = await organizerWithKey();
});
afterAll(() => database.cleanup());

const list = async (query: string) => {
  const { status, body } = await call(ownBookings.GET, { key: organizer.key, query }, "GET");
  return { status, starts: body.items?.map((item: { start: string }) => item.start), errors: body.errors };
};

it("an organizer's bookings are found between instants, and on dates of theirs", async () => {
  const [early, late] = [hourAhead(5, 3), hourAhead(5, 20)];
  for (const start of [early, late]) expect((await book(requestFor(organizer, start))).ok).toBe(true);
  const date = early.slice(0, 10);
  expect((await list(`?from=${early}&to=${late}`)).starts).toEqual([early]);
  expect((await list(`?from=${date}&to=${date}`)).starts).toEqual([early, late]);
  await db().schedule.updateMany({ where: { userId: organizer.id }, data: { timeZone: "America/New_York" } });
  expect((await list(`?from=${date}&to=${date}`)).starts, "it was still the day before in New York").toEqual([
    late,
  ]);
});

it.each(["yesterday", "2027-02-30", "0001-01-01", "9999-12-31"])(
  "%s is no moment to ask for",
  async (from) => {
    const { status, errors } = await list(`?from=${from}`);
    expect(status).toBe(422);
    expect(errors).toMatchObject([{ path: "from", message: expect.stringContaining("or a date") }]);
  },
);
