import { spawn } from "node:child_process";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { takeCalendar } from "@/lib/calendars/lease";
import { beginFullRound, finishRound, writePage } from "@/lib/calendars/rounds";
import { syncCalendar } from "@/lib/calendars/sync-calendar";
import { db } from "@/lib/database/client";
import {
  at,
  busyFrom,
  calendarsOf,
  callsOf,
  dateAhead,
  fullRound,
  nextPage,
  openSyncStage,
  type Person,
  type SyncStage,
  startsOn,
  startsOnceRead,
  syncOwn,
} from "@/tests/integration/calendar-sync/sync-stage";
import { eventually } from "@/tests/support/eventually";

let stage: SyncStage;
beforeAll(async () => {
  stage = await openSyncStage();
});
afterEach(async () => {
  await stage.control.clearFaults();
  await stage.control.changeSettings({
    deltaMasters: "first",
    deltaRepeats: false,
    deltaNamesRemovedOccurrences: true,
    linkOrigin: "own",
  });
});
afterAll(() => stage.close());

const day = dateAhead(3);
const ten = `${day}T10:00:00.000Z`;
const delta = "/me/calendarView/delta";

/** Events enough for several pages. */
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const date = dateAhead(5 + Math.floor(index / 40));
    const minutes = (index % 40) * 30;
    const clock = (from: number) =>
      `${String(Math.floor(from / 60)).padStart(2, "0")}:${String(from % 60).padStart(2, "0")}`;
    return busyFrom(date, clock(minutes), clock(minutes + 15));
  });

const intervals = async (person: Person) => {
  const [own] = await calendarsOf(person);
  return db().busyInterval.findMany({
    where: { syncedCalendarId: own?.id ?? "", round: own?.round ?? 0 },
    orderBy: { startsAt: "asc" },
  });
};

it("an event of ours stays ours where one round shows it twice and its meeting has let go of it meanwhile", async () => {
  const person = await stage.connected();
  await startsOnceRead(person, day);
  const [own] = await calendarsOf(person);
  await db().busyInterval.deleteMany({ where: { syncedCalendarId: own?.id ?? "" } });
  const held = await takeCalendar(own?.id ?? "");
  if (typeof held === "string") throw new Error(held);
  const hour = { startsAt: new Date(ten), endsAt: new Date(`${day}T11:00:00.000Z`) };
  const event = {
    eventId: "ours",
    iCalUId: null,
    kind: "single",
    seriesId: null,
    isAllDay: false,
    showAs: "busy",
    ...hour,
  } as const;
  const page = { seen: [event], removedIds: [], link: null, isLast: true };
  const round = await beginFullRound(held, { from: new Date(), to: new Date(`${dateAhead(9)}T00:00:00Z`) });
  const meeting = await db().meeting.create({
    data: { hostId: person.id, kind: "phone", status: "none", calendarEventId: "ours", ...hour },
  });
  await writePage(round, page);
  await db().meeting.delete({ where: { id: meeting.id } });
  await writePage(round, page);
  await finishRound(round, { deltaLink: null, nextPollAt: new Date(), hasChanges: true });
  expect(await intervals(person)).toMatchObject([{ eventId: "ours", iCalUId: null, isOwn: true }]);
});

