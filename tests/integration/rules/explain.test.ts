import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as explainRoute from "@/app/api/v1/me/event-types/[id]/explain/route";
import { explainEndpoint } from "@/lib/api/endpoints/explain";
import { newCapability } from "@/lib/auth/capability";
import { book } from "@/lib/booking/book";
import { holdSlot } from "@/lib/booking/holds";
import { db } from "@/lib/database/client";
import type { Prisma } from "@/lib/database/generated/client";
import { changeSchedule } from "@/lib/schedules/save";
import { prepareJobs } from "@/lib/worker";
import { call, organizerWithKey } from "@/tests/integration/api/call";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { requestFor } from "@/tests/support/organizer";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
});
afterAll(() => database.cleanup());

type Owner = Awaited<ReturnType<typeof organizerWithKey>>;

/** Open from nine to noon, UTC, on every day. */
async function ownerWith(eventType: Prisma.EventTypeUpdateInput = {}): Promise<Owner> {
  const owner = await organizerWithKey();
  const data = {
    window: { kind: "none" },
    location: { kind: "none" },
    minimumNoticeMinutes: 0,
    ...eventType,
  };
  await db().eventType.update({ where: { id: owner.eventTypeId }, data });
  const weekly = [{ days: [1, 2, 3, 4, 5, 6, 7], start: "09:00", end: "12:00" }];
  await db().schedule.updateMany({ where: { userId: owner.id }, data: { weekly } });
  return owner;
}

const year = new Date().getUTCFullYear() + 1;
const instantOf = (time: string, date = "05-03") => `${year}-${date}T${time}:00Z`;

async function explain({ key, eventTypeId }: Owner, time: string, more = "", date?: string) {
  const query = `?at=${instantOf(time, date)}${more}`;
  const answer = await call(explainRoute.GET, { key, params: { id: eventTypeId }, query });
  if (answer.status === 200) expect(explainEndpoint.answer?.safeParse(answer.body).error).toBeUndefined();
  return answer;
}
const reasonsAt = async (...asked: Parameters<typeof explain>) => (await explain(...asked)).body.reasons;

describe("the explanation of a start", () => {
  it("the explanation of a start is empty where it is offered", async () => {
    const owner = await ownerWith({ durationsMinutes: [30, 60] });
    const { status, body } = await explain(owner, "10:00", "&durationMinutes=60&timeZone=Asia/Tokyo");
    expect([status, body]).toEqual([
      200,
      {
        start: instantOf("10:00").replace("Z", ".000Z"),
        end: instantOf("11:00").replace("Z", ".000Z"),
        durationMinutes: 60,
        timeZone: "Asia/Tokyo",
        offered: true,
        reasons: [],
      },
    ]);
  });

  it("the explanation of a start says what the hours are, and until when they last", async () => {
    const owner = await ownerWith();
    expect(await reasonsAt(owner, "08:00")).toEqual([
      { code: "outside_hours", detail: expect.stringContaining("they are 09:00–12:00 in") },
    ]);
    expect(await reasonsAt(owner, "11:45")).toEqual([
      {
        code: "outside_hours",
        detail: "Your hours end at 12:00, before the 30 minutes are over.",
        openUntil: instantOf("12:00").replace("Z", ".000Z"),
      },
    ]);
    expect(await reasonsAt(owner, "10:10")).toMatchObject([
      {
        code: "off_grid",
        detail: "It isn't one of your start times. The nearest start times are 10:00 and 10:30.",
      },
    ]);
  });

  it("the explanation of a start writes times for the reader's zone", async () => {
    const owner = await ownerWith();
    const [reason] = await reasonsAt(owner, "10:10", "&timeZone=Asia/Tokyo");
    expect(reason.detail).toContain("19:00 and 19:30");
  });

  it("the explanation of a start names holidays and days that were closed by hand", async () => {
    const owner = await ownerWith();
    const { id } = await db().schedule.findFirstOrThrow({
      where: { userId: owner.id },
      select: { id: true },
    });
    await changeSchedule(owner.scope, id, {
      holidays: { country: "FR", kinds: ["public"], keepOpen: [] },
      overrides: [{ date: `${year}-05-04`, windows: [] }],
    });
    expect((await reasonsAt(owner, "10:00", "", "05-01"))[0].detail).toContain("holiday: Labour Day");
    expect((await reasonsAt(owner, "10:00", "", "05-04"))[0].detail).toMatch(/^You closed /);
  });

  it("the explanation of a start names bookings by their id, and the free time around them", async () => {
    const owner = await ownerWith({ bufferAfterMinutes: 15 });
    const booked = await book(requestFor(owner, instantOf("10:00")));
    const bookingId = booked.ok ? booked.value.id : "";
    expect(await reasonsAt(owner, "10:00")).toMatchObject([{ code: "booked", bookingId }]);
    expect(await reasonsAt(owner, "10:30")).toMatchObject([{ code: "buffer", beside: "booking", bookingId }]);
    expect(await reasonsAt(owner, "11:00")).toEqual([]);
  });

  it("the explanation of a start tells limits by what is used of them", async () => {
    const owner = await ownerWith({ durationsMinutes: [30, 60], monthlyLimit: 1, dailyLimitMinutes: 45 });
    await book(requestFor(owner, instantOf("10:00")));
    expect(await reasonsAt(owner, "11:00")).toEqual([
      expect.objectContaining({ code: "day_limit", measure: "minutes", limit: 45, used: 30 }),
      expect.objectContaining({ code: "month_limit", measure: "count", limit: 1, used: 1 }),
    ]);
    expect((await reasonsAt(owner, "11:00")).map(({ detail }: { detail: string }) => detail)).toEqual([
      "The day is full: 30 of 45 minutes are booked, and 30 more don't fit.",
      "The month is full: 1 of 1 bookings.",
    ]);
  });

  it("the explanation of a start knows notice, window and holds", async () => {
    const owner = await ownerWith({ minimumNoticeMinutes: 2880, window: { kind: "rolling", days: 30 } });
    const dateIn = (days: number) => new Date(Date.now() + days * 24 * 3600_000).toISOString().slice(0, 10);
    const { key, eventTypeId } = owner;
    const at = async (instant: string) => {
      const query = `?at=${instant}`;
      const { body } = await call(explainRoute.GET, { key, params: { id: eventTypeId }, query });
      return body.reasons.map(({ code }: { code: string }) => code);
    };
    expect(await at(`${dateIn(1)}T10:00:00Z`)).toEqual(["too_soon"]);
    expect(await at(`${dateIn(40)}T10:00:00Z`)).toEqual(["beyond_window"]);
    const free = `${dateIn(10)}T10:00:00Z`;
    const start = Date.parse(free);
    await holdSlot({ ...owner, start, holder: newCapability(), address: "192.0.2.1" });
    expect(await at(free)).toEqual(["held"]);
  });

  it("the explanation of a start is for the event type's own organizer", async () => {
    const [owner, other] = [await ownerWith(), await organizerWithKey()];
    expect((await explain({ ...owner, key: other.key }, "10:00")).status).toBe(404);
    expect((await explain({ ...owner, key: "nobody" }, "10:00")).status).toBe(401);
    expect((await explain(owner, "10:00", "&durationMinutes=x")).body.errors[0].path).toBe("durationMinutes");
    expect((await explain(owner, "10:00", "&timeZone=Mars")).body.errors[0].path).toBe("timeZone");
    const none = await call(explainRoute.GET, { key: owner.key, params: { id: owner.eventTypeId } });
    expect([none.status, none.body.errors[0].path]).toEqual([422, "at"]);
  });
});
