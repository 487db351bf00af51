import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { GET as getCalendars } from "@/app/api/v1/me/connections/teams/calendars/route";
import { toExplanation } from "@/lib/api/endpoints/explain";
import { createApiKey } from "@/lib/auth/api-keys";
import { book } from "@/lib/booking/book";
import {
  automaticReplyTasks,
  chooseAutomaticReplies,
  getAutomaticReplies,
} from "@/lib/calendars/automatic-replies";
import { getConnection } from "@/lib/connections/queries";
import { db } from "@/lib/database/client";
import { syncMeeting } from "@/lib/meetings/sync-meeting";
import { getOfferById } from "@/lib/offers/offer";
import { listOfferedSlots } from "@/lib/offers/slots";
import { explainHosts, explainStart } from "@/lib/offers/troubleshoot";
import { call } from "@/tests/integration/api/call";
import {
  age,
  busyFrom,
  callsOf,
  changesRound,
  dateAhead,
  fullRound,
  openSyncStage,
  type SyncStage,
  startsOn,
  startsOnceRead,
  syncOwn,
} from "@/tests/integration/calendar-sync/sync-stage";
import { connectMicrosoft } from "@/tests/support/microsoft";
import { makeOrganizer, requestFor } from "@/tests/support/organizer";
import { patiently } from "@/tests/support/patiently";
import { makeTeam } from "@/tests/support/team";

let stage: SyncStage;
beforeAll(async () => {
  stage = await openSyncStage();
});
afterAll(() => stage.close());

const day = dateAhead(3);
const ten = `${day}T10:00:00.000Z`;