describe("a lost token", () => {
  it.each([
    "410 syncStateNotFound",
    "410 resyncRequired",
    "400 syncStateNotFound",
    "400 SyncStateInvalid",
  ] as const)("a lost token in the form %s makes everything be read again", async (form) => {
    const person = await stage.connected();
    await startsOn(person, day);
    await stage.control.changeSettings({ lostDeltaToken: form });
    await stage.control.createEvent(person.email, busyFrom(day, "10:00", "11:00"));
    await stage.control.expireDelta(person.email);
    expect(await syncOwn(person)).toBe("done");
    expect((await startsOn(person, day)).starts).toHaveLength(46);
    expect(await callsOf(stage.control, person.email, fullRound)).toBe(2);
  });

  it("a lost token leaves the old copy in force until the new one is whole", async () => {
    const person = await stage.connected();
    await stage.control.createEvents(person.email, many(300));
    const busy = await stage.control.createEvent(person.email, busyFrom(day, "10:00", "11:00"));
    await startsOn(person, day);
    await stage.control.deleteEvent(person.email, busy.id);
    await stage.control.expireDelta(person.email);
    await stage.control.graphFault({ account: person.email, path: delta, skip: 2, times: 1, status: 503 });
    expect(await syncOwn(person)).toBe("unavailable");
    expect((await startsOn(person, day)).starts).not.toContain(ten);
    expect(await intervals(person)).toHaveLength(301);
    expect(await syncOwn(person)).toBe("done");
    expect((await startsOn(person, day)).starts).toContain(ten);
    expect(await intervals(person)).toHaveLength(300);
    expect(await callsOf(stage.control, person.email, fullRound)).toBe(2);
  });

  it("a lost token in the middle of a round, with the pages still to come, makes it begin again", async () => {
    const person = await stage.connected();
    await stage.control.createEvents(person.email, many(300));
    await stage.control.graphFault({ account: person.email, path: delta, skip: 1, times: 1, status: 503 });
    await startsOn(person, day);
    await stage.control.expireDelta(person.email);
    expect(await syncOwn(person)).toBe("done");
    expect(await intervals(person)).toHaveLength(300);
  });

  it("a lost token that is lost again and again is given up for now, not asked for ever", async () => {
    const person = await stage.connected();
    await stage.control.createEvents(person.email, many(300));
    const gone = { status: 410, code: "resyncRequired" };
    await stage.control.graphFault({ account: person.email, path: delta, skip: 1, times: 1, ...gone });
    await startsOn(person, day);
    for (const skip of [1, 1, 1])
      await stage.control.graphFault({ account: person.email, path: delta, skip, times: 1, ...gone });
    const before = (await stage.control.requests({ account: person.email, path: "delta" })).length;
    await syncOwn(person);
    const after = (await stage.control.requests({ account: person.email, path: "delta" })).length;
    expect(after - before).toBeLessThan(8);
  });
});

describe("an ailing Microsoft", () => {
  const steps = [
    ["the list of calendars", "/me/calendars", 0],
    ["the first page", delta, 0],
    ["the second page", delta, 1],
    ["a series", "/me/events/*/instances", 0],
  ] as const;
  const answers = [
    { status: 429, code: "ApplicationThrottled", retryAfter: "2.128" },
    { status: 503, retryAfter: "1" },
    { status: 504, code: "GatewayTimeout" },
    { outcome: "drop" },
  ] as const;

  it.each(steps.flatMap(([step, path, skip]) => answers.map((answer) => ({ step, path, skip, answer }))))(
    "an ailing Microsoft at $step ($answer) shows no time that may be taken, and all is well afterwards",
    async ({ path, skip, answer }) => {
      const person = await stage.connected();
      await stage.control.changeSettings({ deltaMasters: "never" });
      await stage.control.createEvents(person.email, many(250));
      await stage.control.createEvent(person.email, weekly("10:00", "11:00"));
      await stage.control.graphFault({ account: person.email, path, skip, times: 1, ...answer });
      expect(await startsOn(person, day)).toEqual({ starts: [], calendarAsOf: null });
      await db().calendarSync.updateMany({ data: { problem: null } });
      await db().syncedCalendar.updateMany({ data: { problem: null } });
      await db().meetingProviderConnection.updateMany({ data: { pausedUntil: null } });
      expect((await startsOnceRead(person, day)).starts).toHaveLength(46);
      expect(await intervals(person)).not.toHaveLength(0);
    },
  );

  it("an ailing Microsoft that asks for patience is not asked again before", async () => {
    const person = await stage.connected();
    await startsOn(person, day);
    await stage.control.graphFault({ account: person.email, times: 1, status: 429, retryAfter: "77.5" });
    expect(await syncOwn(person)).toBe("throttled");
    const [own] = await calendarsOf(person);
    expect(own).toMatchObject({ problem: "throttled", attempts: 1 });
    expect(own?.nextPollAt?.getTime()).toBeGreaterThan(Date.now() + 70_000);
  });

  it("an ailing Microsoft that takes the token back in the middle of a round ends it, and a reconnect goes on", async () => {
    const person = await stage.connected();
    await stage.control.createEvents(person.email, many(300));
    await stage.control.graphFault({ account: person.email, path: delta, skip: 1, times: 1, status: 503 });
    await startsOn(person, day);
    await stage.control.revokeSessions(person.email);
    await stage.control.expireAccessTokens(person.email);
    expect(await syncOwn(person)).toBe("reconnect_needed");
    const [own] = await calendarsOf(person);
    expect(own?.nextLink).not.toBeNull();
    expect(own?.nextPollAt?.getTime()).toBeGreaterThan(Date.now() + 30 * 60_000);
  });

  it("an ailing Microsoft whose links lead to its own host is followed there", async () => {
    const person = await stage.connected();
    await stage.control.changeSettings({ linkOrigin: "microsoft" });
    await stage.control.createEvents(person.email, many(300));
    await startsOn(person, day);
    expect(await syncOwn(person)).toBe("done");
    expect(await intervals(person)).toHaveLength(300);
  });
});

