import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { book } from "@/lib/booking/book";
import { cancel } from "@/lib/booking/cancel";
import { givePlace } from "@/lib/booking/give-place";
import { reschedule } from "@/lib/booking/reschedule";
import { getBookingByToken } from "@/lib/booking-record/queries";
import { visitStateOf } from "@/lib/booking-record/visit-state";
import { verifyConnection } from "@/lib/connections/verify";
import { db } from "@/lib/database/client";
import { listFlight } from "@/lib/flight-recorder/queries";
import { repairMeeting } from "@/lib/meetings/repair";
import { syncMeeting } from "@/lib/meetings/sync-meeting";
import { openMailContent } from "@/lib/outbox/outbox";
import { eventually } from "@/tests/support/eventually";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";
import { openWorkingStage, type WorkingStage } from "@/tests/support/working-stage";

let stage: WorkingStage;

beforeAll(async () => {
  stage = await openWorkingStage();
});
afterAll(() => stage.close());

/** An organizer whose account makes no Teams meetings, and a booking of a Teams event type without anything instead. */
async function booked(eventType: object = {}) {
  const organizer = await stage.connect(await makeOrganizer(eventType), { hasTeams: false });
  const outcome = await book(requestFor(organizer, hourAhead(3)));
  if (!outcome.ok) throw new Error(outcome.error.code);
  const { id, token } = outcome.value;
  return { organizer, id, token };
}

const viewOf = async (token: string) => {
  const view = await getBookingByToken(token);
  if (!view) throw new Error("no booking");
  return view;
};
const untilMeeting = async (token: string, isReached: (status: string) => boolean) =>
  (
    await eventually(
      () => viewOf(token),
      ({ meeting }) => isReached(meeting.status),
    )
  ).meeting;
const eventsIn = async (email: string) => (await stage.microsoft.control.mailbox(email)).events;
const untilEvents = (email: string, count: number) =>
  eventually(
    () => eventsIn(email),
    (events) => events.length === count,
  );
const mailsAbout = async (bookingId: string, kind: string) => {
  const mails = await eventually(
    () => db().mail.findMany({ where: { bookingId, kind } }),
    (found) => found.length > 0,
  );
  return mails.map((mail) => ({ subject: mail.subject, text: openMailContent(mail).text }));
};

