import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { book } from "@/lib/booking/book";
import { cancel } from "@/lib/booking/cancel";
import { reschedule } from "@/lib/booking/reschedule";
import { getBookingByToken } from "@/lib/booking-record/queries";
import { completeConnect, startConnect } from "@/lib/connections/connect";
import { disconnect } from "@/lib/connections/disconnect";
import { forgetGrant, purgeMailboxes } from "@/lib/connections/former-mailboxes";
import { getConnection } from "@/lib/connections/queries";
import { readSwitch, switchAccount } from "@/lib/connections/switch-account";
import { countTeamsUse } from "@/lib/connections/usage";
import { keepAlive } from "@/lib/connections/verify";
import { db } from "@/lib/database/client";
import { listFlight } from "@/lib/flight-recorder/queries";
import { getOutOfReach, listFormerMailboxes, noteRemovedByHand } from "@/lib/meetings/out-of-reach";
import { moveMeetingsOver, sweepMeetings } from "@/lib/meetings/sweep";
import { syncMeeting } from "@/lib/meetings/sync-meeting";
import { diagnose } from "@/lib/meetings/teams/diagnose";
import { signInAs } from "@/tests/emulator/person";
import { eventually } from "@/tests/support/eventually";
import { addMicrosoftAccount } from "@/tests/support/microsoft";
import { hourAhead, makeOrganizer, requestFor, type TestOrganizer } from "@/tests/support/organizer";
import { retireNow } from "@/tests/support/retired-events";
import { openWorkingStage, type WorkingStage } from "@/tests/support/working-stage";

let stage: WorkingStage;

beforeAll(async () => {
  stage = await openWorkingStage();
});
afterAll(() => stage.close());
afterEach(async () => {
  await stage.microsoft.control.clearFaults();
});

type Connected = TestOrganizer & { email: string };

/** An organizer with an account, and a booking whose link was verified in it. */
async function booked(eventType: object = {}) {
  const organizer: Connected = await stage.connect(await makeOrganizer(eventType));
  return { organizer, booking: await bookOne(organizer) };
}

async function bookOne(organizer: Connected, start = hourAhead(3)) {
  const outcome = await book(requestFor(organizer, start));
  if (!outcome.ok) throw new Error(`not booked: ${outcome.error.code}`);
  const { id, token } = outcome.value;
  const meeting = await untilReady(token);
  return { id, token, meetingId: meeting.id, joinUrl: meeting.joinUrl };
}

async function untilReady(token: string) {
  const view = await eventually(
    () => getBookingByToken(token),
    (seen) => seen?.meeting.status === "ready",
  );
  if (!view) throw new Error("no booking");
  return view.meeting;
}

/** The whole way to Microsoft and back. */
async function signIn(userId: string, email: string) {
  const started = await startConnect({
    scope: scopeWithoutRequest(userId),
    returnTo: "/account/bookings",
    popup: false,
    selectAccount: true,
  });
  if (!started.ok) throw new Error(started.error.code);
  const back = new URL(await signInAs(started.value.redirectTo, { email }));
  return completeConnect(scopeWithoutRequest(userId), back.searchParams, [started.value.cookie]);
}

async function signInAsAnother(userId: string, account: object = {}) {
  const email = await addMicrosoftAccount(stage.microsoft.control, account);
  const back = await signIn(userId, email);
  if (back.kind !== "choose") throw new Error(`no choice: ${JSON.stringify(back)}`);
  return { email, token: back.cookie ?? "" };
}

async function switchedTo(userId: string, choice: "keep" | "move", account: object = {}) {
  const { email, token } = await signInAsAnother(userId, account);
  expect(await switchAccount({ scope: scopeWithoutRequest(userId), token, choice })).toEqual({
    ok: true,
    value: { returnTo: "/account/bookings" },
  });
  return email;
}

const mailbox = (email: string) => stage.microsoft.control.mailbox(email);
const eventsIn = async (email: string) => (await mailbox(email)).events;
const stepsOf = async ({ id }: { id: string }, userId: string) =>
  (await listFlight(scopeWithoutRequest(userId), id)).map(({ step }) => step);
