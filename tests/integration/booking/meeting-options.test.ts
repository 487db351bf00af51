import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { book } from "@/lib/booking/book";
import { getBookingByToken } from "@/lib/booking-record/queries";
import { db } from "@/lib/database/client";
import { listFlight } from "@/lib/flight-recorder/queries";
import type { MeetingOptions } from "@/lib/meetings/option-choices";
import { readOptionsOutcome } from "@/lib/meetings/options";
import { repairMeeting } from "@/lib/meetings/repair";
import { eventually } from "@/tests/support/eventually";
import { addMicrosoftAccount } from "@/tests/support/microsoft";
import { hourAhead, makeOrganizer, requestFor, type TestOrganizer } from "@/tests/support/organizer";
import { openWorkingStage, type WorkingStage } from "@/tests/support/working-stage";

let stage: WorkingStage;

beforeAll(async () => {
  stage = await openWorkingStage();
});
afterAll(() => stage.close());

const strict: MeetingOptions = {
  lobby: "organizer",
  recordAutomatically: true,
  allowedPresenters: "organizer",
  transcription: "off",
  chat: "limited",
  entryExitTones: true,
  attendeeMic: false,
  attendeeCamera: false,
  spokenLanguage: "de-AT",
};

let tenants = 0;

/** An organizer in a tenant of their own, so that its policy is no one else's. */
async function organizerWith(
  meetingOptions: Partial<MeetingOptions>,
  policy: { meetingOptionOverrides?: Record<string, unknown>; meetingOptionRefusals?: string[] } = {},
) {
  tenants += 1;
  const domain = `options${tenants}.example`;
  await stage.microsoft.control.addTenant({ domain, ...policy });
  const organizer = await stage.connect(await makeOrganizer({ meetingOptions }), { tenant: domain });
  await stage.microsoft.control.resetCounters();
  return { ...organizer, domain };
}

async function booked(organizer: TestOrganizer, start = hourAhead(2)) {
  const outcome = await book(requestFor(organizer, start));
  if (!outcome.ok) throw new Error(`not booked: ${outcome.error.code}`);
  return outcome.value;
}

const meetingOf = async (token: string) => (await getBookingByToken(token))?.meeting;
const outcomeOf = async (token: string) => {
  const meeting = await meetingOf(token);
  return readOptionsOutcome(meeting?.optionsOutcome ?? null, meeting?.id ?? "");
};
const untilReady = (token: string) =>
  eventually(
    () => meetingOf(token),
    (meeting) => meeting?.status === "ready",
  );
const untilSettled = (token: string) =>
  eventually(
    () => outcomeOf(token),
    (outcome) => outcome !== null && outcome.state !== "waiting",
    30,
  );

/** The Teams meeting as Graph shows it to its organizer. */
async function teamsMeeting(email: string) {
  const { onlineMeetings } = await stage.microsoft.control.mailbox(email);
  return onlineMeetings[0];
}

const callsTo = async (email: string) =>
  (await stage.microsoft.control.requests({ account: email }))
    .filter(({ path }) => path.includes("onlineMeetings"))
    .map(({ method }) => method);

