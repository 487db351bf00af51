import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { book } from "@/lib/booking/book";
import { refreshCalendars } from "@/lib/calendars/calendars";
import { type CalendarChoices, getCalendarChoices, saveCalendarChoices } from "@/lib/calendars/choices";
import { findClosing } from "@/lib/calendars/closing";
import { notifyClosed } from "@/lib/calendars/notify-closed";
import { syncCalendar } from "@/lib/calendars/sync-calendar";
import { db } from "@/lib/database/client";
import { syncMeeting } from "@/lib/meetings/sync-meeting";
import {
  age,
  busyFrom,
  calendarsOf,
  dateAhead,
  openSyncStage,
  type Person,
  type SyncStage,
  startsOn,
  startsOnceRead,
  syncOwn,
} from "@/tests/integration/calendar-sync/sync-stage";
import { addMicrosoftAccount, connectMicrosoft } from "@/tests/support/microsoft";
import { requestFor } from "@/tests/support/organizer";

let stage: SyncStage;
beforeAll(async () => {
  stage = await openSyncStage();
});
afterEach(() => stage.control.clearFaults());
afterAll(() => stage.close());

const day = dateAhead(3);
const ten = `${day}T10:00:00.000Z`;
const eleven = `${day}T11:00:00.000Z`;

/** An organizer with a second calendar, all of it read. */
async function withSecond(second: object = {}): Promise<Person & { second: string }> {
  const person = await stage.connected();
  const { id } = await stage.control.addCalendar(person.email, { name: "Projects", ...second });
  await startsOnceRead(person, day);
  return { ...person, second: id };
}

async function choose(person: Person, changes: Partial<CalendarChoices>): Promise<void> {
  const now = await getCalendarChoices(person.scope);
  if (!now) throw new Error("not connected");
  const saved = await saveCalendarChoices(person.scope, {
    blockingIds: now.calendars.filter(({ blocks }) => blocks).map(({ id }) => id),
    targetId: now.targetId,
    blockingStatuses: now.blockingStatuses,
    staleAfterMinutes: now.staleAfterMinutes,
    whenUnreachable: now.whenUnreachable,
    ...changes,
  });
  if (!saved.ok) throw new Error(saved.error.code);
}

const idsOf = async (person: Person) => (await calendarsOf(person)).map(({ id }) => id);

/** Books and writes what follows into Outlook. */
async function bookAt(person: Person, start: string) {
  const booked = await book(requestFor(person, start));
  if (!booked.ok) return booked.error.code;
  const meeting = await db().meeting.findFirstOrThrow({
    where: { hostId: person.id },
    orderBy: { createdAt: "desc" },
  });
  // Twice: what one run leaves to do is done by the next.
  await syncMeeting({ meetingId: meeting.id });
  await syncMeeting({ meetingId: meeting.id });
  return db().meeting.findUniqueOrThrow({ where: { id: meeting.id } });
}

describe("which calendars block", () => {
  it("the choice of blocking calendars is the account's own until the organizer chooses others, in slots and in the check while booking", async () => {
    const person = await withSecond();
    await stage.control.createEvent(
      person.email,
      busyFrom(day, "10:00", "11:00", { calendar: person.second }),
    );
    expect((await startsOn(person, day)).starts).toContain(ten);
    await choose(person, { blockingIds: await idsOf(person) });
    const { starts, calendarAsOf } = await startsOn(person, day);
    expect(starts).not.toContain(ten);
    expect(calendarAsOf).not.toBeNull();
    await stage.control.createEvent(
      person.email,
      busyFrom(day, "11:00", "12:00", { calendar: person.second }),
    );
    expect(await book(requestFor(person, eleven))).toMatchObject({
      ok: false,
      error: { code: "slot_taken" },
    });
  });

  it("the choice of blocking calendars may be none: then nothing is asked and no age is shown", async () => {
    const person = await withSecond();
    await stage.control.createEvent(person.email, busyFrom(day, "10:00", "11:00"));
    await choose(person, { blockingIds: [], targetId: null });
    expect(await startsOn(person, day)).toMatchObject({ calendarAsOf: null });
    expect(await bookAt(person, ten)).toMatchObject({ calendarEventId: null });
  });

  it("the choice of blocking calendars stays the account's own where its list is refused, and where the list comes later", async () => {
    const person = await stage.connected();
    await stage.control.createEvent(person.email, busyFrom(day, "10:00", "11:00"));
    await stage.control.graphFault({
      path: "/me/calendars",
      account: person.email,
      status: 404,
      code: "NotFound",
    });
    expect((await startsOn(person, day)).starts).not.toContain(ten);
    expect(await calendarsOf(person)).toMatchObject([{ isDefault: true, blocks: true, isTarget: true }]);
    const connection = await db().meetingProviderConnection.findFirstOrThrow({
      where: { userId: person.id },
    });
    await refreshCalendars(connection);
    expect(await calendarsOf(person)).toMatchObject([{ isDefault: true, blocks: true, isTarget: true }]);
    const { starts } = await startsOn(person, day);
    expect(starts).not.toContain(ten);
    expect(starts).toContain(eleven);
  });

  it("the choice of blocking calendars forgets a calendar that was removed in Outlook", async () => {
    const person = await withSecond();
    await stage.control.createEvent(
      person.email,
      busyFrom(day, "10:00", "11:00", { calendar: person.second }),
    );
    await choose(person, { blockingIds: await idsOf(person) });
    expect((await startsOn(person, day)).starts).not.toContain(ten);
    await stage.control.removeCalendar(person.email, person.second);
    expect(await bookAt(person, ten)).not.toBe("calendar_unavailable");
    const [, second] = await calendarsOf(person);
    await db().syncedCalendar.update({ where: { id: second?.id ?? "" }, data: { deltaLink: null } });
    expect(await syncCalendar(second?.id ?? "")).toBe("gone");
    expect((await startsOn(person, day)).starts).not.toHaveLength(0);
  });

  it("the choice of blocking calendars takes the age of the one that was read longest ago", async () => {
    const person = await withSecond();
    await choose(person, { blockingIds: await idsOf(person) });
    await startsOn(person, day);
    await age(person, 12);
    await syncOwn(person);
    const { calendarAsOf } = await startsOn(person, day);
    expect(Date.parse(calendarAsOf ?? "")).toBeLessThan(Date.now() - 11 * 60_000);
  });

  it("the choice of blocking calendars refuses a calendar of someone else's", async () => {
    const [person, other] = [await withSecond(), await withSecond()];
    await expect(choose(person, { blockingIds: await idsOf(other) })).rejects.toThrow("unknown_calendar");
  });
});

