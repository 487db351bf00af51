import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as download } from "@/app/account/insights/export/route";
import { book } from "@/lib/booking/book";
import { db } from "@/lib/database/client";
import { readOwnInsights, readTeamInsights } from "@/lib/insights/figures";
import { countStep, flushFunnel } from "@/lib/insights/funnel";
import { periodOf } from "@/lib/insights/period";
import { findTeamScope } from "@/lib/teams/scope";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead, makeOrganizer, requestFor, type TestOrganizer } from "@/tests/support/organizer";
import { makeTeam } from "@/tests/support/team";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
});
afterAll(() => database.cleanup());

const phone = { location: { kind: "phone", value: "+33 1 23 45 67 89" } };
const dayMs = 24 * 3600_000;
/** A Wednesday at noon, some weeks ago. */
const now = Date.UTC(2026, 9, 14, 12);
const period = periodOf(4, "UTC", now);

interface Past {
  /** How many days before now it was. */
  daysAgo: number;
  status?: "confirmed" | "cancelled" | "declined" | "pending";
  noShow?: boolean;
  /** Hours between the booking and the start. */
  leadHours?: number;
}

let made = 0;

/** A booking that was made and is over. */
async function past(
  place: { handle: string; slug: string },
  { daysAgo, status, noShow, leadHours = 24 }: Past,
) {
  made += 1;
  const booked = await book(requestFor(place, hourAhead(2 + Math.floor(made / 20), 3 + (made % 20))));
  if (!booked.ok) throw new Error(booked.error.code);
  const startsAt = new Date(now - daysAgo * dayMs);
  return db().booking.update({
    where: { id: booked.value.id },
    data: {
      startsAt,
      endsAt: new Date(startsAt.getTime() + 1800_000),
      createdAt: new Date(startsAt.getTime() - leadHours * 3600_000),
      confirmBy: null,
      ...(status ? { status } : {}),
      ...(noShow ? { noShowAt: startsAt } : {}),
    },
  });
}

const none = { booked: 0, cancelled: 0, noShows: 0, leadHours: null };

describe("an organizer's figures", () => {
  it("an organizer's figures say what became of the appointments of each week, and of no one else's", async () => {
    const [organizer, other] = [await makeOrganizer(phone), await makeOrganizer(phone)];
    await past(organizer, { daysAgo: 0, leadHours: 2 });
    await past(organizer, { daysAgo: 8, noShow: true, leadHours: 48 });
    await past(organizer, { daysAgo: 9, status: "cancelled" });
    // Not booked after all, or in another time.
    await past(organizer, { daysAgo: 10, status: "declined" });
    await past(organizer, { daysAgo: 40 });
    await past(other, { daysAgo: 1 });
    const insights = await readOwnInsights(organizer.scope, period);
    const total = { booked: 3, cancelled: 1, noShows: 1, leadHours: 24 };
    expect(insights).toMatchObject({ total, link: null, funnel: [] });
    expect(insights.weeks).toEqual([
      { monday: "2026-09-21", ...none },
      { monday: "2026-09-28", ...none },
      { monday: "2026-10-05", booked: 2, cancelled: 1, noShows: 1, leadHours: 36 },
      { monday: "2026-10-12", booked: 1, cancelled: 0, noShows: 0, leadHours: 2 },
    ]);
    expect(insights.types).toMatchObject([{ id: organizer.eventTypeId, ...total }]);
    expect(insights.hosts).toMatchObject([{ id: organizer.id, ...total }]);
    expect(insights.connections).toMatchObject([{ state: null, outages: 0 }]);
  });

  it("an organizer's figures keep those of an event type that was deleted, and have its present name while it's there", async () => {
    const organizer = await makeOrganizer(phone);
    await past(organizer, { daysAgo: 1 });
    await past(organizer, { daysAgo: 2 });
    await db().eventType.update({ where: { id: organizer.eventTypeId }, data: { title: "Renamed" } });
    const types = async () => (await readOwnInsights(organizer.scope, period)).types;
    expect(await types()).toMatchObject([{ title: "Renamed", booked: 2 }]);
    await db().booking.updateMany({ where: { ownerId: organizer.id }, data: { eventTypeId: null } });
    expect(await types()).toMatchObject([{ id: null, booked: 2 }]);
  });

  it("an organizer's figures have the time to the first verified link, of bookings that waited for no one", async () => {
    const organizer = await makeOrganizer(phone);
    const verified = async (seconds: number, more: object = {}) => {
      const { id, meetingId, createdAt } = await past(organizer, { daysAgo: 1 });
      await db().booking.update({ where: { id }, data: more });
      await db().meeting.update({ where: { id: meetingId }, data: { kind: "teams" } });
      for (const later of [0, 3600]) {
        const at = new Date(createdAt.getTime() + (seconds + later) * 1000);
        await db().flightEntry.create({ data: { bookingId: id, step: "link_verified", outcome: "ok", at } });
      }
    };
    for (const seconds of [1, 2, 3]) await verified(seconds);
    await verified(9000, { decideBy: new Date() });
    const { link } = await readOwnInsights(organizer.scope, period);
    expect(link).toMatchObject({ count: 3, median: 2, p95: expect.closeTo(2.9, 5) });
  });
});