const meetingOf = (meetingId: string) => db().meeting.findUniqueOrThrow({ where: { id: meetingId } });
const untilStep = (booking: { id: string }, userId: string, step: string) =>
  eventually(
    () => stepsOf(booking, userId),
    (steps) => steps.includes(step),
  );
/** Until old events have been taken out so often. */
const untilRetired = (booking: { id: string }, userId: string, times = 1) =>
  eventually(
    async () => {
      await retireNow(userId);
      return stepsOf(booking, userId);
    },
    (steps) => steps.filter((step) => step === "event_retired").length === times,
  );
const connectedEmail = async (userId: string) =>
  (await getConnection(scopeWithoutRequest(userId), "teams"))?.accountEmail;

describe("signing in with another account", () => {
  it("signing in with another account connects immediately where no booking is in the calendar before", async () => {
    const organizer = await stage.connect(await makeOrganizer());
    const other = await addMicrosoftAccount(stage.microsoft.control);
    expect(await signIn(organizer.id, other)).toMatchObject({ kind: "done", problem: null });
    expect(await connectedEmail(organizer.id)).toBe(other);
    expect(await listFormerMailboxes(organizer.scope)).toEqual([]);
  });

  it("signing in with another account changes nothing until its organizer has chosen, and says how many bookings it is about", async () => {
    const { organizer } = await booked();
    const { email, token } = await signInAsAnother(organizer.id);
    expect(await connectedEmail(organizer.id)).toBe(organizer.email);
    expect(await readSwitch(organizer.scope, token)).toMatchObject({
      from: { email: organizer.email, isOpen: true },
      to: { email, hasTeams: true },
      bookings: 1,
      teamsBookings: 1,
    });
  });

  it("signing in with another account keeps what it brought sealed, and opens it for this organizer and browser only", async () => {
    const { organizer } = await booked();
    const { token } = await signInAsAnother(organizer.id);
    const row = await db().parkedGrant.findFirstOrThrow({ where: { userId: organizer.id } });
    expect(row.grantSealed).toMatch(/^v1\.t1\./);
    const another = await makeOrganizer();
    expect(await readSwitch(another.scope, token)).toBeNull();
    expect(await switchAccount({ scope: another.scope, token, choice: "keep" })).toMatchObject({ ok: false });
    expect(await switchAccount({ scope: organizer.scope, token: "guessed", choice: "keep" })).toMatchObject({
      ok: false,
    });
    expect(await connectedEmail(organizer.id)).toBe(organizer.email);
  });

  it("signing in with another account is no use after half an hour", async () => {
    const { organizer } = await booked();
    const { token } = await signInAsAnother(organizer.id);
    await db().parkedGrant.updateMany({ where: { userId: organizer.id }, data: { expiresAt: new Date() } });
    expect(await switchAccount({ scope: organizer.scope, token, choice: "move" })).toMatchObject({
      ok: false,
      error: { code: "sign_in_expired" },
    });
    expect(await connectedEmail(organizer.id)).toBe(organizer.email);
  });

  it("signing in with another account happens once, though the button is pressed twice at the same time", async () => {
    const { organizer } = await booked();
    const { email, token } = await signInAsAnother(organizer.id);
    const press = () => switchAccount({ scope: organizer.scope, token, choice: "keep" });
    const [one, other] = await Promise.all([press(), press()]);
    expect([one.ok, other.ok]).toEqual([true, true]);
    expect(await connectedEmail(organizer.id)).toBe(email);
    const changes = await db().connectionStateChange.count({ where: { userId: organizer.id } });
    expect(changes).toBe(2);
  });
});

