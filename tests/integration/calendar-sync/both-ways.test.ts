import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { book } from "@/lib/booking/book";
import { reschedule } from "@/lib/booking/reschedule";
import { getOwnBooking } from "@/lib/booking-record/queries";
import { answerDrift } from "@/lib/calendar-sync/answer-drift";
import { compareMeeting } from "@/lib/calendar-sync/compare-meeting";
import { countDrifts, listDrifts } from "@/lib/calendar-sync/drift";
import { sweepEvents } from "@/lib/calendar-sync/sweep-events";
import { noticeOwnEvents } from "@/lib/calendars/changes";
import { requestSync } from "@/lib/calendars/jobs";
import { syncModeOf } from "@/lib/calendars/subscriptions";
import { db } from "@/lib/database/client";
import { listFlight } from "@/lib/flight-recorder/queries";
import type { Worker } from "@/lib/jobs/runner";
import { repairMeeting } from "@/lib/meetings/repair";
import { prepareJobs, startAllWork } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { eventually } from "@/tests/support/eventually";
import { type GraphFront, openGraphFront } from "@/tests/support/graph-front";
import { readMailsTo } from "@/tests/support/mails";
import {
  addMicrosoftAccount,
  connectMicrosoft,
  startMicrosoft,
  type TestMicrosoft,
} from "@/tests/support/microsoft";
import { hourAhead, makeOrganizer, requestFor, type TestOrganizer } from "@/tests/support/organizer";
import { retireNow } from "@/tests/support/retired-events";

// Each waits for Microsoft, jobs and mails to come to rest, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 });

let database: TestDatabase;
let microsoft: TestMicrosoft;
let front: GraphFront;
let worker: Worker;

beforeAll(async () => {
  front = await openGraphFront();
  microsoft = await startMicrosoft();
  database = await createTestDatabase({ ...microsoft.variables, APP_URL: front.url });
  await prepareJobs();
  worker = await startAllWork();
});
afterAll(async () => {
  await worker.stop();
  await database.cleanup();
  await microsoft.emulator.close();
  await front.close();
});
beforeEach(async () => {
  front.isOpen = true;
  await microsoft.control.clearFaults();
});

interface Stage {
  organizer: TestOrganizer;
  email: string;
  bookingId: string;
  visitor: string;
  meetingId: string;
  eventId: string;
}

/** An organizer whom Microsoft calls about, with one confirmed booking in their calendar. */
async function stage(eventType: object = {}, days = 3): Promise<Stage> {
  const organizer = await makeOrganizer(eventType);
  const email = await addMicrosoftAccount(microsoft.control);
  await connectMicrosoft(organizer.id, email);
  const { id } = await db().meetingProviderConnection.findFirstOrThrow({ where: { userId: organizer.id } });
  await eventually(
    () => syncModeOf({ id }),
    ({ mode }) => mode === "push",
  );
  return { organizer, email, ...(await booked(organizer, hourAhead(days))) };
}

async function booked(organizer: TestOrganizer, start: string) {
  const request = requestFor(organizer, start);
  const outcome = await book(request);
  if (!outcome.ok) throw new Error(`not booked: ${outcome.error.code}`);
  const { id: bookingId } = outcome.value;
  const meeting = await eventually(
    async () =>
      (await db().booking.findUniqueOrThrow({ where: { id: bookingId }, include: { meeting: true } }))
        .meeting,
    ({ calendarEventId, status, kind }) =>
      calendarEventId !== null && (status === "ready" || kind !== "teams"),
  );
  await eventually(
    () => mailsTo(request.visitor.email),
    (mails) => mails.some(({ kind }) => kind === "booking-confirmed"),
  );
  return {
    bookingId,
    visitor: request.visitor.email,
    meetingId: meeting.id,
    eventId: meeting.calendarEventId ?? "",
  };
}

