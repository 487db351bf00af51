import { bookingState } from "@/components/bookings/booking-state";
import { ButtonLink } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { type FormAction, PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { BookingView } from "@/lib/booking/queries";
import { translator } from "@/lib/i18n/translator";

interface MeetingRepairProps {
  /** A confirmed booking whose Teams link is not verified. */
  booking: BookingView;
  repair: FormAction;
}

/** Why there is no link yet, what that means, and what can be done. */
export function MeetingRepair({ booking, repair }: MeetingRepairProps) {
  const words = translator("bookings");
  const problem = booking.meeting.problem ?? "other";
  const state = bookingState(booking);
  const waits = state === "waits";
  return (
    <Note tone={state === "creating" ? "calm" : "danger"} title={words("repair.title", { problem })}>
      <p className="mt-0.5">{words("repair.text", { problem })}</p>
      <div className="mt-3 flex flex-wrap gap-3">
        {waits && (
          <ButtonLink kind="primary" size="sm" href="/account/integrations">
            {words(problem === "not_connected" ? "banner.notConnectedAction" : "banner.reconnectAction")}
          </ButtonLink>
        )}
        <PostForm action={repair} fields={{ bookingId: booking.id }}>
          <SubmitButton kind="second" size="sm" workingLabel={words("repair.working")}>
            {words("repair.action")}
          </SubmitButton>
        </PostForm>
      </div>
    </Note>
  );
}
