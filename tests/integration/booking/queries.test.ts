import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { book } from "@/lib/booking/book";
import { cancel } from "@/lib/booking/cancel";
import { listGivenAnswers } from "@/lib/booking-record/given-answers";
import { countBookings, countWithoutLink, getOwnBooking, listBookings } from "@/lib/booking-record/queries";
import { db } from "@/lib/database/client";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead, makeOrganizer, requestFor, type TestOrganizer } from "@/tests/support/organizer";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
});
afterAll(() => database.cleanup());

async function bookOn(organizer: TestOrganizer, days: number, more: object = {}): Promise<string> {
  const outcome = await book(requestFor(organizer, hourAhead(days), more));
  if (!outcome.ok) throw new Error(`not booked: ${outcome.error.code}`);
  return outcome.value.id;
}

async function setLink(bookingId: string, status: "ready" | "failed"): Promise<void> {
  const { meetingId } = await db().booking.findUniqueOrThrow({ where: { id: bookingId } });
  const link = { joinUrl: "https://teams.example/l/meetup-join/1", verifiedAt: new Date() };
  await db().meeting.update({
    where: { id: meetingId },
    data: { status, ...(status === "ready" ? link : {}) },
  });
}

const ids = (bookings: { id: string }[]) => bookings.map(({ id }) => id);

describe("the organizer's bookings", () => {
  it("the organizer's bookings are narrowed down by the state of their link", async () => {
    const organizer = await makeOrganizer({ location: { kind: "teams" } });
    const good = await bookOn(organizer, 2);
    const bad = await bookOn(organizer, 3);
    await setLink(good, "ready");
    await setLink(bad, "failed");
    expect(ids(await listBookings(organizer.scope, { meeting: "verified" }))).toEqual([good]);
    expect(ids(await listBookings(organizer.scope, { meeting: "missing" }))).toEqual([bad]);
    expect(await listBookings(organizer.scope, { meeting: "elsewhere" })).toEqual([]);
  });

  it("the organizer's bookings are narrowed down by event type", async () => {
    const organizer = await makeOrganizer({ location: { kind: "phone", value: "+33 1 23 45 67 89" } });
    const id = await bookOn(organizer, 2);
    const { eventTypeId } = organizer;
    expect(ids(await listBookings(organizer.scope, { eventTypeId }))).toEqual([id]);
    expect(
      await listBookings(organizer.scope, { eventTypeId: "0f8fad5b-d9cb-469f-a165-70867728950e" }),
    ).toEqual([]);
  });

  it("the organizer's bookings count as without a link while they are to come, confirmed and not verified", async () => {
    const organizer = await makeOrganizer({ location: { kind: "teams" } });
    const first = await bookOn(organizer, 2);
    await bookOn(organizer, 3);
    await setLink(first, "ready");
    expect(await countBookings(organizer.scope, new Date())).toMatchObject({ upcoming: 2, withoutLink: 1 });
    const later = new Date(hourAhead(9));
    expect(await countBookings(organizer.scope, later)).toMatchObject({
      past: 2,
      upcoming: 0,
      withoutLink: 0,
    });
  });

  it("the organizer's bookings count as without a link seat by seat, and only while each is confirmed", async () => {
    const organizer = await makeOrganizer({ location: { kind: "teams" }, seats: 3 });
    const [first, second] = [await bookOn(organizer, 2), await bookOn(organizer, 2)];
    const count = async () => (await countBookings(organizer.scope, new Date())).withoutLink;
    expect(await count()).toBe(2);
    await cancel({ bookingId: second, by: "visitor" });
    expect(await count()).toBe(1);
    await setLink(first, "ready");
    expect(await count()).toBe(0);
    await bookOn(organizer, 2);
    expect(await count()).toBe(0);
  });

  it("the organizer's bookings don't count as without a link where none is to come: other places, and requests that wait", async () => {
    const before = await countWithoutLink(new Date());
    for (const location of [
      { kind: "phone", value: "+33 1 23 45 67 89" },
      { kind: "link", value: "https://meet.example/ines" },
      { kind: "none" },
    ]) {
      const organizer = await makeOrganizer({ location });
      await bookOn(organizer, 2);
      expect((await countBookings(organizer.scope, new Date())).withoutLink).toBe(0);
    }
    const asked = await makeOrganizer({ location: { kind: "teams" }, requiresApproval: true });
    await bookOn(asked, 2);
    expect(await countWithoutLink(new Date())).toBe(before);
    const sure = await makeOrganizer({ location: { kind: "teams" } });
    await bookOn(sure, 2);
    expect(await countWithoutLink(new Date())).toBe(before + 1);
  });

  it("the organizer's bookings are past once they have ended, not while they go on", async () => {
    const organizer = await makeOrganizer({ location: { kind: "phone", value: "+33 1 23 45 67 89" } });
    const id = await bookOn(organizer, 2);
    const begun = new Date(Date.parse(hourAhead(2)) + 10 * 60_000);
    const over = new Date(Date.parse(hourAhead(2)) + 30 * 60_000);
    expect(await listBookings(organizer.scope, { endedBy: begun })).toEqual([]);
    expect(ids(await listBookings(organizer.scope, { endedBy: over }))).toEqual([id]);
  });

  it("the organizer's bookings are no one else's", async () => {
    const organizer = await makeOrganizer({ location: { kind: "phone", value: "+33 1 23 45 67 89" } });
    const stranger = await makeOrganizer();
    const id = await bookOn(organizer, 2);
    expect(await getOwnBooking(stranger.scope, id)).toBeNull();
    expect(await listGivenAnswers(stranger.scope, id)).toEqual([]);
  });
});

describe("what a visitor answered", () => {
  it("what a visitor answered comes in the order of the form, empty answers left out", async () => {
    const organizer = await makeOrganizer({
      location: { kind: "phone", value: "+33 1 23 45 67 89" },
      questions: [
        { id: "topic", label: "What about?", kind: "text", required: false },
        { id: "note", label: "Anything else?", kind: "multiline", required: false },
        { id: "client", label: "A client already?", kind: "checkbox", required: false },
      ],
    });
    const id = await bookOn(organizer, 2, { answers: { client: true, note: "", topic: "A contract" } });
    expect(await listGivenAnswers(organizer.scope, id)).toEqual([
      { label: "What about?", answer: "A contract" },
      { label: "A client already?", answer: true },
    ]);
  });

  it("what a visitor answered stays readable when its question is gone", async () => {
    const organizer = await makeOrganizer({
      location: { kind: "phone", value: "+33 1 23 45 67 89" },
      questions: [{ id: "topic", label: "What about?", kind: "text", required: false }],
    });
    const id = await bookOn(organizer, 2, { answers: { topic: "A contract" } });
    await db().eventType.update({ where: { id: organizer.eventTypeId }, data: { questions: [] } });
    expect(await listGivenAnswers(organizer.scope, id)).toEqual([{ label: "topic", answer: "A contract" }]);
  });
});
