import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

/** Since when: what changed after that, as the API lists it, with `more` of the query. */
async function changedSince(since: string, more = "") {
  const answer = await call(
    ownBookings.GET,
    { key: organizer.key, query: `?updatedAfter=${since}${more}` },
    "GET",
  );
  expect(answer.status).toBe(200);
  return answer.body as { items: { id: string; updatedAt: string }[]; nextCursor: string | null };
}

/** The instant up to which everything has been read. */
async function readUp(): Promise<string> {
  const latest = await db().booking.findFirstOrThrow({ orderBy: { amendedAt: "desc" } });
  return latest.amendedAt.toISOString();
}

async function bookAt(day: number): Promise<{ id: string; meetingId: string }> {
  const booked = await book(requestFor(organizer, hourAhead(day, 12)));
  if (!booked.ok) throw new Error(booked.error.code);
  return db().booking.findUniqueOrThrow({ where: { id: booked.value.id } });
}

describe("bookings by when they changed", () => {
  let booking: { id: string; meetingId: string };
  beforeAll(async () => {
    booking = await bookAt(6);
  });

  it.each<[string, (booking: { id: string; meetingId: string }) => Promise<unknown>]>([
    [
      "its visitor didn't come",
      ({ id }) => db().booking.update({ where: { id }, data: { noShowAt: new Date() } }),
    ],
    ["its note changes", ({ id }) => db().booking.update({ where: { id }, data: { privateNote: "Kind" } })],
    [
      "its guests change",
      ({ id }) => db().booking.update({ where: { id }, data: { guests: ["a@example.org"] } }),
    ],
    [
      "its link is there",
      ({ meetingId: id }) =>
        db().meeting.update({
          where: { id },
          data: { status: "ready", joinUrl: "https://example.com/join", verifiedAt: new Date() },
        }),
    ],
    [
      "another host takes part",
      async ({ id: bookingId }) => {
        const { id: userId } = await organizerWithKey();
        await db().bookingHost.create({ data: { bookingId, userId, position: 1 } });
      },
    ],
    [
      "a host takes part no longer",
      async ({ id: bookingId }) =>
        db().bookingHost.deleteMany({ where: { bookingId, NOT: { userId: organizer.id } } }),
    ],
    [
      "its host has another name",
      () => db().user.update({ where: { id: organizer.id }, data: { name: `Ines ${Date.now()}` } }),
    ],
    [
      "it is cancelled",
      ({ id }) => db().booking.update({ where: { id }, data: { status: "cancelled", cancelReason: "Ill" } }),
    ],
  ])("one is listed after %s", async (_, change) => {
    const since = await readUp();
    expect((await changedSince(since)).items).toEqual([]);
    await change(booking);
    const { items } = await changedSince(since);
    expect(items.map(({ id }) => id)).toContain(booking.id);
    expect(items.every(({ updatedAt }) => updatedAt > since)).toBe(true);
  });

  it("it isn't listed for what only Bellhop knows of it", async () => {
    const { id, meetingId } = await bookAt(7);
    const since = await readUp();
    await db().booking.update({ where: { id }, data: { mailsDueAt: new Date(), handoverCount: 1 } });
    await db().meeting.update({ where: { id: meetingId }, data: { attempts: 3 } });
    expect((await changedSince(since)).items).toEqual([]);
  });

  it("they are read page by page in the order in which they changed, and one that changes meanwhile comes again", async () => {
    const since = await readUp();
    const booked = [];
    for (const day of [11, 9, 10]) booked.push((await bookAt(day)).id);
    const [first = "", second, third] = booked;
    const page = await changedSince(since, "&limit=2");
    expect(page.items.map(({ id }) => id)).toEqual([first, second]);
    await db().booking.update({ where: { id: first }, data: { privateNote: "Changed meanwhile" } });
    const rest = await changedSince(since, `&limit=2&cursor=${page.nextCursor}`);
    expect(rest.items.map(({ id }) => id)).toEqual([third, first]);
    expect(rest.nextCursor).toBeNull();
    const { status, body } = await call(
      ownBookings.GET,
      { key: organizer.key, query: `?cursor=${page.nextCursor}` },
      "GET",
    );
    expect(status, "a cursor of the other order").toBe(422);
    expect(body.errors).toMatchObject([{ path: "cursor" }]);
  });

  it("what a running transaction may still change is waited for, so that nothing is passed over", async () => {
    const [slow, quick] = [await bookAt(13), await bookAt(14)];
    const since = await readUp();
    const annotate = (id: string, client: Pick<ReturnType<typeof db>, "booking"> = db()) =>
      client.booking.update({ where: { id }, data: { privateNote: "Seen" } });
    await db().$transaction(async (tx) => {
      await annotate(slow.id, tx);
      await annotate(quick.id);
      expect((await changedSince(since)).items).toEqual([]);
    });
    expect((await changedSince(since)).items.map(({ id }) => id)).toEqual([slow.id, quick.id]);
  });
});
