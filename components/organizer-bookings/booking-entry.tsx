import { BookingBadge } from "@/components/organizer-bookings/booking-badge";
import { isLinkless } from "@/components/organizer-bookings/booking-state";
import { DecideButtons } from "@/components/organizer-bookings/decide-buttons";
import { HeldButtons } from "@/components/organizer-bookings/held-buttons";
import { selectedForm } from "@/components/organizer-bookings/selected-bar";
import { Suspicions } from "@/components/organizer-bookings/suspicions";
import { Menu, type MenuItem } from "@/components/ui/menu";
import type { FormAction } from "@/components/ui/post-form";
import { RegisterEntry } from "@/components/ui/register";
import type { HeldBack } from "@/lib/booking/suspicion";
import { readClock } from "@/lib/booking-page/visitor";
import { canCancel, canReschedule } from "@/lib/booking-record/policy";
import type { BookingView } from "@/lib/booking-record/queries";
import { listOf } from "@/lib/format/lists";
import { clockTime } from "@/lib/format/spoken-time";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface BookingEntryProps {
  booking: BookingView;
  timeZone: string;
  /** Epoch milliseconds. */
  now: number;
  decide: FormAction;
  /** Why it is held back, and by what its sender can be blocked. */
  held?: HeldBack | undefined;
  block: FormAction;
  /** The list's own fields of an address, where it says itself what came of a decision. */
  list?: string | undefined;
  /** It can be ticked, so as to do something with several at once. */
  isSelectable?: boolean;
  /** It says who its hosts are: its list is of several people's bookings. */
  namesHosts?: boolean;
}

/** One booking as a line of the register. */
export async function BookingEntry(props: BookingEntryProps) {
  const { booking, timeZone, now, decide, held, block, list } = props;
  const { isSelectable = false, namesHosts = false } = props;
  const locale = await getLocale();
  const words = translator("bookings", locale);
  const clock = await readClock();
  const time = clockTime(booking.startsAt.getTime(), timeZone, clock, locale);
  const { name } = booking.visitor;
  const undecided = booking.awaits !== null && booking.endsAt.getTime() > now;
  return (
    <RegisterEntry
      select={
        isSelectable && (
          <input
            type="checkbox"
            form={selectedForm}
            name="booking"
            value={booking.id}
            aria-label={words("several.select", { name, time })}
            className="mt-0.5 size-5 shrink-0 scroll-mb-32 accent-accent"
          />
        )
      }
      start={time}
      until={words("entry.until", { time: clockTime(booking.endsAt.getTime(), timeZone, clock, locale) })}
      href={bookingHref(booking.id)}
      who={words("entry.who", { name, guests: booking.guests.length })}
      about={aboutOf(booking, namesHosts, locale)}
      details={
        held && (
          <>
            <p className="text-sm wrap-anywhere">{booking.visitor.email}</p>
            <Suspicions codes={held.suspicions} />
          </>
        )
      }
      state={
        undecided && booking.awaits === "visitor" ? (
          <HeldButtons {...{ booking, time, decide, held, block, list }} />
        ) : undecided ? (
          <DecideButtons bookingId={booking.id} name={name} time={time} decide={decide} />
        ) : (
          <BookingBadge booking={booking} />
        )
      }
      menu={<Menu label={words("entry.menu", { name, time })} items={menuOf(booking, now, locale)} />}
    />
  );
}

export function bookingHref(id: string): string {
  return `/account/bookings/${id}`;
}

function aboutOf(booking: BookingView, namesHosts: boolean, locale: Locale): string {
  const words = translator("bookings", locale);
  const parts = [
    booking.title,
    namesHosts &&
      booking.hosts.length > 0 &&
      words("entry.hosts", {
        names: listOf(
          booking.hosts.map((host) => host.name),
          locale,
        ),
      }),
    booking.awaits === "organizer" && words("entry.waitsForYou"),
    booking.awaits === "visitor" && words("entry.waitsForVisitor"),
    booking.status === "declined" && words("entry.declined"),
    booking.status === "cancelled" && words("entry.cancelledBy", { by: booking.cancelledBy ?? "other" }),
    isLinkless(booking) && words("entry.noLink"),
    booking.meeting.kind !== "link" && booking.meeting.place,
    booking.rescheduleCount > 0 && words("entry.moved", { count: booking.rescheduleCount }),
  ];
  const common = translator("common", locale);
  return parts
    .filter((part) => typeof part === "string")
    .reduce((first, second) => common("facts", { first, second }));
}

function menuOf(booking: BookingView, now: number, locale: Locale): MenuItem[] {
  const words = translator("bookings", locale);
  const { name, email } = booking.visitor;
  return [
    { label: words("entry.open"), href: bookingHref(booking.id) },
    ...(booking.meeting.joinUrl ? [{ label: words("entry.join"), href: booking.meeting.joinUrl }] : []),
    ...(booking.erasedAt ? [] : [{ label: words("entry.write", { name }), href: `mailto:${email}` }]),
    ...(canReschedule(booking, now)
      ? [{ label: words("move.action"), href: `${bookingHref(booking.id)}/reschedule` }]
      : []),
    ...(booking.status === "confirmed" && canCancel(booking, now)
      ? [{ label: words("entry.cancel"), href: `${bookingHref(booking.id)}#cancel`, danger: true }]
      : []),
  ];
}