const mailsTo = (address: string) => readMailsTo(address);
const kindsTo = async (address: string) => (await mailsTo(address)).map(({ kind }) => kind);
const bookingOf = ({ bookingId }: Stage) => db().booking.findUniqueOrThrow({ where: { id: bookingId } });
const meetingOf = ({ meetingId }: Stage) => db().meeting.findUniqueOrThrow({ where: { id: meetingId } });
const driftsOf = ({ organizer }: Stage) => listDrifts(organizer.scope);
const stepsOf = async ({ organizer, bookingId }: Stage) =>
  (await listFlight(organizer.scope, bookingId)).map(({ step }) => step);
const events = async ({ email }: Stage) => (await microsoft.control.mailbox(email)).events;
const eventAt = async (given: Stage, id = given.eventId) =>
  (await events(given)).find((event) => event.id === id);

const times = (startsAt: number, minutes = 30) => ({
  start: { dateTime: new Date(startsAt).toISOString().slice(0, 19), timeZone: "UTC" },
  end: { dateTime: new Date(startsAt + minutes * 60_000).toISOString().slice(0, 19), timeZone: "UTC" },
});

/** The organizer drags the event to another time in Outlook. */
const drag = ({ email, eventId }: Stage, startsAt: number, minutes = 30) =>
  microsoft.control.changeEvent(email, eventId, times(startsAt, minutes));

const organizerMail = async ({ organizer }: Stage) =>
  (await db().user.findUniqueOrThrow({ where: { id: organizer.id } })).email;

/** Until nothing is left to be done or said about the meeting, so that what did not happen can be seen. */
async function untilCalm({ meetingId }: Stage): Promise<void> {
  let quiet = 0;
  await eventually(
    async () => {
      const [row] = await db().$queryRaw<{ busy: bigint }[]>`
        SELECT (SELECT count(*) FROM jobs.job WHERE state IN ('created', 'retry', 'active')
                 AND (data->>'meetingId' = ${meetingId} OR name = 'calendar.notices'))
             + (SELECT count(*) FROM "Booking"
                 WHERE "meetingId" = ${meetingId}::uuid AND "mailsDueAt" <= now() + interval '30 seconds')
             + (SELECT count(*) FROM "CalendarNotice") AS busy`;
      const { pending } = await microsoft.control.deliveries();
      quiet = Number(row?.busy) + pending === 0 ? quiet + 1 : 0;
      return quiet;
    },
    (count) => count >= 12,
    90,
  );
}

const at = (days: number, hour: number) => Date.parse(hourAhead(days, hour));