describe("what blocks", () => {
  it("what blocks goes by the organizer's choice, while booking too", async () => {
    const person = await withSecond();
    await stage.control.createEvent(person.email, busyFrom(day, "10:00", "11:00", { showAs: "tentative" }));
    await syncOwn(person);
    await choose(person, { blockingStatuses: ["busy", "oof", "unknown"] });
    expect((await startsOn(person, day)).starts).toContain(ten);
    expect(await bookAt(person, ten)).toMatchObject({ calendarEventId: expect.any(String) });
  });
});

describe("where bookings go", () => {
  it("the calendar for bookings is the calendar that was chosen, and its own event there takes no time", async () => {
    const person = await withSecond();
    const [own, second] = await idsOf(person);
    await choose(person, { targetId: second ?? null, blockingIds: [own ?? "", second ?? ""] });
    await startsOn(person, day);
    const meeting = await bookAt(person, ten);
    expect(meeting).toMatchObject({ calendarEventId: expect.any(String) });
    const posts = await stage.control.requests({ account: person.email, method: "POST", path: "events" });
    expect(posts.at(-1)?.path).toContain("/me/calendars/");
    for (const id of [own, second]) {
      await syncCalendar(id ?? "");
    }
    expect((await startsOn(person, day)).starts).toHaveLength(47);
  });

  it("the calendar for bookings is the account's own calendar for Teams meetings where the chosen one has none", async () => {
    const person = await stage.connected({ location: { kind: "teams" } });
    await stage.control.addCalendar(person.email, { name: "Projects" });
    await startsOn(person, day);
    const [, second] = await idsOf(person);
    await choose(person, { targetId: second ?? null });
    expect(await bookAt(person, ten)).toMatchObject({
      status: "ready",
      joinUrl: expect.stringContaining("https://"),
    });
  });

  it("the calendar for bookings is the account's own calendar once the chosen one is gone from Outlook", async () => {
    const person = await withSecond();
    const [own, second] = await idsOf(person);
    await choose(person, { targetId: second ?? null, blockingIds: [own ?? ""] });
    await stage.control.removeCalendar(person.email, person.second);
    const before = await bookAt(person, ten);
    const connection = await db().meetingProviderConnection.findFirstOrThrow({
      where: { userId: person.id },
    });
    await refreshCalendars(connection);
    expect(await getCalendarChoices(person.scope)).toMatchObject({ targetId: own });
    const after = await bookAt(person, eleven);
    const { events } = await stage.control.mailbox(person.email);
    expect([before, after]).toMatchObject(events.map(({ id }) => ({ calendarEventId: id })));
    expect(events).toHaveLength(2);
  });

  it("the calendar for bookings is none where Bellhop only reads: times are blocked, nothing is written, and Teams is not promised", async () => {
    const person = await stage.connected({
      location: { kind: "teams" },
      fallbackLocation: { kind: "phone", value: "+33 1 23 45 67 89" },
    });
    await stage.control.createEvent(person.email, busyFrom(day, "10:00", "11:00"));
    await startsOn(person, day);
    await choose(person, { targetId: null });
    expect((await startsOn(person, day)).starts).not.toContain(ten);
    const meeting = await bookAt(person, `${day}T14:00:00.000Z`);
    expect(meeting).toMatchObject({
      kind: "phone",
      calendarEventId: null,
      invitations: "bellhop",
      problem: null,
    });
    expect((await stage.control.mailbox(person.email)).events).toHaveLength(1);
  });

  it("the calendar for bookings can't be a calendar that may only be read", async () => {
    const person = await withSecond({ canEdit: false });
    const [, second] = await idsOf(person);
    await expect(choose(person, { targetId: second ?? null })).rejects.toThrow("not_writable");
  });
});