describe("automatic replies", () => {
  const hour = 3600_000;
  const at = (days: number, time: string) => `${dateAhead(days)}T${time}.000Z`;
  const replying = async (automaticReplies: { from: string; to: string } | "always") => {
    const person = await stage.connected({}, {}, { mailboxSettings: { automaticReplies } });
    await connectMicrosoft(person.id, person.email, undefined, "mailbox");
    return person;
  };
  const reasonsAt = async (person: { eventTypeId: string }, start: string) => {
    const offer = (await getOfferById(db(), person.eventTypeId)) ?? expect.fail("no offer");
    const own = await explainStart(offer, Date.parse(start), 30);
    const joint = await explainHosts(offer, Date.parse(start), 30);
    expect(joint.reasons).toEqual(own.reasons);
    const told = toExplanation({ offer, start: own, timeZone: "UTC", bookings: new Map() });
    return told.reasons.map(({ code, end }) => `${code} ${end ?? "open"}`);
  };
  const task = async () => {
    await db().automaticReplies.updateMany({ data: { nextReadAt: new Date(0) } });
    for (const { run } of automaticReplyTasks) await run(new AbortController().signal);
  };

  const shown = async ({ scope }: Awaited<ReturnType<typeof replying>>) => {
    const { apiKey: key } = await db().$transaction((tx) => createApiKey(scope, "test", tx));
    return (await call(getCalendars, { key })).body.automaticReplies;
  };

  it("close the days they are set for, on the page, in the API and for a booking, where their owner wants that", async () => {
    const person = await replying({ from: at(3, "00:00:00"), to: at(5, "00:00:00") });
    expect(await shown(person)).toMatchObject({ closesTimes: false, startsAt: null });
    expect((await startsOnceRead(person, dateAhead(4))).starts).toHaveLength(48);
    expect(await chooseAutomaticReplies(person.scope, { closesTimes: true })).toEqual({
      ok: true,
      value: null,
    });
    expect((await startsOn(person, dateAhead(3), dateAhead(4))).starts).toEqual([]);
    expect((await startsOn(person, dateAhead(5))).starts).toHaveLength(48);
    expect(await shown(person)).toEqual({
      closesTimes: true,
      startsAt: at(3, "00:00:00"),
      endsAt: at(5, "00:00:00"),
      problem: null,
    });
    const ten = at(4, "10:00:00");
    expect(await reasonsAt(person, ten)).toEqual([`automatic_replies ${at(5, "00:00:00")}`]);
    expect(await patiently(() => book(requestFor(person, ten)))).toMatchObject({
      error: { code: "slot_taken" },
    });
    expect(await patiently(() => book(requestFor(person, at(5, "10:00:00"))))).toMatchObject({ ok: true });
    await chooseAutomaticReplies(person.scope, { closesTimes: false });
    expect((await startsOn(person, dateAhead(4))).starts).toHaveLength(48);
  });

  it("without an end close everything until they are turned off, and a change in Outlook is followed", async () => {
    const person = await replying("always");
    expect((await startsOnceRead(person, dateAhead(9))).starts).toHaveLength(48);
    await chooseAutomaticReplies(person.scope, { closesTimes: true });
    const ten = at(9, "10:00:00");
    expect((await startsOn(person, dateAhead(9))).starts).toEqual([]);
    expect(await reasonsAt(person, ten)).toEqual(["automatic_replies open"]);
    await stage.control.changeAccount(person.email, { mailboxSettings: {} });
    await task();
    expect((await startsOn(person, dateAhead(9))).starts).toHaveLength(48);
    const soon = new Date(Date.now() + 48 * hour).toISOString();
    const replies = { from: soon, to: at(12, "00:00:00") };
    await stage.control.changeAccount(person.email, { mailboxSettings: { automaticReplies: replies } });
    await task();
    expect((await startsOn(person, dateAhead(9))).starts).toEqual([]);
  });

  it("that can't be read any more keep what was known, and none once it isn't allowed", async () => {
    const person = await replying({ from: at(3, "00:00:00"), to: at(5, "00:00:00") });
    await chooseAutomaticReplies(person.scope, { closesTimes: true });
    await stage.control.graphFault({ account: person.email, path: "/me/mailboxSettings", status: 503 });
    await task();
    expect((await startsOn(person, dateAhead(4))).starts).toEqual([]);
    expect(await getAutomaticReplies(person.scope)).toMatchObject({ problem: "unavailable" });
    const code = "ErrorAccessDenied";
    await stage.control.graphFault({ account: person.email, path: "/me/mailboxSettings", status: 403, code });
    await task();
    expect((await startsOn(person, dateAhead(4))).starts).toHaveLength(48);
    expect((await getConnection(person.scope, "teams"))?.state).toBe("connected");
  });
});

