import { CheckCircleIcon, ProhibitIcon } from "@phosphor-icons/react/ssr";
import { use, useId } from "react";
import { Icon } from "@/components/ui/icon";
import { Panel } from "@/components/ui/panel";
import { clockTime, longDayName } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { type Asked, describeReason } from "@/lib/offers/reason-words";
import type { NamedBooking, UnofferedReason } from "@/lib/offers/troubleshoot";
import { getLocale } from "@/lib/reader/locale";
import { localDateOf } from "@/lib/slot-engine/zone";

interface VerdictProps {
  asked: Asked;
  reasons: readonly UnofferedReason[];
  bookings: ReadonlyMap<string, NamedBooking>;
  /** Whether it's offered, where that doesn't follow from the reasons: enough of several hosts are free, or not. */
  isOffered?: boolean;
  /** What is to be said of that. */
  lead?: string;
  /** One of several hosts, whose answer it is. */
  name?: string;
}

/** The answer: offered, or every rule that prevents it. */
export function AvailabilityVerdict(props: VerdictProps) {
  const { asked, reasons, bookings, isOffered = reasons.length === 0, lead, name } = props;
  const headingId = useId();
  const locale = use(getLocale());
  const words = translator("troubleshoot", locale);
  const { start, timeZone, clock } = asked;
  const values = {
    time: clockTime(start, timeZone, clock, locale),
    day: longDayName(localDateOf(start, timeZone), locale),
  };
  return (
    <Panel aria-labelledby={headingId} className="flex gap-4">
      <Icon
        glyph={isOffered ? CheckCircleIcon : ProhibitIcon}
        weight="fill"
        size={28}
        className={isOffered ? "text-success" : "text-danger"}
      />
      <div className="min-w-0">
        {name === undefined ? (
          <h2 id={headingId}>{words(isOffered ? "verdict.offered" : "verdict.refused", values)}</h2>
        ) : (
          <h3 id={headingId}>{words(isOffered ? "hosts.isFree" : "hosts.isNotFree", { name })}</h3>
        )}
        <p className="mt-1 text-muted">
          {lead ??
            (isOffered
              ? words("verdict.offeredLead")
              : words("verdict.refusedCount", { count: reasons.length }))}
        </p>
        {reasons.length > 0 && (
          <ul className="mt-3 grid list-disc gap-2 ps-5">
            {reasons.map((reason) => (
              <li key={JSON.stringify(reason)}>
                {describeReason(reason, asked)} <BookingLink reason={reason} bookings={bookings} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </Panel>
  );
}

function BookingLink({ reason, bookings }: { reason: UnofferedReason } & Pick<VerdictProps, "bookings">) {
  const words = translator("troubleshoot", use(getLocale()));
  const booking = "bookingId" in reason && reason.bookingId ? bookings.get(reason.bookingId) : undefined;
  if (!booking) return null;
  return (
    <a href={`/account/bookings/${booking.id}`}>{words("verdict.lookAt", { name: booking.visitorName })}</a>
  );
}
