import { LateForm, reportedLateness } from "@/components/booking-page/late-form";
import type { FormAction } from "@/components/ui/post-form";
import type { BookingView } from "@/lib/booking-record/queries";
import type { FlightLine } from "@/lib/flight-recorder/queries";
import { canRunLate } from "@/lib/notifications/running-late";

interface LateSectionProps {
  booking: BookingView;
  flight: readonly FlightLine[];
  action: FormAction;
  token: string;
  /** The form came back because its page is older than this server. */
  isLost: boolean;
  now: number;
}

/** Where a visitor says that they are late, around the time of the appointment. */
export function LateSection({ booking, flight, action, token, isLost, now }: LateSectionProps) {
  if (!canRunLate(booking, now)) return null;
  return (
    <div className="border-t border-hairline pt-4">
      <LateForm
        action={action}
        fields={{ token }}
        name={booking.organizer.name}
        reportedMinutes={reportedLateness(flight, "visitor", booking.rescheduleCount)}
        isLost={isLost}
      />
    </div>
  );
}