describe("keeping bookings where they are", () => {
  it("keeping bookings where they are moves and cancels them in the calendar they are in, and in no other", async () => {
    const { organizer, booking } = await booked();
    const other = await switchedTo(organizer.id, "keep");
    const later = Date.parse(hourAhead(5));
    await reschedule({ bookingId: booking.id, start: later, by: "visitor" });
    await eventually(
      () => meetingOf(booking.meetingId),
      (meeting) => meeting.calendarStartsAt?.getTime() === later,
    );
    const [moved, ...more] = await eventsIn(organizer.email);
    expect(more).toEqual([]);
    expect(Date.parse(`${moved?.start?.dateTime}Z`)).toBe(later);
    expect((await untilReady(booking.token)).joinUrl).toBe(booking.joinUrl);

    await cancel({ bookingId: booking.id, by: "visitor" });
    await untilStep(booking, organizer.id, "meeting_removed");
    expect(await eventsIn(organizer.email)).toEqual([]);
    expect((await mailbox(other)).sentInvitations).toEqual([]);
  });

  it("keeping bookings where they are writes new bookings to the new calendar", async () => {
    const { organizer, booking } = await booked();
    const other = await switchedTo(organizer.id, "keep");
    await bookOne(organizer, hourAhead(4));
    expect([(await eventsIn(organizer.email)).length, (await eventsIn(other)).length]).toEqual([1, 1]);
    expect((await meetingOf(booking.meetingId)).calendarMailbox).not.toBeNull();
    expect((await countTeamsUse(organizer.scope)).upcomingBookings).toBe(1);
  });

  it("keeping bookings where they are keeps the access sealed for those bookings alone, renews it, and deletes it when they are over", async () => {
    const { organizer, booking } = await booked();
    const before = await db().meetingProviderConnection.findFirstOrThrow({ where: { userId: organizer.id } });
    await switchedTo(organizer.id, "keep");
    const kept = await db().formerMailbox.findFirstOrThrow({ where: { userId: organizer.id } });
    expect(kept.refreshToken).toMatch(/^v1\.t1\./);
    expect(kept.refreshToken).not.toBe(before.refreshToken);
    expect(await listFormerMailboxes(organizer.scope)).toMatchObject([
      { email: organizer.email, isOpen: true, choice: "keep", bookings: 1, stale: [] },
    ]);
    await db().formerMailbox.update({ where: { id: kept.id }, data: { renewDueAt: new Date(0) } });
    await keepAlive();
    const renewed = await db().formerMailbox.findUniqueOrThrow({ where: { id: kept.id } });
    expect(renewed.tokenVersion).toBe(kept.tokenVersion + 1);
    await purgeMailboxes();
    expect(await listFormerMailboxes(organizer.scope)).toHaveLength(1);
    const past = { startsAt: new Date(Date.now() - 3600_000), endsAt: new Date() };
    await db().meeting.update({ where: { id: booking.meetingId }, data: past });
    await purgeMailboxes();
    expect(await db().formerMailbox.count({ where: { userId: organizer.id } })).toBe(0);
  });

  it("keeping bookings where they are looks at an event of the connected account alone when it diagnoses", async () => {
    const { organizer } = await booked();
    await switchedTo(organizer.id, "keep");
    const steps = await diagnose(organizer.scope);
    expect(steps.map(({ step, outcome }) => [step, outcome])).toContainEqual(["event", "skipped"]);
  });
});