describe("an event that the organizer moves in Outlook", () => {
  it("an event that the organizer moves in Outlook takes its booking along; the visitor is notified once, however often and in whatever order Microsoft says it", async () => {
    const given = await stage();
    await microsoft.control.changeDelivery(given.email, { repeat: 3, reorder: true });
    const to = at(4, 15);
    await drag(given, to);
    await eventually(
      () => bookingOf(given),
      ({ startsAt }) => startsAt.getTime() === to,
    );
    await untilCalm(given);
    expect(await bookingOf(given)).toMatchObject({
      changedBy: "calendar",
      rescheduleCount: 1,
      status: "confirmed",
    });
    expect((await meetingOf(given)).generation).toBe(1);
    const steps = await stepsOf(given);
    expect(steps.filter((step) => step === "rescheduled")).toHaveLength(1);
    expect((await kindsTo(given.visitor)).filter((kind) => kind === "booking-rescheduled")).toHaveLength(1);
    const [mail] = (await mailsTo(await organizerMail(given))).filter(
      ({ kind }) => kind === "booking-organizer-rescheduled",
    );
    expect(mail?.text).toContain("You moved the event in Outlook");
    expect(await driftsOf(given)).toEqual([]);
    const patches = await microsoft.control.requests({ account: given.email, method: "PATCH" });
    expect(patches.filter(({ path }) => path.includes("/me/events/"))).toEqual([]);
    // The old time is free, the new one is taken.
    expect((await book(requestFor(given.organizer, hourAhead(3)))).ok).toBe(true);
    expect((await book(requestFor(given.organizer, hourAhead(4, 15)))).ok).toBe(false);
  });

  it("an event that the organizer moves in Outlook takes its booking along when it is only made longer", async () => {
    const given = await stage();
    const { startsAt } = await bookingOf(given);
    await drag(given, startsAt.getTime(), 75);
    await eventually(
      () => bookingOf(given),
      ({ endsAt }) => endsAt.getTime() === startsAt.getTime() + 75 * 60_000,
    );
    expect((await getOwnBooking(given.organizer.scope, given.bookingId))?.meeting.status).toBe("ready");
  });

  it("an event that the organizer moves in Outlook sends one new invitation with a higher sequence where Bellhop invites", async () => {
    const given = await stage({ invitations: "bellhop" });
    await drag(given, at(4, 15));
    await eventually(
      () => kindsTo(given.visitor),
      (kinds) => kinds.includes("booking-rescheduled"),
    );
    await untilCalm(given);
    const moves = (await mailsTo(given.visitor)).filter(({ kind }) => kind === "booking-rescheduled");
    expect(moves).toHaveLength(1);
    expect(moves[0]?.calendar?.method).toBe("REQUEST");
    expect(moves[0]?.calendar?.ics).toContain("SEQUENCE:1");
    expect((await microsoft.control.mailbox(given.email)).sentInvitations).toEqual([]);
  });

  it("an event that the organizer moves in Outlook adds no invitation of ours where Outlook invites", async () => {
    const given = await stage();
    await drag(given, at(4, 15));
    await eventually(
      () => kindsTo(given.visitor),
      (kinds) => kinds.includes("booking-rescheduled"),
    );
    const move = (await mailsTo(given.visitor)).find(({ kind }) => kind === "booking-rescheduled");
    expect(move?.calendar).toBeUndefined();
  });

  it.each([
    ["another booking has that time", "taken"],
    ["that time has passed", "past"],
  ])("an event that the organizer moves in Outlook asks instead when %s", async (_, why) => {
    const given = await stage();
    const to = why === "taken" ? at(5, 9) : Date.now() - 26 * 3600_000;
    if (why === "taken") await booked(given.organizer, hourAhead(5, 9));
    const before = await bookingOf(given);
    await drag(given, to);
    await eventually(
      () => driftsOf(given),
      (drifts) => drifts.length === 1,
    );
    await untilCalm(given);
    expect(await driftsOf(given)).toMatchObject([{ kind: "moved", why }]);
    expect((await bookingOf(given)).startsAt).toEqual(before.startsAt);
    expect(await kindsTo(given.visitor)).not.toContain("booking-rescheduled");
    const asked = (await mailsTo(await organizerMail(given))).filter(
      ({ kind }) => kind === "booking-calendar-change",
    );
    expect(asked).toHaveLength(1);
    const [drift] = await driftsOf(given);
    const answered = await answerDrift({
      driftId: drift?.id ?? "",
      scope: given.organizer.scope,
      answer: "apply",
    });
    expect(answered).toMatchObject({ ok: false, error: { code: why } });
    expect(await countDrifts(given.organizer.scope)).toBe(1);
  });

  it("an event that the organizer moves in Outlook lets the visitor's own move win that was made here meanwhile", async () => {
    const given = await stage();
    await microsoft.control.changeDelivery(given.email, { drop: 10 });
    await drag(given, at(4, 15));
    const to = at(5, 11);
    expect(await reschedule({ bookingId: given.bookingId, start: to, by: "visitor" })).toMatchObject({
      ok: true,
    });
    await compareMeeting({ meetingId: given.meetingId });
    await eventually(
      () => meetingOf(given),
      ({ calendarStartsAt }) => calendarStartsAt?.getTime() === to,
    );
    await untilCalm(given);
    expect((await bookingOf(given)).startsAt.getTime()).toBe(to);
    expect((await eventAt(given))?.start?.dateTime).toContain(new Date(to).toISOString().slice(0, 16));
    expect(await driftsOf(given)).toEqual([]);
  });

  it("an event that the organizer moves in Outlook is not put back behind the organizer's back by a repair", async () => {
    const given = await stage({ outlookChanges: "ask" });
    await microsoft.control.changeDelivery(given.email, { drop: 10 });
    await drag(given, at(4, 15));
    await repairMeeting({ bookingId: given.bookingId, scope: given.organizer.scope });
    await eventually(
      () => driftsOf(given),
      (drifts) => drifts.length === 1,
    );
    expect((await eventAt(given))?.start?.dateTime).toContain(new Date(at(4, 15)).toISOString().slice(0, 16));
  });
});

