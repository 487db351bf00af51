import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { getAttendance, takeAttendance } from "@/lib/booking/attendance";
import { book } from "@/lib/booking/book";
import { cancel } from "@/lib/booking/cancel";
import { reschedule } from "@/lib/booking/reschedule";
import { addSharedCalendar } from "@/lib/calendars/shared";
import { syncCalendar } from "@/lib/calendars/sync-calendar";
import { syncConnection } from "@/lib/calendars/sync-connection";
import { disconnect } from "@/lib/connections/disconnect";
import { listFleet } from "@/lib/connections/fleet";
import { lookAfterManaged, readManaged, tryManaged } from "@/lib/connections/managed";
import { getConnection } from "@/lib/connections/queries";
import { db } from "@/lib/database/client";
import { areCredentialsRefused } from "@/lib/meetings/operator-alert";
import { syncMeeting } from "@/lib/meetings/sync-meeting";
import { accessFor } from "@/lib/meetings/teams/access";
import { diagnose } from "@/lib/meetings/teams/diagnose";
import { presenceReader } from "@/lib/meetings/teams/presence";
import { CONTOSO_TENANT_ID, SEEDED_APP } from "@/tests/emulator/seed";
import { openSyncStage, type SyncStage, syncOwn } from "@/tests/integration/calendar-sync/sync-stage";
import { addMicrosoftAccount, connectMicrosoft } from "@/tests/support/microsoft";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";

let stage: SyncStage;
const allowed = {
  mailboxes: new Set<string>(),
  teamsPolicy: new Set<string>(),
  permissions: new Set<string>(),
};

/** What the administrator gave the app, as it is now. */
async function tellMicrosoft(): Promise<void> {
  await stage.control.changeApp(SEEDED_APP.clientId, {
    application: {
      permissions: [...allowed.permissions],
      mailboxes: [...allowed.mailboxes],
      teamsPolicy: [...allowed.teamsPolicy],
    },
  });
}

beforeAll(async () => {
  stage = await openSyncStage({ TEAMS_MANAGED_TENANTS: CONTOSO_TENANT_ID });
});
afterAll(() => stage.close());
beforeEach(async () => {
  allowed.permissions = new Set(["OnlineMeetings.ReadWrite.All"]);
  await tellMicrosoft();
  await stage.control.changeSettings({ exchangeGrants: "add" });
});

/** An organizer who signed in with Microsoft, and did nothing else. */
async function signedIn({ account = {}, access = true }: { account?: object; access?: boolean } = {}) {
  const organizer = await makeOrganizer({ location: { kind: "teams" } });
  const email = await addMicrosoftAccount(stage.control, account);
  const { id: oid, tenantId } = await stage.control.getAccount(email);
  await db().identity.create({
    data: {
      userId: organizer.id,
      provider: "microsoft",
      issuer: `https://login.microsoftonline.com/${tenantId}/v2.0`,
      subject: oid,
    },
  });
  if (access) {
    allowed.mailboxes.add(email);
    allowed.teamsPolicy.add(email);
    await tellMicrosoft();
  }
  return { ...organizer, email, oid };
}

/** The next round of tests, for which everyone's time has come. */
async function look(): Promise<void> {
  await db().managedMailbox.updateMany({ data: { dueAt: new Date(0) } });
  await lookAfterManaged();
}

const connectionOf = (userId: string) =>
  db().meetingProviderConnection.findUnique({ where: { userId_provider: { userId, provider: "teams" } } });

async function booked(organizer: { handle: string; slug: string }, start = hourAhead(3)) {
  const outcome = await book(requestFor(organizer, start));
  if (!outcome.ok) throw new Error(outcome.error.code);
  const { id } = outcome.value;
  const { meetingId } = await db().booking.findUniqueOrThrow({ where: { id }, select: { meetingId: true } });
  await syncMeeting({ meetingId });
  return { id, meetingId };
}

const eventsIn = async (email: string) => (await stage.control.mailbox(email)).events;
const pathsOf = async (since: number, account: string) =>
  (await stage.control.requests({ since, account })).map(({ path }) => path);

