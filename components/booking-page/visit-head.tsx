import { Refresh } from "@/components/booking-page/refresh";
import type { BookingView } from "@/lib/booking-record/queries";
import type { VisitState } from "@/lib/booking-record/visit-state";
import { type Clock, dayAndTime } from "@/lib/format/spoken-time";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";

/** What the state of a booking means for its visitor; null where the badge says it all. */
export function leadOf(booking: BookingView, state: VisitState, clock: Clock, locale: Locale): string | null {
  const words = translator("booking", locale);
  const values = { name: booking.organizer.name };
  if (state === "pending" && booking.decideBy) {
    return words("visit.lead.pendingUntil", {
      ...values,
      ...dayAndTime(booking.decideBy, booking.visitor.timeZone, clock, locale),
    });
  }
  if (state === "unconfirmed") {
    const { visitor, confirmBy } = booking;
    const until = dayAndTime(confirmBy ?? booking.startsAt, visitor.timeZone, clock, locale);
    return words("visit.lead.unconfirmed", { ...values, email: visitor.email, ...until });
  }
  if (state === "verified" || state === "confirmed") return null;
  if (state === "waits" || state === "failed") {
    return words(`visit.lead.${state}`, { ...values, problem: booking.meeting.problem ?? "other" });
  }
  if (state !== "cancelled") return words(`visit.lead.${state}`, values);
  if (booking.confirmBy !== null) return words("visit.lead.cancelledUnconfirmed", values);
  if (booking.cancelledBy === "visitor") return words("visit.lead.cancelledByVisitor", values);
  if (booking.cancelledBy === "organizer") return words("visit.lead.cancelledByOrganizer", values);
  return words("visit.lead.cancelledElsewhere", values);
}

/** How often the page looks again, in seconds: eagerly while the link is being made, patiently while people decide. */
const pauses: Partial<Record<VisitState, readonly number[]>> = {
  creating: [1, 1, 2, 2, 3, 5, 8, 13, 20, 30],
  waits: [30, 60],
  failed: [30, 60],
  pending: [30, 60],
  unconfirmed: [3, 5, 5, 10],
};

/** While something is to come, the page looks for it: by script, or by itself every few seconds. */
export function LookAgain({ state }: { state: VisitState }) {
  const pausesSeconds = pauses[state];
  if (!pausesSeconds) return null;
  return (
    <>
      <Refresh key={state} pausesSeconds={pausesSeconds} />
      {state === "creating" && (
        <noscript>
          <meta httpEquiv="refresh" content="5" />
        </noscript>
      )}
    </>
  );
}