describe("what Bellhop itself writes", () => {
  it("what Bellhop itself writes comes back as notifications and changes nothing", async () => {
    const given = await stage();
    await microsoft.control.changeDelivery(given.email, { repeat: 3 });
    await reschedule({ bookingId: given.bookingId, start: at(4, 9), by: "visitor" });
    await untilCalm(given);
    expect((await stepsOf(given)).filter((step) => step === "rescheduled")).toHaveLength(1);
    expect((await kindsTo(given.visitor)).filter((kind) => kind === "booking-rescheduled")).toHaveLength(1);
    expect(await driftsOf(given)).toEqual([]);
  });
});

describe("an event that the organizer deletes in Outlook", () => {
  it("an event that the organizer deletes in Outlook cancels its booking, tells the visitor once, and frees the time", async () => {
    const given = await stage();
    await microsoft.control.changeDelivery(given.email, { repeat: 2 });
    await microsoft.control.deleteEvent(given.email, given.eventId);
    await eventually(
      () => bookingOf(given),
      ({ status }) => status === "cancelled",
    );
    await untilCalm(given);
    expect(await bookingOf(given)).toMatchObject({ cancelledBy: "calendar" });
    expect((await kindsTo(given.visitor)).filter((kind) => kind === "booking-cancelled")).toHaveLength(1);
    expect((await stepsOf(given)).filter((step) => step === "cancelled")).toHaveLength(1);
    expect(await events(given)).toEqual([]);
    expect((await book(requestFor(given.organizer, hourAhead(3)))).ok).toBe(true);
  });

  it("an event that the organizer deletes in Outlook counts as deleted though Microsoft still answers to its id", async () => {
    await microsoft.control.changeSettings({ deletedItemsReadable: true });
    const given = await stage({ invitations: "bellhop" });
    await microsoft.control.deleteEvent(given.email, given.eventId);
    await eventually(
      () => bookingOf(given),
      ({ status }) => status === "cancelled",
    );
    await microsoft.control.changeSettings({ deletedItemsReadable: false });
    await eventually(
      () => mailsTo(given.visitor),
      (mails) => mails.some(({ calendar }) => calendar?.method === "CANCEL"),
    );
  });

  it("an event that the organizer deletes in Outlook is still there while the calendar shows it, though nothing is found by its mark", async () => {
    const given = await stage();
    const account = given.email;
    const nothing = { status: 200, body: { value: [] }, times: null };
    await microsoft.control.graphFault({ account, method: "GET", path: "/me/events", ...nothing });
    await compareMeeting({ meetingId: given.meetingId, isRemoved: true });
    expect(await bookingOf(given)).toMatchObject({ status: "confirmed" });
    await microsoft.control.graphFault({ account, method: "GET", path: "/me/calendarView", ...nothing });
    await compareMeeting({ meetingId: given.meetingId, isRemoved: true });
    expect(await bookingOf(given)).toMatchObject({ status: "cancelled" });
  });

  it("an event that the organizer deletes in Outlook waits for the organizer's word when the event type says so: cancelled, or put back with a link of its own", async () => {
    const given = await stage({ outlookChanges: "ask" });
    await microsoft.control.deleteEvent(given.email, given.eventId);
    const [drift] = await eventually(
      () => driftsOf(given),
      (drifts) => drifts.length === 1,
    );
    expect(await bookingOf(given)).toMatchObject({ status: "confirmed" });
    expect(drift).toMatchObject({ kind: "removed", why: "policy" });
    await answerDrift({ driftId: drift?.id ?? "", scope: given.organizer.scope, answer: "restore" });
    await eventually(
      () => meetingOf(given),
      ({ generation, status }) => generation === 2 && status === "ready",
    );
    await untilCalm(given);
    expect(await driftsOf(given)).toEqual([]);
    const again = await events(given);
    expect(again).toHaveLength(1);
    await microsoft.control.deleteEvent(given.email, again[0]?.id ?? "");
    const [second] = await eventually(
      () => driftsOf(given),
      (drifts) => drifts.length === 1,
    );
    await answerDrift({ driftId: second?.id ?? "", scope: given.organizer.scope, answer: "apply" });
    expect(await bookingOf(given)).toMatchObject({ status: "cancelled", cancelledBy: "calendar" });
  });

  it("an event that the organizer deletes in Outlook is ignored when the event type says so, with one line in the recorder", async () => {
    const given = await stage({ outlookChanges: "ignore" });
    await microsoft.control.changeDelivery(given.email, { repeat: 3 });
    await microsoft.control.deleteEvent(given.email, given.eventId);
    await eventually(
      () => stepsOf(given),
      (steps) => steps.includes("outlook_ignored"),
    );
    await untilCalm(given);
    await compareMeeting({ meetingId: given.meetingId });
    expect((await stepsOf(given)).filter((step) => step === "outlook_ignored")).toHaveLength(1);
    expect(await bookingOf(given)).toMatchObject({ status: "confirmed" });
    expect(await kindsTo(given.visitor)).not.toContain("booking-cancelled");
  });
});

