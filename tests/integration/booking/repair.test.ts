import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { book } from "@/lib/booking/book";
import { db } from "@/lib/database/client";
import { listFlight } from "@/lib/flight-recorder/queries";
import { queue } from "@/lib/jobs/queue";
import { meetingSync } from "@/lib/meetings/jobs";
import { repairMeeting } from "@/lib/meetings/repair";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
});
afterAll(() => database.cleanup());

async function booked() {
  const organizer = await makeOrganizer({ location: { kind: "teams" } });
  const outcome = await book(requestFor(organizer, hourAhead(2)));
  if (!outcome.ok) throw new Error("not booked");
  const { meetingId } = await db().booking.findUniqueOrThrow({ where: { id: outcome.value.id } });
  await (await queue()).deleteQueuedJobs(meetingSync.name);
  return { organizer, id: outcome.value.id, meetingId };
}

async function jobsFor(meetingId: string): Promise<number> {
  return (await (await queue()).findJobs(meetingSync.name, { data: { meetingId }, queued: true })).length;
}

describe("repairing a meeting", () => {
  it("repairing a meeting puts it to work immediately and says so in the flight recorder", async () => {
    const { organizer, id, meetingId } = await booked();
    expect(await repairMeeting({ bookingId: id, scope: organizer.scope })).toEqual({
      ok: true,
      value: { id },
    });
    expect(await jobsFor(meetingId)).toBe(1);
    const lines = await listFlight(organizer.scope, id);
    expect(lines.at(-1)).toMatchObject({ step: "repair_requested", outcome: "waiting" });
  });

  it("repairing a meeting does not find another organizer's booking, nor what is no booking at all", async () => {
    const { id, meetingId } = await booked();
    const stranger = await makeOrganizer();
    const notFound = { ok: false, error: { code: "not_found" } };
    expect(await repairMeeting({ bookingId: id, scope: stranger.scope })).toEqual(notFound);
    expect(await repairMeeting({ bookingId: "nonsense", scope: stranger.scope })).toEqual(notFound);
    expect(await jobsFor(meetingId)).toBe(0);
  });

  it("repairing a meeting leaves an appointment alone that is over", async () => {
    const { organizer, id, meetingId } = await booked();
    const now = Date.parse(hourAhead(3));
    expect(await repairMeeting({ bookingId: id, scope: organizer.scope, now })).toEqual({
      ok: false,
      error: { code: "over" },
    });
    expect(await jobsFor(meetingId)).toBe(0);
  });
});
