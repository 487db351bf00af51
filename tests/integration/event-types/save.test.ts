import { afterAll, beforeAll, expect, test } from "vitest";
import { book } from "@/lib/booking/book";
import { db } from "@/lib/database/client";
import { getPublicProfile } from "@/lib/event-types/queries";
import { changeEventType, createEventType, removeEventType } from "@/lib/event-types/save";
import { eventTypeInput } from "@/lib/event-types/schema";
import { createSchedule, removeSchedule } from "@/lib/schedules/save";
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

test("of many with the same link at the same time, one is made", async () => {
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

test("its owner is its one host, by its own hours", async () => {
  const organizer = await makeOrganizer();
  const spare = await createSchedule(organizer.scope, {
    name: "Evenings",
    timeZone: "UTC",
    weekly: [],
    overrides: [],
    travel: [],
    holidays: null,
  });
  const evenings = spare.ok ? spare.value.id : "";
  const input = { slug: "hosted", title: "Hosted", durationsMinutes: [15], location: { kind: "none" } };
  const made = await createEventType(organizer.scope, eventTypeInput.parse(input));
  if (!made.ok) throw new Error(made.error.code);
  const { id, scheduleId } = made.value;
  const host = { userId: organizer.id, kind: "fixed", weight: 100, priority: 0, position: 0 };
  expect(await hostsOf(id)).toMatchObject([{ ...host, scheduleId }]);
  expect(await hostsOf(organizer.eventTypeId)).toMatchObject([{ ...host, scheduleId }]);
  await changeEventType(organizer.scope, id, { title: "Hosted" });
  expect(await hostsOf(id)).toMatchObject([{ scheduleId }]);
  await changeEventType(organizer.scope, id, { scheduleId: evenings });
  expect(await hostsOf(id)).toMatchObject([{ ...host, scheduleId: evenings }]);
  await removeEventType(organizer.scope, id);
  expect(await hostsOf(id)).toEqual([]);
  expect(await removeSchedule(organizer.scope, evenings)).toMatchObject({ ok: true });
});

test("a schedule of someone else's changes neither the event type nor its host", async () => {
  const [organizer, stranger] = [await makeOrganizer(), await makeOrganizer()];
  const [before] = await hostsOf(organizer.eventTypeId);
  const [theirs] = await hostsOf(stranger.eventTypeId);
  expect(
    await changeEventType(organizer.scope, organizer.eventTypeId, { scheduleId: theirs?.scheduleId ?? "" }),
  ).toEqual({ ok: false, error: { code: "unknown_schedule" } });
  expect(await hostsOf(organizer.eventTypeId)).toEqual([before]);
});

const hostsOf = (eventTypeId: string) => db().eventTypeHost.findMany({ where: { eventTypeId } });
