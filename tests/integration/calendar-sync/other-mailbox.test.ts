import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toChoices } from "@/lib/api/endpoints/calendars";
import { book } from "@/lib/booking/book";
import { checkCalendar } from "@/lib/booking/calendar-check";
import { cancel } from "@/lib/booking/cancel";
import { eraseVisitor } from "@/lib/booking/erase-visitor";
import { reschedule } from "@/lib/booking/reschedule";
import { compareMeeting } from "@/lib/calendar-sync/compare-meeting";
import { refreshCalendars } from "@/lib/calendars/calendars";
import { getCalendarChoices, saveCalendarChoices } from "@/lib/calendars/choices";
import { findClosing } from "@/lib/calendars/closing";
import { readCopy } from "@/lib/calendars/copy";
import { notifyClosed } from "@/lib/calendars/notify-closed";
import { addSharedCalendar, removeSharedCalendar } from "@/lib/calendars/shared";
import { syncCalendar } from "@/lib/calendars/sync-calendar";
import { syncConnection } from "@/lib/calendars/sync-connection";
import { disconnect } from "@/lib/connections/disconnect";
import { getConnection } from "@/lib/connections/queries";
import { db } from "@/lib/database/client";
import { eraseFromEvents } from "@/lib/meetings/event-erasure";
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
} from "@/tests/integration/calendar-sync/sync-stage";
import { addMicrosoftAccount, connectMicrosoft } from "@/tests/support/microsoft";
import { hourAhead, requestFor } from "@/tests/support/organizer";

let stage: SyncStage;

beforeAll(async () => {
  stage = await openSyncStage();
});
afterAll(() => stage.close());

const eventsIn = async ({ email }: Person) => (await stage.control.mailbox(email)).events;
const meetingOf = (id: string) => db().meeting.findUniqueOrThrow({ where: { id } });
const readCalendar = async (person: Person) =>
  syncConnection({ connectionId: (await connectionOf(person)).id });
const copiesOf = ({ id: userId }: Person) =>
  db().busyInterval.findMany({ where: { calendar: { connection: { userId } } } });
const connectionOf = ({ id: userId }: Person) =>
  db().meetingProviderConnection.findFirstOrThrow({ where: { userId }, select: { id: true } });

/** A booking with one organizer, and its meeting. */
async function booked(organizer: Person, start = hourAhead(3)) {
  const outcome = await book(requestFor(organizer, start));
  if (!outcome.ok) throw new Error(outcome.error.code);
  const { id } = outcome.value;
  const { meetingId } = await db().booking.findUniqueOrThrow({ where: { id }, select: { meetingId: true } });
  return { id, meetingId, start };
}

/** A booking with one organizer whose event is kept in the calendar of another. */
async function keptByAnother() {
  const organizer = await stage.connected({ location: { kind: "teams" } });
  const keeper = await stage.connected();
  const booking = await booked(organizer);
  const { id: connectionId } = await connectionOf(keeper);
  await db().meeting.update({ where: { id: booking.meetingId }, data: { connectionId } });
  await syncMeeting(booking);
  return { organizer, keeper, booking };
}

describe("a meeting and its connection", () => {
  it("a meeting and its connection is kept in its own organizer's calendar unless another is named, and remembers which", async () => {
    const organizer = await stage.connected({ location: { kind: "teams" } });
    const { meetingId } = await booked(organizer);
    expect((await meetingOf(meetingId)).connectionId).toBeNull();
    await syncMeeting({ meetingId });
    const { connectionId, status } = await meetingOf(meetingId);
    expect({ connectionId, status }).toEqual({
      connectionId: (await connectionOf(organizer)).id,
      status: "ready",
    });
  });

  it("a meeting and its connection forgets a connection that ends, and has it again after the next sign-in", async () => {
    const organizer = await stage.connected({ location: { kind: "teams" } });
    const { meetingId } = await booked(organizer);
    await syncMeeting({ meetingId });
    await disconnect(organizer.scope);
    expect((await meetingOf(meetingId)).connectionId).toBeNull();
    await connectMicrosoft(organizer.id, organizer.email);
    expect((await meetingOf(meetingId)).connectionId).toBe((await connectionOf(organizer)).id);
  });
});

