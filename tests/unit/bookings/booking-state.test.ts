import { describe, expect, it } from "vitest";
import {
  type BookingStateInput,
  bookingState,
  isLinkless,
} from "@/components/organizer-bookings/booking-state";

function booking(
  status: BookingStateInput["status"],
  meeting: Partial<BookingStateInput["meeting"]>,
): BookingStateInput {
  return {
    status,
    awaits: null,
    noShowAt: null,
    meeting: { kind: "teams", status: "creating", problem: null, ...meeting },
  };
}

describe("a booking's badge", () => {
  it.each([
    ["a verified link", booking("confirmed", { status: "ready" }), "ready"],
    ["a link in the making", booking("confirmed", {}), "creating"],
    ["a busy provider", booking("confirmed", { problem: "throttled" }), "creating"],
    ["a lost sign-in", booking("confirmed", { problem: "reconnect_needed" }), "waits"],
    ["no connection", booking("confirmed", { problem: "not_connected" }), "waits"],
    ["an account without Teams", booking("confirmed", { problem: "access_denied" }), "failed"],
    ["a refusal", booking("confirmed", { status: "failed", problem: "refused" }), "failed"],
    ["a phone call", booking("confirmed", { kind: "phone", status: "none" }), "phone"],
    ["a decision to make", booking("pending", { status: "none" }), "pending"],
    [
      "a visitor who is waited for",
      { ...booking("pending", { status: "none" }), awaits: "visitor" } as const,
      "unconfirmed",
    ],
    ["a no-show", { ...booking("confirmed", { status: "ready" }), noShowAt: new Date(0) }, "no_show"],
    ["a cancellation after a no-show", { ...booking("cancelled", {}), noShowAt: new Date(0) }, "cancelled"],
    ["a cancellation", booking("cancelled", { status: "ready" }), "cancelled"],
  ])("a booking's badge shows %s", (_what, given, expected) => {
    expect(bookingState(given)).toBe(expected);
  });

  it("only what is confirmed and takes place in Teams counts as a booking without a link", () => {
    expect(isLinkless(booking("confirmed", {}))).toBe(true);
    expect(isLinkless(booking("confirmed", { status: "ready" }))).toBe(false);
    expect(isLinkless(booking("pending", {}))).toBe(false);
    expect(isLinkless(booking("confirmed", { kind: "in_person", status: "none" }))).toBe(false);
  });
});
