/** The organizer chooses a place for a booking that should have a Teams link and has none. */

import { z } from "zod";
import { inHandsOf } from "@/lib/auth/booking-access";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { lockHostsOf } from "@/lib/booking-record/organizer-lock";
import { db } from "@/lib/database/client";
import { Prisma } from "@/lib/database/generated/client";
import { note } from "@/lib/flight-recorder/flight-recorder";
import { isId } from "@/lib/input/id";
import { line } from "@/lib/input/text";
import { enqueue } from "@/lib/jobs/queue";
import { meetingSync } from "@/lib/meetings/jobs";
import { announceMeeting } from "@/lib/notices/announce";
import { err, ok, type Result } from "@/lib/result";

export const placeInput = z.strictObject({
  place: line(500).meta({
    description: "A web address is the meeting link, a phone number is called, anything else is an address",
  }),
});

export interface GivenPlace {
  kind: "link" | "phone" | "in_person";
  value: string;
}

/** What kind of place a text names. PURE. */
export function readPlace(text: string): GivenPlace {
  const value = text.trim();
  if (/^https?:\/\/\S+$/i.test(value) && URL.canParse(value)) return { kind: "link", value };
  const digits = value.replace(/\D/g, "").length;
  const isNumber = /^\+?[\d\s()./-]+$/.test(value) && digits >= 5 && digits <= 15;
  return { kind: isNumber ? "phone" : "in_person", value };
}

export type PlaceRefusal =
  | { code: "not_found" }
  /** It has its link, was cancelled, is not confirmed yet, or is over. */
  | { code: "not_asked" };

/** Everyone who booked the meeting is notified, and its event follows by job. The Teams link is not looked for any more. */
export async function givePlace(
  { bookingId, scope, place }: { bookingId: string; scope: OwnerScope; place: string },
  now = new Date(),
): Promise<Result<{ id: string }, PlaceRefusal>> {
  if (!isId(bookingId)) return err("not_found");
  const given = readPlace(place);
  return db().$transaction(async (tx) => {
    await lockHostsOf(tx, bookingId);
    const booking = await tx.booking.findFirst({
      where: { id: bookingId, ...inHandsOf(scope) },
      select: {
        id: true,
        status: true,
        endsAt: true,
        meetingId: true,
        meeting: {
          select: {
            kind: true,
            status: true,
            bookings: { where: { status: "confirmed" }, select: { id: true } },
          },
        },
      },
    });
    if (!booking) return err("not_found");
    const { id, meeting, meetingId } = booking;
    const isAsked = booking.status === "confirmed" && meeting.kind === "teams" && meeting.status !== "ready";
    if (!isAsked || booking.endsAt <= now) return err("not_asked");
    const isLink = given.kind === "link";
    await tx.meeting.update({
      where: { id: meetingId },
      data: {
        kind: given.kind,
        place: given.value,
        status: isLink ? "ready" : "none",
        joinUrl: isLink ? given.value : null,
        options: Prisma.DbNull,
        problem: null,
        attempts: 0,
      },
      select: { id: true },
    });
    const ids = meeting.bookings.map((one) => one.id);
    await note(tx, ids, { step: "place_given", outcome: "ok", facts: { kind: given.kind } });
    await announceMeeting(tx, ids);
    await enqueue(tx, meetingSync, { meetingId }, { priority: 10 });
    return ok({ id });
  });
}