describe("a meeting whose event is kept in another organizer's calendar", () => {
  it("a meeting whose event is kept in another organizer's calendar is made there, with a link that was read back", async () => {
    const { organizer, keeper, booking } = await keptByAnother();
    const { status, joinUrl, calendarEventId } = await meetingOf(booking.meetingId);
    expect({ status, joinUrl }).toEqual({ status: "ready", joinUrl: expect.stringContaining("https://") });
    expect((await eventsIn(keeper)).map(({ id }) => id)).toEqual([calendarEventId]);
    expect(await eventsIn(organizer)).toEqual([]);
  });

  it("a meeting whose event is kept in another organizer's calendar is moved there", async () => {
    const { keeper, booking } = await keptByAnother();
    const start = hourAhead(4);
    expect(
      await reschedule({ bookingId: booking.id, start: Date.parse(start), by: "visitor" }),
    ).toMatchObject({
      ok: true,
    });
    await syncMeeting(booking);
    const [event] = await eventsIn(keeper);
    expect(event?.start?.dateTime).toContain(start.slice(0, 16));
  });

  it("a meeting whose event is kept in another organizer's calendar follows what is done to it there", async () => {
    const { keeper, booking } = await keptByAnother();
    const { calendarEventId } = await meetingOf(booking.meetingId);
    await stage.control.deleteEvent(keeper.email, calendarEventId ?? "");
    await compareMeeting({ meetingId: booking.meetingId, isRemoved: true });
    const { status } = await db().booking.findUniqueOrThrow({ where: { id: booking.id } });
    expect(status).toBe("cancelled");
  });

  it("a meeting whose event is kept in another organizer's calendar is taken out there when the booking is cancelled", async () => {
    const { keeper, booking } = await keptByAnother();
    expect(await cancel({ bookingId: booking.id, by: "visitor" })).toMatchObject({ ok: true });
    await syncMeeting(booking);
    expect(await eventsIn(keeper)).toEqual([]);
  });
});

describe("the copy that an organizer has of their own meeting's event in another calendar", () => {
  /** The organizer is invited to the event as a co-host would be. */
  async function invitedToOwn() {
    const { organizer, keeper, booking } = await keptByAnother();
    const { calendarEventId } = await meetingOf(booking.meetingId);
    const attendees = [
      { emailAddress: { address: organizer.email, name: "Host" }, type: "required" as const },
    ];
    await stage.control.changeEvent(keeper.email, calendarEventId ?? "", { attendees });
    return { organizer, keeper, booking, eventId: calendarEventId ?? "" };
  }

  it("an organizer's copy of their own meeting's event carries no mark, has another id, and is known as ours all the same", async () => {
    const { organizer, eventId } = await invitedToOwn();
    await readCalendar(organizer);
    const [copy, ...others] = await copiesOf(organizer);
    expect(others).toEqual([]);
    expect(copy).toMatchObject({ isOwn: true, iCalUId: expect.stringMatching(/^0400/) });
    expect(copy?.eventId).not.toBe(eventId);
  });

  it("an organizer's copy of their own meeting's event does not keep visitors away once the booking has made room, nor where the calendar is asked live", async () => {
    const { organizer, booking } = await invitedToOwn();
    await readCalendar(organizer);
    const { startsAt, endsAt } = await meetingOf(booking.meetingId);
    const stretch = { start: startsAt.getTime(), end: endsAt.getTime() };
    expect((await readCopy(organizer.id, stretch, "UTC")).busy).toEqual([]);
    expect(await checkCalendar(organizer.id, stretch, "UTC")).toEqual({ ok: true, value: [] });
  });

  it("an organizer's copy of their own meeting's event is known where the other is the host, and the organizer's time is claimed for it", async () => {
    const { organizer, keeper, booking } = await invitedToOwn();
    await db().meeting.update({ where: { id: booking.meetingId }, data: { hostId: keeper.id } });
    await readCalendar(organizer);
    const { startsAt, endsAt } = await meetingOf(booking.meetingId);
    const stretch = { start: startsAt.getTime(), end: endsAt.getTime() };
    expect((await readCopy(organizer.id, stretch, "UTC")).busy).toEqual([]);
    expect(await checkCalendar(organizer.id, stretch, "UTC")).toEqual({ ok: true, value: [] });
  });

  it("an organizer's copy of their own meeting's event is no reason to think that the event is gone when the organizer deletes it", async () => {
    const { organizer, booking } = await invitedToOwn();
    await readCalendar(organizer);
    const [copy] = await copiesOf(organizer);
    await stage.control.deleteEvent(organizer.email, copy?.eventId ?? "");
    await readCalendar(organizer);
    expect((await meetingOf(booking.meetingId)).compareWantedAt).toBeNull();
  });

  it("an organizer's copy of their own meeting's event keeps visitors away where the organizer is only someone's guest", async () => {
    const host = await stage.connected({ location: { kind: "teams" } });
    const guest = await stage.connected();
    const { meetingId } = await booked(host);
    await syncMeeting({ meetingId });
    const { calendarEventId, startsAt, endsAt } = await meetingOf(meetingId);
    const attendees = [{ emailAddress: { address: guest.email, name: "Guest" }, type: "required" as const }];
    await stage.control.changeEvent(host.email, calendarEventId ?? "", { attendees });
    await readCalendar(guest);
    const stretch = { start: startsAt.getTime(), end: endsAt.getTime() };
    expect((await readCopy(guest.id, stretch, "UTC")).busy).toEqual([stretch]);
    expect(await checkCalendar(guest.id, stretch, "UTC")).toEqual({ ok: true, value: [stretch] });
  });
});