describe("events that disappear without anyone's decision", () => {
  it("events that disappear without anyone's decision cancel nothing when another account was connected, in whose calendar they never were", async () => {
    const given = await stage();
    const other = await addMicrosoftAccount(microsoft.control);
    await connectMicrosoft(given.organizer.id, other, "keep");
    await compareMeeting({ meetingId: given.meetingId, isRemoved: true });
    expect(await bookingOf(given)).toMatchObject({ status: "confirmed" });
    expect(await driftsOf(given)).toEqual([]);
  });

  it("events that disappear without anyone's decision are asked about when many of them go together", async () => {
    const given = await stage();
    const { id: _, firstAnswer: __, tokenHash, joinTokenHash, ...booking } = await bookingOf(given);
    await db().booking.createMany({
      data: Array.from({ length: 10 }, (_, index) => ({
        ...booking,
        answers: {},
        utm: {},
        guests: [],
        requestKey: null,
        tokenHash: Buffer.concat([tokenHash, Buffer.from([index])]),
        joinTokenHash: Buffer.concat([joinTokenHash, Buffer.from([index])]),
        status: "cancelled" as const,
        cancelledBy: "calendar",
        cancelledAt: new Date(),
        mailsDueAt: null,
      })),
    });
    await microsoft.control.deleteEvent(given.email, given.eventId);
    const [drift] = await eventually(
      () => driftsOf(given),
      (drifts) => drifts.length === 1,
    );
    expect(drift).toMatchObject({ kind: "removed", why: "many" });
    expect(await bookingOf(given)).toMatchObject({ status: "confirmed" });
  });
});

