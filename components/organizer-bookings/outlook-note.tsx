import { use } from "react";
import { RepairButton } from "@/components/organizer-bookings/repair-button";
import { Note } from "@/components/ui/note";
import type { FormAction } from "@/components/ui/post-form";
import type { BookingView } from "@/lib/booking-record/queries";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface OutlookNoteProps {
  booking: BookingView;
  repair: FormAction;
}

/** What Outlook still has and should not have, and that Bellhop goes on trying. */
export function OutlookNote({ booking, repair }: OutlookNoteProps) {
  const words = translator("bookings", use(getLocale()));
  const state = booking.meeting.outlook;
  if (!state) return null;
  return (
    <div className="mb-8">
      <Note tone="warning" title={words("outlook.title", { state })}>
        <p className="mt-0.5">{words("outlook.text", { state })}</p>
        <div className="mt-3">
          <RepairButton bookingId={booking.id} repair={repair} />
        </div>
      </Note>
    </div>
  );
}
