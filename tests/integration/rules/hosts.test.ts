import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { newCapability } from "@/lib/auth/capability";
import { book } from "@/lib/booking/book";
import { holdSlot, releaseHold } from "@/lib/booking/holds";
import { reschedule } from "@/lib/booking/reschedule";
import { getOwnBooking } from "@/lib/booking-record/queries";
import { db, pool } from "@/lib/database/client";
import type { HostKind } from "@/lib/database/generated/client";
import { getOffer } from "@/lib/offers/offer";
import { publishSlots } from "@/lib/offers/published-slots";
import { listOfferedSlots } from "@/lib/offers/slots";
import { changeSchedule, createSchedule } from "@/lib/schedules/save";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead, makeOrganizer, requestFor, type TestOrganizer } from "@/tests/support/organizer";
import { makeTeam, type TestTeam } from "@/tests/support/team";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
});
afterAll(() => database.cleanup());

const day = hourAhead(3).slice(0, 10);
const at = (time: string) => `${day}T${time}:00.000Z`;
const open = (start: string, end: string) => ({ weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], start, end }] });

type Hours = [start: string, end: string];

const openAt = (hours: Hours) => makeOrganizer({ location: { kind: "none" } }, open(...hours));

/** Two organizers with these hours, and a team of theirs that both are hosts of. */
async function hostedBy(kind: HostKind, one: Hours, other: Hours) {
  const [ada, bob] = [await openAt(one), await openAt(other)];
  return { ada, bob, team: await makeTeam([ada, bob], {}, [{ kind }, { kind }]) };
}

type Address = Pick<TestOrganizer, "handle" | "slug">;

/** What is published for the day, as `HH:mm` UTC; the page shows the same. */
async function startsOf(organizer: Address): Promise<string[]> {
  const { handle, slug } = organizer;
  const published = await publishedStarts(organizer);
  const offer = await getOffer(db(), handle, slug);
  if (!offer) throw new Error("There is no offer.");
  const asked = { from: day, to: day, timeZone: "UTC", durationMinutes: 30 };
  const shown = await listOfferedSlots(offer, asked);
  expect(shown.slots.map(({ start }) => new Date(start).toISOString().slice(11, 16))).toEqual(published);
  return published;
}

async function publishedStarts({ handle, slug }: Address): Promise<string[]> {
  const published = await publishSlots({ handle, slug, from: day, to: day, timeZone: "UTC" });
  if (!published.ok) throw new Error(published.error.code);
  const { slots } = JSON.parse(published.value.body) as { slots: { start: string }[] };
  return slots.map(({ start }) => start.slice(11, 16));
}

async function bookAt(organizer: Address, time: string): Promise<string> {
  const booked = await book(requestFor(organizer, at(time)));
  return booked.ok ? booked.value.id : booked.error.code;
}

const hostsOf = async (bookingId: string) => {
  const rows = await db().bookingHost.findMany({ where: { bookingId }, orderBy: { position: "asc" } });
  return rows.map(({ userId }) => userId);
};

/** A team of this many, all of whom always take part. */
async function teamOf(count: number): Promise<TestTeam> {
  const others: TestOrganizer[] = [];
  while (others.length < count - 1) others.push(await openAt(["09:00", "10:00"]));
  const members = [await openAt(["09:00", "10:00"]), ...others] as const;
  return makeTeam(
    members,
    {},
    members.map(() => ({ kind: "fixed" })),
  );
}

const claimed = async (organizer: TestOrganizer) => {
  const rows = await db().$queryRaw<{ at: Date }[]>`
    SELECT lower(during) AS at FROM "TimeClaim" WHERE "hostId" = ${organizer.id}::uuid ORDER BY 1`;
  return rows.map((row) => row.at.toISOString().slice(11, 16));
};

describe("the host of an organizer's own event type", () => {
  it("the host of an organizer's own event type is offered by the schedule that is named for them, or else by their default one", async () => {
    const organizer = await openAt(["09:00", "10:00"]);
    const made = await createSchedule(organizer.scope, {
      name: "Late",
      timeZone: "UTC",
      ...open("20:00", "21:00"),
      overrides: [],
      travel: [],
      holidays: null,
    });
    const late = made.ok ? made.value.id : "";
    const by = (scheduleId: string | null) =>
      db().eventTypeHost.updateMany({ where: { userId: organizer.id }, data: { scheduleId } });
    expect(await startsOf(organizer)).toEqual(["09:00", "09:30"]);
    await by(late);
    expect(await startsOf(organizer)).toEqual(["20:00", "20:30"]);
    await by(null);
    expect(await startsOf(organizer)).toEqual(["09:00", "09:30"]);
    await changeSchedule(organizer.scope, late, { isDefault: true });
    expect(await startsOf(organizer)).toEqual(["20:00", "20:30"]);
    expect(await bookAt(organizer, "09:00")).toBe("outside_availability");
    expect(await hostsOf(await bookAt(organizer, "20:00"))).toEqual([organizer.id]);
  });
});