/** Every week from `day` on, in Paris. */
function weekly(from: string, to: string) {
  const weekday = new Date(`${day}T12:00:00Z`)
    .toLocaleDateString("en", { weekday: "long", timeZone: "UTC" })
    .toLowerCase();
  return {
    subject: "Every week",
    start: at(day, from),
    end: at(day, to),
    recurrence: {
      pattern: { type: "weekly", interval: 1, daysOfWeek: [weekday], firstDayOfWeek: "monday" },
      range: { type: "noEnd", startDate: day },
    },
  } as never;
}

describe("series", () => {
  it.each(["first", "last", "never"] as const)(
    "series block with the masters of delta %s, and keep their wall time over a change of clocks",
    async (deltaMasters) => {
      const person = await stage.connected({
        window: { kind: "range", from: "2026-01-01", to: "2027-12-31" },
      });
      await stage.control.changeSettings({ deltaMasters });
      await stage.control.createEvent(person.email, {
        subject: "Daily",
        start: at("2027-03-26", "10:00", "Europe/Paris"),
        end: at("2027-03-26", "11:00", "Europe/Paris"),
        recurrence: {
          pattern: { type: "daily", interval: 1 },
          range: { type: "endDate", startDate: "2027-03-26", endDate: "2027-03-31" },
        },
      } as never);
      const { starts } = await startsOn(person, "2027-03-26", "2027-03-31");
      const isOpen = (time: string) => starts.includes(`${time}:00.000Z`);
      expect(
        ["2027-03-27T09:00", "2027-03-27T08:00", "2027-03-28T08:00", "2027-03-28T09:00"].map(isOpen),
      ).toEqual([false, true, false, true]);
      expect(starts).toHaveLength(6 * 48 - 6 * 2);
    },
  );

  it("series follow exceptions, deleted occurrences and a change of what they are shown as", async () => {
    const person = await stage.connected();
    await stage.control.changeSettings({ deltaNamesRemovedOccurrences: false });
    const series = await stage.control.createEvent(person.email, weekly("10:00", "11:00"));
    await startsOn(person, day);
    const week = (index: number) => dateAhead(3 + 7 * index);
    const isOpen = async (date: string, time: string) =>
      (await startsOn(person, date)).starts.includes(`${date}T${time}:00.000Z`);
    const occurrences = (await intervals(person)).filter(({ kind }) => kind === "occurrence");
    await stage.control.changeEvent(person.email, occurrences[1]?.eventId ?? "", {
      start: at(week(1), "15:00"),
      end: at(week(1), "16:00"),
    });
    await stage.control.deleteEvent(person.email, occurrences[2]?.eventId ?? "");
    expect(await syncOwn(person)).toBe("done");
    expect(await isOpen(week(0), "10:00")).toBe(false);
    expect([await isOpen(week(1), "10:00"), await isOpen(week(1), "15:00")]).toEqual([true, false]);
    expect(await isOpen(week(2), "10:00")).toBe(true);
    await stage.control.changeEvent(person.email, series.id, { showAs: "free" });
    await syncOwn(person);
    expect([await isOpen(week(0), "10:00"), await isOpen(week(1), "15:00")]).toEqual([true, false]);
    await stage.control.deleteEvent(person.email, series.id);
    await syncOwn(person);
    expect(await isOpen(week(0), "10:00")).toBe(true);
  });

  it("series of whole days block the organizer's days", async () => {
    const person = await stage.connected({}, { timeZone: "America/Los_Angeles" });
    await stage.control.createEvent(person.email, {
      subject: "Every day off",
      isAllDay: true,
      showAs: "oof",
      start: at(day, "00:00"),
      end: at(dateAhead(4), "00:00"),
      recurrence: {
        pattern: { type: "daily", interval: 2 },
        range: { type: "numbered", startDate: day, numberOfOccurrences: 2 },
      },
    } as never);
    const free = async (date: string) =>
      (await startsOn(person, date, date, "America/Los_Angeles")).starts.length;
    expect([
      await free(day),
      await free(dateAhead(4)),
      await free(dateAhead(5)),
      await free(dateAhead(6)),
    ]).toEqual([0, 48, 0, 48]);
  });
});