describe("moving bookings over", () => {
  it("moving bookings over makes each event in the new calendar, reads it back, and cancels the old one", async () => {
    const { organizer, booking } = await booked();
    const before = await getBookingByToken(booking.token);
    const other = await switchedTo(organizer.id, "move");
    await untilRetired(booking, organizer.id);
    const after = await untilReady(booking.token);
    const [made, ...more] = await eventsIn(other);
    expect(more).toEqual([]);
    expect(made?.onlineMeeting?.joinUrl).toBe(after.joinUrl);
    expect(after.joinUrl).not.toBe(booking.joinUrl);
    expect(await eventsIn(organizer.email)).toEqual([]);
    expect((await getBookingByToken(booking.token))?.joinToken).toBe(before?.joinToken);
    expect((await mailbox(other)).sentInvitations).toHaveLength(1);
    await purgeMailboxes();
    expect(await listFormerMailboxes(organizer.scope)).toEqual([]);
  });

  it("moving bookings over leaves the old event and its link alone until the new one was read back", async () => {
    const { organizer, booking } = await booked();
    const { email: other, token } = await signInAsAnother(organizer.id);
    await stage.microsoft.control.graphFault({
      account: other,
      method: "POST",
      path: "/me/events",
      status: 503,
      times: 2,
    });
    await switchAccount({ scope: organizer.scope, token, choice: "move" });
    await untilStep(booking, organizer.id, "meeting_moves_over");
    const meanwhile = await eventually(
      () => stepsOf(booking, organizer.id),
      (steps) => steps.includes("meeting_waits"),
    );
    expect(meanwhile).not.toContain("event_retired");
    expect((await getBookingByToken(booking.token))?.meeting).toMatchObject({
      status: "ready",
      joinUrl: booking.joinUrl,
    });
    expect(await eventsIn(organizer.email)).toHaveLength(1);
    await untilRetired(booking, organizer.id);
    expect([(await eventsIn(organizer.email)).length, (await eventsIn(other)).length]).toEqual([0, 1]);
  });

  it("moving bookings over keeps the old link while the new event has none yet", async () => {
    const { organizer, booking } = await booked();
    const other = await switchedTo(organizer.id, "move", { joinUrlAfterReads: 8 });
    await untilStep(booking, organizer.id, "link_missing");
    await retireNow(organizer.id);
    expect((await getBookingByToken(booking.token))?.meeting).toMatchObject({
      status: "ready",
      joinUrl: booking.joinUrl,
    });
    expect(await eventsIn(organizer.email)).toHaveLength(1);
    await eventually(
      async () => {
        await retireNow(organizer.id);
        const [made, ...more] = await eventsIn(other);
        const { joinUrl } = await untilReady(booking.token);
        const left = await eventsIn(organizer.email);
        return { isMoved: joinUrl === made?.onlineMeeting?.joinUrl, others: [...more, ...left] };
      },
      ({ isMoved, others }) => isMoved && others.length === 0,
    );
  });

  it("moving bookings over is done once, however often it is begun", async () => {
    const { organizer, booking } = await booked();
    const other = await switchedTo(organizer.id, "move");
    const { meetingId } = booking;
    await Promise.all([
      moveMeetingsOver({ userId: organizer.id }),
      sweepMeetings(),
      ...Array.from({ length: 5 }, () => syncMeeting({ meetingId })),
    ]);
    await untilRetired(booking, organizer.id);
    await moveMeetingsOver({ userId: organizer.id });
    await syncMeeting({ meetingId });
    const { events, sentInvitations } = await mailbox(other);
    expect([events.length, sentInvitations.length]).toEqual([1, 1]);
    expect(await eventsIn(organizer.email)).toEqual([]);
  });

  it("moving bookings over says once that the old event was removed, however many workers remove it at the same time", async () => {
    const { organizer, booking } = await booked();
    await switchedTo(organizer.id, "move");
    await eventually(
      () => untilReady(booking.token),
      ({ joinUrl }) => joinUrl !== booking.joinUrl,
    );
    await Promise.all(Array.from({ length: 4 }, () => retireNow(organizer.id)));
    await untilRetired(booking, organizer.id);
    expect(await eventsIn(organizer.email)).toEqual([]);
  });

  it("moving bookings over leaves one event in the end, when the organizer goes there and back again", async () => {
    const { organizer, booking } = await booked();
    const other = await switchedTo(organizer.id, "move");
    await untilRetired(booking, organizer.id);
    const back = await signIn(organizer.id, organizer.email);
    if (back.kind !== "choose") throw new Error("no choice");
    await switchAccount({ scope: organizer.scope, token: back.cookie ?? "", choice: "move" });
    await untilRetired(booking, organizer.id, 2);
    expect([(await eventsIn(organizer.email)).length, (await eventsIn(other)).length]).toEqual([1, 0]);
    const [event] = await eventsIn(organizer.email);
    expect((await untilReady(booking.token)).joinUrl).toBe(event?.onlineMeeting?.joinUrl);
  });

  it("moving bookings over leaves no event anywhere when the visitor cancels meanwhile", async () => {
    const { organizer, booking } = await booked();
    const { email: other, token } = await signInAsAnother(organizer.id);
    await stage.microsoft.control.graphFault({
      account: organizer.email,
      method: "POST",
      path: "/me/events/*/cancel",
      status: 503,
      times: 1,
    });
    await switchAccount({ scope: organizer.scope, token, choice: "move" });
    await untilStep(booking, organizer.id, "meeting_moves_over");
    await cancel({ bookingId: booking.id, by: "visitor" });
    await eventually(
      async () => {
        await retireNow(organizer.id);
        return [...(await eventsIn(organizer.email)), ...(await eventsIn(other))];
      },
      (events) => events.length === 0,
    );
  });

  it("moving bookings over leaves Teams bookings where they are when the new account has no Teams", async () => {
    const { organizer, booking } = await booked();
    const other = await switchedTo(organizer.id, "move", { hasTeams: false });
    await syncMeeting({ meetingId: booking.meetingId });
    expect([(await eventsIn(organizer.email)).length, (await eventsIn(other)).length]).toEqual([1, 0]);
    expect((await untilReady(booking.token)).joinUrl).toBe(booking.joinUrl);
  });
});

