import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Booked, book } from "@/lib/booking/book";
import { cancel } from "@/lib/booking/cancel";
import { reschedule } from "@/lib/booking/reschedule";
import { countBookings, getOwnBooking, listBookings } from "@/lib/booking-record/queries";
import { db } from "@/lib/database/client";
import { publishSlots } from "@/lib/offers/published-slots";
import { openMailContent } from "@/lib/outbox/outbox";
import {
  busyFrom,
  openSyncStage,
  type Person,
  type SyncStage,
} from "@/tests/integration/calendar-sync/sync-stage";
import { hourAhead, makeOrganizer, requestFor, type TestOrganizer } from "@/tests/support/organizer";
import { patiently } from "@/tests/support/patiently";
import { makeTeam, type TestTeam } from "@/tests/support/team";

let stage: SyncStage;

beforeAll(async () => {
  stage = await openSyncStage();
});
afterAll(() => stage.close());

const quiet = { location: { kind: "none" as const } };

async function organizers(count: number): Promise<[TestOrganizer, ...TestOrganizer[]]> {
  const first = await makeOrganizer(quiet);
  const others: TestOrganizer[] = [];
  while (others.length < count - 1) others.push(await makeOrganizer(quiet));
  return [first, ...others];
}

async function bookAt(team: TestTeam, start: string, more: object = {}): Promise<Booked> {
  const outcome = await book(requestFor(team, start, more));
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value;
}

const hostsOf = async (bookingId: string) => {
  const rows = await db().bookingHost.findMany({ where: { bookingId }, orderBy: { position: "asc" } });
  return rows.map(({ userId }) => userId);
};

/** What the activity says of whose turn a booking was. */
async function turnOf(bookingId = "") {
  const line = await db().flightEntry.findFirst({ where: { bookingId, step: "turn_taken" } });
  return line?.facts;
}

/** How many of these bookings each of these people has. */
async function sharesOf(people: readonly TestOrganizer[], bookings: readonly Booked[]): Promise<number[]> {
  const hosts = (await Promise.all(bookings.map(({ id }) => hostsOf(id)))).flat();
  return people.map(({ id }) => hosts.filter((host) => host === id).length);
}

async function bookInTurn(team: TestTeam, count: number, day = 3): Promise<Booked[]> {
  const made: Booked[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    made.push(await bookAt(team, hourAhead(day + Math.floor(turn / 20), turn % 20)));
  }
  return made;
}

