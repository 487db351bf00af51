import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { GET as getOwnBooking } from "@/app/api/v1/me/bookings/[id]/route";
import { GET as listOwnBookings } from "@/app/api/v1/me/bookings/route";
import { createApiKey } from "@/lib/auth/api-keys";
import { getAttendance, takeAttendance } from "@/lib/booking/attendance";
import { book } from "@/lib/booking/book";
import { setNoShow } from "@/lib/booking/no-show";
import { completeConnect, startConnect } from "@/lib/connections/connect";
import { getConnection } from "@/lib/connections/queries";
import { db } from "@/lib/database/client";
import { listFlight } from "@/lib/flight-recorder/queries";
import { syncMeeting } from "@/lib/meetings/sync-meeting";
import { accessFor } from "@/lib/meetings/teams/access";
import { sendDueMails } from "@/lib/notifications/send-due";
import { openMailContent } from "@/lib/outbox/outbox";
import { signInAs } from "@/tests/emulator/person";
import { call } from "@/tests/integration/api/call";
import { openSyncStage, type Person, type SyncStage } from "@/tests/integration/calendar-sync/sync-stage";
import { hourAhead, requestFor } from "@/tests/support/organizer";

let stage: SyncStage;

beforeAll(async () => {
  stage = await openSyncStage();
});
afterAll(() => stage.close());
beforeEach(async () => {
  await stage.control.clearFaults();
  await stage.control.changeSettings({ artifactConsent: "user" });
});

/** Presses *Allow attendance reports*, and what follows at Microsoft. */
async function allowReports({ scope, email }: Person, answers: object = {}) {
  const started = await startConnect({
    scope,
    returnTo: "/account/integrations",
    popup: false,
    selectAccount: false,
    feature: "attendance",
  });
  if (!started.ok) throw new Error(started.error.code);
  const back = new URL(await signInAs(started.value.redirectTo, { email, ...answers }));
  return completeConnect(scope, back.searchParams, [started.value.cookie]);
}

async function organizer(eventType: object = {}, isAllowed = true): Promise<Person> {
  const person = await stage.connected({ location: { kind: "teams" }, ...eventType });
  if (isAllowed) await allowReports(person);
  return person;
}

interface Over {
  id: string;
  meetingId: string;
  joinUrl: string;
  visitor: string;
  /** Minutes after the start, as an instant. */
  at(minutes: number): string;
  /** Looks for reports this many minutes after the end, and says what is known. */
  look(person: Person, minutesAfterEnd: number): ReturnType<typeof getAttendance>;
}

/** A half-hour meeting that is over by now, in Outlook as it was. */
async function over(person: Person, more: object = {}, minutesAgo = 60): Promise<Over> {
  const request = requestFor(person, hourAhead(2), more);
  const booked = await book(request);
  if (!booked.ok) throw new Error(booked.error.code);
  const { id } = booked.value;
  const { meetingId } = await db().booking.findUniqueOrThrow({ where: { id } });
  await syncMeeting({ meetingId });
  await sendDueMails({ bookingId: id });
  const startsAt = new Date(Math.floor(Date.now() / 60_000) * 60_000 - minutesAgo * 60_000);
  const endsAt = new Date(startsAt.getTime() + 30 * 60_000);
  await db().$transaction([
    db()
      .$executeRaw`UPDATE "TimeClaim" SET during = tstzrange(${startsAt}, ${endsAt}) WHERE "meetingId" = ${meetingId}::uuid`,
    db().meeting.update({ where: { id: meetingId }, data: { startsAt, endsAt } }),
    db().booking.update({ where: { id }, data: { startsAt, endsAt } }),
  ]);
  const { joinUrl } = await db().meeting.findUniqueOrThrow({ where: { id: meetingId } });
  return {
    id,
    meetingId,
    joinUrl: joinUrl ?? "",
    visitor: request.visitor.email,
    at: (minutes) => new Date(startsAt.getTime() + minutes * 60_000).toISOString(),
    async look(reader, minutes) {
      await takeAttendance(new Date(endsAt.getTime() + minutes * 60_000));
      return getAttendance(reader.scope, id);
    },
  };
}