describe("hosts who always take part", () => {
  it("hosts who always take part are offered where all are free, and booked together", async () => {
    const { ada, bob, team } = await hostedBy("fixed", ["09:00", "11:00"], ["09:10", "11:00"]);
    expect(await startsOf(team)).toEqual(["09:10", "09:40", "10:10"]);
    expect(await bookAt(bob, "09:40")).toMatch(/-/);
    expect(await startsOf(team)).toEqual(["09:10", "10:10"]);
    expect(await bookAt(team, "09:40")).toBe("slot_taken");
    expect(await bookAt(team, "09:30")).toBe("outside_availability");
    const id = await bookAt(team, "10:10");
    expect(await hostsOf(id)).toEqual([ada.id, bob.id]);
    expect([await claimed(ada), await claimed(bob)]).toEqual([["10:10"], ["09:40", "10:10"]]);
    expect(await startsOf(bob)).toEqual(["09:10"]);
    const moved = await reschedule({ bookingId: id, start: Date.parse(at("09:10")), by: "organizer" });
    expect(moved.ok).toBe(true);
    expect([await claimed(ada), await claimed(bob)]).toEqual([["09:10"], ["09:10", "09:40"]]);
  });

  it("hosts who always take part are held together, and let go together", async () => {
    const { ada, bob, team } = await hostedBy("fixed", ["09:00", "10:00"], ["09:00", "10:00"]);
    const holder = newCapability();
    const start = (time: string) => Date.parse(at(time));
    const hold = { handle: team.handle, slug: team.slug, holder, address: "192.0.2.1" };
    const listed = async () => [await publishedStarts(ada), await publishedStarts(bob)];
    const until = await holdSlot({ ...hold, start: start("09:00") });
    expect(until).not.toBeNull();
    expect(await listed()).toEqual([["09:30"], ["09:30"]]);
    expect(await holdSlot({ ...hold, start: start("09:00") }), "its own time is in no holder's way").toBe(
      until,
    );
    await holdSlot({ ...hold, start: start("09:30") });
    expect(await listed()).toEqual([["09:00"], ["09:00"]]);
    await holdSlot({ ...hold, handle: ada.handle, slug: ada.slug, start: start("09:00") });
    expect(await listed(), "another page, and one host").toEqual([["09:30"], ["09:00", "09:30"]]);
    await holdSlot({ ...hold, start: start("09:30") });
    await releaseHold(holder);
    expect(await listed()).toEqual([
      ["09:00", "09:30"],
      ["09:00", "09:30"],
    ]);
  });

  it("hosts who always take part are read in one statement, however many they are", async () => {
    const { handle, slug } = await teamOf(6);
    const statements = vi.spyOn(pool(), "query");
    try {
      await publishSlots({ handle, slug, from: day, to: day, timeZone: "UTC" });
      expect(statements.mock.calls).toHaveLength(1);
    } finally {
      statements.mockRestore();
    }
  });

  it("hosts who always take part are booked with the same five statements as one host alone", async () => {
    for (const organizer of [await openAt(["09:00", "10:00"]), await teamOf(1), await teamOf(3)]) {
      // The first one of all finds out whether a handle is a team's.
      expect(await bookAt(organizer, "09:30")).toMatch(/-/);
      const statements = vi.spyOn(pg.Client.prototype, "query");
      try {
        expect(await bookAt(organizer, "09:00")).toMatch(/-/);
        const texts = statements.mock.calls.map(([given]) =>
          typeof given === "string" ? given : (given as { text: string }).text,
        );
        // What the process does besides goes over other connections.
        const { contexts } = statements.mock;
        const booking = contexts[texts.findIndex((text) => text.includes("EventTypeHost"))];
        const sent = texts
          .filter((_text, index) => contexts[index] === booking)
          .map((text) => text.trim().split(/[\s;]/, 1)[0]);
        expect(sent).toEqual(["BEGIN", "SELECT", "SELECT", "WITH", "COMMIT"]);
      } finally {
        statements.mockRestore();
      }
    }
  });

  it("hosts who always take part are each booked by one at a time, whatever the event type", async () => {
    const { bob, team } = await hostedBy("fixed", ["09:00", "23:00"], ["09:00", "23:00"]);
    await db().eventType.updateMany({
      where: { id: { in: [team.eventTypeId, bob.eventTypeId] } },
      data: { bufferBeforeMinutes: 10 },
    });
    // Next to each other: no constraint of the database minds, but the buffer leaves room for one of them.
    const pairs = await Promise.all(
      Array.from({ length: 12 }, (_, index) => index + 10).flatMap((hour) => [
        bookAt(team, `${hour}:00`),
        bookAt(bob, `${hour}:30`),
      ]),
    );
    for (let index = 0; index < pairs.length; index += 2) {
      const outcomes = [pairs[index], pairs[index + 1]].filter((outcome) => outcome !== "slot_taken");
      expect(outcomes.length).toBeLessThanOrEqual(1);
    }
    expect(pairs.filter((outcome) => outcome !== "slot_taken").length).toBeGreaterThan(5);
  });
});