describe("who gets a booking of a team", () => {
  test("bookings go to each in turn, by weight", async () => {
    const people = await organizers(3);
    const team = await makeTeam(people, {}, [{ weight: 200 }]);
    const made = await bookInTurn(team, 12);
    expect(await sharesOf(people, made)).toEqual([6, 3, 3]);
  });

  test("the activity says whose turn it was, and why", async () => {
    const people = await organizers(2);
    const team = await makeTeam(people);
    const [, second] = await bookInTurn(team, 2);
    expect(await turnOf(second?.id)).toMatchObject({ reason: "share", taken: 0, weight: 100 });
    expect(await turnOf(second?.id)).toMatchObject({ host: expect.stringContaining("The organizer-") });
  });

  test("a cancelled booking doesn't count for the one who had it", async () => {
    const people = await organizers(2);
    const team = await makeTeam(people);
    const [first, second, third] = await bookInTurn(team, 3);
    expect(await hostsOf(third?.id ?? "")).toEqual(await hostsOf(first?.id ?? ""));
    for (const id of [first?.id, third?.id]) await cancel({ bookingId: id ?? "", by: "visitor" });
    const next = await bookAt(team, hourAhead(4));
    expect(await hostsOf(next.id)).not.toEqual(await hostsOf(second?.id ?? ""));
  });

  test("bookings made at the same moment are shared as evenly as those made one after another", async () => {
    const people = await organizers(4);
    const team = await makeTeam(people);
    const starts = Array.from({ length: 16 }, (_, index) => hourAhead(3, index));
    const made = await Promise.all(starts.map((start) => bookAt(team, start)));
    expect(await sharesOf(people, made)).toEqual([4, 4, 4, 4]);
  });

  test("everyone who takes turns can be booked for one time, and no one twice", async () => {
    const people = await organizers(3);
    const team = await makeTeam(people);
    const start = hourAhead(3);
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => book(requestFor(team, start))));
    const made = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
    expect(await sharesOf(people, made)).toEqual([1, 1, 1]);
    const refused = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.error.code]));
    expect(refused).toEqual(["slot_taken", "slot_taken"]);
  });

  test("a newcomer takes turns from then on, and isn't given what they missed", async () => {
    const people = await organizers(3);
    const [one, two, newcomer] = people;
    if (!two || !newcomer) throw new Error("There are three.");
    const team = await makeTeam([one, two]);
    await bookInTurn(team, 8);
    await db().teamMember.create({ data: { teamId: team.id, userId: newcomer.id, role: "member" } });
    await db().eventTypeHost.create({
      data: {
        eventTypeId: team.eventTypeId,
        teamId: team.id,
        userId: newcomer.id,
        kind: "rotating",
        position: 2,
      },
    });
    const made = await bookInTurn(team, 6, 10);
    expect(await sharesOf(people, made)).toEqual([2, 2, 2]);
  });

  test("a host whose account is open again isn't given what they missed", async () => {
    const people = await organizers(3);
    const [, , away] = people;
    const team = await makeTeam(people);
    const setDisabled = (disabledAt: Date | null) =>
      db().user.update({ where: { id: away?.id ?? "" }, data: { disabledAt } });
    await setDisabled(new Date());
    const missed = await bookInTurn(team, 8);
    expect(await sharesOf(people, missed)).toEqual([4, 4, 0]);
    await setDisabled(null);
    const made = await bookInTurn(team, 6, 10);
    expect(await sharesOf(people, made)).toEqual([2, 2, 2]);
  });

  test("whoever signs in to Microsoft again, disconnects, or takes turns from now on goes on from the others", async () => {
    const away = await stage.connected(quiet);
    const team = await makeTeam([away, ...(await organizers(1))]);
    const own = { eventTypeId_userId: { eventTypeId: team.eventTypeId, userId: away.id } };
    const connection = { userId_provider: { userId: away.id, provider: "teams" } };
    const setState = (state: "connected" | "limited" | "reconnect_needed") =>
      db().meetingProviderConnection.update({ where: connection, data: { state } });
    const joinsBy = async (change: () => Promise<unknown>) => {
      const { joinedAt: before } = await db().eventTypeHost.findUniqueOrThrow({ where: own });
      await change();
      const { joinedAt } = await db().eventTypeHost.findUniqueOrThrow({ where: own });
      return joinedAt.getTime() > before.getTime();
    };
    const setKind = (kind: "fixed" | "rotating") =>
      db().eventTypeHost.update({ where: own, data: { kind, weight: 50 } });
    expect(await joinsBy(() => setState("reconnect_needed"))).toBe(false);
    expect(await joinsBy(() => setState("connected"))).toBe(true);
    expect(await joinsBy(() => setState("limited"))).toBe(false);
    await setState("reconnect_needed");
    expect(await joinsBy(() => db().meetingProviderConnection.delete({ where: connection }))).toBe(true);
    expect(await joinsBy(() => setKind("rotating"))).toBe(false);
    expect(await joinsBy(() => setKind("fixed"))).toBe(false);
    expect(await joinsBy(() => setKind("rotating"))).toBe(true);
  });

  test("an expert who is always there is joined by whoever's turn it is, and leads", async () => {
    const people = await organizers(3);
    const [expert] = people;
    const team = await makeTeam(people, {}, [{ kind: "fixed" }, { weight: 300 }]);
    const made = await bookInTurn(team, 4);
    expect(await sharesOf(people, made)).toEqual([4, 3, 1]);
    for (const { id } of made) expect((await hostsOf(id))[0]).toBe(expert.id);
    const claims = await db().timeClaim.count({ where: { hostId: { in: people.map(({ id }) => id) } } });
    expect(claims).toBe(8);
  });

  test("everyone who takes part finds the booking among their own", async () => {
    const people = await organizers(3);
    const [expert] = people;
    const team = await makeTeam(people, {}, [{ kind: "fixed" }]);
    const { id } = await bookAt(team, hourAhead(3));
    const hosts = await hostsOf(id);
    for (const { id: userId, scope } of people) {
      const isIn = hosts.includes(userId);
      const own = await listBookings(scope, { search: "Visitor", after: { startsAt: new Date(), id } });
      expect(own.map((one) => one.id)).toEqual(isIn ? [id] : []);
      expect((await countBookings(scope, new Date())).upcoming).toBe(isIn ? 1 : 0);
      // The first of them owns the team.
      expect((await getOwnBooking(scope, id)) !== null).toBe(isIn || userId === expert.id);
    }
  });

  test("limits count for each host alone", async () => {
    const people = await organizers(2);
    const team = await makeTeam(people, { dailyLimit: 1 });
    const made = [await bookAt(team, hourAhead(3, 9)), await bookAt(team, hourAhead(3, 10))];
    expect(await sharesOf(people, made)).toEqual([1, 1]);
    const third = await book(requestFor(team, hourAhead(3, 11)));
    expect(third).toMatchObject({ ok: false, error: { code: "slot_taken" } });
  });

  test("collectives that share hosts in opposite orders are booked at once without waiting for each other forever", async () => {
    const [ada, bob, eve] = await organizers(3);
    if (!bob || !eve) throw new Error("There are three.");
    const fixed = [{ kind: "fixed" as const }, { kind: "fixed" as const }, { kind: "fixed" as const }];
    const teams = [
      await makeTeam([ada, bob, eve], {}, fixed),
      await makeTeam([eve, bob, ada], {}, fixed),
      await makeTeam([bob, eve], {}, fixed),
    ];
    const asked = Array.from({ length: 24 }, (_, index) => {
      const team = teams[index % teams.length];
      if (!team) throw new Error("There are teams.");
      return book(requestFor(team, hourAhead(3, Math.floor(index / 3))));
    });
    const outcomes = await Promise.all(asked);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(8);
    expect(outcomes.every((outcome) => outcome.ok || outcome.error.code === "slot_taken")).toBe(true);
  });

  test("a member who is removed while someone books them is not in the booking", async () => {
    const people = await organizers(2);
    const [ada, bob] = people;
    const team = await makeTeam(people);
    const [first] = await Promise.all([
      bookAt(team, hourAhead(3)),
      db().teamMember.delete({ where: { teamId_userId: { teamId: team.id, userId: ada.id } } }),
    ]);
    expect(await hostsOf(first.id)).toHaveLength(1);
    const second = await bookAt(team, hourAhead(4));
    expect(await hostsOf(second.id)).toEqual([bob?.id]);
  });
});

