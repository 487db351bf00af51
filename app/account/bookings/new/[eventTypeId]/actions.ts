"use server";

import { revalidatePath } from "next/cache";
import { notFound, redirect } from "next/navigation";
import { requireOrganizer } from "@/lib/auth/guards";
import { book } from "@/lib/booking/book";
import { bookingRequest } from "@/lib/booking/schema";
import { identityOfForm, readZoneOf, toBookingRequest } from "@/lib/booking-page/read-form";
import { getOwnOffer } from "@/lib/offers/offer";
import { slotAction } from "@/lib/reader/slot-action";

/** Books the chosen time for a visitor whom the organizer enters, and leads to the booking; or says why not. */
export const bookForVisitor = slotAction({
  async guard({ eventTypeId = "" }) {
    const { id: organizerId, scope } = await requireOrganizer();
    const { organizer, timeZone, eventType } = (await getOwnOffer(scope, eventTypeId)) ?? notFound();
    return { organizerId, eventType, organizer: { ...organizer, timeZone } };
  },
  schema: bookingRequest,
  read(fields, { organizer, eventType }) {
    const named = { ...fields, handle: organizer.handle, slug: eventType.slug };
    const timeZone = readZoneOf(fields, organizer);
    return toBookingRequest(named, eventType.questions, { timeZone, locale: undefined });
  },
  async run(request, { who: { organizerId }, fields }) {
    const identity = identityOfForm(fields, ["organizer", organizerId], request);
    const booked = await book(request, { ...identity, by: "organizer" });
    if (!booked.ok) return booked.error;
    revalidatePath("/account/bookings", "layout");
    redirect(`/account/bookings/${booked.value.id}`);
  },
});
