import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { book } from "@/lib/booking/book";
import { cancel } from "@/lib/booking/cancel";
import { reschedule } from "@/lib/booking/reschedule";
import { getOwnBooking } from "@/lib/booking-record/queries";
import { compareMeeting } from "@/lib/calendar-sync/compare-meeting";
import { listDrifts } from "@/lib/calendar-sync/drift";
import { sweepEvents } from "@/lib/calendar-sync/sweep-events";
import { noticeOwnEvents } from "@/lib/calendars/changes";
import { syncCalendar } from "@/lib/calendars/sync-calendar";
import { db } from "@/lib/database/client";
import { listFlight } from "@/lib/flight-recorder/queries";
import { repairMeeting } from "@/lib/meetings/repair";
import { sweepRetired } from "@/lib/meetings/retired-events";
import { sweepMeetings } from "@/lib/meetings/sweep";
import { markId } from "@/lib/meetings/teams/events";
import type { GraphFaultInput } from "@/tests/emulator/faults";
import { eventually } from "@/tests/support/eventually";
import { readMailsTo } from "@/tests/support/mails";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";
import { retireNow } from "@/tests/support/retired-events";
import { openWorkingStage, type WorkingStage } from "@/tests/support/working-stage";

vi.setConfig({ testTimeout: 120_000 });

let stage: WorkingStage;
beforeAll(async () => {
  stage = await openWorkingStage();
});
afterAll(() => stage.close());
afterEach(() => stage.microsoft.control.clearFaults());

const control = () => stage.microsoft.control;

async function staged(eventType: object = {}) {
  return stage.connect(await makeOrganizer(eventType));
}
type Organizer = Awaited<ReturnType<typeof staged>>;

/** A booking, once its event is in the calendar and its link is verified. */
async function booked(organizer: Organizer, start = hourAhead(3)) {
  const { bookingId, visitor } = await asked(organizer, start);
  const meeting = await eventually(
    () => meetingOf(bookingId),
    ({ status }) => status === "ready",
  );
  return { bookingId, visitor, meetingId: meeting.id, eventId: meeting.calendarEventId ?? "" };
}

async function asked(organizer: Organizer, start = hourAhead(3)) {
  const request = requestFor(organizer, start);
  const outcome = await book(request);
  if (!outcome.ok) throw new Error(outcome.error.code);
  return { bookingId: outcome.value.id, visitor: request.visitor.email };
}

const bookingOf = (id: string) => db().booking.findUniqueOrThrow({ where: { id } });
const meetingOf = async (id: string) =>
  (await db().booking.findUniqueOrThrow({ where: { id }, include: { meeting: true } })).meeting;
const viewOf = async (organizer: Organizer, id: string) => getOwnBooking(organizer.scope, id);
const stepsOf = async (organizer: Organizer, id: string) =>
  (await listFlight(organizer.scope, id)).map(({ step }) => step);
const mailbox = (organizer: Organizer) => control().mailbox(organizer.email);
const kindsSent = async (organizer: Organizer) =>
  (await mailbox(organizer)).sentInvitations.map(({ kind }) => kind);
const startOf = (event: { start?: { dateTime?: string } | null } | undefined) =>
  Date.parse(`${event?.start?.dateTime?.slice(0, 19)}Z`);
const mailsTo = async ({ id }: Organizer) => {
  const { email } = await db().user.findUniqueOrThrow({ where: { id } });
  return (await readMailsTo(email)).filter(({ kind }) => kind === "booking-calendar-trouble");
};

async function calendarOf({ id }: Organizer) {
  return db().syncedCalendar.findFirstOrThrow({
    where: { isDefault: true, connection: { userId: id } },
    select: { id: true, connectionId: true },
  });
}

/** The look that comes once a day, now. */
async function sweepNow(meetingId: string) {
  await db().$executeRaw`
    UPDATE "Meeting" SET "createdAt" = now() - interval '1 hour', "compareDueAt" = now() - interval '1 minute'
    WHERE id = ${meetingId}::uuid`;
  await sweepEvents();
}