/** An organizer, and a mailbox that they may open, already added where `scope` allows it. */
async function sharing({ role = "write" as "read" | "write", isListed = false, hasTeams = true } = {}) {
  const organizer = await stage.connected({ location: { kind: "teams" } });
  await connectMicrosoft(organizer.id, organizer.email, undefined, "shared");
  const owner = await addMicrosoftAccount(stage.control, { name: "Support", hasTeams });
  const share = (sharedWith: { with: string; role: "read" | "write"; isListed: boolean }[]) =>
    stage.control.changeAccount(owner, { sharedWith });
  await share([{ with: organizer.email, role, isListed }]);
  return { organizer, owner, share };
}

/** The same with the calendar added, for conflicts and, with `isTarget`, for bookings. */
async function withShared({
  isTarget = false,
  ...more
}: Parameters<typeof sharing>[0] & { isTarget?: boolean }) {
  const shared = await sharing(more);
  const added = await addSharedCalendar(shared.organizer.scope, { address: shared.owner });
  if (!added.ok) throw new Error(added.error.code);
  await startsOnceRead(shared.organizer, day);
  if (isTarget) await addBookingsTo(shared.organizer, added.value.id);
  return { ...shared, calendarId: added.value.id };
}

async function addBookingsTo({ scope }: Person, targetId: string): Promise<void> {
  const overview = await getCalendarChoices(scope);
  if (!overview) throw new Error("not connected");
  const saved = await saveCalendarChoices(scope, { ...toChoices(overview), targetId });
  if (!saved.ok) throw new Error(saved.error.code);
}

const day = dateAhead(5);
const at10 = `${day}T10:00:00.000Z`;
const startOf = (instant: string) => expect.stringContaining(instant.slice(0, 16));
const at11 = `${day}T11:00:00.000Z`;
const mailboxEvents = async (email: string) => (await stage.control.mailbox(email)).events;
const calendarRow = (id: string) => db().syncedCalendar.findUniqueOrThrow({ where: { id } });