describe("a host whom the visitor chooses", () => {
  const choosing = { hostChoice: "visitor" as const };
  const day = hourAhead(3).slice(0, 10);
  const slotsWith = async (team: TestTeam, host?: string) => {
    const published = await publishSlots({ ...team, from: day, to: day, timeZone: "UTC", host });
    if (!published.ok) return published.error.code;
    return (JSON.parse(published.value.body) as { slots: { start: string }[] }).slots.map(
      ({ start }) => start,
    );
  };

  test("a chosen host takes the booking, whoever's turn it is", async () => {
    const people = await organizers(2);
    const [, bob] = people;
    const team = await makeTeam(people, choosing);
    const { made, id } = await bookAt(team, hourAhead(3), { host: bob?.handle.toUpperCase() });
    expect(await hostsOf(id)).toEqual([bob?.id]);
    expect(made?.hosts).toEqual([{ name: expect.stringContaining("organizer"), handle: bob?.handle }]);
  });

  test("times with a host are those at which they are free, and several hosts' times at one time are one", async () => {
    const people = await organizers(2);
    const [ada, bob] = people;
    const team = await makeTeam(people, choosing);
    const start = hourAhead(3);
    await bookAt(team, start, { host: ada.handle });
    const all = await slotsWith(team);
    expect(all).toContain(start);
    expect(new Set(all).size).toBe(all.length);
    expect(await slotsWith(team, ada.handle)).not.toContain(start);
    expect(await slotsWith(team, bob?.handle)).toContain(start);
    expect(await slotsWith(team, "nobody-here")).toBe("host_unknown");
  });

  test("visitors don't choose where the event type assigns its hosts, and choose no one else's host", async () => {
    const people = await organizers(2);
    const team = await makeTeam(people);
    const refused = await book(requestFor(team, hourAhead(3), { host: people[0].handle }));
    expect(refused).toMatchObject({
      error: { code: "invalid_request", issues: [{ path: "host", message: "host_not_chosen" }] },
    });
    const unknown = await book(requestFor(team, hourAhead(3), { host: "nobody-here" }));
    expect(unknown).toMatchObject({
      error: { code: "invalid_request", issues: [{ path: "host", message: "host_unknown" }] },
    });
  });
});