describe("a calendar that nothing opens any more", () => {
  /** The old grant ended after the switch. */
  async function lost() {
    const { organizer, booking } = await booked();
    const other = await switchedTo(organizer.id, "keep");
    await stage.microsoft.control.revokeSessions(organizer.email);
    await stage.microsoft.control.expireAccessTokens(organizer.email);
    return { organizer, booking, other };
  }

  it("a calendar that nothing opens any more is never said to be changed when a booking in it is cancelled", async () => {
    const { organizer, booking, other } = await lost();
    await cancel({ bookingId: booking.id, by: "visitor" });
    const steps = await untilStep(booking, organizer.id, "mailbox_out_of_reach");
    expect(steps).not.toContain("meeting_removed");
    expect([(await eventsIn(organizer.email)).length, (await eventsIn(other)).length]).toEqual([1, 0]);
    expect(await listFormerMailboxes(organizer.scope)).toMatchObject([
      { email: organizer.email, isOpen: false, bookings: 0, stale: [{ bookingId: booking.id }] },
    ]);
    expect(await getOutOfReach(organizer.scope, booking.id)).toMatchObject({
      email: organizer.email,
      what: "stale",
    });
  });

  it("a calendar that nothing opens any more gets no second event elsewhere when a booking in it is moved", async () => {
    const { organizer, booking, other } = await lost();
    await reschedule({ bookingId: booking.id, start: Date.parse(hourAhead(6)), by: "visitor" });
    const steps = await untilStep(booking, organizer.id, "mailbox_out_of_reach");
    expect(steps).not.toContain("meeting_moved");
    expect(await eventsIn(other)).toEqual([]);
    expect((await untilReady(booking.token)).joinUrl).toBe(booking.joinUrl);
  });

  it("a calendar that nothing opens any more is put right when its account is connected again", async () => {
    const { organizer, booking } = await lost();
    await cancel({ bookingId: booking.id, by: "visitor" });
    await untilStep(booking, organizer.id, "mailbox_out_of_reach");
    expect(await signIn(organizer.id, organizer.email)).toMatchObject({ kind: "done", problem: null });
    await untilStep(booking, organizer.id, "meeting_removed");
    expect(await eventsIn(organizer.email)).toEqual([]);
    expect(await listFormerMailboxes(organizer.scope)).toEqual([]);
  });

  it("a calendar that nothing opens any more gives its booking a new event once the organizer has taken the old one out by hand", async () => {
    const { organizer, booking, other } = await lost();
    await reschedule({ bookingId: booking.id, start: Date.parse(hourAhead(6)), by: "visitor" });
    await untilStep(booking, organizer.id, "mailbox_out_of_reach");
    expect(await noteRemovedByHand(organizer.scope, booking.id)).toMatchObject({ ok: true });
    await eventually(
      () => eventsIn(other),
      (events) => events.length === 1,
    );
    const after = await untilReady(booking.token);
    expect(after.joinUrl).not.toBe(booking.joinUrl);
    expect(await getOutOfReach(organizer.scope, booking.id)).toBeNull();
    expect(await noteRemovedByHand(organizer.scope, booking.id)).toMatchObject({
      error: { code: "not_found" },
    });
  });

  it("a calendar that nothing opens any more is what a former calendar becomes when its access is deleted by a press", async () => {
    const { organizer, booking } = await booked();
    await switchedTo(organizer.id, "keep");
    const [former] = await listFormerMailboxes(organizer.scope);
    expect(await forgetGrant(organizer.scope, former?.id ?? "")).toBe(true);
    const row = await db().formerMailbox.findFirstOrThrow({ where: { userId: organizer.id } });
    expect([row.accessToken, row.refreshToken]).toEqual([null, null]);
    expect(await getOutOfReach(organizer.scope, booking.id)).toMatchObject({ what: "current" });
    const another = await makeOrganizer();
    expect(await forgetGrant(another.scope, row.id)).toBe(false);
  });
});

