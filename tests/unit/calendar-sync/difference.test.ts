import { describe, expect, it } from "vitest";
import { compareEvent, type KnownMeeting } from "@/lib/calendar-sync/difference";
import type { InspectedEvent } from "@/lib/meetings/calendar-port";

const at = (hour: number) => new Date(Date.UTC(2027, 2, 1, hour));
const joinUrl = "https://teams.microsoft.com/l/meetup-join/1";

const meeting: KnownMeeting = {
  kind: "teams",
  status: "ready",
  startsAt: at(9),
  endsAt: at(10),
  joinUrl,
  generation: 1,
  calendarEventId: "event",
  calendarStartsAt: at(9),
  calendarEndsAt: at(10),
  people: [{ bookingId: "booking", email: "Ann@Example.org" }],
  coHosts: [{ id: "host", email: "Ben@Example.org" }],
};

const event: InspectedEvent = {
  eventId: "event",
  iCalUId: "uid",
  startsAt: at(9),
  endsAt: at(10),
  isCancelled: false,
  online: true,
  joinUrl,
  attendees: null,
  hidesAttendees: null,
  meetingId: "meeting",
  isAllDay: false,
  answers: [],
};

function differences(known: Partial<KnownMeeting>, seen: Partial<InspectedEvent> | null) {
  const outcome = compareEvent({ ...meeting, ...known }, seen && { ...event, ...seen });
  return outcome.state === "compared" ? outcome.differences : outcome.state;
}
const kinds = (known: Partial<KnownMeeting>, seen: Partial<InspectedEvent> | null) => {
  const found = differences(known, seen);
  return typeof found === "string" ? found : found.map(({ kind }) => kind);
};
const answer = (more: object) => ({
  email: "ann@example.org",
  declined: false,
  response: "none",
  proposed: null,
  ...more,
});

describe("an event and its booking", () => {
  it("an event and its booking agree where times and link are the same", () => {
    expect(differences({}, {})).toEqual([]);
  });

  it.each([
    ["start", { startsAt: at(11), endsAt: at(12) }],
    ["end", { endsAt: at(11) }],
  ])("an event and its booking differ by %s when someone moved the event", (_, seen) => {
    expect(kinds({}, seen)).toEqual(["moved"]);
  });

  it("an event and its booking agree when both were moved to the same time, whatever was there before", () => {
    expect(differences({ calendarStartsAt: at(7), calendarEndsAt: at(8) }, {})).toEqual([]);
  });

  it.each([
    ["still has the original time", { startsAt: at(9), endsAt: at(10) }],
    ["was moved there as well", { startsAt: at(15), endsAt: at(16) }],
  ])("an event and its booking wait for our own move when the event %s", (_, seen) => {
    const moved = { startsAt: at(12), endsAt: at(13) };
    expect(kinds({ ...moved, calendarStartsAt: at(9), calendarEndsAt: at(10) }, seen)).toBe("ours_pending");
  });

  it.each([
    ["gone", null],
    ["cancelled", { isCancelled: true }],
  ])("an event and its booking differ when the event is %s", (_, seen) => {
    expect(kinds({}, seen)).toEqual(["removed"]);
  });

  it("an event and its booking leave an event that vanished to a move of ours that is on its way", () => {
    expect(kinds({}, null)).toEqual(["removed"]);
    expect(kinds({ startsAt: at(11), endsAt: at(12) }, null)).toBe("ours_pending");
  });

  it("an event and its booking differ when the event has lost its link, once the link was verified", () => {
    expect(kinds({}, { online: false, joinUrl: null })).toEqual(["link_lost"]);
    expect(kinds({ status: "creating", joinUrl: null }, { joinUrl: null })).toEqual([]);
    expect(kinds({ kind: "phone", status: "none", joinUrl: null }, { online: false, joinUrl: null })).toEqual(
      [],
    );
  });

  it("an event and its booking take over another link", () => {
    expect(kinds({}, { joinUrl: "https://teams.microsoft.com/meet/2" })).toBe("new_link");
  });

  it("an event and its booking tell who declined, whatever the letters of the address, and leave strangers out", () => {
    const answers = [answer({ declined: true }), answer({ email: "guest@example.org", declined: true })];
    expect(differences({}, { answers })).toMatchObject([{ kind: "declined", bookingId: "booking" }]);
  });

  it("an event and its booking count a proposed time before the decline that comes with it, and not the time that holds", () => {
    const proposed = { startsAt: at(14), endsAt: at(15) };
    expect(
      differences({}, { answers: [answer({ declined: true, response: "declined", proposed })] }),
    ).toMatchObject([{ kind: "proposed", ...proposed }]);
    const same = { startsAt: at(9), endsAt: at(10) };
    expect(kinds({}, { answers: [answer({ proposed: same })] })).toEqual([]);
  });

  it("an event and its booking differ by a host who can't come, whether they decline or propose another time", () => {
    const email = "ben@example.org";
    const proposed = { startsAt: at(14), endsAt: at(15) };
    for (const given of [answer({ email, declined: true }), answer({ email, proposed })]) {
      expect(differences({}, { answers: [given] })).toMatchObject([
        { kind: "host_declined", hostId: "host", bookingId: null },
      ]);
    }
    expect(kinds({}, { answers: [answer({ email })] })).toEqual([]);
  });

  it("an event and its booking name each state by itself, so that none is taken up twice", () => {
    const name = (seen: Partial<InspectedEvent>) => {
      const found = differences({}, seen);
      return typeof found === "string" ? found : found[0]?.fingerprint;
    };
    const later = { startsAt: at(11), endsAt: at(12) };
    expect(name(later)).toBe(name({ ...later }));
    expect(name(later)).not.toBe(name({ endsAt: at(11) }));
  });
});