describe("a calendar of someone else that is checked for conflicts", () => {
  it("a calendar of someone else needs a permission of its own, and its owner to have shared it", async () => {
    const organizer = await stage.connected();
    const owner = await addMicrosoftAccount(stage.control);
    const add = (address: string) => addSharedCalendar(organizer.scope, { address });
    expect(await add(owner)).toMatchObject({ error: { code: "not_allowed" } });
    expect(await getConnection(organizer.scope, "teams")).toMatchObject({
      state: "connected",
      missingScopes: [],
    });
    await connectMicrosoft(organizer.id, organizer.email, undefined, "shared");
    for (const unsharedAnswer of ["403 ErrorAccessDenied", "404 ErrorItemNotFound"] as const) {
      await stage.control.changeSettings({ unsharedAnswer });
      expect(await add(owner)).toMatchObject({ error: { code: "no_access" } });
    }
    await stage.control.changeSettings({ unsharedAnswer: "403 ErrorAccessDenied" });
    expect(await add("no.one@contoso.example")).toMatchObject({ error: { code: "no_access" } });
    expect(await add(organizer.email)).toMatchObject({ error: { code: "own" } });
    await stage.control.changeAccount(owner, { sharedWith: [{ with: organizer.email, role: "read" }] });
    expect(await add(owner)).toMatchObject({ ok: true });
    expect(await add(owner)).toMatchObject({ ok: true });
    expect((await getCalendarChoices(organizer.scope))?.calendars).toMatchObject([
      { isDefault: true, ownerAddress: null },
      { name: "A Person", ownerAddress: owner, canEdit: false, blocks: true },
    ]);
    // What an organization opens for this server was not shared with its organizer.
    await db().meetingProviderConnection.updateMany({
      where: { userId: organizer.id },
      data: { managed: true },
    });
    expect(await add(owner)).toMatchObject({ error: { code: "not_offered" } });
  });

  it("a calendar of someone else keeps visitors away from its busy times, by polling and in the check while booking", async () => {
    const { organizer, owner, calendarId } = await withShared({ role: "read" });
    await stage.control.createEvent(owner, busyFrom(day, "10:00", "11:00"));
    // Not read yet: the check while booking finds it.
    expect(await book(requestFor(organizer, at10))).toMatchObject({ error: { code: "slot_taken" } });
    await syncCalendar(calendarId);
    const { starts } = await startsOn(organizer, day);
    expect(starts).not.toContain(at10);
    expect(starts).toContain(at11);
    expect(await stage.control.subscriptions(owner)).toEqual([]);
    const { nextPollAt, syncedAt } = await calendarRow(calendarId);
    expect(Number(nextPollAt) - Number(syncedAt)).toBeLessThanOrEqual(120_000 + 60_000);
  });

  it("a calendar of someone else that is to be left alone doesn't hold up the account's own, nor the other way round", async () => {
    const { organizer, owner, calendarId } = await withShared({ role: "read" });
    const [own] = await calendarsOf(organizer);
    const leftAlone = { status: 429, code: "ApplicationThrottled", retryAfter: 60, times: null };
    await stage.control.graphFault({ ...leftAlone, account: owner });
    expect(await syncCalendar(calendarId)).toBe("throttled");
    expect(await syncCalendar(own?.id ?? "")).toBe("done");
    await stage.control.clearFaults();
    expect(await syncCalendar(calendarId)).toBe("done");
    await stage.control.graphFault({ ...leftAlone, account: organizer.email });
    expect(await syncCalendar(own?.id ?? "")).toBe("throttled");
    await stage.control.clearFaults();
    expect(await syncCalendar(own?.id ?? "")).toBe("throttled");
    expect(await syncCalendar(calendarId)).toBe("done");
  });

  it("a calendar of someone else shows the bookings of others who write to it as taken, and one's own as one's own", async () => {
    const { organizer, owner, share } = await withShared({ isTarget: true });
    const colleague = await stage.connected({ location: { kind: "teams" } });
    await connectMicrosoft(colleague.id, colleague.email, undefined, "shared");
    await share([organizer, colleague].map(({ email }) => ({ with: email, role: "write", isListed: false })));
    await addSharedCalendar(colleague.scope, { address: owner });
    await syncMeeting(await booked(organizer, at10));
    expect(await mailboxEvents(owner)).toHaveLength(1);
    expect(await book(requestFor(colleague, at10))).toMatchObject({ error: { code: "slot_taken" } });
    const cancelled = await db().booking.findFirstOrThrow({ where: { ownerId: organizer.id } });
    await db().booking.update({ where: { id: cancelled.id }, data: { status: "cancelled" } });
    await db().timeClaim.deleteMany({ where: { hostId: organizer.id } });
    expect(
      await checkCalendar(organizer.id, { start: Date.parse(at10), end: Date.parse(at10) + 1800_000 }, "UTC"),
    ).toMatchObject({ ok: true, value: [] });
  });

  it("a calendar of someone else that is shared no longer closes the times, says so, and lets no one book on a guess", async () => {
    for (const unsharedAnswer of ["403 ErrorAccessDenied", "404 ErrorItemNotFound"] as const) {
      await stage.control.changeSettings({ unsharedAnswer });
      const { organizer, owner, share, calendarId } = await withShared({ role: "read" });
      await share([]);
      expect(await book(requestFor(organizer, at10))).toMatchObject({
        error: { code: "calendar_unavailable" },
      });
      expect(await syncCalendar(calendarId)).toBe("access_denied");
      await age(organizer, 16);
      expect((await startsOn(organizer, day)).starts).toEqual([]);
      const overview = await getCalendarChoices(organizer.scope);
      expect(overview && findClosing(overview, Date.now())).toMatchObject({
        name: "Support",
        problem: "access_denied",
        isShared: true,
      });
      expect(await getConnection(organizer.scope, "teams")).toMatchObject({ state: "connected" });
      await notifyClosed();
      const mail = await db().mail.findFirstOrThrow({
        where: { kind: "calendar-unreadable" },
        orderBy: { createdAt: "desc" },
      });
      expect(mail.subject).toContain("Support is no longer shared with you");
      await share([{ with: organizer.email, role: "read", isListed: false }]);
      await syncCalendar(calendarId);
      expect((await startsOn(organizer, day)).starts).toContain(at10);
      expect(owner).toBeTruthy();
    }
    await stage.control.changeSettings({ unsharedAnswer: "403 ErrorAccessDenied" });
  });

  it("a calendar of someone else in the account's own list is known as theirs, and stays when it vanishes from there", async () => {
    for (const sharedListScope of ["needed", "not_needed"] as const) {
      await stage.control.changeSettings({ sharedListScope });
      const { organizer, owner, share } = await sharing({ isListed: true });
      await readCalendar(organizer);
      const connection = await db().meetingProviderConnection.findFirstOrThrow({
        where: { userId: organizer.id },
      });
      await refreshCalendars(connection);
      const listed = (await calendarsOf(organizer)).find(({ ownerAddress }) => ownerAddress === owner);
      expect(listed).toMatchObject({ name: "Support", canEdit: true, blocks: false });
      const overview = await getCalendarChoices(organizer.scope);
      if (!overview || !listed) throw new Error("not listed");
      const choices = toChoices(overview);
      await saveCalendarChoices(organizer.scope, {
        ...choices,
        blockingIds: [...choices.blockingIds, listed.id],
      });
      await stage.control.createEvent(owner, busyFrom(day, "10:00", "11:00"));
      expect(await syncCalendar(listed.id)).toBe("done");
      expect((await startsOnceRead(organizer, day)).starts).not.toContain(at10);
      await share([]);
      await refreshCalendars(connection);
      expect(await syncCalendar(listed.id)).toBe("access_denied");
      expect((await startsOn(organizer, day)).starts).not.toContain(at10);
    }
    await stage.control.changeSettings({ sharedListScope: "needed" });
  });
});

