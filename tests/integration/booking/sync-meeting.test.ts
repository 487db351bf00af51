import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { book } from "@/lib/booking/book";
import { cancel } from "@/lib/booking/cancel";
import { reschedule } from "@/lib/booking/reschedule";
import { getBookingByToken } from "@/lib/booking-record/queries";
import { db } from "@/lib/database/client";
import { listFlight } from "@/lib/flight-recorder/queries";
import { syncMeeting } from "@/lib/meetings/sync-meeting";
import { eventually } from "@/tests/support/eventually";
import { hourAhead, makeOrganizer, requestFor, type TestOrganizer } from "@/tests/support/organizer";
import { openWorkingStage, type WorkingStage } from "@/tests/support/working-stage";

let stage: WorkingStage;

beforeAll(async () => {
  stage = await openWorkingStage();
});
afterAll(() => stage.close());

async function connected(eventType: object = {}): Promise<TestOrganizer & { email: string }> {
  const organizer = await makeOrganizer(eventType);
  return stage.connect(organizer);
}

async function booked(
  organizer: TestOrganizer,
  start = hourAhead(2),
): Promise<{ id: string; token: string }> {
  const outcome = await book(requestFor(organizer, start));
  if (!outcome.ok) throw new Error(`not booked: ${outcome.error.code}`);
  return outcome.value;
}

const meetingOf = async (token: string) => (await getBookingByToken(token))?.meeting;
const untilReady = (token: string) =>
  eventually(
    () => meetingOf(token),
    (meeting) => meeting?.status === "ready",
  );

async function events(email: string) {
  return (await stage.microsoft.control.mailbox(email)).events;
}

