import { use } from "react";
import { type Change, changesUntil, visitorMay } from "@/lib/booking-record/change-policy";
import type { BookingView } from "@/lib/booking-record/queries";
import { type Clock, dayAndTime } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface VisitChangesProps {
  booking: BookingView;
  clock: Clock;
  /** Epoch milliseconds. */
  now: number;
}

/** Until when the visitor may move and cancel, and who helps once they may not. */
export function VisitChanges({ booking, clock, now }: VisitChangesProps) {
  const locale = use(getLocale());
  const words = translator("booking", locale);
  const { changePolicy, organizer, visitor } = booking;
  const may = (change: Change) => visitorMay(change, booking, changePolicy, now);
  const moment = (change: Change) => {
    const until = changesUntil(change, booking, changePolicy);
    return until === null ? null : dayAndTime(new Date(until), visitor.timeZone, clock, locale);
  };
  const [move, cancel] = [may("reschedule"), may("cancel")];
  if (move === "over" && cancel !== "too_late") return <p>{words("visit.begun")}</p>;

  if (!organizer.takesBookings) {
    return <p>{words("visit.shut", { name: organizer.name, cancel: cancel === "yes" ? "yes" : "no" })}</p>;
  }
  const late = { reschedule: move === "too_late", cancel: cancel === "too_late" };
  const which = late.reschedule && late.cancel ? "both" : late.reschedule ? "reschedule" : "cancel";
  const never = isNever(which, changePolicy);
  const untilMove = move === "yes" ? moment("reschedule") : null;
  const untilCancel = cancel === "yes" ? moment("cancel") : null;
  // Until the start, and until it is over, are one and the same to someone who reads it beforehand.
  const isOne =
    untilMove !== null &&
    untilCancel !== null &&
    changePolicy.cancelMinutes === changePolicy.rescheduleMinutes;
  return (
    <div className="grid gap-1">
      {isOne ? (
        <p>{words("visit.changes", untilMove)}</p>
      ) : (
        <>
          {untilMove && <p>{words("visit.policy.move", untilMove)}</p>}
          {untilCancel && <p>{words("visit.policy.cancel", untilCancel)}</p>}
        </>
      )}
      {(late.reschedule || late.cancel) && (
        <p className="text-ink">
          {words(`visit.policy.late.${which}`, { never: String(never) })}{" "}
          {words.rich("visit.policy.ask", {
            name: organizer.name,
            address: () => <a href={`mailto:${organizer.email}`}>{organizer.email}</a>,
          })}
        </p>
      )}
    </div>
  );
}

function isNever(
  which: "both" | "reschedule" | "cancel",
  { rescheduleMinutes, cancelMinutes }: BookingView["changePolicy"],
): boolean {
  const move = rescheduleMinutes === null;
  const cancel = cancelMinutes === null;
  return which === "both" ? move && cancel : which === "reschedule" ? move : cancel;
}