describe("a Teams booking of an account without Teams, with nothing to use instead", () => {
  it("a Teams booking of an account without Teams is in the calendar without a meeting, and its visitor is invited", async () => {
    const { organizer, id, token } = await booked();
    const meeting = await untilMeeting(token, (status) => status === "failed");
    expect(meeting).toMatchObject({ kind: "teams", problem: "no_teams", joinUrl: null });
    const [event, ...others] = await untilEvents(organizer.email, 1);
    expect(others).toEqual([]);
    expect(event?.isOnlineMeeting).toBe(false);
    expect((await stage.microsoft.control.mailbox(organizer.email)).sentInvitations).toHaveLength(1);
    const steps = (await listFlight(organizer.scope, id)).map(({ step }) => step);
    expect(steps).toEqual(expect.arrayContaining(["meeting_created", "meeting_failed"]));
  });

  it("a Teams booking of an account without Teams says what is true: the organizer tells where, and the organizer is asked", async () => {
    const { id, token } = await booked();
    await untilMeeting(token, (status) => status === "failed");
    expect(visitStateOf(await viewOf(token), Date.now())).toBe("asked");
    const [confirmation] = await mailsAbout(id, "booking-confirmed");
    expect(confirmation?.text).toContain("will send you the link or the location");
    expect(confirmation?.text).not.toMatch(/email your Teams link|keep trying/);
    const [copy] = await mailsAbout(id, "booking-organizer-booked");
    expect(copy?.text).toContain("enter a link or a location");
  });

  it("a Teams booking of an account without Teams brings its visitor the link that the organizer gives, and the event shows it", async () => {
    const { organizer, id, token } = await booked();
    await untilMeeting(token, (status) => status === "failed");
    await mailsAbout(id, "booking-confirmed");
    const place = "https://meet.example/room";
    expect(await givePlace({ bookingId: id, scope: organizer.scope, place })).toMatchObject({ ok: true });
    expect((await viewOf(token)).meeting).toMatchObject({ kind: "link", status: "ready", joinUrl: place });
    const [event] = await eventually(
      () => eventsIn(organizer.email),
      ([seen]) => seen?.location?.displayName === place,
    );
    expect(event?.location?.displayName).toBe(place);
    expect((await mailsAbout(id, "booking-link-ready"))[0]?.subject).toMatch(/^Where you meet/);
    expect(await givePlace({ bookingId: id, scope: organizer.scope, place })).toMatchObject({
      error: { code: "not_asked" },
    });
  });

  it("a Teams booking of an account without Teams takes a number or an address as well, and no one else's word", async () => {
    const { organizer, id, token } = await booked();
    await untilMeeting(token, (status) => status === "failed");
    const another = await makeOrganizer();
    const foreign = { bookingId: id, scope: another.scope, place: "Here" };
    expect(await givePlace(foreign)).toMatchObject({ error: { code: "not_found" } });
    await givePlace({ bookingId: id, scope: organizer.scope, place: "12 Rue de la Paix, Paris" });
    expect((await viewOf(token)).meeting).toMatchObject({
      kind: "in_person",
      status: "none",
      place: "12 Rue de la Paix, Paris",
    });
  });

  it("a Teams booking of an account without Teams moves and leaves the calendar like any other", async () => {
    const { organizer, id, token } = await booked();
    const meeting = await untilMeeting(token, (status) => status === "failed");
    const later = Date.parse(hourAhead(5));
    await reschedule({ bookingId: id, start: later, by: "visitor" });
    await eventually(
      () => db().meeting.findUniqueOrThrow({ where: { id: meeting.id } }),
      ({ calendarStartsAt }) => calendarStartsAt?.getTime() === later,
    );
    expect(await eventsIn(organizer.email)).toHaveLength(1);
    expect((await viewOf(token)).meeting).toMatchObject({ status: "failed", problem: "no_teams" });
    await cancel({ bookingId: id, by: "visitor" });
    await untilEvents(organizer.email, 0);
  });

  it("a Teams booking of an account without Teams gets its Teams link, in one event, once the account has Teams", async () => {
    const { organizer, token } = await booked();
    await untilMeeting(token, (status) => status === "failed");
    await stage.microsoft.control.changeAccount(organizer.email, { hasTeams: true });
    await verifyConnection(organizer.scope);
    const meeting = await untilMeeting(token, (status) => status === "ready");
    await untilEvents(organizer.email, 1);
    const [event] = await eventsIn(organizer.email);
    expect(meeting.joinUrl).toBe(event?.onlineMeeting?.joinUrl);
  });

  it("a Teams booking of an account without Teams is not made again and again where nothing has changed", async () => {
    const { organizer, id, token } = await booked();
    const { id: meetingId } = await untilMeeting(token, (status) => status === "failed");
    await repairMeeting({ bookingId: id, scope: organizer.scope });
    await syncMeeting({ meetingId });
    await syncMeeting({ meetingId });
    expect((await stage.microsoft.control.mailbox(organizer.email)).sentInvitations).toHaveLength(1);
  });

  it("a Teams booking of an account without Teams takes what the event type has instead, where it has something", async () => {
    const fallbackLocation = { kind: "link", value: "https://meet.example/fallback" };
    const { organizer, token } = await booked({ fallbackLocation });
    const meeting = await untilMeeting(token, (status) => status === "ready");
    expect(meeting).toMatchObject({ kind: "link", joinUrl: fallbackLocation.value });
    const [event] = await untilEvents(organizer.email, 1);
    expect(event?.location?.displayName).toBe(fallbackLocation.value);
  });
});