describe("a team's booking that is moved", () => {
  async function bookedWith(onReschedule: "same_host" | "any_host") {
    const people = await organizers(2);
    const team = await makeTeam(people, { onReschedule });
    const { id } = await bookAt(team, hourAhead(3));
    const [host] = await hostsOf(id);
    const mine = people.find((one) => one.id === host);
    if (!mine) throw new Error("Someone has it.");
    // The host is taken by their own event type at the time it is to be moved to.
    const other = await book(requestFor(mine, hourAhead(5)));
    if (!other.ok) throw new Error(other.error.code);
    return { id, host, people };
  }
  const moveTo = (bookingId: string, start: string) =>
    reschedule({ bookingId, start: Date.parse(start), by: "visitor" });

  test("a moved booking keeps its host, and is refused where that one isn't free", async () => {
    const { id, host } = await bookedWith("same_host");
    expect(await moveTo(id, hourAhead(5))).toMatchObject({ error: { code: "slot_taken" } });
    expect(await moveTo(id, hourAhead(6))).toMatchObject({ ok: true });
    expect(await hostsOf(id)).toEqual([host]);
  });

  test("a moved booking goes to another host where its own isn't free, if its event type lets it", async () => {
    const { id, host, people } = await bookedWith("any_host");
    const { meetingId: booked } = await db().booking.findUniqueOrThrow({ where: { id } });
    await db().meeting.update({ where: { id: booked }, data: { invitations: "outlook", attempts: 4 } });
    const since = new Date();
    expect(await moveTo(id, hourAhead(5))).toMatchObject({ ok: true });
    const [now] = await hostsOf(id);
    expect(now).not.toBe(host);
    const { meetingId, ownerId } = await db().booking.findUniqueOrThrow({ where: { id } });
    // Whoever has it now has no calendar that could invite, and it counts as their turn.
    expect(await db().meeting.findUniqueOrThrow({ where: { id: meetingId } })).toMatchObject({
      invitations: "bellhop",
      attempts: 0,
    });
    const taken = await db().eventTypeHost.findFirst({
      where: { userId: now ?? "", lastTakenAt: { gte: since } },
    });
    expect(taken).not.toBeNull();
    const letters = await db().mail.findMany({ where: { bookingId: id, kind: { contains: "handover" } } });
    const former = people.find((one) => one.id === host);
    expect(letters.map(({ to, kind }) => [to, kind])).toEqual([
      [`${former?.handle}@bellhop.example`, "booking-handover-from"],
    ]);
    expect(letters[0] && openMailContent(letters[0]).text).toContain("It was moved to this time from");
    expect(ownerId).toBe(now);
    expect(await db().meeting.findUniqueOrThrow({ where: { id: meetingId } })).toMatchObject({ hostId: now });
    expect(await db().timeClaim.findMany({ where: { meetingId } })).toMatchObject([{ hostId: now }]);
    const scope = people.find((one) => one.id === now)?.scope;
    expect(scope && (await getOwnBooking(scope, id))?.hosts).toHaveLength(1);
  });

  test("a moved booking keeps its host where they are free, even if anyone could take it", async () => {
    const { id, host } = await bookedWith("any_host");
    expect(await moveTo(id, hourAhead(6))).toMatchObject({ ok: true });
    expect(await hostsOf(id)).toEqual([host]);
  });
});