/** Makes a report of who was there, from and to in minutes after the start. */
async function report(
  { email }: Person,
  meeting: Over,
  people: { email?: string | null; role?: "Organizer"; from?: number; to?: number }[],
) {
  await stage.control.addAttendanceReport(email, meeting.joinUrl, {
    people: people.map(({ from = 0, to = 30, ...one }) => ({
      ...one,
      stays: [{ from: meeting.at(from), to: meeting.at(to) }],
    })),
  });
}

/** What the API says of it to its organizer. */
async function shown({ scope }: Person, { id }: Over) {
  const { apiKey: key } = await db().$transaction((tx) => createApiKey(scope, "test", tx));
  const { attendance, noShow, noShowBy } = (await call(getOwnBooking, { key, params: { id } })).body;
  return { attendance, noShow, noShowBy };
}
const noTimes = { joinedAt: null, lateMinutes: null, earlyMinutes: null };

const noShowOf = (id: string) =>
  db().booking.findUniqueOrThrow({ where: { id }, select: { noShowAt: true, noShowBy: true } });
const nobody = { noShowAt: null, noShowBy: null };
const host = { role: "Organizer" } as const;

describe("who came to a meeting", () => {
  it("who came to a meeting is said with how late they joined and how early they left, by all reports of it", async () => {
    const person = await organizer();
    const meeting = await over(person);
    expect(await meeting.look(person, 10)).toEqual({ found: null, isAwaited: true, problem: "no_report" });
    expect((await shown(person, meeting)).attendance).toEqual({ state: "awaited", ...noTimes });
    await report(person, meeting, [{ ...host, to: 2 }]);
    await report(person, meeting, [host, { email: meeting.visitor.toUpperCase(), from: 7, to: 12 }]);
    await report(person, meeting, [host, { email: meeting.visitor, from: 13, to: 20 }]);
    expect(await meeting.look(person, 20)).toMatchObject({
      found: { verdict: "attended", lateMinutes: 7, earlyMinutes: 10, joinedAt: new Date(meeting.at(7)) },
      isAwaited: false,
    });
    expect(await noShowOf(meeting.id)).toEqual(nobody);
    expect(await shown(person, meeting)).toEqual({
      attendance: { state: "attended", joinedAt: meeting.at(7), lateMinutes: 7, earlyMinutes: 10 },
      noShow: false,
      noShowBy: null,
    });
  });

  it("who came to a meeting by the address of a guest came all the same, and staying as long as the hosts isn't leaving early", async () => {
    const person = await organizer();
    const meeting = await over(person, { guests: ["colleague@example.org"] });
    await report(person, meeting, [
      { ...host, to: 15 },
      { email: "colleague@example.org", to: 15 },
    ]);
    expect(await meeting.look(person, 10)).toMatchObject({
      found: { verdict: "attended", lateMinutes: 0, earlyMinutes: 0 },
    });
  });

  it.each([
    ["a guest who didn't sign in", [{ email: null }]],
    ["someone with an address that no one here has", [{ email: "ann@private.example" }]],
  ])("%s makes it unknown, and never a no-show", async (_, others) => {
    const person = await organizer();
    const meeting = await over(person);
    await report(person, meeting, [host, ...others]);
    expect(await meeting.look(person, 60)).toMatchObject({ found: null, isAwaited: true });
    expect(await meeting.look(person, 120)).toMatchObject({
      found: { verdict: "unknown" },
      isAwaited: false,
    });
    expect(await noShowOf(meeting.id)).toEqual(nobody);
    expect((await shown(person, meeting)).attendance).toEqual({ state: "unknown", ...noTimes });
  });

  it("a visitor is a no-show once two hours have brought no other report, once, and webhooks and activity hear of it", async () => {
    const person = await organizer();
    const meeting = await over(person);
    await report(person, meeting, [host]);
    expect(await meeting.look(person, 110)).toMatchObject({ found: null, isAwaited: true, problem: null });
    expect(await noShowOf(meeting.id)).toEqual(nobody);
    expect(await meeting.look(person, 120)).toMatchObject({ found: { verdict: "absent" }, isAwaited: false });
    const first = await noShowOf(meeting.id);
    expect(first).toMatchObject({ noShowAt: expect.any(Date), noShowBy: "report" });
    await db().attendanceCheck.updateMany({
      where: { meetingId: meeting.meetingId },
      data: { dueAt: new Date(0) },
    });
    await meeting.look(person, 240);
    expect(await noShowOf(meeting.id)).toEqual(first);
    const { attendance, ...decided } = await shown(person, meeting);
    expect(attendance.state).toBe("absent");
    expect(decided).toEqual({ noShow: true, noShowBy: "report" });
    const { apiKey: key } = await db().$transaction((tx) => createApiKey(person.scope, "test", tx));
    const { items } = (await call(listOwnBookings, { key })).body;
    expect(items).toMatchObject([{ id: meeting.id, noShow: true, noShowBy: "report" }]);
    const lines = await listFlight(person.scope, meeting.id);
    expect(lines.filter(({ step }) => step === "attendance_read")).toMatchObject([
      { facts: { verdict: "absent" } },
    ]);
  });

  it("what an organizer says holds, whatever a report says before or after", async () => {
    const person = await organizer();
    const [undone, kept] = [await over(person), await over(person, {}, 120)];
    for (const meeting of [undone, kept]) await report(person, meeting, [host]);
    const { scope } = person;
    await setNoShow({ bookingId: kept.id, scope, noShow: false });
    await undone.look(person, 120);
    expect(await noShowOf(undone.id)).toMatchObject({ noShowBy: "report" });
    expect(await noShowOf(kept.id)).toEqual({ noShowAt: null, noShowBy: "organizer" });
    await setNoShow({ bookingId: undone.id, scope, noShow: false });
    await db().attendance.deleteMany({ where: { bookingId: undone.id } });
    await db().attendanceCheck.updateMany({
      where: { meetingId: undone.meetingId },
      data: { dueAt: new Date(0) },
    });
    // Nothing is waited for that they have said already.
    expect(await getAttendance(scope, undone.id)).toBeNull();
    const decided = { attendance: null, noShow: false, noShowBy: "organizer" };
    expect(await shown(person, undone)).toEqual(decided);
    expect(await undone.look(person, 240)).toMatchObject({ found: { verdict: "absent" } });
    expect(await noShowOf(undone.id)).toEqual({ noShowAt: null, noShowBy: "organizer" });
  });

  it("reports are looked for through a day, past answers that fail, and no longer", async () => {
    const person = await organizer();
    const meeting = await over(person);
    await stage.control.graphFault({ status: 503, path: "**/attendanceReports", times: null });
    expect(await meeting.look(person, 10)).toMatchObject({ isAwaited: true, problem: "unavailable" });
    await stage.control.clearFaults();
    const since = Date.now();
    await meeting.look(person, 15);
    expect(
      await stage.control.requests({ since, account: person.email, path: "/attendanceReports" }),
    ).toEqual([]);
    expect(await meeting.look(person, 25)).toMatchObject({ isAwaited: true, problem: "no_report" });
    expect(await meeting.look(person, 1440)).toEqual({ found: null, isAwaited: false, problem: "no_report" });
    expect((await shown(person, meeting)).attendance).toEqual({ state: "no_report", ...noTimes });
    await db().attendanceCheck.updateMany({
      where: { meetingId: meeting.meetingId },
      data: { problem: "access_denied" },
    });
    expect((await shown(person, meeting)).attendance.state).toBe("unreadable");
  });

  it("meetings that someone else's reports are about, or another time, count for nothing", async () => {
    const person = await organizer();
    const meeting = await over(person);
    await report(person, meeting, [host, { email: meeting.visitor, from: -300, to: -270 }]);
    expect((await meeting.look(person, 10))?.found).toBeNull();
    const other = await organizer();
    expect(await getAttendance(other.scope, meeting.id)).toBeNull();
  });
});