describe("after Disconnect", () => {
  it("disconnecting keeps no access, and says of a cancelled booking that its event is still there", async () => {
    const { organizer, booking } = await booked();
    await disconnect(organizer.scope);
    expect(await db().meetingProviderConnection.count({ where: { userId: organizer.id } })).toBe(0);
    const row = await db().formerMailbox.findFirstOrThrow({ where: { userId: organizer.id } });
    expect([row.accessToken, row.refreshToken]).toEqual([null, null]);
    await cancel({ bookingId: booking.id, by: "visitor" });
    const steps = await untilStep(booking, organizer.id, "mailbox_out_of_reach");
    expect(steps).not.toContain("meeting_removed");
    expect(await eventsIn(organizer.email)).toHaveLength(1);
    expect(await listFormerMailboxes(organizer.scope)).toMatchObject([
      { email: organizer.email, isOpen: false, stale: [{ bookingId: booking.id }] },
    ]);
  });

  it("a disconnected account takes its bookings up again when it comes back", async () => {
    const { organizer, booking } = await booked();
    await disconnect(organizer.scope);
    await cancel({ bookingId: booking.id, by: "visitor" });
    await untilStep(booking, organizer.id, "mailbox_out_of_reach");
    await signIn(organizer.id, organizer.email);
    await untilStep(booking, organizer.id, "meeting_removed");
    expect(await eventsIn(organizer.email)).toEqual([]);
  });

  it("bookings of a disconnected account are shown when another one comes", async () => {
    const { organizer, booking } = await booked();
    await disconnect(organizer.scope);
    const other = await addMicrosoftAccount(stage.microsoft.control);
    expect(await signIn(organizer.id, other)).toMatchObject({ kind: "done", problem: null });
    await cancel({ bookingId: booking.id, by: "visitor" });
    const steps = await untilStep(booking, organizer.id, "mailbox_out_of_reach");
    expect(steps).not.toContain("meeting_removed");
    expect(await listFormerMailboxes(organizer.scope)).toMatchObject([
      { email: organizer.email, isOpen: false, stale: [{ bookingId: booking.id }] },
    ]);
    expect(await noteRemovedByHand(organizer.scope, booking.id)).toMatchObject({ ok: true });
    await purgeMailboxes();
    expect(await listFormerMailboxes(organizer.scope)).toEqual([]);
  });

  it("disconnecting keeps no name where nothing is in the calendar", async () => {
    const organizer = await stage.connect(await makeOrganizer());
    await disconnect(organizer.scope);
    expect(await db().formerMailbox.count({ where: { userId: organizer.id } })).toBe(0);
  });
});

describe("an event whose making had no answer", () => {
  it("an event whose making had no answer is looked for where it was tried, and not made twice, when another account comes meanwhile", async () => {
    const organizer: Connected = await stage.connect(await makeOrganizer());
    const fault = { account: organizer.email, method: "POST", path: "/me/events", outcome: "drop" } as const;
    await stage.microsoft.control.graphFault({ ...fault, when: "after" });
    const outcome = await book(requestFor(organizer, hourAhead(3)));
    if (!outcome.ok) throw new Error(outcome.error.code);
    const { id, token } = outcome.value;
    await eventually(
      () => eventsIn(organizer.email),
      (events) => events.length === 1,
    );
    const other = await addMicrosoftAccount(stage.microsoft.control);
    const back = await signIn(organizer.id, other);
    if (back.kind === "choose")
      await switchAccount({ scope: organizer.scope, token: back.cookie ?? "", choice: "keep" });
    await untilReady(token);
    await eventually(
      () => stepsOf({ id }, organizer.id),
      (steps) => steps.includes("link_verified"),
    );
    expect([(await eventsIn(organizer.email)).length, (await eventsIn(other)).length]).toEqual([1, 0]);
  });
});