/** Until no job is left that would come within the next half a minute. */
async function untilCalm(meetingId: string) {
  let quiet = 0;
  await eventually(
    async () => {
      const [row] = await db().$queryRaw<{ busy: bigint }[]>`
        SELECT count(*) AS busy FROM jobs.job WHERE state IN ('created', 'retry', 'active')
          AND start_after < now() + interval '30 seconds'
          AND (data->>'meetingId' = ${meetingId} OR name = 'event.retire')`;
      quiet = Number(row?.busy) === 0 ? quiet + 1 : 0;
      return quiet;
    },
    (count) => count >= 10,
    60,
  );
}

async function age(meetingId: string, minutes: number) {
  await db()
    .$executeRaw`DELETE FROM jobs.job WHERE name = 'meeting.sync' AND data->>'meetingId' = ${meetingId}`;
  await db().$executeRaw`
    UPDATE "Meeting" SET "updatedAt" = now() - make_interval(mins => ${minutes}) WHERE id = ${meetingId}::uuid`;
}

describe("an event that Microsoft does not find", () => {
  const answers: [string, Partial<GraphFaultInput>][] = [
    ["ResourceNotFound", {}],
    ["ErrorItemNotFound, while the calendar shows it", { code: "ErrorItemNotFound" }],
    ["nothing at all", { body: "" }],
    ["an empty code", { body: { error: { code: "", message: "" } } }],
    ["a page", { body: "<h1>Not found</h1>" }],
    ["ErrorMailboxMoveInProgress", { code: "ErrorMailboxMoveInProgress" }],
  ];

  it("an event that Microsoft does not find keeps its booking, whatever its 404 says", async () => {
    const made = [];
    for (const [name, answer] of answers) {
      const organizer = await staged();
      made.push({ name, answer, organizer, ...(await booked(organizer)) });
    }
    await Promise.all(
      made.map(async ({ answer, organizer, ...one }) => {
        const { connectionId } = await calendarOf(organizer);
        const fault = { account: organizer.email, method: "GET", path: "/me/events/*", status: 404 } as const;
        await control().graphFault({ ...fault, times: null, code: "ResourceNotFound", ...answer });
        const changed = { connectionId, userId: organizer.id, eventId: one.eventId };
        await noticeOwnEvents([{ ...changed, kind: "updated" }]);
        await eventually(
          () => stepsOf(organizer, one.bookingId),
          (steps) => steps.includes("outlook_unclear"),
          60,
        );
        await compareMeeting({ meetingId: one.meetingId, isRemoved: true });
      }),
    );
    for (const { name, bookingId } of made) {
      expect([name, await bookingOf(bookingId)]).toMatchObject([
        name,
        { status: "confirmed", cancelledBy: null },
      ]);
      expect((await meetingOf(bookingId)).generation).toBe(1);
    }
    await control().clearFaults();
    for (const { organizer, meetingId, eventId } of made) {
      await untilCalm(meetingId);
      expect((await mailbox(organizer)).events.map(({ id }) => id)).toEqual([eventId]);
      expect(await kindsSent(organizer)).toEqual(["invitation"]);
    }
  });

  it("an event that Microsoft does not find keeps its booking, and makes no second event, while the whole mailbox is away for a while", async () => {
    const organizer = await staged();
    const { bookingId, meetingId, eventId } = await booked(organizer);
    const { id: calendarId } = await calendarOf(organizer);
    for (const code of ["ResourceNotFound", "ErrorItemNotFound", "MailboxNotEnabledForRESTAPI"]) {
      await control().changeAccount(organizer.email, { movingAnswer: { status: 404, code } });
      await sweepNow(meetingId);
      await compareMeeting({ meetingId, isRemoved: true });
      await syncCalendar(calendarId);
      await repairMeeting({ bookingId, scope: organizer.scope });
      await eventually(
        () => meetingOf(bookingId),
        ({ problem }) => problem !== null,
      );
    }
    const to = Date.parse(hourAhead(4, 15));
    await reschedule({ bookingId, start: to, by: "visitor" });
    await eventually(
      () => viewOf(organizer, bookingId),
      (view) => view?.meeting.outlook === "behind",
    );
    await control().changeAccount(organizer.email, { movingAnswer: null });
    await repairMeeting({ bookingId, scope: organizer.scope });
    await eventually(
      () => meetingOf(bookingId),
      ({ calendarStartsAt, problem }) => calendarStartsAt?.getTime() === to && problem === null,
    );
    await untilCalm(meetingId);
    expect(await bookingOf(bookingId)).toMatchObject({ status: "confirmed" });
    const { events } = await mailbox(organizer);
    expect(events.map((event) => [event.id, startOf(event)])).toEqual([[eventId, to]]);
    expect(await kindsSent(organizer)).toEqual(["invitation", "update"]);
    expect(await listDrifts(organizer.scope)).toEqual([]);
    expect((await viewOf(organizer, bookingId))?.meeting).toMatchObject({ status: "ready", outlook: null });
  });

  it("an event that Microsoft does not find cancels its booking once the calendar answers and does not show it", async () => {
    const organizer = await staged();
    const { bookingId, meetingId, eventId } = await booked(organizer);
    const away = { account: organizer.email, method: "GET", path: "/me/calendarView", status: 404 } as const;
    await control().graphFault({ ...away, code: "ErrorItemNotFound", times: null });
    await control().deleteEvent(organizer.email, eventId);
    await compareMeeting({ meetingId });
    expect(await bookingOf(bookingId)).toMatchObject({ status: "confirmed" });
    await control().clearFaults();
    await eventually(
      () => bookingOf(bookingId),
      ({ status, cancelledBy }) => status === "cancelled" && cancelledBy === "calendar",
      30,
    );
  });

  it("an event that Microsoft does not find is followed under another id, wherever its mailbox has been moved to", async () => {
    const organizer = await staged();
    const { bookingId, meetingId, eventId } = await booked(organizer);
    const { id: newId } = await control().giveNewId(organizer.email, eventId);
    const to = Date.parse(hourAhead(4, 15));
    await reschedule({ bookingId, start: to, by: "visitor" });
    await eventually(
      () => meetingOf(bookingId),
      (meeting) => meeting.calendarEventId === newId && meeting.calendarStartsAt?.getTime() === to,
    );
    const { id: newest } = await control().giveNewId(organizer.email, newId);
    await sweepNow(meetingId);
    await eventually(
      () => meetingOf(bookingId),
      ({ calendarEventId }) => calendarEventId === newest,
    );
    await untilCalm(meetingId);
    expect(await bookingOf(bookingId)).toMatchObject({ status: "confirmed" });
    expect((await mailbox(organizer)).events.map(({ id }) => id)).toEqual([newest]);
    await control().giveNewId(organizer.email, newest);
    await cancel({ bookingId, by: "visitor" });
    await eventually(
      () => mailbox(organizer),
      ({ events }) => events.length === 0,
    );
    expect(await kindsSent(organizer)).toEqual(["invitation", "update", "cancellation"]);
  });

  it("an event that Microsoft does not find that is one of a run asks the organizer, from the fourth within half an hour on", async () => {
    const organizer = await staged();
    const all = [];
    for (const hour of [8, 10, 12, 14]) all.push(await booked(organizer, hourAhead(3, hour)));
    for (const { eventId, meetingId } of all) {
      await control().deleteEvent(organizer.email, eventId);
      await compareMeeting({ meetingId });
    }
    const statuses = await Promise.all(all.map(async ({ bookingId }) => (await bookingOf(bookingId)).status));
    expect(statuses).toEqual(["cancelled", "cancelled", "cancelled", "confirmed"]);
    expect(await listDrifts(organizer.scope)).toMatchObject([{ kind: "removed", why: "many" }]);
  });
});