describe("times that are offered while the host is available", () => {
  const minutes = 60_000;
  /** A half-hour of the next hour that doesn't pass while a slow machine looks. */
  const soon = Math.ceil((Date.now() + 12 * minutes) / (30 * minutes)) * 30 * minutes;
  const soonStart = new Date(soon).toISOString();
  const rule = { availableNowMinutes: 60, minimumNoticeMinutes: 24 * 60 };

  const published = async (person: { handle: string; slug: string }) =>
    (await startsOnceRead(person, dateAhead(0), dateAhead(2))).starts;
  const reasonsOf = async (person: { eventTypeId: string }) => {
    const offer = await getOfferById(db(), person.eventTypeId);
    const { hosts } = await explainHosts(offer ?? expect.fail("no offer"), soon, 30);
    return hosts.map(({ reasons }) =>
      reasons.map((reason) => ("presence" in reason ? reason.presence : reason.code)),
    );
  };
  const page = async (person: { eventTypeId: string }) => {
    const offer = (await getOfferById(db(), person.eventTypeId)) ?? expect.fail("no offer");
    const range = { from: dateAhead(0), to: dateAhead(2), timeZone: "UTC", durationMinutes: 30 };
    return (await listOfferedSlots(offer, range)).slots.map(({ start }) => new Date(start).toISOString());
  };
  const allowed = async (presence: string) => {
    const person = await stage.connected(rule, {}, { presence });
    await connectMicrosoft(person.id, person.email, undefined, "presence");
    return person;
  };
  const askedTimes = (email: string) => callsOf(stage.control, email, /\/me\/presence/);

  it("the page, the API and the booking agree, and the organizer is bound by none of it", async () => {
    const here = await allowed("Available");
    const gone = await allowed("AvailableIdle");
    expect(await published(here)).toContain(soonStart);
    expect(await page(here)).toContain(soonStart);
    expect(await reasonsOf(here)).toEqual([[]]);
    expect(await published(gone)).not.toContain(soonStart);
    expect(await page(gone)).not.toContain(soonStart);
    expect(await reasonsOf(gone)).toEqual([["away"]]);
    const offer = (await getOfferById(db(), gone.eventTypeId)) ?? expect.fail("no offer");
    const start = await explainStart(offer, soon, 30);
    const { reasons } = toExplanation({ offer, start, timeZone: "UTC", bookings: new Map() });
    expect(reasons).toMatchObject([{ code: "not_available_now", until: expect.stringMatching(/Z$/) }]);
    expect(await patiently(() => book(requestFor(gone, soonStart)))).toMatchObject({
      error: { code: "outside_availability" },
    });
    expect(await patiently(() => book(requestFor(here, soonStart)))).toMatchObject({ ok: true });
    const entered = await patiently(() => book(requestFor(gone, soonStart), { by: "organizer" }));
    expect(entered).toMatchObject({ ok: true });
  });

  it("an answer is remembered for seconds, and then asked for again", async () => {
    const person = await allowed("Busy");
    for (let times = 0; times < 3; times += 1) expect(await published(person)).not.toContain(soonStart);
    expect(await askedTimes(person.email)).toBe(1);
    await stage.control.changeAccount(person.email, { presence: "Available" });
    expect(await page(person)).not.toContain(soonStart);
    const now = Date.now.bind(Date);
    const clock = vi.spyOn(Date, "now").mockImplementation(() => now() + 21_000);
    try {
      expect(await published(person)).toContain(soonStart);
      expect(await askedTimes(person.email)).toBe(2);
    } finally {
      clock.mockRestore();
    }
  });

  it("whoever hasn't allowed it stays connected, is told what waits, and allows it with one press", async () => {
    const person = await stage.connected(rule, {}, { presence: "Available" });
    expect(await published(person)).not.toContain(soonStart);
    expect(await reasonsOf(person)).toEqual([["not_permitted"]]);
    expect(await askedTimes(person.email)).toBe(0);
    const state = async () => (await getConnection(person.scope, "teams"))?.state;
    expect(await state()).toBe("connected");
    await connectMicrosoft(person.id, person.email, undefined, "presence");
    expect(await published(person)).toContain(soonStart);
    // Connecting again for another reason keeps what was allowed.
    await connectMicrosoft(person.id, person.email);
    expect(await page(person)).toContain(soonStart);
    expect(await state()).toBe("connected");
  });

  it("without an answer, and without an account, the next minutes aren't offered", async () => {
    const person = await allowed("Available");
    await stage.control.graphFault({ account: person.email, path: "/me/presence", status: 503 });
    expect(await reasonsOf(person)).toEqual([["unreadable"]]);
    const unknown = await allowed("PresenceUnknown");
    expect(await reasonsOf(unknown)).toEqual([["unreadable"]]);
    const alone = await makeOrganizer({ location: { kind: "none" }, ...rule });
    expect(await reasonsOf(alone)).toEqual([["no_account"]]);
    expect(await page(alone)).not.toContain(soonStart);
  });

  it("of a team whoever is available takes the booking, and all who take part have to be", async () => {
    const [gone, here] = [await allowed("Away"), await allowed("Available")];
    const turns = await makeTeam([gone, here], rule);
    expect(await published(turns)).toContain(soonStart);
    expect(await reasonsOf(turns)).toEqual([["away"], []]);
    const booked = await patiently(() => book(requestFor(turns, soonStart)));
    expect(booked).toMatchObject({ value: { made: { hosts: [{ handle: here.handle }] } } });
    const together = await makeTeam([gone, here], rule, [{ kind: "fixed" }, { kind: "fixed" }]);
    expect(await published(together)).not.toContain(soonStart);
  });
});

