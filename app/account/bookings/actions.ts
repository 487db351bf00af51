"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { buttonAction } from "@/lib/auth/action";
import { requireOrganizer } from "@/lib/auth/guards";
import { cancel } from "@/lib/booking/cancel";
import { decideBooking } from "@/lib/booking/decide";
import { setNoShow } from "@/lib/booking/no-show";
import { getOwnBooking } from "@/lib/booking/queries";
import { repairMeeting } from "@/lib/booking/repair";
import { paragraphs } from "@/lib/input/text";

const bookingId = z.uuid();
const message = paragraphs(1000).optional();
const guard = () => requireOrganizer();

// A refusal needs no words of its own: the page that comes back shows the booking as it stands now.
const showAgain = () => revalidatePath("/account/bookings", "layout");

export const decide = buttonAction({
  guard,
  schema: z.object({ bookingId, decision: z.enum(["approve", "decline"]), message }),
  async run({ bookingId, decision, message }, { who }) {
    await decideBooking({ bookingId, userId: who.id, decision, reason: message });
    showAgain();
  },
});

export const cancelBooking = buttonAction({
  guard,
  schema: z.object({ bookingId, message }),
  async run({ bookingId, message }, { who }) {
    const own = await getOwnBooking(who.id, bookingId);
    if (own) await cancel({ bookingId: own.id, by: "organizer", reason: message });
    showAgain();
  },
});

export const repair = buttonAction({
  guard,
  schema: z.object({ bookingId }),
  async run({ bookingId }, { who }) {
    await repairMeeting({ bookingId, userId: who.id });
    showAgain();
  },
});

export const noteNoShow = buttonAction({
  guard,
  schema: z.object({ bookingId, noShow: z.enum(["true", "false"]) }),
  async run({ bookingId, noShow }, { who }) {
    await setNoShow({ bookingId, userId: who.id, noShow: noShow === "true" });
    showAgain();
  },
});
