import { describe, expect, it } from "vitest";
import type { CalendarEventInput } from "@/lib/meetings/calendar-port";
import {
  busyIntervalOf,
  isBlocking,
  markFilter,
  markId,
  markOf,
  toEventBody,
  toEventTimes,
  transactionIdOf,
} from "@/lib/meetings/teams/events";
import { busyEventSchema, eventSchema } from "@/lib/meetings/teams/graph-schema";
import { offsetMinutesAt } from "@/lib/slot-engine/zone";
import { instantOf } from "@/tests/emulator/graph/time-zones";

const input: CalendarEventInput = {
  meetingId: "0193a5c2-0000-7000-8000-000000000001",
  generation: 1,
  subject: "Online appointment with Ines Moreau",
  descriptionHtml: "<p>Hello</p>",
  startsAt: new Date("2027-07-01T08:00:00Z"),
  endsAt: new Date("2027-07-01T08:30:00Z"),
  timeZone: "Europe/Paris",
  attendees: [{ email: "ann@example.org", name: "Ann" }],
  hideAttendees: true,
  online: true,
  place: null,
};

describe("the event we write", () => {
  it("the event we write has wall time in the organizer's zone, our mark and a Teams meeting", () => {
    expect(toEventBody(input)).toEqual({
      subject: input.subject,
      body: { contentType: "HTML", content: "<p>Hello</p>" },
      start: { dateTime: "2027-07-01T10:00:00", timeZone: "Europe/Paris" },
      end: { dateTime: "2027-07-01T10:30:00", timeZone: "Europe/Paris" },
      attendees: [{ emailAddress: { address: "ann@example.org", name: "Ann" }, type: "required" }],
      isOnlineMeeting: true,
      onlineMeetingProvider: "teamsForBusiness",
      hideAttendees: true,
      allowNewTimeProposals: false,
      responseRequested: true,
      transactionId: transactionIdOf(input.meetingId, 1),
      singleValueExtendedProperties: [{ id: markId, value: input.meetingId }],
    });
  });

  it("the event we write says nothing of Teams where none is wanted", () => {
    const body = toEventBody({ ...input, online: false, place: "12 rue Oberkampf" });
    expect(body).not.toHaveProperty("isOnlineMeeting");
    expect(body).not.toHaveProperty("onlineMeetingProvider");
    expect(body).toMatchObject({ location: { displayName: "12 rue Oberkampf" } });
  });

  it.each([
    ["Europe/Paris", "2027-10-31T00:30:00Z", "UTC"],
    ["Europe/Paris", "2027-10-31T01:30:00Z", "UTC"],
    ["Europe/Paris", "2027-10-31T02:30:00Z", "Europe/Paris"],
    ["Europe/Paris", "2027-03-28T01:00:00Z", "Europe/Paris"],
    ["Australia/Lord_Howe", "2027-04-03T14:45:00Z", "UTC"],
    ["Australia/Lord_Howe", "2027-04-03T16:00:00Z", "Australia/Lord_Howe"],
    ["Asia/Kathmandu", "2027-10-31T00:30:00Z", "Asia/Kathmandu"],
  ])(
    "the event we write is written in a zone that names one instant: %s at %s",
    (timeZone, start, written) => {
      const startsAt = new Date(start);
      const times = toEventTimes({ startsAt, endsAt: new Date(startsAt.getTime() + 1), timeZone });
      expect(times.start.timeZone).toBe(written);
      expect(times.end.timeZone).toBe(written);
    },
  );

  it.each([
    "Europe/Paris",
    "America/New_York",
    "America/St_Johns",
    "America/Santiago",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "UTC",
  ])(
    "the event we write is the instant that was booked, on every day of a year and every hour near a change of the clocks, in %s",
    (timeZone) => {
      const wrong: string[] = [];
      for (let hour = 0; hour < 366 * 24; hour += 1) {
        if (!isNearChange(Date.UTC(2027, 0, 1, hour), timeZone) && hour % 24 !== 9) continue;
        const startsAt = new Date(Date.UTC(2027, 0, 1, hour, 30));
        const endsAt = new Date(startsAt.getTime() + 45 * 60_000);
        const { start, end } = toEventTimes({ startsAt, endsAt, timeZone });
        const read = [start, end].map((at) => instantOf({ wall: at.dateTime, timeZone: at.timeZone }));
        if (read[0] !== +startsAt || read[1] !== +endsAt) wrong.push(startsAt.toISOString());
      }
      expect(wrong).toEqual([]);
    },
  );

  it("the event we write has one transaction id per generation", () => {
    const { meetingId } = input;
    expect(transactionIdOf(meetingId, 1)).toBe(transactionIdOf(meetingId, 1));
    expect(transactionIdOf(meetingId, 2)).not.toBe(transactionIdOf(meetingId, 1));
    expect(transactionIdOf(meetingId, 1)).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it("the event we write is looked for by a filter that a quote can't break", () => {
    expect(markFilter("a' or '1' eq '1")).toContain("ep/value eq 'a'' or ''1'' eq ''1'");
  });
});

const dayMs = 24 * 3600_000;
const isNearChange = (at: number, timeZone: string) =>
  offsetMinutesAt(at - dayMs, timeZone) !== offsetMinutesAt(at + dayMs, timeZone);

const times = (start: string, end: string) => ({
  start: { dateTime: start, timeZone: "UTC" },
  end: { dateTime: end, timeZone: "UTC" },
});

describe("the event we read", () => {
  it("the event we read is read as UTC, seven decimals and all", () => {
    const event = eventSchema.parse({
      id: "AAMk",
      ...times("2027-03-01T08:00:00.0000000", "2027-03-01T08:30:00.1230000"),
    });
    expect(event.start).toEqual(new Date("2027-03-01T08:00:00Z"));
    expect(event.end).toEqual(new Date("2027-03-01T08:30:00.123Z"));
  });

  it("the event we read is refused in a zone that nobody knows, and when its time is no time", () => {
    const start = { dateTime: "2027-03-01T08:00:00", timeZone: "Atlantis Standard Time" };
    const good = times("2027-03-01T08:00:00", "2027-03-01T09:00:00");
    expect(eventSchema.safeParse({ id: "AAMk", ...good, start }).success).toBe(false);
    expect(eventSchema.safeParse({ id: "AAMk", ...times("soon", "later") }).success).toBe(false);
  });

  it("the event we read is ours by its mark alone", () => {
    const mark = { id: markId.replace("7e2b8f4a", "7E2B8F4A"), value: "m1" };
    expect(markOf({ singleValueExtendedProperties: [mark] })).toBe("m1");
    expect(
      markOf({ singleValueExtendedProperties: [{ id: "String {x} Name Other", value: "m1" }] }),
    ).toBeNull();
    expect(markOf({ singleValueExtendedProperties: null })).toBeNull();
  });
});

describe("busy time", () => {
  const busy = (changes: object) =>
    busyEventSchema.parse({ id: "AAMk", ...times("2027-03-01T00:00:00", "2027-03-02T00:00:00"), ...changes });

  it.each([
    [{ showAs: "busy" }, true],
    [{ showAs: "Busy" }, true],
    [{ showAs: "oof" }, true],
    [{ showAs: "tentative" }, true],
    [{ showAs: "unknown" }, true],
    [{ showAs: "inventedLater" }, true],
    [{}, true],
    [{ showAs: "free" }, false],
    [{ showAs: "workingElsewhere" }, false],
    [{ showAs: "busy", isCancelled: true }, false],
    [{ showAs: "busy", responseStatus: { response: "declined" } }, false],
    [{ showAs: "busy", responseStatus: { response: "organizer" } }, true],
    [{ showAs: "busy", singleValueExtendedProperties: [{ id: markId, value: "m1" }] }, false],
  ])("busy time is judged by what the event says: %o", (changes, isTaken) => {
    expect(isBlocking(busy(changes))).toBe(isTaken);
  });

  it.each([
    ["America/Los_Angeles", "2027-03-01T08:00:00Z", "2027-03-02T08:00:00Z"],
    ["Pacific/Auckland", "2027-02-28T11:00:00Z", "2027-03-01T11:00:00Z"],
    ["UTC", "2027-03-01T00:00:00Z", "2027-03-02T00:00:00Z"],
  ])("busy time of an all-day event is a day in %s", (zone, startsAt, endsAt) => {
    expect(busyIntervalOf(busy({ isAllDay: true }), zone)).toEqual({
      startsAt: new Date(startsAt),
      endsAt: new Date(endsAt),
    });
  });

  it("busy time of several all-day days holds them all", () => {
    const event = busy({ isAllDay: true, ...times("2027-03-27T00:00:00", "2027-03-29T00:00:00") });
    expect(busyIntervalOf(event, "Europe/Paris")).toEqual({
      startsAt: new Date("2027-03-26T23:00:00Z"),
      endsAt: new Date("2027-03-28T22:00:00Z"),
    });
  });
});