describe("the permission that attendance reports need", () => {
  it("the permission that attendance reports need is asked for alone, and a connection without it lacks nothing", async () => {
    const person = await organizer({}, false);
    const meeting = await over(person);
    expect(await meeting.look(person, 10)).toBeNull();
    expect(await getConnection(person.scope, "teams")).toMatchObject({
      state: "connected",
      missingScopes: [],
    });
    expect(await allowReports(person, { consent: "cancel" })).toMatchObject({
      problem: { code: "declined" },
    });
    expect(await getConnection(person.scope, "teams")).toMatchObject({
      state: "connected",
      missingScopes: [],
    });
    expect(await allowReports(person)).toMatchObject({ kind: "done", problem: null });
    await report(person, meeting, [host, { email: meeting.visitor }]);
    expect(await meeting.look(person, 10)).toMatchObject({ found: { verdict: "attended" } });
  });

  it("the permission that attendance reports need may be an administrator's alone to give, and the connection stays", async () => {
    await stage.control.changeSettings({ artifactConsent: "admin" });
    const person = await organizer({}, false);
    expect(await allowReports(person, { approval: "return" })).toMatchObject({
      problem: { code: "declined" },
    });
    expect(await getConnection(person.scope, "teams")).toMatchObject({ state: "connected" });
  });

  it("the permission that attendance reports need can be taken back, and the connection goes on without it", async () => {
    const person = await organizer();
    const { tenantId, accountId } = await db().meetingProviderConnection.findFirstOrThrow({
      where: { userId: person.id },
    });
    await stage.control.revokeConsent(person.email, ["OnlineMeetingArtifact.Read.All"]);
    const { tokenVersion } = await accessFor(person.id);
    await accessFor(person.id, { rejected: tokenVersion });
    const connection = await getConnection(person.scope, "teams");
    expect(connection).toMatchObject({ state: "connected", missingScopes: [], tenantId });
    expect(connection?.grantedScopes).not.toContain("OnlineMeetingArtifact.Read.All");
    expect(accountId).toBeTruthy();
  });
});