describe("a question in the inbox", () => {
  async function asked(): Promise<Stage & { driftId: string }> {
    const given = await stage({ outlookChanges: "ask" });
    await drag(given, at(4, 15));
    const [drift] = await eventually(
      () => driftsOf(given),
      (drifts) => drifts.length === 1,
    );
    return { ...given, driftId: drift?.id ?? "" };
  }
  const answer = (given: Stage & { driftId: string }, word: "apply" | "restore" | "dismiss") =>
    answerDrift({ driftId: given.driftId, scope: given.organizer.scope, answer: word });

  it("a question in the inbox moves the booking when the calendar should hold, and is answered once", async () => {
    const given = await asked();
    const answers = await Promise.all([answer(given, "apply"), answer(given, "apply")]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    await untilCalm(given);
    expect((await bookingOf(given)).startsAt.getTime()).toBe(at(4, 15));
    expect((await kindsTo(given.visitor)).filter((kind) => kind === "booking-rescheduled")).toHaveLength(1);
    expect(await stepsOf(given)).toEqual(
      expect.arrayContaining(["outlook_asks", "outlook_answered", "rescheduled"]),
    );
  });

  it("a question in the inbox puts Outlook back when the booking should hold, and no one hears of it", async () => {
    const given = await asked();
    const { startsAt } = await bookingOf(given);
    expect((await answer(given, "restore")).ok).toBe(true);
    await eventually(
      () => eventAt(given),
      (event) => event?.start?.dateTime?.includes(startsAt.toISOString().slice(0, 16)) === true,
    );
    await untilCalm(given);
    expect((await bookingOf(given)).rescheduleCount).toBe(0);
    expect(await kindsTo(given.visitor)).not.toContain("booking-rescheduled");
    expect(await driftsOf(given)).toEqual([]);
  });

  it("a question in the inbox is not asked again for what was dismissed, but for what comes after it", async () => {
    const given = await asked();
    await answer(given, "dismiss");
    await compareMeeting({ meetingId: given.meetingId });
    expect(await driftsOf(given)).toEqual([]);
    await drag(given, at(4, 17));
    await eventually(
      () => driftsOf(given),
      (drifts) => drifts.length === 1,
    );
  });

  it("a question in the inbox goes by itself when the organizer takes the change back", async () => {
    const given = await asked();
    await drag(given, (await bookingOf(given)).startsAt.getTime());
    await eventually(
      () => driftsOf(given),
      (drifts) => drifts.length === 0,
    );
    expect((await answer(given, "apply")).ok).toBe(false);
  });

  it("a question in the inbox is over once the visitor has moved the booking here: the event follows", async () => {
    const given = await asked();
    await microsoft.control.changeDelivery(given.email, { drop: 10 });
    const to = at(5, 11);
    await reschedule({ bookingId: given.bookingId, start: to, by: "visitor" });
    expect(await driftsOf(given)).toEqual([]);
    expect(await answer(given, "apply")).toMatchObject({ ok: false, error: { code: "not_open" } });
    await eventually(
      () => eventAt(given),
      (event) => event?.start?.dateTime?.includes(new Date(to).toISOString().slice(0, 16)) === true,
    );
  });

  it("a question in the inbox can't be answered by anyone else", async () => {
    const given = await asked();
    const stranger = await makeOrganizer();
    const { driftId } = given;
    expect(await answerDrift({ driftId, scope: stranger.scope, answer: "apply" })).toMatchObject({
      ok: false,
      error: { code: "not_open" },
    });
  });
});

describe("an event that lost its Teams meeting", () => {
  it("an event that lost its Teams meeting is replaced by a new one with a new, verified link", async () => {
    const given = await stage();
    const { joinUrl } = await meetingOf(given);
    await microsoft.control.stripTeams(given.email, given.eventId);
    const after = await eventually(
      () => meetingOf(given),
      ({ generation, status }) => generation === 2 && status === "ready",
    );
    expect(after.joinUrl).not.toBe(joinUrl);
    await eventually(
      async () => {
        await retireNow(given.organizer.id);
        return events(given);
      },
      (list) => list.length === 1,
      30,
    );
    expect((await stepsOf(given)).filter((step) => step === "outlook_link_lost")).toHaveLength(1);
    expect(await bookingOf(given)).toMatchObject({ status: "confirmed", rescheduleCount: 0 });
  });

  it("an event that lost its Teams meeting is replaced though its visitor moves the booking before Bellhop hears of it", async () => {
    const given = await stage({ fallbackLocation: { kind: "in_person", value: "Room 4" } });
    front.isOpen = false;
    await microsoft.control.stripTeams(given.email, given.eventId);
    await reschedule({ bookingId: given.bookingId, start: at(5, 11), by: "visitor" });
    const after = await eventually(
      () => meetingOf(given),
      ({ generation, status }) => generation === 2 && status === "ready",
    );
    expect(after).toMatchObject({ kind: "teams", joinUrl: expect.any(String), problem: null });
  });

  it("an event that lost its Teams meeting waits for the organizer's word when the event type says so", async () => {
    const given = await stage({ outlookChanges: "ask" });
    await microsoft.control.stripTeams(given.email, given.eventId);
    const [drift] = await eventually(
      () => driftsOf(given),
      (drifts) => drifts.length === 1,
    );
    expect(drift?.kind).toBe("link_lost");
    await answerDrift({ driftId: drift?.id ?? "", scope: given.organizer.scope, answer: "restore" });
    await eventually(
      () => meetingOf(given),
      ({ generation, status }) => generation === 2 && status === "ready",
    );
  });
});

describe("a visitor who answers in Outlook", () => {
  it("a visitor who answers in Outlook never cancels by declining alone; the organizer decides", async () => {
    const given = await stage();
    await microsoft.control.respond(given.email, given.eventId, {
      attendee: given.visitor,
      response: "declined",
    });
    const [drift] = await eventually(
      () => driftsOf(given),
      (drifts) => drifts.length === 1,
    );
    expect(drift).toMatchObject({ kind: "declined", why: "answer" });
    expect(await bookingOf(given)).toMatchObject({ status: "confirmed" });
    await answerDrift({ driftId: drift?.id ?? "", scope: given.organizer.scope, answer: "apply" });
    expect(await bookingOf(given)).toMatchObject({ status: "cancelled", cancelledBy: "organizer" });
    await eventually(
      () => events(given),
      (list) => list.length === 0,
    );
  });

  it("a visitor who answers in Outlook proposes a time that the organizer accepts: booking and event move", async () => {
    const given = await stage();
    const startAt = at(6, 14);
    await microsoft.control.respond(given.email, given.eventId, {
      attendee: given.visitor,
      response: "tentativelyAccepted",
      proposedNewTime: { startAt, endAt: startAt + 30 * 60_000 },
    });
    const [drift] = await eventually(
      () => driftsOf(given),
      (drifts) => drifts.length === 1,
    );
    expect(drift).toMatchObject({ kind: "proposed", startsAt: new Date(startAt) });
    await answerDrift({ driftId: drift?.id ?? "", scope: given.organizer.scope, answer: "apply" });
    await eventually(
      () => meetingOf(given),
      ({ calendarStartsAt }) => calendarStartsAt?.getTime() === startAt,
    );
    await untilCalm(given);
    expect((await bookingOf(given)).startsAt.getTime()).toBe(startAt);
    expect((await kindsTo(given.visitor)).filter((kind) => kind === "booking-rescheduled")).toHaveLength(1);
    expect(await driftsOf(given)).toEqual([]);
  });

  it("a visitor who answers in Outlook is not heard where changes in Outlook are ignored, and can't propose there", async () => {
    const given = await stage({ outlookChanges: "ignore" });
    expect((await eventAt(given))?.allowNewTimeProposals).toBe(false);
    await microsoft.control.respond(given.email, given.eventId, {
      attendee: given.visitor,
      response: "declined",
    });
    await untilCalm(given);
    expect(await driftsOf(given)).toEqual([]);
  });

  it("a visitor who answers in Outlook is kept apart from the others of a session", async () => {
    const given = await stage({ seats: 3 });
    const second = await booked(given.organizer, hourAhead(3));
    await eventually(
      () => eventAt(given),
      (event) => event?.attendees?.length === 2,
    );
    await microsoft.control.respond(given.email, given.eventId, {
      attendee: second.visitor,
      response: "declined",
    });
    const [drift] = await eventually(
      () => driftsOf(given),
      (drifts) => drifts.length === 1,
    );
    expect(drift?.booking.id).toBe(second.bookingId);
    await answerDrift({ driftId: drift?.id ?? "", scope: given.organizer.scope, answer: "dismiss" });
    await drag(given, at(4, 15));
    for (const bookingId of [given.bookingId, second.bookingId]) {
      await eventually(
        () => bookingOf({ ...given, bookingId }),
        ({ startsAt }) => startsAt.getTime() === at(4, 15),
      );
    }
  });
});

describe("when Microsoft fails", () => {
  it.each([429, 503])("Microsoft is asked again after a %i", async (status) => {
    const given = await stage();
    await microsoft.control.graphFault({
      account: given.email,
      method: "GET",
      path: `/me/events/${given.eventId}`,
      status,
      retryAfter: "0.5",
      times: 2,
    });
    await drag(given, at(4, 15));
    await eventually(
      () => bookingOf(given),
      ({ startsAt }) => startsAt.getTime() === at(4, 15),
      30,
    );
  });

  it("calendar sync finds out by itself what no notification reported", async () => {
    const given = await stage();
    await microsoft.control.changeDelivery(given.email, { drop: 10 });
    await drag(given, at(4, 15));
    await untilCalm(given);
    const longAgo = new Date(Date.now() - 3600_000);
    await db().meeting.update({
      where: { id: given.meetingId },
      data: { createdAt: longAgo, compareDueAt: longAgo },
    });
    await sweepEvents();
    await eventually(
      () => bookingOf(given),
      ({ startsAt }) => startsAt.getTime() === at(4, 15),
    );
    const { compareDueAt } = await meetingOf(given);
    expect(compareDueAt.getTime()).toBeGreaterThan(Date.now() + 3600_000);
  });

  it("calendar sync finds out by the next look at the calendar where Microsoft can't call", async () => {
    front.isOpen = false;
    const organizer = await makeOrganizer();
    const email = await addMicrosoftAccount(microsoft.control);
    await connectMicrosoft(organizer.id, email);
    const { id } = await db().meetingProviderConnection.findFirstOrThrow({ where: { userId: organizer.id } });
    await eventually(
      () => syncModeOf({ id }),
      (mode) => mode.mode === "polling" && mode.reason === "unreachable",
    );
    const read = () => db().syncedCalendar.findFirst({ where: { connectionId: id, isDefault: true } });
    await eventually(read, (calendar) => Boolean(calendar?.deltaLink));
    const given = { organizer, email, ...(await booked(organizer, hourAhead(3))) };
    await drag(given, at(4, 15));
    await eventually(
      async () => {
        await db().$transaction((tx) => requestSync(tx, id));
        return bookingOf(given);
      },
      ({ startsAt }) => startsAt.getTime() === at(4, 15),
      60,
    );
  });

  it("calendar sync changes nothing while the sign-in has ended, and catches up after it", async () => {
    const given = await stage();
    await microsoft.control.revokeSessions(given.email);
    await microsoft.control.expireAccessTokens(given.email);
    await microsoft.control.deleteEvent(given.email, given.eventId);
    await eventually(
      () => db().meetingProviderConnection.findFirstOrThrow({ where: { userId: given.organizer.id } }),
      ({ state }) => state === "reconnect_needed",
    );
    await untilCalm(given);
    expect(await bookingOf(given)).toMatchObject({ status: "confirmed" });
    await connectMicrosoft(given.organizer.id, given.email);
    await eventually(
      () => bookingOf(given),
      ({ status }) => status === "cancelled",
      60,
    );
  });
});

describe("an event that is not ours", () => {
  it("an event that is not ours is never acted on, even under the id of one that was", async () => {
    const given = await stage();
    const foreign = await microsoft.control.createEvent(given.email, {
      subject: "Dentist",
      ...times(at(8, 9)),
    });
    await db().meeting.update({ where: { id: given.meetingId }, data: { calendarEventId: foreign.id } });
    const { id: connectionId } = await db().meetingProviderConnection.findFirstOrThrow({
      where: { userId: given.organizer.id },
    });
    await noticeOwnEvents([
      { connectionId, userId: given.organizer.id, eventId: foreign.id, kind: "updated" },
    ]);
    await untilCalm(given);
    expect((await bookingOf(given)).rescheduleCount).toBe(0);
    expect(await driftsOf(given)).toEqual([]);
    expect((await eventAt(given, foreign.id))?.subject).toBe("Dentist");
  });
});