describe("slots of an organizer with Outlook", () => {
  it("slots of an organizer with Outlook are right in the very first answer after connecting, and say how old the calendar is", async () => {
    const person = await stage.connected();
    await stage.control.createEvent(person.email, busyFrom(day, "10:00", "11:00"));
    const { starts, calendarAsOf } = await startsOn(person, day);
    expect(starts).toHaveLength(46);
    expect(starts).not.toContain(ten);
    expect(Date.parse(calendarAsOf ?? "")).toBeGreaterThan(Date.now() - 10_000);
  });

  it("slots of an organizer with Outlook are answered from the copy: Microsoft is not asked again", async () => {
    const person = await stage.connected();
    await startsOn(person, day);
    const before = (await stage.control.requests({ account: person.email })).length;
    for (const days of [3, 4, 5]) await startsOn(person, dateAhead(days));
    expect(await stage.control.requests({ account: person.email })).toHaveLength(before);
  });

  it("slots of an organizer with Outlook follow what the organizer does in Outlook, asking for changes alone", async () => {
    const person = await stage.connected();
    expect((await startsOn(person, day)).starts).toContain(ten);
    const event = await stage.control.createEvent(person.email, busyFrom(day, "10:00", "11:00"));
    expect(await syncOwn(person)).toBe("done");
    expect((await startsOn(person, day)).starts).not.toContain(ten);
    await stage.control.changeEvent(person.email, event.id, {
      start: { dateTime: `${day}T14:00:00`, timeZone: "UTC" },
      end: { dateTime: `${day}T15:00:00`, timeZone: "UTC" },
    });
    await syncOwn(person);
    const moved = await startsOn(person, day);
    expect(moved.starts).toContain(ten);
    expect(moved.starts).not.toContain(`${day}T14:30:00.000Z`);
    await stage.control.deleteEvent(person.email, event.id);
    await syncOwn(person);
    expect((await startsOn(person, day)).starts).toHaveLength(48);
    expect(await callsOf(stage.control, person.email, fullRound)).toBe(1);
    expect(await callsOf(stage.control, person.email, changesRound)).toBe(3);
  });

  it.each([
    { status: 400, code: "ErrorInvalidRequest" },
    { status: 404, body: "Not found" },
    { status: 501, body: {} },
  ])(
    "slots of an organizer with Outlook are right where Microsoft has no list of changes (%o): everything is read each time",
    async (answer) => {
      const person = await stage.connected();
      const noDelta = { account: person.email, times: null, ...answer };
      await stage.control.graphFault({ ...noDelta, path: "/me/calendarView/delta" });
      const event = await stage.control.createEvent(person.email, busyFrom(day, "10:00", "11:00"));
      expect((await startsOn(person, day)).starts).not.toContain(ten);
      await stage.control.deleteEvent(person.email, event.id);
      expect(await syncOwn(person)).toBe("done");
      expect((await startsOn(person, day)).starts).toContain(ten);
      await stage.control.clearFaults();
    },
  );

  it("slots of an organizer with Outlook leave open what is free, elsewhere, declined or cancelled, and close what is tentative or unknown", async () => {
    const person = await stage.connected();
    const { control } = stage;
    await control.createEvent(person.email, busyFrom(day, "01:00", "01:30", { showAs: "free" }));
    await control.createEvent(person.email, busyFrom(day, "02:00", "02:30", { showAs: "workingElsewhere" }));
    const organizer = { address: "boss@example.org", name: "Boss" };
    await control.createEvent(
      person.email,
      busyFrom(day, "03:00", "03:30", { organizer, myResponse: "declined", showAs: "busy" }),
    );
    await control.createEvent(person.email, busyFrom(day, "04:00", "04:30", { showAs: "tentative" }));
    await control.createEvent(person.email, busyFrom(day, "05:00", "05:30", { showAs: "oof" }));
    await control.createEvent(person.email, busyFrom(day, "06:00", "06:30", { showAs: "unknown" }));
    const { starts } = await startsOn(person, day);
    const isOpen = (time: string) => starts.includes(`${day}T${time}:00.000Z`);
    expect(["01:00", "02:00", "03:00", "04:00", "05:00", "06:00"].map(isOpen)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    await db().calendarRules.create({ data: { userId: person.id, openStatuses: ["tentative"] } });
    const other = (await startsOn(person, day)).starts;
    expect(other).toContain(`${day}T04:00:00.000Z`);
    expect(other).not.toContain(`${day}T01:00:00.000Z`);
  });

  it("slots of an organizer with Outlook treat all-day events as days of the organizer's zone, whichever zone the visitor is in", async () => {
    const person = await stage.connected({}, { timeZone: "Pacific/Auckland" });
    await stage.control.createEvent(person.email, {
      subject: "Away",
      isAllDay: true,
      showAs: "oof",
      start: { dateTime: `${day}T00:00:00`, timeZone: "UTC" },
      end: { dateTime: `${dateAhead(4)}T00:00:00`, timeZone: "UTC" },
    });
    const auckland = await startsOn(person, day, day, "Pacific/Auckland");
    expect(auckland.starts).toEqual([]);
    expect((await startsOn(person, dateAhead(2), dateAhead(2), "Pacific/Auckland")).starts).toHaveLength(48);
    expect((await startsOn(person, dateAhead(4), dateAhead(4), "Pacific/Auckland")).starts).toHaveLength(48);
  });

  it("slots of an organizer with Outlook do not take a booking's own event for something in its way, before and after it is cancelled", async () => {
    const person = await stage.connected();
    await startsOn(person, day);
    const booked = await book(requestFor(person, ten));
    if (!booked.ok) throw new Error(booked.error.code);
    const meeting = await db().meeting.findFirstOrThrow({ where: { hostId: person.id } });
    await syncMeeting({ meetingId: meeting.id });
    await syncOwn(person);
    const { starts } = await startsOn(person, day);
    expect(starts).not.toContain(ten);
    // Half an hour of its own event, and no more: the booking counts, and its event does not.
    expect(starts).toHaveLength(47);
    await db().booking.updateMany({ where: { ownerId: person.id }, data: { status: "cancelled" } });
    await db().timeClaim.deleteMany({ where: { hostId: person.id } });
    await syncMeeting({ meetingId: meeting.id });
    expect((await startsOn(person, day)).starts).toContain(ten);
  });

  it("slots of an organizer with Outlook do not take an event for something in the way that was a booking's own, whatever changes in it later", async () => {
    const person = await stage.connected();
    await startsOnceRead(person, day);
    const booked = await book(requestFor(person, ten));
    if (!booked.ok) throw new Error(booked.error.code);
    const meeting = await db().meeting.findFirstOrThrow({ where: { hostId: person.id } });
    await syncMeeting({ meetingId: meeting.id });
    await syncOwn(person);
    const { calendarEventId } = await db().meeting.findUniqueOrThrow({ where: { id: meeting.id } });
    await db().timeClaim.deleteMany({ where: { hostId: person.id } });
    await db().booking.updateMany({ where: { ownerId: person.id }, data: { status: "cancelled" } });
    await db().meeting.update({ where: { id: meeting.id }, data: { calendarEventId: null } });
    await stage.control.changeEvent(person.email, calendarEventId ?? "", { subject: "Another subject" });
    expect(await syncOwn(person)).toBe("done");
    expect(await callsOf(stage.control, person.email, changesRound)).toBeGreaterThan(0);
    expect((await startsOn(person, day)).starts).toContain(ten);
  });

  it("slots of an organizer with Outlook close the time to which someone has moved a booking's event in Outlook", async () => {
    const person = await stage.connected();
    await startsOn(person, day);
    const booked = await book(requestFor(person, ten));
    if (!booked.ok) throw new Error(booked.error.code);
    const { id } = await db().meeting.findFirstOrThrow({ where: { hostId: person.id } });
    await syncMeeting({ meetingId: id });
    const { calendarEventId } = await db().meeting.findUniqueOrThrow({ where: { id } });
    await stage.control.changeEvent(person.email, calendarEventId ?? "", {
      start: { dateTime: `${day}T16:00:00`, timeZone: "UTC" },
      end: { dateTime: `${day}T16:30:00`, timeZone: "UTC" },
    });
    await syncOwn(person);
    const { starts } = await startsOn(person, day);
    expect(starts).not.toContain(`${day}T16:00:00.000Z`);
    expect(starts).not.toContain(ten);
  });
});

describe("a calendar that can't be read", () => {
  it("a calendar that can't be read closes the organizer's times instead of showing them all free, and says since when it is not known", async () => {
    const person = await stage.connected();
    await startsOn(person, day);
    await age(person, 16);
    await stage.control.graphFault({ account: person.email, times: null, status: 503 });
    const { starts, calendarAsOf } = await startsOn(person, day);
    expect(starts).toEqual([]);
    expect(Date.parse(calendarAsOf ?? "")).toBeLessThan(Date.now() - 15 * 60_000);
    await stage.control.clearFaults();
  });

  it("a calendar that can't be read closes them before the first reading too, and opens them once it has gone well", async () => {
    const person = await stage.connected();
    await stage.control.graphFault({ account: person.email, times: null, status: 503 });
    expect(await startsOn(person, day)).toEqual({ starts: [], calendarAsOf: null });
    await stage.control.clearFaults();
    await db().calendarSync.updateMany({ data: { problem: null } });
    expect((await startsOn(person, day)).starts).toHaveLength(48);
  });

  it("a calendar that can't be read is read on the spot after a standstill of this server", async () => {
    const person = await stage.connected();
    await startsOn(person, day);
    await age(person, 600);
    await stage.control.createEvent(person.email, busyFrom(day, "10:00", "11:00"));
    const { starts } = await startsOn(person, day);
    expect(starts).toHaveLength(46);
  });

  it("a calendar that can't be read keeps what was known last where only its organizer can fix it", async () => {
    const person = await stage.connected();
    await stage.control.createEvent(person.email, busyFrom(day, "10:00", "11:00"));
    await startsOn(person, day);
    await age(person, 600);
    await db().meetingProviderConnection.updateMany({
      where: { userId: person.id },
      data: { state: "reconnect_needed" },
    });
    expect((await startsOn(person, day)).starts).toHaveLength(46);
    expect(await book(requestFor(person, ten))).toMatchObject({ ok: false, error: { code: "slot_taken" } });
    expect(await book(requestFor(person, `${day}T12:00:00.000Z`))).toMatchObject({ ok: true });
  });

  it("a calendar that can't be read harms no one else's times", async () => {
    const [broken, fine] = [await stage.connected(), await stage.connected()];
    await stage.control.graphFault({ account: broken.email, times: null, status: 503 });
    expect((await startsOn(broken, day)).starts).toEqual([]);
    expect((await startsOn(fine, day)).starts).toHaveLength(48);
    await stage.control.clearFaults();
  });
});

describe("how far ahead", () => {
  it("the calendar is read further when an event type opens later months, so that they are not empty", async () => {
    const person = await stage.connected();
    await startsOn(person, day);
    await db().eventType.update({
      where: { id: person.eventTypeId },
      data: { window: { kind: "rolling", days: 300 } },
    });
    const far = dateAhead(280);
    await stage.control.createEvent(person.email, busyFrom(far, "10:00", "11:00"));
    expect((await startsOn(person, far)).starts).toHaveLength(46);
    expect((await startsOn(person, dateAhead(299))).starts).toHaveLength(48);
  });
});
