import { describe, expect, test } from "vitest";
import { joinStateOf, visitStateOf } from "@/lib/booking-record/visit-state";
import { defaultLocale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";

const startsAt = new Date("2026-12-10T14:30:00Z");
const endsAt = new Date("2026-12-10T15:00:00Z");
const minute = 60_000;

type Booking = Parameters<typeof joinStateOf>[0];

function booking(
  different: Partial<Omit<Booking, "meeting">> = {},
  meeting: Partial<Booking["meeting"]> = {},
): Booking {
  return {
    status: "confirmed",
    confirmBy: null,
    cancelledBy: null,
    startsAt,
    endsAt,
    ...different,
    meeting: {
      kind: "teams",
      status: "ready",
      problem: null,
      joinUrl: "https://teams.example/1",
      ...meeting,
    },
  };
}

describe("what a visitor reads while there is no link", () => {
  const words = translator("booking", defaultLocale);
  const waits = (problem: string) => words("visit.lead.waits", { name: "Ines", problem });

  test("what a visitor reads while there is no link says of each reason what is true", () => {
    expect(waits("not_connected")).toContain("Ines hasn't connected a Microsoft account");
    expect(waits("reconnect_needed")).toContain("Ines needs to sign in to Microsoft again");
    expect(waits("misconfigured")).toContain("The people who run this booking service need to fix a problem");
  });

  test("what a visitor reads while there is no link claims of no one who disconnected on purpose that they were notified", () => {
    for (const problem of ["not_connected", "out_of_reach", "other"]) {
      expect(waits(problem)).not.toMatch(/told|knows/);
    }
  });

  test("what a visitor reads while there is no link promises no more tries where the organizer sends the place", () => {
    const asked = words("visit.lead.asked", { name: "Ines" });
    expect(asked).toContain("Ines will send you the link or the location");
    expect(asked).not.toMatch(/keep trying/);
  });
});

describe("what a visitor is notified", () => {
  const dayBefore = startsAt.getTime() - 24 * 60 * minute;
  test.each([
    ["verified", booking()],
    ["creating", booking({}, { status: "creating" })],
    ["creating", booking({}, { status: "creating", problem: "throttled" })],
    ["waits", booking({}, { status: "creating", problem: "reconnect_needed" })],
    ["waits", booking({}, { status: "creating", problem: "not_connected" })],
    ["failed", booking({}, { status: "failed", problem: "refused" })],
    ["failed", booking({}, { status: "failed", problem: "no_link" })],
    ["asked", booking({}, { status: "failed", problem: "no_teams" })],
    ["asked", booking({}, { status: "failed", problem: "read_only" })],
    ["confirmed", booking({}, { kind: "phone", status: "none" })],
    ["confirmed", booking({}, { kind: "link", status: "ready" })],
    ["pending", booking({ status: "pending" }, { status: "none" })],
    ["unconfirmed", booking({ status: "pending", confirmBy: startsAt }, { status: "none" })],
    ["lapsed", booking({ status: "cancelled", cancelledBy: "clock", confirmBy: startsAt })],
    ["cancelled", booking({ status: "cancelled", cancelledBy: "visitor", confirmBy: startsAt })],
    ["declined", booking({ status: "declined" })],
    ["cancelled", booking({ status: "cancelled" })],
  ])("what a visitor reads: %s", (state, given) => {
    expect(visitStateOf(given, dayBefore)).toBe(state);
  });

  test("a booking that is over is past, unless it was cancelled", () => {
    expect(visitStateOf(booking(), endsAt.getTime())).toBe("past");
    expect(visitStateOf(booking({ status: "pending" }), endsAt.getTime())).toBe("past");
    expect(visitStateOf(booking({ status: "cancelled" }), endsAt.getTime())).toBe("cancelled");
  });
});

describe("the join page", () => {
  const at = (minutes: number) => startsAt.getTime() + minutes * minute;

  test("the join page leads on from ten minutes before the start until half an hour after the end", () => {
    const open = { kind: "open", url: "https://teams.example/1" };
    expect(joinStateOf(booking(), at(-10))).toEqual(open);
    expect(joinStateOf(booking(), at(0))).toEqual(open);
    expect(joinStateOf(booking(), at(59))).toEqual(open);
    expect(joinStateOf(booking(), at(60))).toEqual({ kind: "past" });
  });

  test("the join page says when it opens, as long as it doesn't", () => {
    const early = { kind: "early", url: "https://teams.example/1", opensAt: at(-10) };
    expect(joinStateOf(booking(), at(-10) - 1)).toEqual(early);
  });

  test("the join page waits for a link that is not there yet", () => {
    expect(joinStateOf(booking({}, { status: "creating", joinUrl: null }), at(0))).toEqual({
      kind: "creating",
    });
  });

  test("the join page never leads into a meeting that does not take place", () => {
    expect(joinStateOf(booking({ status: "cancelled" }), at(0))).toEqual({ kind: "cancelled" });
    expect(joinStateOf(booking({ status: "declined" }), at(0))).toEqual({ kind: "cancelled" });
    expect(joinStateOf(booking({ status: "pending" }), at(0))).toEqual({ kind: "pending" });
  });

  test("a phone call has nothing to join", () => {
    const call = booking({}, { kind: "phone", status: "none", joinUrl: null });
    expect(joinStateOf(call, at(0))).toEqual({ kind: "elsewhere" });
  });
});
