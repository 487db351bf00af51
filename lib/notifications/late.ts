import { joinPageUrl, openLink } from "@/lib/booking-record/links";
import { meetingWayOf } from "@/lib/booking-record/meeting-way";
import { zoneOf } from "@/lib/booking-record/zone";
import { env } from "@/lib/config/env";
import { plainNameOf } from "@/lib/format/clean-name";
import { clockOf } from "@/lib/format/clock";
import { startLabel } from "@/lib/format/two-clocks";
import { localeOf } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import {
  forVisitor,
  guestsOf,
  letterBrandOf,
  type MailedBooking,
  ownMailWords,
} from "@/lib/notifications/mailed-booking";
import { writeLetter } from "@/lib/outbox/letter";
import type { NewMail } from "@/lib/outbox/outbox";

/** The mail to the other side, saying that someone is late by about this many minutes. */
export function writeLateMail(booking: MailedBooking, by: "visitor" | "organizer", minutes: number): NewMail {
  const { id, owner, visitorName, visitorEmail, visitorTimeZone, visitorLocale } = booking;
  const toOrganizer = by === "visitor";
  const organizerZone = zoneOf(booking, owner);
  const tag = toOrganizer ? owner.locale : visitorLocale;
  const locale = localeOf(tag);
  const words = translator("mails", locale);
  const { title } = toOrganizer ? booking : forVisitor(booking);
  const values = {
    who: toOrganizer ? visitorName : owner.name,
    title,
    minutes,
    start: startLabel(booking, toOrganizer ? organizerZone : visitorTimeZone, clockOf(tag), locale),
    // The join page is in the hands of guests too.
    guests: toOrganizer ? guestsOf(booking).length : 0,
  };
  const join = {
    label: words("booking.actions.join"),
    url: joinPageUrl(openLink("join", id, booking.joinTokenSealed)),
  };
  const page = { label: words("booking.actions.page"), url: `${env().APP_URL}/account/bookings/${id}` };
  const brand = toOrganizer ? undefined : letterBrandOf(booking);
  const isOnline = meetingWayOf(booking.meeting) === "online";
  return {
    to: toOrganizer ? owner.email : visitorEmail,
    toHolder: toOrganizer,
    kind: `booking-late-${by}`,
    subject: words("booking.late.subject", values),
    replyTo: toOrganizer ? visitorEmail : owner.connections[0]?.accountEmail || owner.email,
    ...writeLetter({
      locale,
      ...(brand ? { brand } : {}),
      preview: words("booking.late.lead", values),
      greeting: words("greeting", { name: toOrganizer ? owner.name : plainNameOf(booking) }),
      paragraphs: [words("booking.late.lead", values)],
      facts: [{ label: words("booking.labels.what"), value: `${title}\n${values.start}` }],
      actions: [...(isOnline ? [join] : []), ...(toOrganizer ? [page] : [])],
      closing: [],
      ...(toOrganizer ? {} : { own: ownMailWords(forVisitor(booking), locale) }),
    }),
  };
}