describe("pages", () => {
  it("pages that repeat entries are read as if they did not", async () => {
    const person = await stage.connected();
    await stage.control.changeSettings({ deltaRepeats: true });
    await stage.control.createEvents(person.email, many(250));
    await stage.control.createEvent(person.email, weekly("10:00", "11:00"));
    expect((await startsOnceRead(person, day)).starts).toHaveLength(46);
    const rows = await intervals(person);
    expect(new Set(rows.map(({ eventId }) => eventId)).size).toBe(rows.length);
  });

  it("pages are gone on with after the process was killed between two of them, without beginning again", async () => {
    const person = await stage.connected();
    await startsOn(person, day);
    await stage.control.createEvents(person.email, many(500));
    await stage.control.createEvent(person.email, busyFrom(day, "10:00", "11:00"));
    await stage.control.expireDelta(person.email);
    // Once for the link that is lost, twice for pages; the fourth never comes.
    await stage.control.graphFault({
      account: person.email,
      path: delta,
      skip: 3,
      times: 1,
      outcome: "hang",
    });
    const [own] = await calendarsOf(person);
    const id = own?.id ?? "";
    const child = spawn(
      process.execPath,
      ["node_modules/tsx/dist/cli.mjs", "tests/integration/calendar-sync/sync-process.ts", id],
      { detached: true, stdio: "ignore" },
    );
    await eventually(
      async () => (await stage.control.requests({ account: person.email, path: "delta" })).length,
      (seen) => seen >= 4,
    );
    await eventually(
      () => calendarsOf(person),
      ([calendar]) => calendar?.nextLink !== null,
    );
    process.kill(-(child.pid ?? 0), "SIGKILL");
    expect(await syncCalendar(id)).toBe("busy");
    // What was known goes on counting meanwhile.
    expect((await startsOn(person, day)).starts).toHaveLength(48);
    await db().syncedCalendar.update({ where: { id }, data: { leaseUntil: new Date(0) } });
    await stage.control.clearFaults();
    expect(await syncCalendar(id)).toBe("done");
    expect(await intervals(person)).toHaveLength(501);
    expect((await startsOn(person, day)).starts).toHaveLength(46);
    expect(await callsOf(stage.control, person.email, fullRound)).toBe(2);
    expect(await callsOf(stage.control, person.email, nextPage)).toBeLessThan(6);
  });

  it("pages are read by one process at a time, and asked for once more for anyone who came second", async () => {
    const person = await stage.connected();
    await startsOn(person, day);
    await stage.control.changeSettings({ latencyMs: 200 });
    const both = await Promise.all([syncOwn(person), syncOwn(person)]);
    await stage.control.changeSettings({ latencyMs: 0 });
    expect(both.sort()).toEqual(["busy", "done"]);
    const [own] = await calendarsOf(person);
    expect(own?.nextPollAt?.getTime()).toBeLessThanOrEqual(Date.now() + 1000);
  });
});