describe("while Outlook does not answer", () => {
  const down = (person: Person) =>
    stage.control.graphFault({ account: person.email, times: null, status: 503 });

  it("a booking is refused, unless its organizer lets a fresh copy stand in", async () => {
    const person = await withSecond();
    await down(person);
    expect(await bookAt(person, ten)).toBe("calendar_unavailable");
    await choose(person, { whenUnreachable: "accept_fresh" });
    expect(await book(requestFor(person, ten))).toMatchObject({ ok: true });
  });

  it("a copy that is not fresh is in for nothing, and what it knows to be taken stays taken", async () => {
    const person = await withSecond();
    await stage.control.createEvent(person.email, busyFrom(day, "10:00", "11:00"));
    await syncOwn(person);
    await choose(person, { whenUnreachable: "accept_fresh" });
    await down(person);
    expect(await bookAt(person, ten)).toBe("slot_taken");
    await age(person, 2);
    expect(await bookAt(person, eleven)).toBe("calendar_unavailable");
  });

  it("the organizer is notified once their times are closed, and not before", async () => {
    const person = await withSecond();
    await down(person);
    await syncOwn(person);
    const overview = async () => {
      const found = await getCalendarChoices(person.scope);
      if (!found) throw new Error("not connected");
      return findClosing(found, Date.now());
    };
    expect(await overview()).toBeNull();
    await age(person, 16);
    expect(await overview()).toMatchObject({ name: "Calendar", problem: "unavailable" });
    await choose(person, { staleAfterMinutes: 30 });
    expect(await overview()).toBeNull();
    expect((await startsOn(person, day)).starts).toHaveLength(48);
  });
});

it("an organizer whose times stay closed is notified by mail, once in each outage", async () => {
  const person = await withSecond();
  const mails = () =>
    db().mail.count({ where: { kind: "calendar-unreadable", to: { startsWith: person.handle } } });
  await stage.control.graphFault({ account: person.email, times: null, status: 503 });
  await syncOwn(person);
  await age(person, 30);
  await notifyClosed();
  expect(await mails()).toBe(0);
  await age(person, 130);
  await Promise.all([notifyClosed(), notifyClosed()]);
  await notifyClosed();
  expect(await mails()).toBe(1);
  await stage.control.clearFaults();
  await syncOwn(person);
  await notifyClosed();
  await stage.control.graphFault({ account: person.email, times: null, status: 503 });
  await syncOwn(person);
  await age(person, 130);
  await notifyClosed();
  expect(await mails()).toBe(2);
});

it("a live look that finds more than the copy has it read again", async () => {
  const person = await withSecond();
  await stage.control.createEvent(person.email, busyFrom(day, "10:00", "11:00"));
  await db().calendarSync.updateMany({ data: { wantedAt: null } });
  expect(await bookAt(person, ten)).toBe("slot_taken");
  const wanted = await db().calendarSync.findFirstOrThrow({ where: { connection: { userId: person.id } } });
  expect(wanted.wantedAt).not.toBeNull();
});

it("another account's calendars replace those of the one before", async () => {
  const person = await withSecond();
  const before = await idsOf(person);
  await connectMicrosoft(person.id, await addMicrosoftAccount(stage.control));
  await startsOn(person, day);
  const after = await idsOf(person);
  expect(after).toHaveLength(1);
  expect(before).not.toContain(after[0]);
});

it("a new calendar appears without being chosen", async () => {
  const person = await withSecond();
  await stage.control.addCalendar(person.email, { name: "Birthdays", canEdit: false });
  const connection = await db().meetingProviderConnection.findFirstOrThrow({ where: { userId: person.id } });
  expect(await refreshCalendars(connection)).toBeNull();
  const calendars = await calendarsOf(person);
  expect(calendars.map(({ name, blocks, isTarget }) => ({ name, blocks, isTarget }))).toEqual([
    { name: "Calendar", blocks: true, isTarget: true },
    { name: "Projects", blocks: false, isTarget: false },
    { name: "Birthdays", blocks: false, isTarget: false },
  ]);
});

it("calendars stay chosen while Microsoft does not list them", async () => {
  const person = await withSecond();
  const connection = await db().meetingProviderConnection.findFirstOrThrow({ where: { userId: person.id } });
  const before = await idsOf(person);
  for (const [status, code] of [
    [404, "ResourceNotFound"],
    [400, "ErrorOfTomorrow"],
    [405, "MethodNotAllowed"],
  ] as const) {
    await stage.control.graphFault({ account: person.email, path: "/me/calendars", status, code });
    expect(await refreshCalendars(connection)).toBe("unavailable");
    expect(await idsOf(person)).toEqual(before);
  }
});