describe("a team's figures", () => {
  async function team() {
    const [owner, member] = [await makeOrganizer(phone), await makeOrganizer(phone)];
    const made = await makeTeam([owner, member], phone);
    await past(made, { daysAgo: 1 });
    await past(made, { daysAgo: 2, noShow: true });
    await past(owner, { daysAgo: 3 });
    const scopeOf = async ({ scope }: TestOrganizer) => {
      const found = await findTeamScope({ scope, role: "organizer" }, made.id);
      if (!found) throw new Error("no member");
      return found;
    };
    return { owner, member, made, scopeOf };
  }

  it("a team's figures are all of them for who manages it, and their own for its members", async () => {
    const { owner, member, scopeOf } = await team();
    const whole = await readTeamInsights(await scopeOf(owner), period);
    expect(whole.total).toMatchObject({ booked: 2, noShows: 1 });
    expect(whole.hosts.reduce((sum, { booked }) => sum + booked, 0)).toBe(2);
    expect(whole.connections).toHaveLength(2);
    const own = await readTeamInsights(await scopeOf(member), period);
    expect(own.total.booked).toBe(whole.hosts.find(({ id }) => id === member.id)?.booked ?? 0);
    expect(own.connections).toHaveLength(1);
    expect(own.hosts.some(({ id }) => id === owner.id)).toBe(false);
    const stranger = await makeOrganizer(phone);
    expect(await findTeamScope({ scope: stranger.scope, role: "organizer" }, randomUUID())).toBeNull();
  });
});

describe("how far visitors get", () => {
  it("how far visitors get is counted in memory and written together, by the organizer's day, and added up", async () => {
    const organizer = await makeOrganizer(phone);
    const gone = randomUUID();
    const id = organizer.eventTypeId;
    const late = Date.UTC(2026, 9, 13, 23, 30);
    for (const step of ["page", "page", "times", "form"] as const) countStep(id, step, "Europe/Paris", late);
    countStep(gone, "page", "UTC", late);
    expect(await db().funnelCount.count({ where: { eventTypeId: id } })).toBe(0);
    await flushFunnel();
    countStep(id, "page", "Europe/Paris", late);
    countStep(id, "booked", "Europe/Paris", late);
    await Promise.all([flushFunnel(), flushFunnel()]);
    expect((await readOwnInsights(organizer.scope, period)).funnel).toMatchObject([
      { id, page: 3, times: 1, form: 1, booked: 1 },
    ]);
    const [day] = await db().funnelCount.findMany({ where: { eventTypeId: id }, take: 1 });
    expect(day?.day.toISOString().slice(0, 10)).toBe("2026-10-14");
    await flushFunnel();
    expect((await readOwnInsights(organizer.scope, period)).funnel).toMatchObject([{ page: 3 }]);
  });
});

it("figures are downloaded by who is signed in alone", async () => {
  await expect(
    download(new Request("http://localhost/account/insights/export?table=types")),
  ).rejects.toThrow();
});
