import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { book } from "@/lib/booking/book";
import { reschedule } from "@/lib/booking/reschedule";
import { getBookingByToken } from "@/lib/booking-record/queries";
import { db } from "@/lib/database/client";
import { eventually } from "@/tests/support/eventually";
import { makeOrganizer, requestFor } from "@/tests/support/organizer";
import { openWorkingStage, type WorkingStage } from "@/tests/support/working-stage";

let stage: WorkingStage;

beforeAll(async () => {
  stage = await openWorkingStage();
});
afterAll(() => stage.close());

async function organizerIn(timeZone: string) {
  const organizer = await makeOrganizer({ window: { kind: "none" } }, { timeZone });
  return stage.connect(organizer);
}

/** What Bellhop wrote into Outlook: the times of each POST and PATCH of an event. */
async function writtenTimes(email: string) {
  const seen = await stage.microsoft.control.requests({ account: email });
  return seen
    .filter(({ method, path }) => path.includes("/me/events") && (method === "POST" || method === "PATCH"))
    .map(({ body }) => {
      const { start, end } = body as Record<"start" | "end", { dateTime: string; timeZone: string }>;
      return [start.dateTime, end.dateTime, start.timeZone, end.timeZone];
    });
}

async function booked(organizer: Awaited<ReturnType<typeof organizerIn>>, start: string) {
  const outcome = await book(requestFor(organizer, start));
  if (!outcome.ok) throw new Error(outcome.error.code);
  const { id, token } = outcome.value;
  await eventually(
    () => getBookingByToken(token),
    (booking) => booking?.meeting.status === "ready",
  );
  return id;
}

const year = new Date().getUTCFullYear() + 1;

describe("an appointment near a change of the clocks", () => {
  it("an appointment near a change of the clocks is written as the organizer's wall time with its zone's name, so that new rules don't move it", async () => {
    const organizer = await organizerIn("Europe/Paris");
    const winter = `${year}-03-20T08:00:00.000Z`;
    const summer = `${year}-04-02T07:00:00.000Z`;
    const id = await booked(organizer, winter);
    await reschedule({ bookingId: id, start: Date.parse(summer), by: "organizer" });
    const meeting = await eventually(
      () => db().meeting.findFirstOrThrow({ where: { hostId: organizer.id } }),
      ({ calendarStartsAt }) => calendarStartsAt?.toISOString() === summer,
    );
    expect(meeting.calendarEndsAt?.toISOString()).toBe(`${year}-04-02T07:30:00.000Z`);
    // Nine in the morning on both days, though an hour apart in UTC.
    expect(await writtenTimes(organizer.email)).toEqual([
      [`${year}-03-20T09:00:00`, `${year}-03-20T09:30:00`, "Europe/Paris", "Europe/Paris"],
      [`${year}-04-02T09:00:00`, `${year}-04-02T09:30:00`, "Europe/Paris", "Europe/Paris"],
    ]);
  });

  it("an appointment near a change of the clocks is written in UTC in the hour that comes twice, and is the hour that was booked", async () => {
    const organizer = await organizerIn("Europe/Paris");
    const sunday = lastSundayOfOctober();
    const second = `${sunday}T01:00:00.000Z`;
    await booked(organizer, second);
    expect(await writtenTimes(organizer.email)).toEqual([
      [`${sunday}T01:00:00`, `${sunday}T01:30:00`, "UTC", "UTC"],
    ]);
    const meeting = await db().meeting.findFirstOrThrow({ where: { hostId: organizer.id } });
    expect(meeting.calendarStartsAt?.toISOString()).toBe(second);
  });

  it("an appointment near a change of the clocks is the same instant where Exchange does not know the zone's name", async () => {
    const organizer = await organizerIn("Antarctica/Troll");
    const start = `${year}-07-01T10:00:00.000Z`;
    await booked(organizer, start);
    const [refused, taken] = await writtenTimes(organizer.email);
    expect(refused?.[2]).toBe("Antarctica/Troll");
    expect(taken).toEqual([`${year}-07-01T10:00:00`, `${year}-07-01T10:30:00`, "UTC", "UTC"]);
  });
});

function lastSundayOfOctober(): string {
  const end = new Date(Date.UTC(year, 9, 31));
  end.setUTCDate(31 - end.getUTCDay());
  return end.toISOString().slice(0, 10);
}
