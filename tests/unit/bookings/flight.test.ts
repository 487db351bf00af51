import { describe, expect, it } from "vitest";
import { callKey, flightAsText, toFlightGroups, tookMs } from "@/components/organizer-bookings/flight";
import { durationOf, sentenceOf, todoOf } from "@/components/organizer-bookings/flight-words";
import type { FlightLine } from "@/lib/flight-recorder/queries";
import { defaultLocale } from "@/lib/i18n/languages";

let count = 0;

function line(more: Partial<FlightLine> & { step: string }, atMs = 0): FlightLine {
  count += 1;
  return {
    id: String(count),
    at: new Date(Date.UTC(2026, 10, 30, 19, 2, 7) + atMs),
    outcome: "ok",
    call: null,
    status: null,
    requestId: null,
    durationMs: null,
    facts: {},
    ...more,
  };
}

describe("the flight recorder's groups", () => {
  it("the flight recorder's groups begin with what someone did and hold all that followed", () => {
    const groups = toFlightGroups([
      line({ step: "booked" }),
      line({ step: "call" }),
      line({ step: "link_verified" }),
      line({ step: "rescheduled", facts: { by: "visitor" } }),
      line({ step: "meeting_moved" }),
    ]);
    expect(groups.map(({ begunBy, by, lines }) => [begunBy, by, lines.length])).toEqual([
      ["booked", null, 3],
      ["rescheduled", "visitor", 2],
    ]);
  });

  it("the flight recorder's groups have whose turn it was in them, though it was written before", () => {
    const groups = toFlightGroups([
      line({ step: "turn_taken" }),
      line({ step: "booked" }),
      line({ step: "link_verified" }, 100),
      line({ step: "turn_taken" }, 5000),
      line({ step: "handed_over" }, 5000),
    ]);
    expect(groups.map(({ begunBy, lines }) => [begunBy, lines.map(({ step }) => step)])).toEqual([
      ["booked", ["booked", "turn_taken", "link_verified"]],
      ["handed_over", ["handed_over", "turn_taken"]],
    ]);
  });

  it("the flight recorder's groups show how long it took until the link was verified, and nothing while it is not", () => {
    const [done, open] = toFlightGroups([
      line({ step: "booked" }),
      line({ step: "link_verified" }, 2310),
      line({ step: "repair_requested" }, 5000),
    ]);
    expect(done?.doneInMs).toBe(2310);
    expect(open?.doneInMs).toBeNull();
  });

  it("the flight recorder's groups keep lines that nothing we know of came before", () => {
    expect(toFlightGroups([line({ step: "meeting_vanished" })])).toMatchObject([{ begunBy: "other" }]);
  });

  it("the flight recorder's groups measure a call by itself and a verified link from the group's beginning", () => {
    const lines = [
      line({ step: "booked" }),
      line({ step: "call", durationMs: 412 }, 100),
      line({ step: "link_verified" }, 900),
    ];
    const [group] = toFlightGroups(lines);
    expect(group && lines.map((one) => tookMs(one, group))).toEqual([null, 412, 900]);
  });
});

describe("the recorder's words", () => {
  it("the recorder's words name what a call was for", () => {
    expect(callKey("POST /me/events")).toBe("createEvent");
    expect(callKey("POST /me/events/{event}/cancel")).toBe("cancelEvent");
    expect(callKey("PATCH /me/onlineMeetings/{meeting}")).toBe("setOptions");
    expect(callKey("GET /me/somewhere")).toBe("other");
  });

  it("the recorder's words say in the sentence why a call failed", () => {
    const throttled = line({
      step: "call",
      call: "POST /me/events",
      outcome: "failed",
      facts: { problem: "throttled" },
    });
    expect(sentenceOf(throttled, "Tomás", defaultLocale)).toBe(
      "Asked Outlook to create the event: Microsoft was busy and asked us to wait",
    );
  });

  it("the recorder's words say below a failure whether anyone must do something", () => {
    const waits = (problem: string) =>
      line({ step: "meeting_waits", outcome: "waiting", facts: { problem } });
    expect(todoOf(waits("reconnect_needed"), defaultLocale)).toMatch(/^Reconnect your Microsoft account/);
    expect(todoOf(waits("unavailable"), defaultLocale)).toMatch(/^Nothing to do/);
    expect(todoOf(line({ step: "link_missing", outcome: "waiting" }), defaultLocale)).toMatch(
      /^Nothing to do/,
    );
    expect(todoOf(line({ step: "meeting_created" }), defaultLocale)).toBeNull();
  });

  it("the recorder's words show a step of a newer version by its name", () => {
    expect(sentenceOf(line({ step: "brand_new" }), "Tomás", defaultLocale)).toBe("brand_new");
  });

  it("the recorder's words write durations in milliseconds, from a second on in seconds", () => {
    expect([184, 999, 1240, 2310].map((ms) => durationOf(ms, defaultLocale))).toEqual([
      "184 ms",
      "999 ms",
      "1.24 s",
      "2.31 s",
    ]);
    expect([320_133, 11_100_000].map((ms) => durationOf(ms, defaultLocale))).toEqual([
      "5 min 20 s",
      "3 h 5 min",
    ]);
  });
});

describe("the text for support", () => {
  it("the text for support has UTC instants, calls, status, request ids and durations, one line each", () => {
    const text = flightAsText("the-booking", [
      line({ step: "booked", facts: { approval: false } }, 114),
      line({ step: "call", call: "POST /me/events", status: 201, requestId: "5d07", durationMs: 412 }, 583),
    ]);
    expect(text.split("\n")).toEqual([
      "booking the-booking",
      '2026-11-30T19:02:07.114Z  booked  ok  {"approval":false}',
      "2026-11-30T19:02:07.583Z  call  ok  POST /me/events  201  request-id 5d07  412 ms",
    ]);
  });
});