describe("a host who joins", () => {
  it("a host who joins is in the next answer, and one who leaves the team isn't", async () => {
    const bob = await openAt(["09:30", "10:30"]);
    const team = await makeTeam([await openAt(["09:00", "10:30"])], {}, [{ kind: "fixed" }]);
    const joining = { teamId: team.id, userId: bob.id };
    await db().teamMember.create({ data: { ...joining, role: "member" } });
    expect(await startsOf(team)).toEqual(["09:00", "09:30", "10:00"]);
    await db().eventTypeHost.create({ data: { ...joining, eventTypeId: team.eventTypeId } });
    expect(await startsOf(team)).toEqual(["09:30", "10:00"]);
    await db().teamMember.delete({ where: { teamId_userId: joining } });
    expect(await startsOf(team)).toEqual(["09:00", "09:30", "10:00"]);
  });
});

describe("hosts who take turns", () => {
  it("hosts who take turns are offered while one of them is free, and booked one at a time", async () => {
    const { ada, bob, team } = await hostedBy("rotating", ["09:00", "10:00"], ["09:00", "10:30"]);
    expect(await startsOf(team)).toEqual(["09:00", "09:30", "10:00"]);
    const first = await bookAt(team, "09:30");
    expect(await hostsOf(first)).toEqual([ada.id]);
    expect(await startsOf(team)).toEqual(["09:00", "09:30", "10:00"]);
    const { handle, slug } = team;
    const hold = { handle, slug, holder: newCapability(), address: "192.0.2.1" };
    expect(await holdSlot({ ...hold, start: Date.parse(at("09:30")) })).not.toBeNull();
    expect(await publishedStarts(team)).toEqual(["09:00", "10:00"]);
    const second = await bookAt(team, "09:30");
    expect(await hostsOf(second)).toEqual([bob.id]);
    expect(await bookAt(team, "09:30")).toBe("slot_taken");
    expect([await claimed(ada), await claimed(bob)]).toEqual([["09:30"], ["09:30"]]);
  });
});

describe("a booking of a team", () => {
  it("a booking of a team is the team's, and that of the host whose calendar it is in", async () => {
    const { ada, team } = await hostedBy("fixed", ["09:00", "10:00"], ["09:00", "10:00"]);
    const id = await bookAt(team, "09:00");
    const booking = { ownerId: ada.id, teamId: team.id, meeting: { hostId: ada.id } };
    const select = { ownerId: true, teamId: true, meeting: { select: { hostId: true } } };
    expect(await db().booking.findUnique({ where: { id }, select })).toEqual(booking);
    const view = await getOwnBooking(ada.scope, id);
    expect(view?.organizer).toMatchObject({ id: ada.id, timeZone: "UTC" });
  });

  it("a booking of a team can be moved after its event type was deleted, by all of its hosts' hours", async () => {
    const { bob, team } = await hostedBy("fixed", ["09:00", "11:00"], ["09:30", "11:00"]);
    const id = await bookAt(team, "09:30");
    await db().eventType.delete({ where: { id: team.eventTypeId } });
    const move = (time: string) =>
      reschedule({ bookingId: id, start: Date.parse(at(time)), by: "organizer" });
    expect((await move("09:00")).ok).toBe(false);
    expect((await move("10:15")).ok).toBe(true);
    expect(await claimed(bob)).toEqual(["10:15"]);
  });
});

describe("a host who is disabled", () => {
  const disable = (id: string) => db().user.update({ where: { id }, data: { disabledAt: new Date() } });

  it("a host who is disabled gets no turn, and the others' times stay", async () => {
    const { ada, bob, team } = await hostedBy("rotating", ["09:00", "10:00"], ["09:30", "10:30"]);
    await disable(ada.id);
    expect(await startsOf(team)).toEqual(["09:30", "10:00"]);
    expect(await hostsOf(await bookAt(team, "09:30"))).toEqual([bob.id]);
  });

  it("a host who is disabled and always takes part leaves no times", async () => {
    const { ada, team } = await hostedBy("fixed", ["09:00", "10:00"], ["09:30", "10:30"]);
    await disable(ada.id);
    expect(await startsOf(team)).toEqual([]);
    expect(await bookAt(team, "09:30")).toBe("outside_availability");
  });
});
