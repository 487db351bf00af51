import { use } from "react";
import { Note } from "@/components/ui/note";
import { type FormAction, PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
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
          <PostForm action={repair} fields={{ bookingId: booking.id }}>
            <SubmitButton kind="second" size="sm" workingLabel={words("repair.working")}>
              {words("repair.action")}
            </SubmitButton>
          </PostForm>
        </div>
      </Note>
    </div>
  );
}
