import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/lib/database/client";
import type { CallRecord } from "@/lib/flight-recorder/flight-recorder";
import type { CalendarEventInput } from "@/lib/meetings/calendar-port";
import { type CallContext, ProviderError } from "@/lib/meetings/provider";
import { teamsCalendar } from "@/lib/meetings/teams/calendar";
import { markId } from "@/lib/meetings/teams/events";
import { openStage, type Stage } from "@/tests/integration/teams/stage";

let stage: Stage;
let userId: string;
let email: string;
let calls: CallRecord[];
let context: CallContext;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());
beforeEach(async () => {
  await stage.control.clearFaults();
  ({ userId, email } = await stage.addConnected());
  calls = [];
  context = { userId, priority: "visitor", onCall: (record) => calls.push(record) };
});

function inputFor(changes: Partial<CalendarEventInput> = {}): CalendarEventInput {
  return {
    meetingId: randomUUID(),
    generation: 1,
    subject: "Online appointment with Ines Moreau",
    descriptionHtml: "<p>Booked with Bellhop</p>",
    startsAt: new Date("2027-03-01T08:00:00Z"),
    endsAt: new Date("2027-03-01T08:30:00Z"),
    timeZone: "Europe/Paris",
    attendees: [{ email: "ann@example.org", name: "Ann" }],
    hideAttendees: false,
    online: true,
    place: null,
    ...changes,
  };
}

async function problemOf(work: Promise<unknown>): Promise<ProviderError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof ProviderError) return error;
  throw new Error(`expected a ProviderError, got ${error}`);
}

const ownEvents = async () => (await stage.control.mailbox(email)).events;

