import { use } from "react";
import { AccountForm } from "@/components/accounts/account-form";
import { meetingState } from "@/components/organizer-bookings/booking-state";
import { RepairButton } from "@/components/organizer-bookings/repair-button";
import { ButtonLink } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import type { FormAction } from "@/components/ui/post-form";
import type { FormState } from "@/lib/auth/form-state";
import type { BookingView } from "@/lib/booking-record/queries";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface MeetingRepairProps {
  /** A confirmed booking whose Teams link is not verified. */
  booking: BookingView;
  repair: FormAction;
  givePlace: (state: FormState, formData: FormData) => Promise<FormState>;
}

/** Why there is no link yet, what that means, and what can be done. */
export function MeetingRepair({ booking, repair, givePlace }: MeetingRepairProps) {
  const words = translator("bookings", use(getLocale()));
  const problem = booking.meeting.problem ?? "other";
  const state = meetingState(booking.meeting);
  const waits = state === "waits";
  const { name } = booking.visitor;
  return (
    <Note tone={state === "creating" ? "calm" : "danger"} title={words("repair.title", { problem, name })}>
      <p className="mt-0.5">{words("repair.text", { problem })}</p>
      {(waits || state === "failed") && (
        <div className="mt-3 max-w-[36rem]">
          <AccountForm
            action={givePlace}
            hidden={{ bookingId: booking.id }}
            fields={[
              {
                name: "place",
                label: words("place.label"),
                hint: words("place.hint", { name }),
                autoComplete: "off",
              },
            ]}
            submit={{ label: words("place.submit"), workingLabel: words("place.working") }}
          />
        </div>
      )}
      <div className="mt-3 flex flex-wrap gap-3">
        {waits && (
          <ButtonLink kind="primary" size="sm" href="/account/integrations">
            {words(problem === "not_connected" ? "banner.notConnectedAction" : "banner.reconnectAction")}
          </ButtonLink>
        )}
        <RepairButton bookingId={booking.id} repair={repair} />
      </div>
    </Note>
  );
}
