import { afterAll, beforeAll, expect, test } from "vitest";
import { book } from "@/lib/booking/book";
import { db } from "@/lib/database/client";
import { getPublicProfile } from "@/lib/event-types/queries";
import { createEventType, removeEventType } from "@/lib/event-types/save";
import { eventTypeInput } from "@/lib/event-types/schema";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
});
afterAll(() => database.cleanup());

test("bookings outlive their event type, with the title it had", async () => {
  const organizer = await makeOrganizer({ location: { kind: "none" } });
  const booked = await book(requestFor(organizer, hourAhead(3)));
  if (!booked.ok) throw new Error(booked.error.code);
  expect(await removeEventType(organizer.scope, organizer.eventTypeId)).toEqual({ ok: true, value: null });
  const booking = await db().booking.findUniqueOrThrow({ where: { id: booked.value.id } });
  expect(booking).toMatchObject({ eventTypeId: null, title: "Online appointment", status: "confirmed" });
});

test("an organizer without any schedule can't have event types", async () => {
  const organizer = await makeOrganizer();
  await removeEventType(organizer.scope, organizer.eventTypeId);
  await db().schedule.deleteMany({ where: { userId: organizer.id } });
  const input = eventTypeInput.parse({
    slug: "x",
    title: "X",
    durationsMinutes: [15],
    location: { kind: "none" },
  });
  expect(await createEventType(organizer.scope, input)).toEqual({
    ok: false,
    error: { code: "unknown_schedule" },
  });
});

test("of many with the same link at once, one is made", async () => {
  const organizer = await makeOrganizer();
  const input = eventTypeInput.parse({
    slug: "race",
    title: "Race",
    durationsMinutes: [15],
    location: { kind: "none" },
  });
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, () => createEventType(organizer.scope, input)),
  );
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  expect(outcomes.filter((outcome) => !outcome.ok && outcome.error.code === "slug_taken")).toHaveLength(7);
});

test("a profile is found in any casing and tells the organizer's name", async () => {
  const organizer = await makeOrganizer({ hidden: true });
  const profile = await getPublicProfile(organizer.handle.toUpperCase());
  expect(profile).toEqual({
    organizer: { name: `The ${organizer.handle}`, handle: organizer.handle },
    eventTypes: [],
  });
});