describe("creating an event", () => {
  it("creating an event puts it in the calendar with a Teams link and our mark, and invites the visitor", async () => {
    const input = inputFor();
    const event = await teamsCalendar.createEvent(context, input);
    expect(event).toMatchObject({
      startsAt: input.startsAt,
      endsAt: input.endsAt,
      online: true,
      isCancelled: false,
    });
    expect(event.joinUrl).toMatch(/^https:\/\/teams\.microsoft\.com\//);
    const [seen, ...others] = await ownEvents();
    expect(others).toEqual([]);
    expect(seen).toMatchObject({
      id: event.eventId,
      subject: input.subject,
      originalStartTimeZone: "Europe/Paris",
    });
    expect(seen?.extendedProperties).toEqual({ [markId]: input.meetingId });
    const { sentInvitations } = await stage.control.mailbox(email);
    expect(sentInvitations.map(({ kind, to }) => [kind, to])).toEqual([["invitation", "ann@example.org"]]);
  });

  it("creating an event asks for immutable ids in every call, names each call and keeps Microsoft's request ids", async () => {
    const { eventId } = await teamsCalendar.createEvent(context, inputFor());
    await teamsCalendar.readEvent(context, eventId);
    const { idKindsUsed } = await stage.control.mailbox(email);
    expect(idKindsUsed.mutable).toBe(0);
    expect(calls).toEqual([
      expect.objectContaining({ call: "POST /me/events", status: 201, problem: null }),
      expect.objectContaining({ call: "GET /me/events/{event}", status: 200, problem: null }),
    ]);
    const seen = await stage.control.requests({ account: email, path: "/me/events" });
    expect(calls.map((call) => call.requestId)).toEqual(seen.map((request) => request.requestId));
    expect(new Set(seen.map((request) => request.clientRequestId)).size).toBe(2);
    expect(JSON.stringify(calls)).not.toContain(eventId);
  });

  it("creating an event makes one event however often it is asked", async () => {
    const input = inputFor();
    const first = await teamsCalendar.createEvent(context, input);
    const second = await teamsCalendar.createEvent(context, input);
    expect(second).toEqual(first);
    expect(await ownEvents()).toHaveLength(1);
  });

  it("creating an event makes one event when the answer to the first try is lost", async () => {
    const input = inputFor();
    await stage.control.graphFault({ method: "POST", path: "/me/events", outcome: "drop", when: "after" });
    expect(await problemOf(teamsCalendar.createEvent(context, input))).toMatchObject({
      code: "unavailable",
      retryable: true,
    });
    expect(calls.at(-1)).toMatchObject({ status: null, requestId: null, problem: "unavailable" });
    const event = await teamsCalendar.createEvent(context, input);
    expect((await ownEvents()).map(({ id }) => id)).toEqual([event.eventId]);
  });

  it("creating an event reads the event by its id where the answer shows little of it", async () => {
    const without = ["start", "end", "onlineMeeting", "attendees"];
    await stage.control.graphFault({ account: email, method: "POST", outcome: "pass", without });
    const input = inputFor();
    const event = await teamsCalendar.createEvent(context, input);
    expect(event).toMatchObject({ startsAt: input.startsAt, joinUrl: expect.stringContaining("https://") });
    expect(await ownEvents()).toHaveLength(1);
  });

  it("creating an event returns the earlier event when the same try now has other contents", async () => {
    const input = inputFor();
    const first = await teamsCalendar.createEvent(context, input);
    const second = await teamsCalendar.createEvent(context, { ...input, subject: "Another subject" });
    expect(second).toEqual(first);
    expect(await ownEvents()).toHaveLength(1);
  });

  it("creating an event finds the earlier event by the name Microsoft gives it, or by our mark where it gives none", async () => {
    const input = inputFor();
    const first = await teamsCalendar.createEvent(context, input);
    for (const named of [{ "@event.existingEventId": first.eventId }, {}]) {
      const error = { code: "ErrorDuplicateTransactionId", message: "", ...named };
      await stage.control.graphFault({ method: "POST", status: 409, body: { error } });
      expect(await teamsCalendar.createEvent(context, input)).toEqual(first);
    }
    const error = { code: "ErrorDuplicateTransactionId", message: "" };
    await stage.control.graphFault({ method: "POST", status: 409, body: { error } });
    const unknown = teamsCalendar.createEvent(context, inputFor());
    expect(await problemOf(unknown)).toMatchObject({ code: "superseded", retryable: false });
  });

  it("creating an event cuts a subject that Outlook would refuse", async () => {
    await teamsCalendar.createEvent(context, inputFor({ subject: "é".repeat(300) }));
    expect((await ownEvents())[0]?.subject).toHaveLength(255);
  });

  it("creating an event says so when the earlier event is gone, so that a new generation can be made", async () => {
    const input = inputFor();
    const { eventId } = await teamsCalendar.createEvent(context, input);
    await stage.control.deleteEvent(email, eventId);
    const moved = { ...input, subject: "Another subject" };
    const again = await teamsCalendar.createEvent(context, { ...moved, generation: 2 });
    expect(again.eventId).not.toBe(eventId);
  });

  it("creating an event falls back to UTC for a zone that Outlook does not know", async () => {
    const event = await teamsCalendar.createEvent(context, inputFor({ timeZone: "Antarctica/Troll" }));
    expect(event.startsAt).toEqual(new Date("2027-03-01T08:00:00Z"));
    expect((await ownEvents())[0]).toMatchObject({ originalStartTimeZone: "UTC" });
  });

  it("creating an event keeps the instant where a clock turned back shows the same time twice", async () => {
    const second = {
      startsAt: new Date("2027-10-31T01:15:00Z"),
      endsAt: new Date("2027-10-31T01:45:00Z"),
    };
    const event = await teamsCalendar.createEvent(context, inputFor(second));
    expect(event).toMatchObject(second);
  });

  it("creating an event leaves Teams out of an event at a place", async () => {
    const event = await teamsCalendar.createEvent(
      context,
      inputFor({ online: false, place: "12 rue Oberkampf" }),
    );
    expect(event).toMatchObject({ online: false, joinUrl: null });
    expect((await ownEvents())[0]).toMatchObject({
      isOnlineMeeting: false,
      location: { displayName: "12 rue Oberkampf" },
    });
  });

  it("creating an event shows a link that comes late only once it is there", async () => {
    await stage.control.changeAccount(email, { joinUrlAfterReads: 2 });
    const event = await teamsCalendar.createEvent(context, inputFor());
    expect(event).toMatchObject({ online: true, joinUrl: null });
    const reads = [];
    for (let i = 0; i < 3; i += 1)
      reads.push((await teamsCalendar.readEvent(context, event.eventId))?.joinUrl ?? null);
    expect(reads.at(0)).toBeNull();
    expect(reads.at(-1)).toMatch(/^https:/);
  });

  it("creating an event tells an event that Teams was dropped from by one whose link is late", async () => {
    await stage.control.changeAccount(email, { hasTeams: false });
    const event = await teamsCalendar.createEvent(context, inputFor());
    expect(event).toMatchObject({ online: false, joinUrl: null });
  });

  it.each(["personal", "withoutTeams"] as const)(
    "creating an event never claims Teams for an account: %s",
    async (kind) => {
      const other = await stage.addConnected(kind);
      const limited = { userId: other.userId, priority: "visitor" } as const;
      expect(await problemOf(teamsCalendar.createEvent(limited, inputFor()))).toMatchObject({
        code: "access_denied",
        details: { vendorCode: "no_teams" },
      });
      const plain = await teamsCalendar.createEvent(limited, inputFor({ online: false }));
      expect(plain.online).toBe(false);
      expect((await stage.control.mailbox(other.email)).events).toHaveLength(1);
    },
  );
});

describe("reading and finding", () => {
  it("the calendar adapter finds the event of a meeting by its mark", async () => {
    const input = inputFor();
    const event = await teamsCalendar.createEvent(context, input);
    await teamsCalendar.createEvent(context, inputFor());
    expect(await teamsCalendar.listMarked(context, input.meetingId)).toEqual([event]);
    expect(await teamsCalendar.listMarked(context, randomUUID())).toEqual([]);
  });

  it("the calendar adapter answers null for an event that is gone, and records no problem", async () => {
    const { eventId } = await teamsCalendar.createEvent(context, inputFor());
    await stage.control.deleteEvent(email, eventId);
    expect(await teamsCalendar.readEvent(context, eventId)).toBeNull();
    expect(calls.at(-1)).toMatchObject({ status: 404, problem: null });
  });

  it("the calendar adapter refuses an id that is no id", async () => {
    expect(await problemOf(teamsCalendar.readEvent(context, "nonsense"))).toMatchObject({ code: "refused" });
  });
});

describe("moving an event", () => {
  const to = {
    startsAt: new Date("2027-03-02T14:00:00Z"),
    endsAt: new Date("2027-03-02T14:30:00Z"),
    timeZone: "Europe/Paris",
  };

  it("moving an event changes start and end alone and keeps id, link and text", async () => {
    const event = await teamsCalendar.createEvent(context, inputFor());
    const [before] = await ownEvents();
    const moved = await teamsCalendar.moveEvent(context, event.eventId, to);
    expect(moved).toEqual({ ...event, startsAt: to.startsAt, endsAt: to.endsAt });
    const [after] = await ownEvents();
    expect(after?.body).toEqual(before?.body);
    const [patch] = await stage.control.requests({ account: email, method: "PATCH" });
    expect(Object.keys(Object(patch?.body))).toEqual(["start", "end"]);
  });

  it("moving an event reads the event by its id where the answer shows little of it", async () => {
    const { eventId } = await teamsCalendar.createEvent(context, inputFor());
    await stage.control.graphFault({ account: email, method: "PATCH", outcome: "pass", without: ["end"] });
    const startsAt = new Date("2027-03-01T09:00:00Z");
    const moved = await teamsCalendar.moveEvent(context, eventId, {
      startsAt,
      endsAt: new Date("2027-03-01T09:30:00Z"),
      timeZone: "Europe/Paris",
    });
    expect(moved).toMatchObject({ eventId, startsAt });
  });

  it("moving an event answers null when the event is gone", async () => {
    const { eventId } = await teamsCalendar.createEvent(context, inputFor());
    await stage.control.graphFault({ method: "PATCH", status: 404, code: "ErrorItemNotFound" });
    expect(await teamsCalendar.moveEvent(context, eventId, to)).toBeNull();
    expect(calls.at(-1)).toMatchObject({ status: 404, problem: null });
  });

  it("moving an event does not take a proxy's 404 for a lost event", async () => {
    const { eventId } = await teamsCalendar.createEvent(context, inputFor());
    await stage.control.graphFault({ method: "PATCH", status: 404, body: "<h1>Not found</h1>" });
    expect(await problemOf(teamsCalendar.moveEvent(context, eventId, to))).toMatchObject({
      code: "unavailable",
    });
  });
});

describe("looking a second time", () => {
  const own = [{ calendarId: "", isDefault: true }];
  const lostOf = (event: { eventId: string; iCalUId: string | null }, meetingId: string) => ({
    ...event,
    meetingId,
    startsAt: new Date("2027-03-01T08:00:00Z"),
    endsAt: new Date("2027-03-01T08:30:00Z"),
    calendars: own,
    others: [],
  });

  it("looking a second time finds an event that its calendar shows, by its id, under another, or by its mark at any time", async () => {
    const input = inputFor();
    const { eventId, iCalUId } = await teamsCalendar.createEvent(context, input);
    const lost = lostOf({ eventId, iCalUId }, input.meetingId);
    expect(await teamsCalendar.findLost(context, lost)).toEqual({ eventId });
    const { id } = await stage.control.giveNewId(email, eventId);
    expect(await teamsCalendar.findLost(context, lost)).toEqual({ eventId: id });
    const later = { startsAt: new Date("2027-05-01T08:00:00Z"), endsAt: new Date("2027-05-01T08:30:00Z") };
    expect(await teamsCalendar.findLost(context, { ...lost, ...later })).toEqual({ eventId: id });
    const known = { ...lost, ...later, others: [id] };
    expect(await teamsCalendar.findLost(context, known)).toBeNull();
  });

  it("looking a second time says that an event is gone only when every calendar answers", async () => {
    const input = inputFor();
    const { eventId, iCalUId } = await teamsCalendar.createEvent(context, input);
    await stage.control.deleteEvent(email, eventId);
    const lost = lostOf({ eventId, iCalUId }, input.meetingId);
    const { id: calendarId } = await stage.control.addCalendar(email, { name: "Clients" });
    const calendars = [...own, { calendarId, isDefault: false }];
    for (const path of ["/me/calendarView", "/me/events", "/me/calendars/*/calendarView"]) {
      const code = "ErrorItemNotFound";
      await stage.control.graphFault({ account: email, method: "GET", path, status: 404, code });
      expect(await problemOf(teamsCalendar.findLost(context, { ...lost, calendars }))).toMatchObject({
        code: "unavailable",
      });
    }
    expect(await teamsCalendar.findLost(context, { ...lost, calendars })).toBeNull();
    await stage.control.removeCalendar(email, calendarId);
    expect(await teamsCalendar.findLost(context, { ...lost, calendars })).toBeNull();
  });

  it("looking a second time writes to no other calendar, and forgets none, because of one 404", async () => {
    const { id: calendarId } = await stage.control.addCalendar(email, { name: "Clients", hasTeams: true });
    const calendar = { calendarId, isDefault: false };
    const away = { account: email, status: 404, code: "ErrorItemNotFound" };
    await stage.control.graphFault({ ...away, method: "POST", path: "/me/calendars/*/events" });
    const creating = teamsCalendar.createEvent(context, inputFor({ calendarId }));
    expect(await problemOf(creating)).toMatchObject({ code: "unavailable" });
    expect(await ownEvents()).toEqual([]);
    const week = { from: new Date("2027-03-01T00:00:00Z"), to: new Date("2027-03-08T00:00:00Z") };
    await stage.control.graphFault({ ...away, method: "GET", path: "/me/calendars/*/calendarView/delta" });
    expect(await problemOf(teamsCalendar.readChanges(context, calendar, week))).toMatchObject({
      code: "unavailable",
    });
    await stage.control.graphFault({ ...away, method: "GET", path: "/me/calendars/*/calendarView" });
    const asking = teamsCalendar.listBusy(context, week.from, week.to, "UTC", { calendars: [calendar] });
    expect(await problemOf(asking)).toMatchObject({ code: "unavailable" });
    await stage.control.removeCalendar(email, calendarId);
    expect(await teamsCalendar.readChanges(context, calendar, week)).toBe("gone");
    await teamsCalendar.createEvent(context, inputFor({ calendarId }));
    expect(await ownEvents()).toHaveLength(1);
  });

  it("looking a second time keeps the organizer's zone when a 400 says nothing and passes", async () => {
    await stage.control.graphFault({ account: email, method: "POST", status: 400, code: "ErrorOfTomorrow" });
    await teamsCalendar.createEvent(context, inputFor());
    expect((await ownEvents())[0]).toMatchObject({ originalStartTimeZone: "Europe/Paris" });
  });
});

describe("removing an event", () => {
  it("removing an event cancels with a comment where someone is invited", async () => {
    const { eventId } = await teamsCalendar.createEvent(context, inputFor());
    await teamsCalendar.removeEvent(context, eventId, { comment: "Plans changed", hasAttendees: true });
    const { events, sentInvitations } = await stage.control.mailbox(email);
    expect(events).toEqual([]);
    expect(sentInvitations.at(-1)).toMatchObject({ kind: "cancellation", comment: "Plans changed" });
  });

  it("removing an event deletes where no one is invited", async () => {
    const { eventId } = await teamsCalendar.createEvent(context, inputFor({ attendees: [] }));
    await teamsCalendar.removeEvent(context, eventId, { comment: "", hasAttendees: false });
    expect(await ownEvents()).toEqual([]);
    expect(calls.map((call) => call.call)).toContain("DELETE /me/events/{event}");
  });

  it.each([true, false])(
    "removing an event is done when the event is gone already (attendees: %s)",
    async (hasAttendees) => {
      const { eventId } = await teamsCalendar.createEvent(context, inputFor());
      await teamsCalendar.removeEvent(context, eventId, { comment: "", hasAttendees });
      await teamsCalendar.removeEvent(context, eventId, { comment: "", hasAttendees });
      expect(await ownEvents()).toEqual([]);
    },
  );

  it("removing an event refuses to touch an event that is not ours", async () => {
    const other = await stage.control.createEvent(email, {
      subject: "Dentist",
      start: { dateTime: "2027-03-01T09:00:00", timeZone: "UTC" },
      end: { dateTime: "2027-03-01T10:00:00", timeZone: "UTC" },
    });
    const refusal = teamsCalendar.removeEvent(context, other.id, { comment: "", hasAttendees: false });
    expect(await problemOf(refusal)).toMatchObject({ code: "refused", details: { vendorCode: "not_ours" } });
    expect(await ownEvents()).toHaveLength(1);
  });
});

describe("listing busy time", () => {
  const from = new Date("2027-03-01T00:00:00Z");
  const to = new Date("2027-03-02T00:00:00Z");
  const at = (dateTime: string, timeZone = "UTC") => ({ dateTime, timeZone });
  const nine = { start: at("2027-03-01T09:00:00"), end: at("2027-03-01T10:00:00") };
  const interval = (start: string, end: string) => ({ startsAt: new Date(start), endsAt: new Date(end) });
  const list = async (zone?: string) => {
    const busy = await teamsCalendar.listBusy(context, from, to, zone);
    return busy.map(({ startsAt, endsAt }) => ({ startsAt, endsAt }));
  };

  it.each([
    ["busy", true],
    ["oof", true],
    ["tentative", true],
    ["unknown", true],
    ["free", false],
    ["workingElsewhere", false],
  ] as const)("listing busy time counts %s as taken: %s", async (showAs, isTaken) => {
    await stage.control.createEvent(email, { ...nine, subject: "X", showAs });
    expect(await list()).toEqual(isTaken ? [interval("2027-03-01T09:00:00Z", "2027-03-01T10:00:00Z")] : []);
  });

  it("listing busy time leaves out what the organizer declined", async () => {
    const organizer = { address: "boss@contoso.example", name: "Boss" };
    await stage.control.createEvent(email, {
      ...nine,
      organizer,
      myResponse: "declined",
      showAs: "busy",
    });
    expect(await list()).toEqual([]);
  });

  it("listing busy time leaves out our own events", async () => {
    await teamsCalendar.createEvent(context, inputFor());
    expect(await list()).toEqual([]);
  });

  it("listing busy time asks without our marks where they are refused", async () => {
    await stage.control.createEvent(email, { ...nine, subject: "X", showAs: "busy" });
    const fault = { account: email, path: "/me/calendarView", status: 400, code: "ErrorInvalidRequest" };
    await stage.control.graphFault(fault);
    expect(await list()).toHaveLength(1);
    await stage.control.graphFault({ ...fault, times: 2 });
    expect(await problemOf(list())).toMatchObject({ code: "refused" });
  });

  it("listing busy time reads an all-day event as a day of the organizer's zone", async () => {
    await stage.control.createEvent(email, {
      subject: "Away",
      showAs: "oof",
      isAllDay: true,
      start: at("2027-03-01T00:00:00", "Pacific Standard Time"),
      end: at("2027-03-02T00:00:00", "Pacific Standard Time"),
    });
    expect(await list("America/Los_Angeles")).toEqual([
      interval("2027-03-01T08:00:00Z", "2027-03-02T08:00:00Z"),
    ]);
  });

  it("listing busy time expands a series", async () => {
    await stage.control.createEvent(email, {
      ...nine,
      subject: "Stand-up",
      recurrence: {
        pattern: { type: "daily", interval: 1 },
        range: { type: "numbered", startDate: "2027-03-01", numberOfOccurrences: 5 },
      },
    });
    const busy = await teamsCalendar.listBusy(context, from, new Date("2027-03-04T00:00:00Z"));
    expect(busy.map(({ startsAt }) => startsAt.toISOString())).toEqual([
      "2027-03-01T09:00:00.000Z",
      "2027-03-02T09:00:00.000Z",
      "2027-03-03T09:00:00.000Z",
    ]);
  });

  it.each(["own", "microsoft"] as const)(
    "listing busy time reads every page, links to %s host",
    async (linkOrigin) => {
      await stage.control.changeSettings({ linkOrigin });
      for (let minute = 0; minute < 130; minute += 1) {
        const start = new Date(from.getTime() + minute * 600_000).toISOString().slice(0, 19);
        const end = new Date(from.getTime() + minute * 600_000 + 300_000).toISOString().slice(0, 19);
        await stage.control.createEvent(email, { subject: "X", start: at(start), end: at(end) });
      }
      expect(await list()).toHaveLength(130);
    },
  );
});

describe("when Microsoft is not well", () => {
  it("the calendar adapter passes on how long to wait, fractions and all, and does not repeat a call itself", async () => {
    await stage.control.graphFault({ status: 429, code: "ApplicationThrottled", retryAfter: "2.128" });
    const problem = await problemOf(teamsCalendar.createEvent(context, inputFor()));
    expect(problem).toMatchObject({
      code: "throttled",
      retryable: true,
      details: { retryAfterSeconds: 2.128 },
    });
    expect(calls).toHaveLength(1);
  });

  it("the calendar adapter leaves the whole mailbox alone as long as Microsoft asks", async () => {
    await stage.control.graphFault({ status: 429, code: "ApplicationThrottled", retryAfter: "30.5" });
    await problemOf(teamsCalendar.createEvent(context, inputFor()));
    await stage.control.resetCounters();
    const asked = await problemOf(teamsCalendar.listBusy(context, new Date(0), new Date(3600_000)));
    expect(asked).toMatchObject({ code: "throttled", details: { vendorCode: "paused" } });
    expect(asked.details.retryAfterSeconds).toBeGreaterThan(20);
    expect(await stage.control.requests({ account: email })).toEqual([]);
  });

  it("the calendar adapter keeps to the longest of several pauses, whichever answer comes last", async () => {
    const refused = { account: email, status: 429, code: "ApplicationThrottled" };
    await stage.control.graphFault({ ...refused, method: "POST", retryAfter: "1", delayMs: 700 });
    await stage.control.graphFault({ ...refused, method: "GET", retryAfter: "60" });
    const from = new Date("2027-03-01T00:00:00Z");
    const till = new Date("2027-03-08T00:00:00Z");
    await Promise.all([
      problemOf(teamsCalendar.createEvent(context, inputFor())),
      problemOf(teamsCalendar.listBusy(context, from, till)),
    ]);
    const { details } = await problemOf(teamsCalendar.listBusy(context, from, till));
    expect(details).toMatchObject({ vendorCode: "paused" });
    expect(details.retryAfterSeconds).toBeGreaterThan(30);
  });

  it("the calendar adapter asks again after a moment where a visitor waits, and not before", async () => {
    await stage.control.resetCounters();
    await stage.control.graphFault({ status: 429, code: "ApplicationThrottled", retryAfter: "0.4" });
    expect(await teamsCalendar.listBusy(context, new Date(0), new Date(3600_000))).toEqual([]);
    const [first, second] = await stage.control.requests({ account: email });
    expect((second?.startedAt ?? 0) - (first?.finishedAt ?? 0)).toBeGreaterThanOrEqual(400);
  });

  it.each([
    [503, "ServiceUnavailable", "unavailable"],
    [504, "GatewayTimeout", "unavailable"],
    [500, "InternalServerError", "unavailable"],
    [403, "ErrorAccessDenied", "access_denied"],
    [404, "MailboxNotEnabledForRESTAPI", "no_mailbox"],
    [409, "ErrorConflict", "unavailable"],
    [412, "ErrorIrresolvableConflict", "unavailable"],
  ] as const)("the calendar adapter answers %i %s with %s", async (status, code, problem) => {
    await stage.control.graphFault({ method: "GET", path: "/me/calendarView", status, code });
    const error = await problemOf(teamsCalendar.listBusy(context, new Date(0), new Date(3600_000)));
    expect(error).toMatchObject({ code: problem, details: { status, vendorCode: code } });
    expect(calls.at(-1)).toMatchObject({ status, problem });
  });

  it("the calendar adapter does not take a proxy's 403 for a missing permission", async () => {
    await stage.control.graphFault({ status: 403, body: "<h1>Blocked</h1>" });
    const error = await problemOf(teamsCalendar.listBusy(context, new Date(0), new Date(3600_000)));
    expect(error).toMatchObject({ code: "unavailable" });
  });

  it("the calendar adapter does not take a page for a calendar", async () => {
    await stage.control.graphFault({ status: 200, body: "<h1>Welcome to the hotel</h1>" });
    const error = await problemOf(teamsCalendar.listBusy(context, new Date(0), new Date(3600_000)));
    expect(error).toMatchObject({ code: "unavailable", details: { vendorCode: "unreadable_answer" } });
  });

  it("the calendar adapter sends the token to no other host, whatever a page link says", async () => {
    const body = { value: [], "@odata.nextLink": "https://evil.example/v1.0/me/calendarView" };
    await stage.control.graphFault({ status: 200, body });
    const error = await problemOf(teamsCalendar.listBusy(context, new Date(0), new Date(3600_000)));
    expect(error).toMatchObject({ code: "unavailable", details: { vendorCode: "foreign_link" } });
  });

  it("the calendar adapter gives up on silence when the caller's patience ends", async () => {
    await stage.control.graphFault({ outcome: "hang" });
    const error = await problemOf(
      teamsCalendar.listBusy({ ...context, timeoutMs: 300 }, new Date(0), new Date(3600_000)),
    );
    expect(error).toMatchObject({ code: "unavailable", details: { vendorCode: "timeout" } });
  });

  it("the calendar adapter renews a token that was turned down, and tries once more", async () => {
    await stage.control.expireAccessTokens(email);
    await teamsCalendar.createEvent(context, inputFor());
    expect(calls.map((call) => call.status)).toEqual([401, 201]);
  });

  it("the calendar adapter asks for the claims that Graph wants in the next token", async () => {
    const claims = JSON.stringify({ access_token: { nbf: { essential: true, value: "1635527790" } } });
    const encoded = Buffer.from(claims).toString("base64");
    const headers = {
      "www-authenticate": `Bearer realm="", error="insufficient_claims", claims="${encoded}"`,
    };
    await stage.control.resetCounters();
    await stage.control.graphFault({ status: 401, code: "InvalidAuthenticationToken", headers });
    await teamsCalendar.createEvent(context, inputFor());
    const [renewal] = await stage.control.requests({ path: "/oauth2/v2.0/token" });
    expect(JSON.stringify(renewal?.body)).toContain("1635527790");
  });

  it("the calendar adapter asks the organizer back when renewing is refused", async () => {
    await stage.control.revokeSessions(email);
    await stage.control.expireAccessTokens(email);
    expect(await problemOf(teamsCalendar.createEvent(context, inputFor()))).toMatchObject({
      code: "reconnect_needed",
      details: { vendorCode: "grant_ended" },
    });
  });

  it("the calendar adapter says when there is no connection", async () => {
    await db().meetingProviderConnection.deleteMany({ where: { userId } });
    expect(await problemOf(teamsCalendar.readEvent(context, "x"))).toMatchObject({ code: "not_connected" });
  });
});
