import { describeAttendance } from "@/components/organizer-bookings/attendance-lines";
import { KeyValueList } from "@/components/ui/key-value-list";
import type { AttendanceView } from "@/lib/booking/attendance";
import { readClock } from "@/lib/booking-page/visitor";
import { joinPageUrl } from "@/lib/booking-record/links";
import type { BookingView } from "@/lib/booking-record/queries";
import { referenceOf } from "@/lib/booking-record/reference";
import { placeOf } from "@/lib/format/places";
import { type Clock, clockRange, clockTime, dayName } from "@/lib/format/spoken-time";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { writeUtm } from "@/lib/input/utm";
import { getLocale } from "@/lib/reader/locale";
import { listRoomsOfMeeting } from "@/lib/rooms/rooms";
import { localDateOf } from "@/lib/slot-engine/zone";

interface BookingFactsProps {
  booking: BookingView;
  timeZone: string;
  attendance: AttendanceView | null;
}

/** Who and when on their clock, where, and what is proven. */
export async function BookingFacts({ booking, timeZone, attendance }: BookingFactsProps) {
  const locale = await getLocale();
  const words = translator("bookings", locale);
  const clock = await readClock();
  const { visitor, guests, meeting } = booking;
  const rooms = await listRoomsOfMeeting(meeting.id);
  const moment = (at: Date) =>
    words("booking.at", {
      day: dayName(localDateOf(at.getTime(), timeZone), locale),
      time: clockTime(at.getTime(), timeZone, clock, locale),
    });
  return (
    <KeyValueList
      stacked
      items={[
        {
          term: words("booking.visitor"),
          detail: (
            <>
              {visitor.name}
              <a href={`mailto:${visitor.email}`} className="block text-sm break-all">
                {visitor.email}
              </a>
              <span className="block text-sm text-muted">{theirRange(booking, timeZone, clock, locale)}</span>
            </>
          ),
        },
        ...(guests.length > 0 ? [{ term: words("booking.guests"), detail: <Lines of={guests} /> }] : []),
        {
          term: words("booking.meeting"),
          detail:
            meeting.kind === "teams" ? (
              words("booking.teams")
            ) : (
              <Lines of={[placeKind(meeting.kind, locale), ...(meeting.place ? [meeting.place] : [])]} />
            ),
        },
        ...(rooms.length > 0
          ? [
              {
                term: words("booking.rooms"),
                detail: <Lines of={rooms.map((room) => words("booking.room", room))} />,
              },
            ]
          : []),
        ...(meeting.kind === "teams" && booking.status === "confirmed"
          ? [{ term: words("booking.joinPage"), detail: <JoinPage token={booking.joinToken} /> }]
          : []),
        ...(Object.keys(booking.utm).length > 0
          ? [
              {
                term: words("booking.utm"),
                detail: (
                  <Lines
                    of={Object.entries(writeUtm(booking.utm)).map(([name, text]) => `${name}: ${text}`)}
                  />
                ),
              },
            ]
          : []),
        {
          term: words("booking.reference"),
          detail: <span className="font-mono">{referenceOf(booking.id)}</span>,
        },
        { term: words("booking.booked"), detail: moment(booking.createdAt) },
        ...(meeting.verifiedAt && booking.status === "confirmed"
          ? [{ term: words("booking.verified"), detail: moment(meeting.verifiedAt) }]
          : []),
        ...(attendance
          ? [
              {
                term: words("attendance.term"),
                detail: <Lines of={describeAttendance(attendance, { timeZone, clock, locale })} />,
              },
            ]
          : []),
        ...(booking.moveReason && booking.status === "confirmed"
          ? [{ term: words("booking.moveReason"), detail: booking.moveReason }]
          : []),
        ...(booking.cancelReason ? [{ term: words("booking.reason"), detail: booking.cancelReason }] : []),
      ]}
    />
  );
}

/** The visitor's own clock; the day too where theirs is another. */
function theirRange(
  { visitor, startsAt, endsAt }: BookingView,
  timeZone: string,
  clock: Clock,
  locale: Locale,
): string {
  const words = translator("bookings", locale);
  const [start, end] = [startsAt.getTime(), endsAt.getTime()];
  const date = localDateOf(start, visitor.timeZone);
  const range = clockRange(start, end, visitor.timeZone, clock, locale);
  const place = placeOf(visitor.timeZone, locale);
  return date === localDateOf(start, timeZone)
    ? words("booking.range", { range, place })
    : words("booking.rangeOn", { day: dayName(date, locale), range, place });
}

function placeKind(kind: string, locale: Locale): string {
  const words = translator("common", locale);
  return kind === "link" || kind === "phone" || kind === "in_person"
    ? words(`meeting.${kind}`)
    : words("meeting.none");
}

/** The address is a capability: its beginning is enough to recognise it by. */
function JoinPage({ token }: { token: string }) {
  return (
    <a href={joinPageUrl(token)} className="font-mono text-sm">
      /j/{token.slice(0, 8)}…
    </a>
  );
}

function Lines({ of }: { of: readonly string[] }) {
  return of.map((line) => (
    <span key={line} className="block wrap-anywhere">
      {line}
    </span>
  ));
}