describe("a cancellation that Outlook does not take at once", () => {
  it("a cancellation that Outlook does not take at first goes on until it is done, shows meanwhile that the event is still there, and frees the time immediately", async () => {
    const organizer = await staged();
    const { bookingId } = await booked(organizer);
    const account = organizer.email;
    const locked = { status: 423, code: "Locked", times: 3 };
    await control().graphFault({ account, method: "POST", path: "/me/events/*/cancel", ...locked });
    await cancel({ bookingId, by: "visitor" });
    await eventually(
      () => viewOf(organizer, bookingId),
      (view) => view?.meeting.outlook === "left",
    );
    expect((await book(requestFor(organizer, hourAhead(3)))).ok).toBe(true);
    await eventually(
      () => viewOf(organizer, bookingId),
      (view) => view?.meeting.outlook === null,
      60,
    );
    const sent = (await mailbox(organizer)).sentInvitations.filter(({ kind }) => kind === "cancellation");
    expect(sent).toHaveLength(1);
    expect(await stepsOf(organizer, bookingId)).toEqual(
      expect.arrayContaining(["removal_waits", "meeting_removed"]),
    );
  });
});

describe("an answer that is final", () => {
  const refused = { status: 400, code: "ErrorInvalidRecipients" };

  it("an answer that is final is reported to the organizer once, and the meeting is taken up again by the sweep", async () => {
    const organizer = await staged();
    const fault = { account: organizer.email, method: "POST", path: "/me/events", times: null } as const;
    await control().graphFault({ ...fault, ...refused });
    const { bookingId } = await asked(organizer);
    const { id } = await eventually(
      () => meetingOf(bookingId),
      ({ status, problem }) => status === "failed" && problem === "refused",
    );
    await repairMeeting({ bookingId, scope: organizer.scope });
    await eventually(
      () => stepsOf(organizer, bookingId),
      (steps) => steps.filter((step) => step === "meeting_failed").length === 2,
    );
    expect(await mailsTo(organizer)).toHaveLength(1);
    await control().clearFaults();
    await age(id, 20);
    await sweepMeetings();
    await eventually(
      () => meetingOf(bookingId),
      ({ status, problem }) => status === "ready" && problem === null,
    );
    expect((await mailbox(organizer)).events).toHaveLength(1);
  });

  it("an answer that is final leaves no one with an event for good: cancelled, it is shown, reported, and goes at last", async () => {
    const organizer = await staged();
    const { bookingId, meetingId } = await booked(organizer);
    const account = organizer.email;
    for (const path of ["/me/events/*/cancel", "/me/events/*"]) {
      const method = path.endsWith("cancel") ? "POST" : "DELETE";
      const denied = { status: 403, code: "ErrorAccessDenied", times: null };
      await control().graphFault({ account, method, path, ...denied });
    }
    await cancel({ bookingId, by: "visitor" });
    await eventually(
      () => mailsTo(organizer),
      (mails) => mails.length === 1,
    );
    const [mail] = await mailsTo(organizer);
    expect(mail?.subject).toContain("Still in your Outlook");
    expect((await viewOf(organizer, bookingId))?.meeting.outlook).toBe("left");
    await control().clearFaults();
    await age(meetingId, 80);
    await sweepMeetings();
    await eventually(
      () => mailbox(organizer),
      ({ events }) => events.length === 0,
    );
    await eventually(
      () => viewOf(organizer, bookingId),
      (view) => view?.meeting.outlook === null,
    );
  });

  it("an answer that is final ends with a repair as soon as its cause is gone", async () => {
    const organizer = await staged();
    const { bookingId } = await booked(organizer);
    const fault = { account: organizer.email, method: "PATCH", path: "/me/events/*", times: null } as const;
    await control().graphFault({ ...fault, ...refused });
    const to = Date.parse(hourAhead(4, 15));
    await reschedule({ bookingId, start: to, by: "visitor" });
    await eventually(
      () => viewOf(organizer, bookingId),
      (view) => view?.meeting.outlook === "behind",
    );
    expect(await mailsTo(organizer)).toHaveLength(1);
    await control().clearFaults();
    await repairMeeting({ bookingId, scope: organizer.scope });
    await eventually(
      () => meetingOf(bookingId),
      ({ calendarStartsAt }) => calendarStartsAt?.getTime() === to,
    );
  });
});

