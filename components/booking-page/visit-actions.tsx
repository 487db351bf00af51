import { CalendarDotsIcon, VideoCameraIcon, XCircleIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { CalendarMenu } from "@/components/booking-page/calendar-menu";
import { VisitChanges } from "@/components/booking-page/visit-changes";
import { ButtonLink } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { toCalendarEntry } from "@/lib/booking-page/calendar-entry";
import { type Change, visitorMay } from "@/lib/booking-record/change-policy";
import { joinPageUrl } from "@/lib/booking-record/links";
import type { BookingView } from "@/lib/booking-record/queries";
import type { VisitState } from "@/lib/booking-record/visit-state";
import { type Clock, dayAndTime } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface VisitActionsProps {
  booking: BookingView;
  state: VisitState;
  clock: Clock;
  token: string;
  now: number;
}

/** Below the perforation: how to get in, and how to change it. */
export function VisitActions({ booking, state, clock, token, now }: VisitActionsProps) {
  return (
    <div className="grid gap-4">
      {state !== "unconfirmed" && <WayIn booking={booking} state={state} clock={clock} token={token} />}
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 not-first:border-t not-first:border-hairline not-first:pt-4">
        <div className="min-w-0 max-w-[46ch] text-sm text-muted">
          {state !== "unconfirmed" && <VisitChanges booking={booking} clock={clock} now={now} />}
        </div>
        <ChangeLinks booking={booking} token={token} now={now} />
      </div>
    </div>
  );
}

/** The button that joins, the calendar entry, and the address of the join page. */
function WayIn({ booking, state, clock, token }: Omit<VisitActionsProps, "now">) {
  const locale = use(getLocale());
  const words = translator("booking", locale);
  const { meeting, visitor } = booking;
  const joinPage = joinPageUrl(booking.joinToken);
  const isOnline = meeting.kind === "teams" || meeting.kind === "link";
  const isHeld = state === "pending" || state === "unconfirmed";
  const isReady = state === "verified" || (state === "confirmed" && meeting.kind === "link");
  const address = () => (
    <a href={joinPage} className="font-mono text-xs break-all">
      {joinPage.replace(/^https?:\/\//, "")}
    </a>
  );
  return (
    <>
      <div className="flex flex-wrap gap-3 empty:hidden">
        {isReady && (
          <ButtonLink
            href={joinPage}
            kind="primary"
            className="max-md:w-full"
            icon={<Icon glyph={VideoCameraIcon} weight="bold" />}
          >
            {words(meeting.kind === "teams" ? "visit.joinTeams" : "visit.joinLink")}
          </ButtonLink>
        )}
        {!isHeld && (
          <CalendarMenu
            entry={toCalendarEntry(booking)}
            fileHref={`/booking/${token}/invite.ics`}
            hint={meeting.iCalUId ? words("visit.calendarHint") : null}
          />
        )}
      </div>
      {isOnline && state !== "unconfirmed" && (
        <p className="text-sm text-muted">
          {words.rich(isReady ? "visit.joinAt" : "visit.joinLater", { address })}
          {state === "verified" && meeting.verifiedAt && (
            <> {words("visit.verifiedAt", dayAndTime(meeting.verifiedAt, visitor.timeZone, clock, locale))}</>
          )}
        </p>
      )}
    </>
  );
}

/** The ways to reschedule and to cancel, as far as the policy lets a visitor. */
function ChangeLinks({ booking, token, now }: Pick<VisitActionsProps, "booking" | "token" | "now">) {
  const words = translator("booking", use(getLocale()));
  const may = (change: Change) => visitorMay(change, booking, booking.changePolicy, now) === "yes";
  return (
    <div className="flex flex-wrap gap-x-6 gap-y-1">
      {booking.organizer.takesBookings && may("reschedule") && (
        <ButtonLink
          href={`/booking/${token}/reschedule`}
          kind="quiet"
          flush
          className="text-sm"
          icon={<Icon glyph={CalendarDotsIcon} />}
        >
          {words("visit.reschedule")}
        </ButtonLink>
      )}
      {may("cancel") && (
        <ButtonLink
          href={`/booking/${token}/cancel`}
          kind="quiet-danger"
          flush
          className="text-sm"
          icon={<Icon glyph={XCircleIcon} />}
        >
          {words("visit.cancel")}
        </ButtonLink>
      )}
    </div>
  );
}