describe("calendars of a team's hosts", () => {
  const day = hourAhead(3).slice(0, 10);
  const start = hourAhead(3);
  const phone = { location: { kind: "phone" as const, value: "+33 1 23" } };

  async function connectedTeam(hosts: Parameters<typeof makeTeam>[2] = []) {
    const people: [Person, Person] = [await stage.connected(), await stage.connected()];
    return { people, team: await makeTeam(people, phone, hosts) };
  }
  const ask = (team: TestTeam) => patiently(() => book(requestFor(team, start)));
  const askOnce = (team: TestTeam) => book(requestFor(team, start));

  test("a host in turn whose calendar turns out to be busy is passed over for the next", async () => {
    const { people, team } = await connectedTeam();
    const [ada, bob] = people;
    await stage.control.createEvent(ada.email, busyFrom(day, "10:00", "11:00"));
    const outcome = await ask(team);
    expect(outcome.ok && (await hostsOf(outcome.value.id))).toEqual([bob.id]);
  });

  test("a host in turn whose calendar can't be read is passed over, and harms no one else", async () => {
    const { people, team } = await connectedTeam();
    const [ada, bob] = people;
    await stage.control.graphFault({
      path: "/me/calendarView",
      account: ada.email,
      status: 503,
      times: null,
    });
    const outcome = await ask(team);
    await stage.control.clearFaults();
    expect(outcome.ok && (await hostsOf(outcome.value.id))).toEqual([bob.id]);
    const turn = outcome.ok ? await turnOf(outcome.value.id) : null;
    expect(turn).toMatchObject({ passedOver: expect.stringContaining("organizer-") });
  });

  test("a host in turn whose calendar doesn't answer is passed over within two seconds", async () => {
    const { people, team } = await connectedTeam();
    const [ada, bob] = people;
    await stage.control.graphFault({
      path: "/me/calendarView",
      account: ada.email,
      outcome: "hang",
      times: null,
    });
    const outcome = await ask(team);
    await stage.control.clearFaults();
    expect(outcome.ok && (await hostsOf(outcome.value.id))).toEqual([bob.id]);
  });

  test("a host who has to sign in again is skipped, and their team's times stay open", async () => {
    const { people, team } = await connectedTeam();
    const [ada, bob] = people;
    await db().meetingProviderConnection.updateMany({
      where: { userId: ada.id },
      data: { state: "reconnect_needed", reason: "expired" },
    });
    const outcome = await ask(team);
    expect(outcome.ok && (await hostsOf(outcome.value.id))).toEqual([bob.id]);
  });

  test("a host who always takes part and whose calendar can't be read refuses the booking", async () => {
    const { people, team } = await connectedTeam([{ kind: "fixed" }, { kind: "fixed" }]);
    const [ada] = people;
    await stage.control.graphFault({
      path: "/me/calendarView",
      account: ada.email,
      status: 503,
      times: null,
    });
    const outcome = await askOnce(team);
    await stage.control.clearFaults();
    expect(outcome).toMatchObject({ ok: false, error: { code: "calendar_unavailable" } });
  });

  test("no one is booked where no calendar can be read, and the visitor is told to try again", async () => {
    const { team } = await connectedTeam();
    await stage.control.graphFault({ path: "/me/calendarView", status: 503, times: null });
    const outcome = await askOnce(team);
    await stage.control.clearFaults();
    expect(outcome).toMatchObject({ ok: false, error: { code: "calendar_unavailable" } });
  });
});
