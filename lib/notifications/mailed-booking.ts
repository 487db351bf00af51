import { guestsToInvite } from "@/lib/booking-record/guests";
import { readTranslations, wordsIn } from "@/lib/booking-record/own-words";
import { isPlaceAsked } from "@/lib/booking-record/visit-state";
import { ownZone, zoneOfEventType } from "@/lib/booking-record/zone";
import { absolute } from "@/lib/brand/answer";
import { brandOf, type ShownBrand } from "@/lib/brand/read";
import { db } from "@/lib/database/client";
import type { Prisma } from "@/lib/database/generated/client";
import { plainNameOf } from "@/lib/format/clean-name";
import { fillTemplate } from "@/lib/format/subject";
import { mailboxOf, reachableMailboxes } from "@/lib/grants/mailbox";
import type { Locale } from "@/lib/i18n/languages";
import { defaultNotifications, type Notifications } from "@/lib/notices/defaults";
import type { BookingFacts } from "@/lib/notices/due";
import { readNotifications } from "@/lib/notices/preferences";
import type { LetterBrand, OwnMailWords } from "@/lib/outbox/letter";

const mailboxes = {
  connections: {
    where: { provider: "teams" },
    select: { accountEmail: true, tenantId: true, accountId: true },
  },
  formerMailboxes: reachableMailboxes,
} satisfies Prisma.UserSelect;

/** A host, and what their mails are written by. */
const person = {
  id: true,
  name: true,
  email: true,
  handle: true,
  locale: true,
  disabledAt: true,
  ...ownZone,
  ...mailboxes,
} satisfies Prisma.UserSelect;

const fields = {
  id: true,
  status: true,
  startsAt: true,
  endsAt: true,
  title: true,
  visitorTitle: true,
  visitorName: true,
  visitorEmail: true,
  visitorTimeZone: true,
  visitorLocale: true,
  guests: true,
  answers: true,
  tokenSealed: true,
  joinTokenSealed: true,
  cancelledBy: true,
  cancelReason: true,
  moveReason: true,
  noShowAt: true,
  rescheduleCount: true,
  handoverCount: true,
  handedOverFrom: true,
  handoverReason: true,
  decideBy: true,
  confirmBy: true,
  changedAt: true,
  changedBy: true,
  inviteUid: true,
  mailsDueAt: true,
  updatedAt: true,
  notices: { select: { kind: true, revision: true } },
  owner: { select: person },
  team: { select: { name: true, handle: true } },
  hosts: { select: { user: { select: person } }, orderBy: { position: "asc" } },
  eventType: {
    select: {
      id: true,
      slug: true,
      requiresLink: true,
      questions: true,
      notifications: true,
      translations: true,
      mailGreeting: true,
      mailClosing: true,
      ...zoneOfEventType,
    },
  },
  meeting: {
    select: {
      kind: true,
      place: true,
      status: true,
      problem: true,
      calendarEventId: true,
      connection: { select: { user: { select: mailboxes } } },
      calendarMailbox: true,
      invitations: true,
      iCalUId: true,
      subjectTemplate: true,
    },
  },
} satisfies Prisma.BookingSelect;

/** A booking with all that its mails say. Its links are still sealed. */
export type MailedBooking = Prisma.BookingGetPayload<{ select: typeof fields }> & {
  /** As visitors know whoever they booked with: the team's, or the organizer's. */
  brand: ShownBrand;
};

export async function readMailedBooking(id: string): Promise<MailedBooking | null> {
  const booking = await db().booking.findUnique({ where: { id }, select: fields });
  if (!booking) return null;
  const { name, handle } = booking.team ?? booking.owner;
  return { ...booking, brand: await brandOf(handle, name) };
}

/** As its visitor reads it: under the title in their own language, where its organizer had written one. */
export function forVisitor(booking: MailedBooking): MailedBooking {
  return { ...booking, title: booking.visitorTitle ?? booking.title };
}

/** What the organizer says in mails to visitors of this language, in words of their own; they are those of now, whenever it was booked. */
export function ownMailWords(booking: MailedBooking, locale: Locale): OwnMailWords {
  const { eventType, owner, title } = booking;
  if (!eventType) return { greeting: null, closing: null };
  const written = wordsIn(readTranslations(eventType.translations, eventType.id), locale);
  const names = { name: owner.name, visitor: plainNameOf(booking), title };
  const say = (text: string) => fillTemplate(text, names) || null;
  return {
    greeting: say(written.mailGreeting ?? eventType.mailGreeting),
    closing: say(written.mailClosing ?? eventType.mailClosing),
  };
}

/** The head and the colours of mails to visitors and their guests; undefined where nothing was chosen. */
export function letterBrandOf({ brand, owner, team }: MailedBooking): LetterBrand | undefined {
  const { name, logo, palette } = brand;
  if (!logo && !palette && name === (team ?? owner).name) return undefined;
  return {
    name,
    logo: logo && { ...logo, url: absolute(logo.path) },
    colours: palette && { accent: palette.light.accent, ink: palette.light.ink },
  };
}

/** Whether Bellhop sends the invitation: by the meeting's rule, or because it has sent one before. */
export function bellhopInvites({ meeting, inviteUid }: MailedBooking): boolean {
  return meeting.invitations === "bellhop" || inviteUid !== null;
}

/** Whether visitors can be notified how to join. */
export function hasLink({ meeting }: MailedBooking): boolean {
  return meeting.kind !== "teams" || meeting.status === "ready";
}

/** Whether a calendar of the organizer's has an event of this meeting, or will have. */
export function hasCalendar({ owner }: MailedBooking): boolean {
  return owner.connections.length > 0;
}

/** Whether the event that its visitor was invited to can't be changed: it is in a calendar that nothing opens now. */
export function isUnreached({ meeting, owner }: MailedBooking): boolean {
  const { calendarEventId, calendarMailbox, connection } = meeting;
  if (calendarEventId === null || calendarMailbox === null) return false;
  const { connections, formerMailboxes } = connection?.user ?? owner;
  return ![...connections, ...formerMailboxes].map(mailboxOf).includes(calendarMailbox);
}

/** The mail addresses of whom the visitor brings along, each once, and neither theirs nor the organizer's. */
export function guestsOf(booking: MailedBooking): string[] {
  return guestsToInvite(booking, booking.owner);
}

/** Which messages it sends; those of a booking whose event type was deleted are the usual ones. */
export function preferencesOf({ eventType }: MailedBooking): Notifications {
  return eventType ? readNotifications(eventType.notifications, eventType.id) : defaultNotifications;
}

/** A booking for the rules that decide which emails are due. */
export function bookingFacts(booking: MailedBooking): BookingFacts {
  const { meeting, inviteUid } = booking;
  const hasUid = inviteUid !== null || meeting.iCalUId !== null || !hasCalendar(booking);
  return {
    status: booking.status,
    startsAt: booking.startsAt.getTime(),
    endsAt: booking.endsAt.getTime(),
    revision: booking.rescheduleCount,
    handovers: booking.handoverCount,
    changedAt: booking.changedAt.getTime(),
    changedBy: booking.changedBy,
    noShowAt: booking.noShowAt?.getTime() ?? null,
    isAsked: isPlaceAsked(meeting),
    isReady: hasLink(booking) && (hasUid || !bellhopInvites(booking)),
    bellhopInvites: bellhopInvites(booking),
    isUnconfirmed: booking.confirmBy !== null,
    wasApproved: booking.decideBy !== null,
    preferences: preferencesOf(booking),
  };
}
