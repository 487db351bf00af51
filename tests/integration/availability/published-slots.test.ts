import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as slotsRoute from "@/app/api/v1/organizers/[handle]/event-types/[slug]/slots/route";
import { book } from "@/lib/booking/book";
import { db } from "@/lib/database/client";
import { identify } from "@/lib/input/request-identity";
import { publishSlots } from "@/lib/offers/published-slots";
import { prepareJobs } from "@/lib/worker";
import { call } from "@/tests/integration/api/call";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead, makeOrganizer, requestFor, type TestOrganizer } from "@/tests/support/organizer";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
});
afterAll(() => database.cleanup());

const dateOf = (instant: string) => instant.slice(0, 10);

function ask({ handle, slug }: TestOrganizer, date: string, headers: Record<string, string> = {}) {
  const query = `?from=${date}&to=${date}&timeZone=UTC`;
  return call(slotsRoute.GET, { params: { handle, slug }, query, headers });
}

async function startsOf(organizer: TestOrganizer, date: string): Promise<string[]> {
  const { body } = await ask(organizer, date);
  return body.slots.map((slot: { start: string }) => slot.start);
}

describe("the slots of an address", () => {
  it("the slots of an address are tagged, and not sent again to anyone who has them", async () => {
    const organizer = await makeOrganizer();
    const date = dateOf(hourAhead(3));
    const first = await ask(organizer, date);
    const tag = first.headers.get("etag") ?? "";
    expect(first.status).toBe(200);
    expect(first.body.slots).toHaveLength(48);
    expect(first.headers.get("cache-control")).toBe("public, max-age=0, must-revalidate");
    for (const known of [tag, tag.slice(2), `"other", ${tag}`, "*"]) {
      const again = await ask(organizer, date, { "If-None-Match": known });
      expect([again.status, again.body, again.headers.get("etag")]).toEqual([304, null, tag]);
    }
    expect((await ask(organizer, date, { "If-None-Match": '"other"' })).status).toBe(200);
  });

  it("the slots of an address change with a booking, another rule and other hours, each immediately", async () => {
    const organizer = await makeOrganizer();
    const start = hourAhead(4);
    const date = dateOf(start);
    const seen = [(await ask(organizer, date)).headers.get("etag")];
    const expectNew = async (length: number) => {
      const { body, headers } = await ask(organizer, date);
      expect(body.slots).toHaveLength(length);
      expect(seen).not.toContain(headers.get("etag"));
      seen.push(headers.get("etag"));
    };
    expect((await book(requestFor(organizer, start))).ok).toBe(true);
    await expectNew(47);
    await db().eventType.update({ where: { id: organizer.eventTypeId }, data: { bufferAfterMinutes: 30 } });
    await expectNew(46);
    const days = [1, 2, 3, 4, 5, 6, 7];
    const weekly = [{ days, start: "00:00", end: "12:00" }];
    await db().schedule.updateMany({ where: { userId: organizer.id }, data: { weekly } });
    await expectNew(22);
  });

  it("the slots of an address lose those that have come too near, though nothing was changed", async () => {
    const organizer = await makeOrganizer({ minimumNoticeMinutes: 60 });
    const date = dateOf(hourAhead(1));
    const request = { handle: organizer.handle, slug: organizer.slug, from: date, to: date, timeZone: "UTC" };
    const noon = Date.parse(`${date}T12:00:00Z`);
    const countAt = async (now: number) => {
      const published = await publishSlots(request, now);
      return published.ok ? JSON.parse(published.value.body).slots.length : published.error.code;
    };
    expect(await countAt(noon)).toBe(22);
    expect(await countAt(noon + 1)).toBe(21);
    expect(await countAt(noon + 30 * 60_000)).toBe(21);
    expect(await countAt(noon + 30 * 60_000 + 1)).toBe(20);
  });

  it("the slots of an address reach a day further when the organizer's next day begins", async () => {
    const organizer = await makeOrganizer({ window: { kind: "rolling", days: 1 } });
    const request = { handle: organizer.handle, slug: organizer.slug, timeZone: "UTC" };
    const countAt = async (now: string) => {
      const published = await publishSlots(
        { ...request, from: "2030-05-01", to: "2030-05-03" },
        Date.parse(now),
      );
      return published.ok ? JSON.parse(published.value.body).slots.length : published.error.code;
    };
    expect(await countAt("2030-04-30T23:59:59.999Z")).toBe(48);
    expect(await countAt("2030-05-01T00:00:00Z")).toBe(96);
  });

  it("the slots of an address show a booking to anyone who asks after it was made, however many ask meanwhile", async () => {
    const organizer = await makeOrganizer();
    for (let hour = 0; hour < 5; hour += 1) {
      const start = hourAhead(5, hour);
      const asking = Array.from({ length: 20 }, () => startsOf(organizer, dateOf(start)));
      const booked = await book(requestFor(organizer, start), {
        identity: identify(["test", randomUUID()], start),
      });
      expect(booked.ok).toBe(true);
      const after = await Promise.all(Array.from({ length: 5 }, () => startsOf(organizer, dateOf(start))));
      for (const starts of after) expect(starts).not.toContain(start);
      await Promise.all(asking);
    }
  });

  it("the slots of an address are refused where no one offers them, or not at that length", async () => {
    const organizer = await makeOrganizer();
    const date = dateOf(hourAhead(3));
    expect((await ask({ ...organizer, slug: "nothing" }, date)).status).toBe(404);
    expect((await ask({ ...organizer, handle: "no\u0000body" }, date)).status).toBe(404);
    const { handle, slug } = organizer;
    const query = `?from=${date}&to=${date}&timeZone=UTC&durationMinutes=31`;
    const odd = await call(slotsRoute.GET, { params: { handle, slug }, query });
    expect([odd.status, odd.body.errors[0].path]).toEqual([422, "durationMinutes"]);
    expect(odd.headers.get("cache-control")).toBe("no-store");
    expect(odd.headers.get("etag")).toBeNull();
  });
});
