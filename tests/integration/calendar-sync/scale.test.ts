import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { calendarTasks } from "@/lib/calendars/poll";
import { db } from "@/lib/database/client";
import {
  busyFrom,
  calendarsOf,
  callsOf,
  dateAhead,
  openSyncStage,
  type Person,
  type SyncStage,
  startsOn,
  syncOwn,
} from "@/tests/integration/calendar-sync/sync-stage";
import { eventually } from "@/tests/support/eventually";

let stage: SyncStage;
beforeAll(async () => {
  stage = await openSyncStage();
});
afterAll(() => stage.close());

const day = dateAhead(3);

/** What every lane of a worker does until nothing is due; lists bring calendars, which are due then. */
async function workOffDue(): Promise<void> {
  for (let turn = 0; turn < 2; turn++)
    await Promise.all(calendarTasks.map((task) => task.run(new AbortController().signal)));
}

/** What a whole office does takes its time on a small machine. */
const patient = { timeout: 240_000 };

describe("a mailbox with five thousand events", patient, () => {
  it("a mailbox with five thousand events is read in pages, counts every event, and costs one call when one of them changes", async () => {
    const person = await stage.connected();
    const days = 80;
    const events = Array.from({ length: 5000 }, (_, index) => {
      const date = dateAhead(2 + (index % days));
      const minute = Math.floor(index / days) * 15;
      const clock = (at: number) =>
        `${String(Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}`;
      return busyFrom(date, clock(minute), clock(minute + 10));
    });
    await stage.control.createEvents(person.email, events);
    await startsOn(person, day);
    const [own] = await eventually(
      () => calendarsOf(person),
      ([calendar]) => calendar?.syncedAt != null,
      60,
    );
    expect(await db().busyInterval.count({ where: { syncedCalendarId: own?.id ?? "" } })).toBe(5000);
    // 63 events that day, a quarter of an hour each: what is left open is the end of the day.
    const { starts } = await startsOn(person, day);
    expect(starts[0]).toBe(`${day}T16:00:00.000Z`);
    const { events: stored } = await stage.control.mailbox(person.email);
    const before = await callsOf(stage.control, person.email, /calendarView/);
    await stage.control.deleteEvent(person.email, stored[0]?.id ?? "");
    await syncOwn(person);
    expect(await callsOf(stage.control, person.email, /calendarView/)).toBe(before + 1);
    expect(await db().busyInterval.count({ where: { syncedCalendarId: own?.id ?? "" } })).toBe(4999);
  });
});

describe("two hundred connections", patient, () => {
  it("two hundred connections are all read, none with more than four calls at a time, and one that fails keeps no other waiting", async () => {
    const people: Person[] = [];
    for (let index = 0; index < 200; index += 10) {
      const some = await Promise.all(Array.from({ length: 10 }, () => stage.connected()));
      people.push(...some);
    }
    const [hanging, failing] = people;
    await stage.control.graphFault({
      account: hanging?.email ?? "",
      times: null,
      status: 503,
      delayMs: 3000,
    });
    await stage.control.graphFault({
      account: failing?.email ?? "",
      times: null,
      status: 429,
      retryAfter: "2.5",
    });
    await workOffDue();
    const well = await db().syncedCalendar.count({
      where: { syncedAt: { not: null }, connection: { userId: { in: people.map(({ id }) => id) } } },
    });
    expect(well).toBe(198);
    // Everyone once more, as after a restart: changes alone are asked for.
    await db().syncedCalendar.updateMany({ data: { nextPollAt: new Date(0) } });
    await workOffDue();
    const asked = await stage.control.requests({ path: "calendarView" });
    for (const { email } of people.slice(2)) {
      const own = asked.filter(({ accountEmail }) => accountEmail === email);
      // One round of everything, and one of changes.
      expect(own.map(({ query }) => Object.keys(query)[0])).toEqual(["startDateTime", "$deltatoken"]);
      expect(own.every(({ status, concurrent }) => status === 200 && concurrent <= 4)).toBe(true);
    }
    await stage.control.clearFaults();
    await db().calendarSync.updateMany({
      where: { problem: { not: null } },
      data: { nextListAt: new Date(0) },
    });
    await workOffDue();
    expect(await db().syncedCalendar.count({ where: { syncedAt: { not: null } } })).toBeGreaterThanOrEqual(
      200,
    );
  });
});