describe("the meeting options of an event type", () => {
  it("the meeting options of an event type are set on the Teams meeting, read back, and listed in the flight recorder", async () => {
    const organizer = await organizerWith(strict);
    const { id, token } = await booked(organizer);
    await untilReady(token);
    expect(await untilSettled(token)).toMatchObject({ state: "applied", untaken: [] });
    expect(await teamsMeeting(organizer.email)).toMatchObject({
      lobbyBypassSettings: { scope: "organizer" },
      recordAutomatically: true,
      allowedPresenters: "organizer",
      allowTranscription: false,
      allowMeetingChat: "limited",
      isEntryExitAnnounced: true,
      allowAttendeeToEnableMic: false,
      allowAttendeeToEnableCamera: false,
      meetingSpokenLanguageTag: "de-AT",
    });
    expect(await callsTo(organizer.email)).toEqual(["GET", "PATCH", "GET"]);
    const steps = (await listFlight(organizer.scope, id)).map(({ step }) => step);
    expect(steps.indexOf("options_set")).toBeGreaterThan(steps.indexOf("link_verified"));
  });

  it("the meeting options of an event type cost no call where they are what Teams does anyway", async () => {
    const organizer = await organizerWith({});
    const { token } = await booked(organizer);
    await untilReady(token);
    expect(await callsTo(organizer.email)).toEqual([]);
    expect(await outcomeOf(token)).toBeNull();
  });

  it("the meeting options of an event type leave a policy of the organization's in force, with a verified link, and say which option it took away", async () => {
    const organizer = await organizerWith(strict, {
      meetingOptionOverrides: { recordAutomatically: false, lobbyBypassSettings: { scope: "organization" } },
    });
    const { id, token } = await booked(organizer);
    expect((await untilReady(token))?.joinUrl).toMatch(/^https:/);
    expect(await untilSettled(token)).toEqual({
      state: "applied",
      coOrganizers: [],
      former: [],
      tries: 0,
      untaken: [
        { option: "lobby", wanted: "organizer", actual: "organization", why: "overruled" },
        { option: "recordAutomatically", wanted: true, actual: false, why: "overruled" },
      ],
    });
    const lines = await listFlight(organizer.scope, id);
    expect(lines.find(({ step }) => step === "options_untaken")?.facts).toMatchObject({
      options: "lobby,recordAutomatically",
    });
  });

  it("the meeting options of an event type are set one by one where one of them is refused, so that the others hold", async () => {
    const organizer = await organizerWith(strict, { meetingOptionRefusals: ["recordAutomatically"] });
    const { token } = await booked(organizer);
    await untilReady(token);
    expect(await untilSettled(token)).toMatchObject({
      untaken: [{ option: "recordAutomatically", wanted: true, actual: false, why: "refused" }],
    });
    expect(await teamsMeeting(organizer.email)).toMatchObject({
      lobbyBypassSettings: { scope: "organizer" },
      allowMeetingChat: "limited",
    });
  });

  it("the meeting options of an event type come later when Microsoft is busy; the link is ready and sent meanwhile", async () => {
    const organizer = await organizerWith(strict);
    await stage.microsoft.control.graphFault({
      account: organizer.email,
      path: "/me/onlineMeetings/*",
      method: "PATCH",
      status: 429,
      code: "TooManyRequests",
      retryAfter: "3",
    });
    const { id, token } = await booked(organizer);
    await untilReady(token);
    expect(await outcomeOf(token)).toMatchObject({ state: "waiting" });
    await eventually(
      () => db().bookingNotice.count({ where: { bookingId: id, kind: "confirmed" } }),
      (count) => count === 1,
    );
    expect(await untilSettled(token)).toMatchObject({ state: "applied", untaken: [] });
    expect(await teamsMeeting(organizer.email)).toMatchObject({ allowMeetingChat: "limited" });
  });

  it("the meeting options of an event type wait for a meeting that Microsoft does not find at first", async () => {
    const organizer = await organizerWith({ lobby: "everyone" });
    await stage.microsoft.control.graphFault({
      account: organizer.email,
      path: "/me/onlineMeetings",
      times: 2,
      status: 400,
      code: "BadRequest",
      message: "1026: The meeting was not found.",
    });
    const { token } = await booked(organizer);
    await untilReady(token);
    expect(await untilSettled(token)).toMatchObject({ state: "applied", untaken: [] });
  });

  it("the meeting options of an event type are given up, with the link kept, where the account may not touch online meetings", async () => {
    const organizer = await organizerWith({ lobby: "everyone" });
    await stage.microsoft.control.graphFault({
      account: organizer.email,
      path: "/me/onlineMeetings",
      times: null,
      status: 403,
      code: "Forbidden",
    });
    const { token } = await booked(organizer);
    expect((await untilReady(token))?.problem).toBeNull();
    expect(await untilSettled(token)).toMatchObject({
      state: "given_up",
      untaken: [
        { option: "lobby", wanted: "everyone", actual: null, why: "access_denied" },
        { option: "recordAutomatically", why: "access_denied" },
        { option: "allowedPresenters", why: "access_denied" },
      ],
    });
    await stage.microsoft.control.clearFaults();
  });

  /** Who is in the Teams meeting besides its organizer, and as what. */
  const rolesIn = async (email: string) => {
    const attendees = (await teamsMeeting(email))?.participants?.attendees ?? [];
    return Object.fromEntries(attendees.map(({ upn, role }) => [upn, String(role)]));
  };

  it("co-organizers and presenters of an event type get their roles in the Teams meeting, present alone beside its organizer, and lose them when Repair now finds them named no more", async () => {
    const organizer = await organizerWith({});
    const colleague = async () => stage.connect(await makeOrganizer(), { tenant: organizer.domain });
    const [second, third] = [await colleague(), await colleague()];
    const unknown = await addMicrosoftAccount(stage.microsoft.control, { tenant: organizer.domain });
    const name = (meetingOptions: Partial<MeetingOptions>) =>
      db().eventType.update({ where: { id: organizer.eventTypeId }, data: { meetingOptions } });
    await name({
      allowedPresenters: "organizer",
      coOrganizers: [second.email.toUpperCase(), organizer.email, unknown.toUpperCase()],
      presenters: [third.email, second.email],
    });
    const { id, token } = await booked(organizer);
    await untilReady(token);
    expect(await untilSettled(token)).toMatchObject({ state: "applied", untaken: [] });
    expect(await rolesIn(organizer.email)).toEqual({
      [second.email.toUpperCase()]: "coorganizer",
      [unknown.toUpperCase()]: "coorganizer",
      [third.email]: "presenter",
    });
    expect(await teamsMeeting(organizer.email)).toMatchObject({ allowedPresenters: "roleIsPresenter" });
    await name({ allowedPresenters: "organizer", coOrganizers: [third.email, unknown] });
    await repairMeeting({ bookingId: id, scope: organizer.scope });
    const changed = await eventually(
      () => teamsMeeting(organizer.email),
      (meeting) => meeting?.allowedPresenters === "organizer",
    );
    expect(changed?.allowedPresenters).toBe("organizer");
    expect(await rolesIn(organizer.email)).toEqual({
      [third.email]: "coorganizer",
      [unknown]: "coorganizer",
    });
    expect(await untilSettled(token)).toMatchObject({
      coOrganizers: [{ email: third.email }, { email: unknown }],
      former: [],
    });
    // The same address in other letters is the same person, whom no one invites a second time.
    const inCapitals = unknown.toUpperCase();
    await name({ allowedPresenters: "organizer", coOrganizers: [third.email, inCapitals] });
    await repairMeeting({ bookingId: id, scope: organizer.scope });
    const again = await eventually(
      () => outcomeOf(token),
      (outcome) => outcome?.state === "applied" && outcome.coOrganizers?.[1]?.email === inCapitals,
    );
    expect(again?.untaken).toEqual([]);
    expect(await rolesIn(organizer.email)).toEqual({
      [third.email]: "coorganizer",
      [unknown]: "coorganizer",
    });
  });

  it("co-organizers of an event type who are no colleagues don't become any, which the booking says, and its other options hold", async () => {
    const organizer = await organizerWith({
      lobby: "everyone",
      coOrganizers: ["someone@elsewhere.example"],
    });
    const { token } = await booked(organizer);
    await untilReady(token);
    expect(await untilSettled(token)).toMatchObject({
      state: "applied",
      untaken: [
        { option: "coOrganizers", wanted: "someone@elsewhere.example", actual: null, why: "overruled" },
      ],
    });
    expect(await teamsMeeting(organizer.email)).toMatchObject({ lobbyBypassSettings: { scope: "everyone" } });
  });

  it("presenters of an event type whom the organization refuses leave presenting to the organizer alone", async () => {
    const organizer = await organizerWith(
      { allowedPresenters: "organizer", presenters: ["third@options.example"] },
      { meetingOptionRefusals: ["participants"] },
    );
    const { token } = await booked(organizer);
    await untilReady(token);
    expect(await untilSettled(token)).toMatchObject({
      state: "applied",
      untaken: [{ option: "presenters", wanted: "third@options.example", why: "refused" }],
    });
    expect(await teamsMeeting(organizer.email)).toMatchObject({ allowedPresenters: "organizer" });
  });

  it("the meeting options of an event type hold for meetings made after a change, and for an earlier one once its organizer presses Repair now", async () => {
    const organizer = await organizerWith({ lobby: "everyone" });
    const { id, token } = await booked(organizer);
    await untilReady(token);
    await untilSettled(token);
    await db().eventType.update({
      where: { id: organizer.eventTypeId },
      data: { meetingOptions: { lobby: "organizer", chat: "disabled" } },
    });
    expect(await teamsMeeting(organizer.email)).toMatchObject({ lobbyBypassSettings: { scope: "everyone" } });
    await repairMeeting({ bookingId: id, scope: organizer.scope });
    const changed = await eventually(
      () => teamsMeeting(organizer.email),
      (meeting) => meeting?.allowMeetingChat === "disabled",
    );
    expect(changed).toMatchObject({ lobbyBypassSettings: { scope: "organizer" } });
  });

  it("the meeting options of an event type are set again on a meeting that had to be made again", async () => {
    const organizer = await organizerWith({ lobby: "organizer" });
    // A deleted event cancels its booking otherwise, should the comparison be faster than the repair.
    await db().eventType.update({
      where: { id: organizer.eventTypeId },
      data: { outlookChanges: "ignore" },
    });
    const { id, token } = await booked(organizer);
    await untilReady(token);
    await untilSettled(token);
    const { events } = await stage.microsoft.control.mailbox(organizer.email);
    await stage.microsoft.control.deleteEvent(organizer.email, events[0]?.id ?? "");
    await repairMeeting({ bookingId: id, scope: organizer.scope });
    const meeting = await eventually(
      () => db().meeting.findFirstOrThrow({ where: { hostId: organizer.id } }),
      ({ generation, status, optionsOutcome }) =>
        generation === 2 && status === "ready" && optionsOutcome !== null,
    );
    const { onlineMeetings } = await stage.microsoft.control.mailbox(organizer.email);
    const made = onlineMeetings.find(({ joinWebUrl }) => joinWebUrl === meeting.joinUrl);
    expect(made).toMatchObject({ lobbyBypassSettings: { scope: "organizer" } });
  });
});
