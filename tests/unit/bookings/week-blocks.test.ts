import { describe, expect, it } from "vitest";
import { blocksOf, hoursAround } from "@/components/organizer-bookings/week-blocks";
import type { BookingView } from "@/lib/booking-record/queries";

/** A booking as far as the drawing looks at it. */
function booking(id: string, start: string, minutes: number, meetingId = id): BookingView {
  const startsAt = new Date(start);
  const endsAt = new Date(startsAt.getTime() + minutes * 60_000);
  // biome-ignore lint/suspicious/noExplicitAny: only these fields are looked at
  return { id, startsAt, endsAt, meeting: { id: meetingId } } as any;
}

const rows = (blocks: ReturnType<typeof blocksOf>) => blocks.map(({ row, span }) => [row, span]);

describe("the drawing of a week", () => {
  it("the drawing of a week puts a booking on the organizer's day and hour", () => {
    const late = booking("a", "2026-12-10T23:30:00Z", 30);
    expect(rows(blocksOf("2026-12-11", [late], "Europe/Paris"))).toEqual([[2, 2]]);
    expect(blocksOf("2026-12-10", [late], "Europe/Paris")).toEqual([]);
  });

  it("the drawing of a week never draws one over another, however odd their minutes are", () => {
    const odd = [
      booking("a", "2026-12-10T10:00:00Z", 20),
      booking("b", "2026-12-10T10:20:00Z", 20),
      booking("c", "2026-12-10T10:40:00Z", 20),
    ];
    expect(rows(blocksOf("2026-12-10", odd, "UTC"))).toEqual([
      [40, 2],
      [42, 1],
      [43, 1],
    ]);
  });

  it("the drawing of a week draws the seats of one appointment once", () => {
    const seats = [
      booking("a", "2026-12-10T10:00:00Z", 60, "one"),
      booking("b", "2026-12-10T10:00:00Z", 60, "one"),
    ];
    const [block, ...rest] = blocksOf("2026-12-10", seats, "UTC");
    expect(rest).toEqual([]);
    expect(block?.bookings.map(({ id }) => id)).toEqual(["a", "b"]);
  });

  it("the drawing of a week ends what goes on after midnight with the day", () => {
    const night = [booking("a", "2026-12-10T23:00:00Z", 180)];
    expect(rows(blocksOf("2026-12-10", night, "UTC"))).toEqual([[92, 4]]);
  });

  it("the drawing of a week shows the usual day, and whatever lies outside of it", () => {
    expect(hoursAround([])).toEqual({ fromHour: 8, toHour: 18 });
    const early = blocksOf("2026-12-10", [booking("a", "2026-12-10T06:45:00Z", 30)], "UTC");
    expect(hoursAround(early)).toEqual({ fromHour: 6, toHour: 18 });
  });
});
