import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { book } from "@/lib/booking/book";
import { checkCalendar } from "@/lib/booking/calendar-check";
import { cancel } from "@/lib/booking/cancel";
import { reschedule } from "@/lib/booking/reschedule";
import { compareMeeting } from "@/lib/calendar-sync/compare-meeting";
import { readCopy } from "@/lib/calendars/copy";
import { syncConnection } from "@/lib/calendars/sync-connection";
import { disconnect } from "@/lib/connections/disconnect";
import { db } from "@/lib/database/client";
import { syncMeeting } from "@/lib/meetings/sync-meeting";
import { openSyncStage, type Person, type SyncStage } from "@/tests/integration/calendar-sync/sync-stage";
import { connectMicrosoft } from "@/tests/support/microsoft";
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