describe("a Teams booking", () => {
  it("a Teams booking becomes one calendar event whose link was read back, and one invitation", async () => {
    const organizer = await connected();
    const { token } = await booked(organizer);
    const meeting = await untilReady(token);
    const [event, ...others] = await events(organizer.email);
    expect(others).toEqual([]);
    expect(meeting?.joinUrl).toBe(event?.onlineMeeting?.joinUrl);
    expect(meeting?.verifiedAt).toBeInstanceOf(Date);
    const { sentInvitations } = await stage.microsoft.control.mailbox(organizer.email);
    expect(sentInvitations).toHaveLength(1);
  });

  it("a Teams booking is made once, though the job runs many times at the same time", async () => {
    const organizer = await connected();
    const { token } = await booked(organizer);
    const meetingId = (await meetingOf(token))?.id ?? "";
    await Promise.all(Array.from({ length: 8 }, () => syncMeeting({ meetingId })));
    await untilReady(token);
    expect(await events(organizer.email)).toHaveLength(1);
  });

  it("a Teams booking is made once, though Microsoft's answer to the first try was lost on the way", async () => {
    const organizer = await connected();
    await stage.microsoft.control.graphFault({
      account: organizer.email,
      method: "POST",
      path: "/me/events",
      when: "after",
      outcome: "drop",
    });
    const { token } = await booked(organizer);
    await untilReady(token);
    expect(await events(organizer.email)).toHaveLength(1);
  });

  it("a Teams booking is made once, though it can't be found right after it was made", async () => {
    const organizer = await connected();
    await stage.microsoft.control.graphFault({
      account: organizer.email,
      method: "GET",
      path: "/me/events/*",
      status: 404,
      code: "ErrorItemNotFound",
      times: 2,
    });
    const { token } = await booked(organizer);
    await untilReady(token);
    const { events: made, sentInvitations } = await stage.microsoft.control.mailbox(organizer.email);
    expect([made.length, sentInvitations.length]).toEqual([1, 1]);
  });

  it("a Teams booking waits as long as Microsoft asks, and says meanwhile that the link is on its way", async () => {
    const organizer = await connected();
    await stage.microsoft.control.graphFault({
      account: organizer.email,
      method: "POST",
      path: "/me/events",
      status: 429,
      code: "ApplicationThrottled",
      retryAfter: "1.5",
    });
    const { id, token } = await booked(organizer);
    expect((await meetingOf(token))?.status).toBe("creating");
    await untilReady(token);
    const lines = await listFlight(organizer.scope, id);
    expect(lines.map((line) => line.step)).toEqual(
      expect.arrayContaining(["booked", "call", "meeting_waits", "meeting_created", "link_verified"]),
    );
    const posts = (
      await stage.microsoft.control.requests({ account: organizer.email, method: "POST" })
    ).filter((request) => request.path.endsWith("/me/events"));
    expect((posts[1]?.startedAt ?? 0) - (posts[0]?.startedAt ?? 0)).toBeGreaterThanOrEqual(1500);
  });

  it("a Teams booking is not called ready before its link can be read, and is ready once it can", async () => {
    const organizer = await connected();
    await stage.microsoft.control.changeAccount(organizer.email, { joinUrlAfterReads: 3 });
    const { token } = await booked(organizer);
    await untilReady(token);
    const calls = await stage.microsoft.control.requests({ account: organizer.email, method: "GET" });
    expect(calls.filter((call) => call.path.includes("/me/events/")).length).toBeGreaterThanOrEqual(3);
  });

  it("a Teams booking keeps its link when it moves, and the calendar follows", async () => {
    const organizer = await connected();
    const { id, token } = await booked(organizer);
    const before = await untilReady(token);
    const later = Date.parse(hourAhead(4));
    expect(await reschedule({ bookingId: id, start: later, by: "visitor" })).toMatchObject({ ok: true });
    await eventually(
      () => db().meeting.findUnique({ where: { id: before?.id ?? "" } }),
      (meeting) => meeting?.calendarStartsAt?.getTime() === later,
    );
    const after = await untilReady(token);
    expect(after?.joinUrl).toBe(before?.joinUrl);
    expect(await events(organizer.email)).toHaveLength(1);
  });

  it("a Teams booking keeps its verified link while Microsoft can't be asked", async () => {
    const organizer = await connected();
    const { token } = await booked(organizer);
    const before = await untilReady(token);
    await stage.microsoft.control.graphFault({ account: organizer.email, times: null, status: 503 });
    await syncMeeting({ meetingId: before?.id ?? "" });
    const meanwhile = await meetingOf(token);
    await stage.microsoft.control.clearFaults();
    expect(meanwhile).toMatchObject({ status: "ready", joinUrl: before?.joinUrl, problem: "unavailable" });
  });

  it("a Teams booking leaves the calendar when it is cancelled", async () => {
    const organizer = await connected();
    const { id, token } = await booked(organizer);
    await untilReady(token);
    await cancel({ bookingId: id, by: "visitor", reason: "Something came up" });
    await eventually(
      () => events(organizer.email),
      (list) => list.length === 0,
    );
    expect(await meetingOf(token)).toMatchObject({ joinUrl: null });
  });

  it("a Teams booking leaves nothing behind when it is cancelled after an answer of Microsoft was lost", async () => {
    const organizer = await connected();
    await stage.microsoft.control.graphFault({
      account: organizer.email,
      method: "POST",
      path: "/me/events",
      when: "after",
      outcome: "drop",
    });
    const { id } = await booked(organizer);
    await eventually(
      () => events(organizer.email),
      (list) => list.length === 1,
    );
    await cancel({ bookingId: id, by: "visitor" });
    await eventually(
      () => events(organizer.email),
      (list) => list.length === 0,
    );
  });

  it("a Teams booking is made again when someone deleted its event before it moved", async () => {
    const organizer = await connected({ outlookChanges: "ignore" });
    const { id, token } = await booked(organizer);
    const before = await untilReady(token);
    const [event] = await events(organizer.email);
    await stage.microsoft.control.deleteEvent(organizer.email, event?.id ?? "");
    await reschedule({ bookingId: id, start: Date.parse(hourAhead(5)), by: "visitor" });
    const after = await eventually(
      () => db().meeting.findUniqueOrThrow({ where: { id: before?.id ?? "" } }),
      (meeting) => meeting.status === "ready" && meeting.generation === 2,
    );
    expect(after.joinUrl).not.toBe(before?.joinUrl);
  });

  it("a Teams booking waits for an organizer who has no connection yet, and is made when they connect", async () => {
    const organizer = await makeOrganizer();
    const { token } = await booked(organizer);
    await eventually(
      () => meetingOf(token),
      (meeting) => meeting?.problem === "not_connected",
    );
    expect((await meetingOf(token))?.status).toBe("creating");
    const { email } = await stage.connect(organizer);
    await untilReady(token);
    expect(await events(email)).toHaveLength(1);
  });
});

describe("the organizer's calendar at booking time", () => {
  it("the organizer's calendar at booking time refuses a slot that Outlook says is busy", async () => {
    const organizer = await connected();
    const start = hourAhead(3);
    await stage.microsoft.control.createEvent(organizer.email, {
      subject: "Dentist",
      start: { dateTime: start.slice(0, 19), timeZone: "UTC" },
      end: { dateTime: start.slice(0, 19).replace(":00:00", ":45:00"), timeZone: "UTC" },
    });
    expect(await book(requestFor(organizer, start))).toMatchObject({
      ok: false,
      error: { code: "slot_taken" },
    });
  });

  it("the organizer's calendar at booking time turns visitors away rather than guess when Outlook does not answer", async () => {
    const organizer = await connected();
    await stage.microsoft.control.graphFault({
      account: organizer.email,
      path: "/me/calendarView",
      times: 5,
      status: 503,
      code: "ServiceUnavailable",
    });
    expect(await book(requestFor(organizer, hourAhead(3)))).toMatchObject({
      ok: false,
      error: { code: "calendar_unavailable" },
    });
  });
});
