import { afterAll, beforeAll, expect, it } from "vitest";
import { book } from "@/lib/booking/book";
import { getBookingByToken } from "@/lib/booking-record/queries";
import { refreshCalendars } from "@/lib/calendars/calendars";
import { getCalendarChoices, saveCalendarChoices } from "@/lib/calendars/choices";
import { verifyConnection } from "@/lib/connections/verify";
import { db } from "@/lib/database/client";
import { connectionStatusOf, countConnectionStatuses } from "@/lib/grants/connection-status";
import { eventually } from "@/tests/support/eventually";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";
import { openWorkingStage, type WorkingStage } from "@/tests/support/working-stage";

let stage: WorkingStage;

beforeAll(async () => {
  stage = await openWorkingStage({ TEAMS_SCOPES: "Calendars.Read offline_access User.Read" });
});
afterAll(() => stage.close());

const rowOf = (userId: string) => db().meetingProviderConnection.findFirstOrThrow({ where: { userId } });
const links = { fallbackLocation: { kind: "link", value: "https://example.com/room" } };

it("a connection that may only read says so, and is not asked to reconnect", async () => {
  const organizer = await stage.connect(await makeOrganizer());
  expect(await rowOf(organizer.id)).toMatchObject({
    state: "limited",
    reason: "read_only",
    teamsAvailable: false,
  });
  await verifyConnection(organizer.scope);
  expect(await rowOf(organizer.id)).toMatchObject({ state: "limited", reason: "read_only" });
});

it("a connection that may only read closes what is busy in Outlook", async () => {
  const organizer = await stage.connect(await makeOrganizer(links));
  const start = hourAhead(3);
  const end = new Date(Date.parse(start) + 3600_000).toISOString();
  await stage.microsoft.control.createEvent(organizer.email, {
    subject: "Dentist",
    start: { dateTime: start.slice(0, 19), timeZone: "UTC" },
    end: { dateTime: end.slice(0, 19), timeZone: "UTC" },
  });
  expect(await book(requestFor(organizer, start))).toMatchObject({
    ok: false,
    error: { code: "slot_taken" },
  });
});

it("a booking of a connection that may only read takes the location instead of Teams, and nothing is written", async () => {
  const organizer = await stage.connect(await makeOrganizer(links));
  const booked = await book(requestFor(organizer, hourAhead(4)));
  if (!booked.ok) throw new Error(booked.error.code);
  const view = await eventually(
    () => getBookingByToken(booked.value.token),
    (found) => found?.meeting.status === "ready",
  );
  expect(view?.meeting).toMatchObject({ joinUrl: "https://example.com/room" });
  expect((await stage.microsoft.control.mailbox(organizer.email)).events).toEqual([]);
  const asked = await stage.microsoft.control.requests({ account: organizer.email });
  expect(asked.filter(({ method, path }) => method !== "GET" && /\/events/.test(path))).toEqual([]);
});

it("a connection that may only read has no calendar for bookings to choose", async () => {
  const organizer = await stage.connect(await makeOrganizer());
  await refreshCalendars(await rowOf(organizer.id));
  const now = await getCalendarChoices(organizer.scope);
  expect(now).toMatchObject({ isReadOnly: true, targetId: null });
  expect(now?.calendars.map(({ canEdit }) => canEdit)).toEqual([false]);
  const saved = await saveCalendarChoices(organizer.scope, {
    blockingIds: [],
    targetId: now?.calendars[0]?.id ?? "",
    blockingStatuses: ["busy"],
    staleAfterMinutes: 15,
    whenUnreachable: "refuse",
  });
  expect(saved).toMatchObject({ ok: false, error: { code: "not_writable" } });
});

it("an account that once gave more keeps working where only reading is asked for", async () => {
  const organizer = await stage.connect(await makeOrganizer());
  const scopes = "https://graph.microsoft.com/Calendars.ReadWrite User.Read";
  await db().meetingProviderConnection.updateMany({
    where: { userId: { not: organizer.id } },
    data: { state: "limited" },
  });
  await db().meetingProviderConnection.updateMany({
    where: { userId: organizer.id },
    data: { state: "connected", reason: null, scopes },
  });
  const status = connectionStatusOf(await rowOf(organizer.id), "Calendars.Read offline_access User.Read");
  expect(status).toMatchObject({ state: "connected", missingScopes: [] });
  expect(await countConnectionStatuses()).toContainEqual({ provider: "teams", state: "connected", count: 1 });
});