describe("an event of ours that no meeting owns", () => {
  const twin = (meetingId: string, days: number) => {
    const start = hourAhead(days, 16).slice(0, 19);
    return {
      subject: "A twin",
      start: { dateTime: start, timeZone: "UTC" },
      end: { dateTime: start.replace(":00:00", ":30:00"), timeZone: "UTC" },
      attendees: [{ emailAddress: { address: "visitor@example.org", name: "V" }, type: "required" as const }],
      singleValueExtendedProperties: [{ id: markId, value: meetingId }],
    };
  };

  it("an event of ours that no meeting owns is found by the daily look and removed; events of another Bellhop, of others and of the past stay", async () => {
    const organizer = await staged();
    const { meetingId, eventId } = await booked(organizer);
    const account = organizer.email;
    await control().createEvent(account, twin(meetingId, 5));
    const stranger = await control().createEvent(account, twin("0199aaaa-0000-7000-8000-000000000001", 5));
    const past = await control().createEvent(account, twin(meetingId, -2));
    const own = await control().createEvent(account, {
      ...twin(meetingId, 5),
      singleValueExtendedProperties: [],
    });
    await sweepNow(meetingId);
    const kept = [eventId, stranger.id, past.id, own.id].sort();
    await eventually(
      async () => {
        await retireNow(organizer.id);
        return (await mailbox(organizer)).events.map(({ id }) => id).sort();
      },
      (ids) => JSON.stringify(ids) === JSON.stringify(kept),
      60,
    );
    await eventually(
      () => db().retiredEvent.count({ where: { meetingId } }),
      (count) => count === 0,
    );
  });

  it("an event of ours that no meeting owns is found for a booking that was cancelled, too", async () => {
    const organizer = await staged();
    const { bookingId, meetingId } = await booked(organizer);
    await cancel({ bookingId, by: "visitor" });
    await eventually(
      () => mailbox(organizer),
      ({ events }) => events.length === 0,
    );
    await untilCalm(meetingId);
    await control().createEvent(organizer.email, twin(meetingId, 5));
    await sweepNow(meetingId);
    await eventually(
      async () => {
        await retireNow(organizer.id);
        return mailbox(organizer);
      },
      ({ events }) => events.length === 0,
      60,
    );
  });

  it("an event of ours that no meeting owns goes though its first tries fail and its job is lost", async () => {
    const organizer = await staged();
    const { bookingId, meetingId, eventId } = await booked(organizer);
    const account = organizer.email;
    await control().stripTeams(account, eventId);
    await control().graphFault({ account, method: "POST", path: "/me/events/*/cancel", times: null });
    await compareMeeting({ meetingId });
    await eventually(
      () => viewOf(organizer, bookingId),
      (view) => view?.meeting.outlook === "superseded" && view.meeting.status === "ready",
      60,
    );
    await db().$executeRaw`DELETE FROM jobs.job WHERE name = 'event.retire'`;
    await db().retiredEvent.updateMany({ data: { dueAt: new Date(Date.now() - 120_000) } });
    await control().clearFaults();
    await sweepRetired();
    const left = await eventually(
      () => mailbox(organizer),
      ({ events }) => events.length === 1,
    );
    expect(left.events[0]?.id).not.toBe(eventId);
    expect(left.events[0]?.id).toBe((await meetingOf(bookingId)).calendarEventId);
    await eventually(
      () => viewOf(organizer, bookingId),
      (view) => view?.meeting.outlook === null,
    );
  });
});