describe("a managed mailbox", () => {
  it("a managed mailbox is open without its organizer doing anything, and books, moves and cancels through /users alone", async () => {
    const person = await signedIn();
    const since = Date.now();
    await look();
    expect(await connectionOf(person.id)).toMatchObject({
      managed: true,
      state: "connected",
      accountId: person.oid,
      tenantId: CONTOSO_TENANT_ID,
      accountEmail: person.email,
    });
    const booking = await booked(person);
    expect(await db().meeting.findUnique({ where: { id: booking.meetingId } })).toMatchObject({
      status: "ready",
      joinUrl: expect.stringContaining("https://"),
    });
    const start = hourAhead(4);
    await reschedule({ bookingId: booking.id, start: Date.parse(start), by: "visitor" });
    await syncMeeting(booking);
    const [event] = await eventsIn(person.email);
    expect(event?.start?.dateTime).toContain(start.slice(0, 16));
    const { id: connectionId } = (await connectionOf(person.id)) ?? { id: "" };
    await syncConnection({ connectionId });
    await stage.control.createEvent(person.email, {
      subject: "Dentist",
      start: { dateTime: `${start.slice(0, 10)}T15:00:00`, timeZone: "UTC" },
      end: { dateTime: `${start.slice(0, 10)}T16:00:00`, timeZone: "UTC" },
    });
    await syncOwn(person);
    const startsAt = new Date(`${start.slice(0, 10)}T15:00:00Z`);
    expect(await db().busyInterval.count({ where: { calendar: { connectionId }, startsAt } })).toBe(1);
    await cancel({ bookingId: booking.id, by: "visitor" });
    await syncMeeting(booking);
    expect((await eventsIn(person.email)).map(({ subject }) => subject)).toEqual(["Dentist"]);
    const paths = await pathsOf(since, person.email);
    expect(paths.length).toBeGreaterThan(5);
    // The directory is not asked.
    expect(paths).not.toContain(`/v1.0/users/${person.oid}`);
    expect(paths.filter((path) => !path.startsWith(`/v1.0/users/${person.oid}`))).toEqual([]);
  });

  it("a managed mailbox is its owner's by tenant and object id, and never by an address", async () => {
    const [person, other] = [await signedIn(), await signedIn({ account: { tenant: "fabrikam.example" } })];
    await db().user.update({ where: { id: other.id }, data: { email: `x-${person.email}` } });
    await look();
    expect(await connectionOf(person.id)).toMatchObject({ accountId: person.oid });
    expect(await connectionOf(other.id)).toBeNull();
    expect(await readManaged(other.id)).toBeNull();
  });

  it("a managed mailbox says for each person what is lacking", async () => {
    const fine = await signedIn();
    const refused = await signedIn({ access: false });
    const noMailbox = await signedIn({ account: { hasMailbox: false, hasTeams: false } });
    const noTeams = await signedIn({ account: { hasTeams: false } });
    const noPolicy = await signedIn();
    allowed.teamsPolicy.delete(noPolicy.email);
    await tellMicrosoft();
    await look();
    const fleet = await listFleet({ take: 200 });
    const statuses = [fine, refused, noMailbox, noTeams, noPolicy].map(({ id }) => {
      const entry = fleet.find(({ userId }) => userId === id);
      return [entry?.managedStatus, entry?.state];
    });
    expect(statuses).toEqual([
      ["allowed", "connected"],
      ["refused", "not_connected"],
      ["no_mailbox", "not_connected"],
      ["no_teams", "limited"],
      ["no_teams_policy", "connected"],
    ]);
    const those = async (managed: "any" | "refused" | "no_teams_policy" | "none") =>
      (await listFleet({ filter: { managed }, take: 200 })).map(({ userId }) => userId);
    expect(await those("refused")).toEqual([refused.id]);
    expect(await those("no_teams_policy")).toEqual([noPolicy.id]);
    expect(await those("any")).toEqual(expect.arrayContaining([fine.id, refused.id, noMailbox.id]));
    const unmanaged = await makeOrganizer();
    expect(await those("none")).toContain(unmanaged.id);
    expect(await those("none")).not.toContain(fine.id);
    // What the organization didn't give isn't asked for, so nothing is refused.
    const steps = await diagnose(fine.scope);
    expect(steps.map(({ step, outcome }) => `${step} ${outcome}`)).toEqual([
      "token ok",
      "calendar ok",
      "event skipped",
    ]);
  });

  it("a managed mailbox that is taken back shows with the next test, and goes on when it is given again", async () => {
    const person = await signedIn();
    await look();
    allowed.mailboxes.delete(person.email);
    await tellMicrosoft();
    const unnoticed = await booked(person, hourAhead(6));
    await look();
    expect(await getConnection(person.scope, "teams")).toMatchObject({
      state: "reconnect_needed",
      reason: "calendar_denied",
    });
    expect(await readManaged(person.id)).toMatchObject({ status: "refused", isInUse: true });
    const booking = await booked(person);
    expect(await eventsIn(person.email)).toEqual([]);
    allowed.mailboxes.add(person.email);
    await tellMicrosoft();
    await look();
    expect(await getConnection(person.scope, "teams")).toMatchObject({ state: "connected", reason: null });
    for (const { meetingId } of [booking, unnoticed]) {
      await syncMeeting({ meetingId });
      expect(await db().meeting.findUnique({ where: { id: meetingId } })).toMatchObject({
        status: "ready",
        joinUrl: expect.stringContaining("https://"),
      });
    }
    expect(await eventsIn(person.email)).toHaveLength(2);
  });

  it("a managed mailbox of an organization that has removed the app shows it, and no one is told that the credentials are wrong", async () => {
    const person = await signedIn();
    await look();
    const removed = { error: "unauthorized_client", aadsts: 700016, text: "Application not found." };
    await stage.control.tokenFault({ grantType: "client_credentials", times: null, ...removed });
    await look();
    expect(await readManaged(person.id)).toMatchObject({
      status: "refused",
      detail: "unauthorized_client AADSTS700016",
    });
    expect(await getConnection(person.scope, "teams")).toMatchObject({ state: "reconnect_needed" });
    expect(await areCredentialsRefused()).toBe(false);
    await stage.control.clearFaults();
    await look();
    expect(await readManaged(person.id)).toMatchObject({ status: "allowed", detail: null });
    expect(await getConnection(person.scope, "teams")).toMatchObject({ state: "connected" });
  });

  it("a managed mailbox is left as it is while Microsoft doesn't answer", async () => {
    const person = await signedIn();
    await look();
    await stage.control.tokenFault({ grantType: "client_credentials", times: null, status: 503 });
    await look();
    expect(await readManaged(person.id)).toMatchObject({ status: "unavailable" });
    expect(await getConnection(person.scope, "teams")).toMatchObject({ state: "connected" });
    await stage.control.clearFaults();
  });

  it("a managed mailbox is opened no more when its organizer signs in otherwise, or its organization is off the list", async () => {
    const [person, other] = [await signedIn(), await signedIn()];
    await look();
    await db().identity.deleteMany({ where: { userId: person.id } });
    await db().meetingProviderConnection.updateMany({
      where: { userId: other.id },
      data: { tenantId: randomUUID(), expiresAt: new Date() },
    });
    await expect(accessFor(other.id)).rejects.toMatchObject({ code: "reconnect_needed" });
    await db().meetingProviderConnection.updateMany({
      where: { userId: other.id },
      data: { state: "connected" },
    });
    await look();
    for (const { scope } of [person, other]) {
      expect(await getConnection(scope, "teams")).toMatchObject({ state: "reconnect_needed" });
    }
    expect(await readManaged(person.id)).toBeNull();
  });

  it("a managed mailbox of someone who is no longer in the organization is no mailbox", async () => {
    const person = await signedIn();
    const oid = randomUUID();
    await db().identity.updateMany({ where: { userId: person.id }, data: { subject: oid } });
    await look();
    expect(await readManaged(person.id)).toMatchObject({ status: "no_mailbox", accountId: oid });
    expect(await connectionOf(person.id)).toBeNull();
  });

  it("a managed mailbox takes over from a grant that ended, or by an admin, and no booking is lost on the way there and back", async () => {
    const person = await signedIn();
    await connectMicrosoft(person.id, person.email);
    await look();
    expect(await connectionOf(person.id)).toMatchObject({ managed: false });
    const booking = await booked(person);
    const before = await db().meeting.findUniqueOrThrow({ where: { id: booking.meetingId } });
    expect(await tryManaged(person.id, { takesOver: true })).toBe("allowed");
    const connection = await connectionOf(person.id);
    expect(connection).toMatchObject({ managed: true });
    const start = hourAhead(5);
    await reschedule({ bookingId: booking.id, start: Date.parse(start), by: "visitor" });
    await syncMeeting(booking);
    await syncConnection({ connectionId: connection?.id ?? "" });
    expect(await db().meeting.findUnique({ where: { id: booking.meetingId } })).toMatchObject({
      calendarEventId: before.calendarEventId,
      joinUrl: before.joinUrl,
      status: "ready",
    });
    const since = Date.now();
    await connectMicrosoft(person.id, person.email);
    expect(await connectionOf(person.id)).toMatchObject({ managed: false, id: connection?.id });
    await syncConnection({ connectionId: connection?.id ?? "" });
    await cancel({ bookingId: booking.id, by: "visitor" });
    await syncMeeting(booking);
    expect(await eventsIn(person.email)).toEqual([]);
    const ofMailbox = (await pathsOf(since, person.email)).filter((path) => path.includes("/users/"));
    expect(ofMailbox).toEqual([]);
    await db().meetingProviderConnection.update({
      where: { id: connection?.id ?? "" },
      data: { state: "reconnect_needed", reason: "grant_ended" },
    });
    await look();
    expect(await connectionOf(person.id)).toMatchObject({ managed: true, state: "connected" });
  });

  it("a managed mailbox that was its organizer's own connection before opens no one else's calendar, though the organization would let it", async () => {
    const [person, colleague] = [await signedIn(), await signedIn()];
    await connectMicrosoft(person.id, person.email, undefined, "shared");
    await stage.control.changeAccount(colleague.email, {
      sharedWith: [{ with: person.email, role: "read" }],
    });
    const added = await addSharedCalendar(person.scope, { address: colleague.email });
    if (!added.ok) throw new Error(added.error.code);
    expect(await syncCalendar(added.value.id)).toBe("done");
    await look();
    expect(await tryManaged(person.id, { takesOver: true })).toBe("allowed");
    const since = Date.now();
    expect(await syncCalendar(added.value.id)).toBe("access_denied");
    expect((await pathsOf(since, person.email)).filter((path) => path.includes(colleague.email))).toEqual([]);
    expect(await connectionOf(person.id)).toMatchObject({ managed: true, state: "connected" });
  });

  it("a managed mailbox has its attendance reports read where the organization allowed that too, and works on where it has not", async () => {
    const person = await signedIn();
    await look();
    const { id, meetingId } = await booked(person);
    const { joinUrl } = await db().meeting.findUniqueOrThrow({ where: { id: meetingId } });
    const { startsAt, endsAt, visitorEmail } = await db().booking.findUniqueOrThrow({ where: { id } });
    const stays = [{ from: startsAt.toISOString(), to: endsAt.toISOString() }];
    await stage.control.addAttendanceReport(person.email, joinUrl ?? "", {
      people: [
        { role: "Organizer", stays },
        { email: visitorEmail, stays },
      ],
    });
    const afterEnd = (minutes: number) => new Date(endsAt.getTime() + minutes * 60_000);
    await takeAttendance(afterEnd(10));
    expect(await getAttendance(person.scope, id)).toMatchObject({ found: null, problem: "access_denied" });
    expect(await connectionOf(person.id)).toMatchObject({ managed: true, state: "connected" });
    allowed.permissions.add("OnlineMeetingArtifact.Read.All");
    await tellMicrosoft();
    await takeAttendance(afterEnd(20));
    expect(await getAttendance(person.scope, id)).toMatchObject({ found: { verdict: "attended" } });
  });

  it("a managed mailbox has its presence read by its owner's id where the organization allowed that too, and works on where it has not", async () => {
    const person = await signedIn({ account: { presence: "Available" } });
    const colleague = await signedIn({ account: { presence: "Away" } });
    await look();
    const read = ({ id }: { id: string }) =>
      presenceReader.readPresence({ userId: id, priority: "visitor", timeoutMs: 8_000 });
    await expect(read(person)).rejects.toMatchObject({ code: "access_denied" });
    expect(await connectionOf(person.id)).toMatchObject({ managed: true, state: "connected" });
    allowed.permissions.add("Presence.Read.All");
    await tellMicrosoft();
    const since = Date.now();
    expect([await read(person), await read(colleague)]).toEqual(["available", "away"]);
    const calls = await stage.control.requests({ since });
    expect(calls.map(({ path }) => path)).toEqual(Array(2).fill("/v1.0/communications/getPresencesByUserId"));
    await stage.control.changeAccount(person.email, { presence: "PresenceUnknown" });
    expect(await read(person)).toBe("unknown");
  });

  it("a managed mailbox that its organizer disconnects stays so until an admin opens it again", async () => {
    const person = await signedIn();
    await look();
    await disconnect(person.scope);
    await look();
    expect(await connectionOf(person.id)).toBeNull();
    expect(await tryManaged(person.id, { takesOver: true })).toBe("allowed");
    expect(await connectionOf(person.id)).toMatchObject({ managed: true });
  });

  it("a managed mailbox never takes the place of another mailbox that its organizer connected", async () => {
    const person = await signedIn();
    const own = await addMicrosoftAccount(stage.control);
    await connectMicrosoft(person.id, own);
    await look();
    await tryManaged(person.id, { takesOver: true });
    expect(await connectionOf(person.id)).toMatchObject({ managed: false, accountEmail: own });
  });

  it.each([
    ["add", "allowed"],
    ["narrow", "refused"],
  ] as const)(
    "a managed mailbox outside the scope, with a permission for everyone: where scopes %s, it is %s",
    async (exchangeGrants, status) => {
      const person = await signedIn({ access: false });
      allowed.permissions.add("Calendars.ReadWrite");
      allowed.teamsPolicy.add(person.email);
      allowed.mailboxes.add(`someone-${randomBytes(3).toString("hex")}@contoso.example`);
      await tellMicrosoft();
      await stage.control.changeSettings({ exchangeGrants });
      await look();
      expect(await readManaged(person.id)).toMatchObject({ status });
    },
  );
});
