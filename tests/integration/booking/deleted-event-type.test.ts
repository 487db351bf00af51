import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST as moveByToken } from "@/app/api/v1/bookings/[token]/reschedule/route";
import { POST as moveByApi } from "@/app/api/v1/me/bookings/[id]/reschedule/route";
import { book } from "@/lib/booking/book";
import { reschedule } from "@/lib/booking/reschedule";
import { loadPicker } from "@/lib/booking-page/load-picker";
import { getMoveOffer } from "@/lib/booking-page/offers";
import { readPickerQuery } from "@/lib/booking-page/picker-query";
import { visitorMay } from "@/lib/booking-record/change-policy";
import { getBookingByToken } from "@/lib/booking-record/queries";
import { db } from "@/lib/database/client";
import { removeEventType } from "@/lib/event-types/save";
import { call, organizerWithKey } from "@/tests/integration/api/call";
import { eventually } from "@/tests/support/eventually";
import { hourAhead, requestFor } from "@/tests/support/organizer";
import { openWorkingStage, type WorkingStage } from "@/tests/support/working-stage";

let stage: WorkingStage;

beforeAll(async () => {
  stage = await openWorkingStage();
});
afterAll(() => stage.close());

/** A booking whose event type was deleted since. */
async function orphaned(eventType: object = {}, connected = false) {
  const { key, ...organizer } = await organizerWithKey();
  await db().eventType.update({
    where: { id: organizer.eventTypeId },
    data: {
      location: { kind: "phone", value: "+33 1 23 45 67 89" },
      durationsMinutes: [45],
      slotIntervalMinutes: 60,
      bufferAfterMinutes: 15,
      ...eventType,
    },
  });
  const account = connected ? (await stage.connect(organizer)).email : null;
  const booked = await book(requestFor(organizer, hourAhead(3)));
  if (!booked.ok) throw new Error(booked.error.code);
  const { id, token } = booked.value;
  if (account) {
    const read = () => getBookingByToken(token);
    await eventually(read, (booking) => booking?.meeting.status === "ready");
  }
  const other = await book(requestFor(organizer, hourAhead(4)));
  expect(other.ok).toBe(true);
  await removeEventType(organizer.scope, organizer.eventTypeId);
  const move = (start: string) => reschedule({ bookingId: id, start: Date.parse(start), by: "organizer" });
  return { organizer, key, account, id, token, move };
}

describe("a booking whose event type was deleted", { timeout: 90_000 }, () => {
  it("a booking whose event type was deleted is moved by its organizer, with length, place and buffers as they were booked", async () => {
    const { id, token, move } = await orphaned();
    expect(await move(hourAhead(5))).toMatchObject({ ok: true });
    const booking = await getBookingByToken(token);
    expect(booking).toMatchObject({
      status: "confirmed",
      startsAt: new Date(hourAhead(5)),
      endsAt: new Date(Date.parse(hourAhead(5)) + 45 * 60_000),
      meeting: { kind: "phone", place: "+33 1 23 45 67 89" },
    });
    const claims = await db().timeClaim.findMany({ where: { meetingId: booking?.meeting.id ?? "" } });
    expect(claims).toMatchObject([{ bufferAfterMinutes: 15 }]);
    expect(await move(hourAhead(4))).toMatchObject({ ok: false, error: { code: "slot_taken" } });
    expect((await getMoveOffer(id))?.durationMinutes).toBe(45);
  });

  it("a booking whose event type was deleted keeps its event and its link", async () => {
    const { account, token, move } = await orphaned({ location: { kind: "teams" } }, true);
    const before = await getBookingByToken(token);
    expect(await move(hourAhead(6))).toMatchObject({ ok: true });
    const events = async () => (await stage.microsoft.control.mailbox(account ?? "")).events;
    const isMoved = (list: Awaited<ReturnType<typeof events>>) =>
      list.some(({ start }) => start?.dateTime?.startsWith(hourAhead(6).slice(0, 16)));
    await eventually(events, isMoved);
    expect((await getBookingByToken(token))?.meeting.joinUrl).toBe(before?.meeting.joinUrl);
  });

  it("a booking whose event type was deleted has a page that shows the organizer's free times", async () => {
    const { id } = await orphaned();
    const move = await getMoveOffer(id);
    if (!move) throw new Error("nothing is offered");
    const day = hourAhead(4).slice(0, 10);
    const picker = await loadPicker(move.offer, {
      query: readPickerQuery({ date: day }),
      browserZone: null,
      usualClock: "24",
      weekStartsOn: 1,
      now: Date.now(),
      moving: { durationMinutes: move.durationMinutes, meetingId: move.meetingId },
    });
    const times = picker.day?.slots.map(({ start }) => new Date(start).toISOString()) ?? [];
    expect(times.length).toBeGreaterThan(10);
    expect(times).not.toContain(hourAhead(4));
  });

  it("a booking whose event type was deleted is moved through the API by its organizer, and not by its visitor, whose page says so", async () => {
    const { key, id, token } = await orphaned();
    const start = hourAhead(7);
    expect(await call(moveByToken, { params: { token }, body: { start } })).toMatchObject({
      status: 409,
      body: { code: "too_late" },
    });
    const booking = await getBookingByToken(token);
    if (!booking) throw new Error("gone");
    const may = (change: "cancel" | "reschedule") =>
      visitorMay(change, booking, booking.changePolicy, Date.now());
    expect([may("reschedule"), may("cancel")]).toEqual(["too_late", "yes"]);
    expect(await call(moveByApi, { params: { id }, key, body: { start } })).toMatchObject({ status: 200 });
    expect((await getBookingByToken(token))?.startsAt).toEqual(new Date(start));
  });
});