describe("the mail to a visitor who didn't come", () => {
  const mailsOf = async (bookingId: string) =>
    (await db().mail.findMany({ where: { bookingId, kind: "booking-no-show" } })).map((mail) => ({
      to: mail.to,
      text: openMailContent(mail).text,
    }));

  it("the mail to a visitor who didn't come is off unless the event type says otherwise", async () => {
    const person = await organizer();
    const meeting = await over(person);
    await setNoShow({ bookingId: meeting.id, scope: person.scope, noShow: true });
    await sendDueMails({ bookingId: meeting.id }, Date.now() + 3600_000);
    expect(await mailsOf(meeting.id)).toEqual([]);
  });

  it("the mail to a visitor who didn't come leads to the times of the same appointment, once, and leaves time for second thoughts", async () => {
    const person = await organizer({ notifications: { noShow: true } });
    const [undone, meeting] = [await over(person), await over(person, {}, 120)];
    const { scope } = person;
    for (const { id: bookingId } of [undone, meeting]) {
      await setNoShow({ bookingId, scope, noShow: true });
      await sendDueMails({ bookingId });
      expect(await mailsOf(bookingId)).toEqual([]);
    }
    await setNoShow({ bookingId: undone.id, scope, noShow: false });
    for (const { id: bookingId } of [undone, undone, meeting, meeting]) {
      await sendDueMails({ bookingId }, Date.now() + 11 * 60_000);
    }
    expect(await mailsOf(undone.id)).toEqual([]);
    expect(await mailsOf(meeting.id)).toEqual([
      { to: meeting.visitor, text: expect.stringContaining(`/${person.handle}/${person.slug}`) },
    ]);
  });
});
