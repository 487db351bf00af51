import { HeldButtons } from "@/components/organizer-bookings/held-buttons";
import { Suspicions } from "@/components/organizer-bookings/suspicions";
import { Panel } from "@/components/ui/panel";
import type { FormAction } from "@/components/ui/post-form";
import type { HeldBack } from "@/lib/booking/suspicion";
import { readClock } from "@/lib/booking-page/visitor";
import type { BookingView } from "@/lib/booking-record/queries";
import { clockTime, dayAndTime } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface UnconfirmedVisitorProps {
  booking: BookingView;
  held: HeldBack | undefined;
  /** The organizer's. */
  timeZone: string;
  decide: FormAction;
  block: FormAction;
}

/** A booking that has no effect until its visitor confirms their address, or the organizer lets them in. */
export async function UnconfirmedVisitor(props: UnconfirmedVisitorProps) {
  const { booking, held, timeZone, decide, block } = props;
  const locale = await getLocale();
  const words = translator("bookings", locale);
  const { name, email } = booking.visitor;
  const clock = await readClock();
  const until = dayAndTime(booking.confirmBy ?? booking.startsAt, timeZone, clock, locale);
  const startsAt = clockTime(booking.startsAt.getTime(), timeZone, clock, locale);
  return (
    <Panel aria-labelledby="unconfirmed" className="grid gap-4">
      <div>
        <h2 id="unconfirmed" className="text-lg">
          {words("unconfirmed.title", { name })}
        </h2>
        <p className="mt-1 text-muted wrap-anywhere">
          {words("unconfirmed.text", { name, email, mute: String(held?.isMute ?? false), ...until })}
        </p>
      </div>
      {held && <Suspicions codes={held.suspicions} />}
      <div className="flex flex-wrap gap-3">
        <HeldButtons {...{ booking, decide, held, block }} time={startsAt} size="md" />
      </div>
    </Panel>
  );
}