describe("a calendar of someone else that bookings are added to", () => {
  const oneOf = async (email: string) => {
    const [event, ...others] = await mailboxEvents(email);
    expect(others).toEqual([]);
    if (!event) throw new Error("no event");
    return event;
  };

  /** A booking whose event is in someone else's calendar is moved there, and gone from it once it is cancelled. */
  const movesAndGoes = async (given: {
    bookingId: string;
    meetingId: string;
    owner: string;
    eventId: string;
  }) => {
    const { bookingId, meetingId, owner, eventId } = given;
    await reschedule({ bookingId, start: Date.parse(at11), by: "visitor" });
    await syncMeeting({ meetingId });
    expect(await oneOf(owner)).toMatchObject({ id: eventId, start: { dateTime: startOf(at11) } });
    await cancel({ bookingId, by: "organizer" });
    await syncMeeting({ meetingId });
    expect(await mailboxEvents(owner)).toEqual([]);
  };

  it("bookings are made there with a link that was read back, moved there, and cancelled there", async () => {
    const { organizer, owner } = await withShared({ isTarget: true });
    const { id: bookingId, meetingId } = await booked(organizer, at10);
    await syncMeeting({ meetingId });
    const event = await oneOf(owner);
    expect(await mailboxEvents(organizer.email)).toEqual([]);
    expect(await meetingOf(meetingId)).toMatchObject({
      status: "ready",
      joinUrl: event.onlineMeeting?.joinUrl,
      calendarEventId: event.id,
      sharedCalendar: `mailbox:${owner}`,
    });
    expect(event.onlineMeeting?.joinUrl).toContain("teams.microsoft.com");
    await movesAndGoes({ bookingId, meetingId, owner, eventId: event.id });
  });

  it("bookings are made, moved, and cancelled through its entry in the account's own list, too", async () => {
    const { organizer, owner } = await sharing({ isListed: true });
    await startsOnceRead(organizer, day);
    await refreshCalendars(
      await db().meetingProviderConnection.findFirstOrThrow({ where: { userId: organizer.id } }),
    );
    const listed = (await calendarsOf(organizer)).find(({ ownerAddress }) => ownerAddress === owner);
    expect(listed?.calendarId).not.toMatch(/^mailbox:/);
    await addBookingsTo(organizer, listed?.id ?? "");
    const { id: bookingId, meetingId } = await booked(organizer, at10);
    await syncMeeting({ meetingId });
    const event = await oneOf(owner);
    expect(await mailboxEvents(organizer.email)).toEqual([]);
    expect(await meetingOf(meetingId)).toMatchObject({
      status: "ready",
      joinUrl: event.onlineMeeting?.joinUrl,
      sharedCalendar: listed?.calendarId,
    });
    await movesAndGoes({ bookingId, meetingId, owner, eventId: event.id });
  });

  it("an erased visitor is taken out of an event in it", async () => {
    const { organizer, owner } = await withShared({ isTarget: true });
    const { id: bookingId, meetingId } = await booked(organizer, at10);
    await syncMeeting({ meetingId });
    const { visitorEmail } = await db().booking.findUniqueOrThrow({ where: { id: bookingId } });
    expect(JSON.stringify(await oneOf(owner))).toContain(visitorEmail);
    const [startsAt, endsAt] = [
      new Date(`${dateAhead(-2)}T10:00:00Z`),
      new Date(`${dateAhead(-2)}T10:30:00Z`),
    ];
    await db().booking.update({ where: { id: bookingId }, data: { startsAt, endsAt } });
    await db().meeting.update({ where: { id: meetingId }, data: { startsAt, endsAt } });
    await eraseVisitor({ bookingId, scope: organizer.scope, placeholder: "Removed" });
    await eraseFromEvents();
    expect((await oneOf(owner)).attendees).toEqual([]);
  });

  it("what is done to such an event is found by polling", async () => {
    const { organizer, owner, calendarId } = await withShared({ isTarget: true });
    const { meetingId } = await booked(organizer, at10);
    await syncMeeting({ meetingId });
    await syncCalendar(calendarId);
    const event = await oneOf(owner);
    await stage.control.deleteEvent(owner, event.id);
    await syncCalendar(calendarId);
    expect((await meetingOf(meetingId)).compareWantedAt).not.toBeNull();
    await compareMeeting({ meetingId, isRemoved: true });
    expect(await db().booking.findFirstOrThrow({ where: { ownerId: organizer.id } })).toMatchObject({
      status: "cancelled",
    });
  });

  it("bookings in it go on after it was taken off the list, and new ones go to the account's own", async () => {
    const { organizer, owner, calendarId } = await withShared({ isTarget: true });
    const old = await booked(organizer, at10);
    await syncMeeting(old);
    expect(await removeSharedCalendar(organizer.scope, calendarId)).toBe(true);
    await reschedule({ bookingId: old.id, start: Date.parse(at11), by: "visitor" });
    await syncMeeting(old);
    expect(await oneOf(owner)).toMatchObject({ start: { dateTime: startOf(at11) } });
    const own = (await calendarsOf(organizer)).find(({ isDefault }) => isDefault);
    expect((await getCalendarChoices(organizer.scope))?.targetId).toBe(own?.id);
    const fresh = await booked(organizer, `${day}T14:00:00.000Z`);
    await syncMeeting(fresh);
    expect((await oneOf(organizer.email)).id).toBe((await meetingOf(fresh.meetingId)).calendarEventId);
    await cancel({ bookingId: old.id, by: "organizer" });
    await syncMeeting(old);
    expect(await mailboxEvents(owner)).toEqual([]);
  });

  it("bookings go to the account's own where the calendar isn't shared any more, and those in it wait", async () => {
    const { organizer, owner, share, calendarId } = await withShared({ isTarget: true });
    const old = await booked(organizer, at10);
    await syncMeeting(old);
    await share([]);
    await db().syncedCalendar.update({ where: { id: calendarId }, data: { blocks: false } });
    const fresh = await booked(organizer, `${day}T14:00:00.000Z`);
    await syncMeeting(fresh);
    expect(await meetingOf(fresh.meetingId)).toMatchObject({
      status: "ready",
      sharedCalendar: null,
      calendarEventId: (await oneOf(organizer.email)).id,
    });
    const notes = await db().flightEntry.findMany({ where: { bookingId: fresh.id } });
    expect(notes.map(({ step }) => step)).toContain("shared_calendar_closed");
    await cancel({ bookingId: old.id, by: "organizer" });
    await syncMeeting(old);
    // Nothing is taken for gone because it can't be seen.
    expect(await meetingOf(old.meetingId)).toMatchObject({
      problem: "access_denied",
      sharedCalendar: `mailbox:${owner}`,
    });
    await share([{ with: organizer.email, role: "write", isListed: false }]);
    await syncMeeting(old);
    expect(await mailboxEvents(owner)).toEqual([]);
  });

  it("a mailbox without Teams gets no Teams bookings, and one that may only be read gets none", async () => {
    const { organizer, owner } = await withShared({ isTarget: true, hasTeams: false });
    const { meetingId } = await booked(organizer, at10);
    await syncMeeting({ meetingId });
    expect(await mailboxEvents(owner)).toEqual([]);
    expect((await oneOf(organizer.email)).onlineMeeting?.joinUrl).toBe((await meetingOf(meetingId)).joinUrl);
    const readable = await withShared({ role: "read" });
    await expect(addBookingsTo(readable.organizer, readable.calendarId)).rejects.toThrow("not_writable");
  });

  it("the meeting's options are left to its owner, whatever the event type wants", async () => {
    const { organizer } = await withShared({ isTarget: true });
    const meetingOptions = { lobby: "everyone" };
    await db().eventType.update({ where: { id: organizer.eventTypeId }, data: { meetingOptions } });
    const { meetingId } = await booked(organizer, at10);
    await syncMeeting({ meetingId });
    expect(await meetingOf(meetingId)).toMatchObject({
      status: "ready",
      optionsOutcome: {
        state: "given_up",
        untaken: expect.arrayContaining([expect.objectContaining({ option: "lobby", why: "not_found" })]),
      },
    });
    const asked = await stage.control.requests({ account: organizer.email, path: "/v1.0/me/onlineMeetings" });
    expect(asked).toEqual([]);
  });

  it("bookings in it are cancelled after the account was disconnected and another one connected", async () => {
    const { organizer, owner } = await withShared({ isTarget: true });
    const old = await booked(organizer, at10);
    await syncMeeting(old);
    const other = await addMicrosoftAccount(stage.control);
    await connectMicrosoft(organizer.id, other, "keep");
    await cancel({ bookingId: old.id, by: "organizer" });
    await syncMeeting(old);
    expect(await mailboxEvents(owner)).toEqual([]);
    expect((await calendarsOf(organizer)).map(({ ownerAddress }) => ownerAddress)).not.toContain(owner);
  });
});
