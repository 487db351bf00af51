/** Composes the mails of one notice: who gets them, what they say, what goes along. */
import { type NewConfirmLink, newConfirmLink } from "@/lib/booking/confirm";
import { type NewDecisionLink, newDecisionLink } from "@/lib/booking/decision-links";
import { joinPageUrl, manageUrl, openLink } from "@/lib/booking-record/links";
import { meetingWayOf } from "@/lib/booking-record/meeting-way";
import { isPlaceAsked } from "@/lib/booking-record/visit-state";
import { zoneOf } from "@/lib/booking-record/zone";
import { env } from "@/lib/config/env";
import { plainNameOf } from "@/lib/format/clean-name";
import { clockOf } from "@/lib/format/clock";
import { startLabel, timeFacts } from "@/lib/format/two-clocks";
import { type Locale, localeOf } from "@/lib/i18n/languages";
import { type Translator, translator } from "@/lib/i18n/translator";
import type { Notice } from "@/lib/notices/due";
import { type Carried, carriedCalendar, organizersEntry } from "@/lib/notifications/carried-calendar";
import {
  bellhopInvites,
  forVisitor,
  guestsOf,
  hasCalendar,
  hasLink,
  isUnreached,
  letterBrandOf,
  type MailedBooking,
  ownMailWords,
} from "@/lib/notifications/mailed-booking";
import { type LetterBrand, writeLetter } from "@/lib/outbox/letter";
import type { NewMail } from "@/lib/outbox/outbox";

export interface Written {
  mails: NewMail[];
  /** What the visitor's calendar knows the appointment by from now on. */
  inviteUid?: string;
  /** The links that the organizer's mail carries. */
  decisions?: { links: NewDecisionLink[]; expiresAt: Date };
  /** The link that the mail to an unconfirmed visitor carries. */
  confirmLink?: NewConfirmLink;
}

/** Everything a mail about this booking may say. The links are opened here and nowhere else. */
interface Stage {
  booking: MailedBooking;
  /** The language of those who read the mail. */
  locale: Locale;
  words: Translator<"mails">;
  organizerZone: string;
  manage: string;
  joinPage: string;
  isOnline: boolean;
}

type VisitorKind =
  | "requested"
  | "confirmed"
  | "own_link"
  | "link_ready"
  | "rescheduled"
  | "handed_over"
  | "cancelled"
  | "declined"
  | "reminder"
  | "follow_up"
  | "no_show";

type OrganizerKind =
  | "organizer_request"
  | "organizer_booked"
  | "organizer_rescheduled"
  | "organizer_cancelled"
  | "organizer_expired";

/** Writes the mails of a notice. Nothing is stored or sent. */
export function writeNotice(found: MailedBooking, notice: Notice): Written {
  const { kind } = notice;
  if (kind.startsWith("organizer_")) return writeToHosts(found, kind as OrganizerKind);
  const booking = forVisitor(found);
  if (notice.isLinkOnly) return { mails: [writeOwnLink(booking)] };
  if (kind === "confirm_address") return writeToUnconfirmed(setStage(booking, booking.visitorLocale));
  const stage = setStage(booking, booking.visitorLocale);
  const mailKind = kind.startsWith("reminder.") ? "reminder" : (kind as VisitorKind);
  const carried = carriedCalendar(booking, mailKind, stage);
  const mails = [writeToVisitor(stage, mailKind, carried)];
  if (carried.calendar) {
    for (const guest of guestsOf(booking)) mails.push(writeToGuest(stage, mailKind, guest, carried));
  }
  return { mails, ...(carried.uid ? { inviteUid: carried.uid } : {}) };
}

/** The mail that brings a visitor their own link and goes to no one else. */
export function writeOwnLink(found: MailedBooking): NewMail {
  const booking = forVisitor(found);
  return writeToVisitor(setStage(booking, booking.visitorLocale), "own_link", { calendar: null, uid: null });
}

function setStage(booking: MailedBooking, tag: string): Stage {
  const locale = localeOf(tag);
  const { id, owner, meeting } = booking;
  return {
    booking,
    locale,
    words: translator("mails", locale),
    organizerZone: zoneOf(booking, owner),
    manage: manageUrl(openLink("manage", id, booking.tokenSealed)),
    joinPage: joinPageUrl(openLink("join", id, booking.joinTokenSealed)),
    isOnline: meetingWayOf(meeting) === "online",
  };
}

/** Values that the sentences of all mails may name. */
function namesOf(
  { booking, locale }: Stage,
  { zone, tag, visitor }: { zone: string; tag: string; visitor: string },
) {
  const { title, owner, cancelledBy, changedBy } = booking;
  const clock = clockOf(tag);
  return {
    title,
    organizer: owner.name,
    visitor,
    start: startLabel(booking, zone, clock, locale),
    by: booking.status === "cancelled" ? (cancelledBy ?? "other") : changedBy,
    link: linkState(booking),
    former: booking.handedOverFrom ?? "",
    place: meetingWayOf(booking.meeting),
    approved: String(booking.decideBy !== null),
    // An approved time was given up for the one that is asked for now.
    again: String(booking.status === "pending" && booking.notices.some(({ kind }) => kind === "confirmed")),
    deadline: booking.decideBy ? startLabel({ startsAt: booking.decideBy }, zone, clock, locale) : "",
  };
}

/** What is said of the way in: its link was read back, is on its way, is left to the organizer, or there is none to wait for. */
function linkState(booking: MailedBooking): "verified" | "follows" | "asked" | "none" {
  const { meeting } = booking;
  if (meeting.kind !== "teams") return "none";
  if (hasLink(booking)) return "verified";
  return isPlaceAsked(meeting) ? "asked" : "follows";
}

function writeToVisitor(stage: Stage, kind: VisitorKind, carried: Carried): NewMail {
  const { booking, locale, words, manage, joinPage, isOnline, organizerZone } = stage;
  const { visitorEmail, visitorTimeZone, visitorLocale, owner } = booking;
  const visitor = plainNameOf(booking);
  const names = namesOf(stage, { zone: visitorTimeZone, tag: visitorLocale, visitor });
  const isOff = kind === "cancelled" || kind === "declined";
  const isOver = isOff || kind === "follow_up" || kind === "no_show";
  const page = kind === "no_show" ? pageOf(booking) : owner.handle;
  const again = { label: words("booking.actions.again"), url: `${env().APP_URL}/${page}` };
  const actions = isOver
    ? owner.disabledAt
      ? []
      : [again]
    : [
        ...(isOnline && kind !== "requested" && booking.status === "confirmed"
          ? [{ label: words("booking.actions.join"), url: joinPage }]
          : []),
        { label: words("booking.actions.manage"), url: manage },
      ];
  const invitation = invitationWords(stage, kind, carried);
  const isOffline = kind === "handed_over" && !isOnline;
  const lead = words(isOffline ? "booking.handed_over.leadOffline" : `booking.${kind}.lead`, names);
  return {
    to: visitorEmail,
    kind: mailKind(kind),
    subject: words(`booking.${kind}.subject`, names),
    replyTo: replyTo(booking),
    ...(carried.calendar ? { calendar: carried.calendar } : {}),
    ...writeLetter({
      locale,
      ...brandPart(booking),
      preview: lead,
      greeting: words("greeting", { name: visitor }),
      paragraphs: [lead],
      facts: factsOf(stage, {
        readerZone: visitorTimeZone,
        otherZone: organizerZone,
        otherName: owner.name,
        tag: visitorLocale,
        withPlace: !isOver && kind !== "requested",
        isMove: kind === "rescheduled",
        isHandover: kind === "handed_over",
        isOrganizer: false,
      }),
      actions,
      closing: invitation ? [invitation] : [],
      own: ownMailWords(booking, locale),
    }),
  };
}

/** The path of the page with the same appointment's times; of one that is only for those with a link, its owner's. */
function pageOf({ owner, team, eventType }: MailedBooking): string {
  const { handle } = team ?? owner;
  return eventType && !eventType.requiresLink ? `${handle}/${eventType.slug}` : handle;
}

/** To an address that may be a stranger's: nothing of what the sender wrote but their name, and that without links. */
function writeToUnconfirmed({ booking, locale, words }: Stage): Written {
  const { visitorEmail, visitorTimeZone, visitorLocale, owner, confirmBy } = booking;
  const clock = clockOf(visitorLocale);
  const confirmLink = newConfirmLink();
  const values = {
    title: booking.title,
    organizer: owner.name,
    start: startLabel(booking, visitorTimeZone, clock, locale),
    deadline: confirmBy ? startLabel({ startsAt: confirmBy }, visitorTimeZone, clock, locale) : "",
  };
  const mail: NewMail = {
    to: visitorEmail,
    kind: "booking-confirm-address",
    subject: words("booking.confirm_address.subject", values),
    replyTo: replyTo(booking),
    ...writeLetter({
      locale,
      ...brandPart(booking),
      preview: words("booking.confirm_address.lead", values),
      greeting: words("greeting", { name: plainNameOf(booking) }),
      paragraphs: [words("booking.confirm_address.lead", values)],
      facts: [
        { label: words("booking.labels.what"), value: booking.title },
        { label: words("booking.labels.when"), value: values.start },
      ],
      actions: [{ label: words("booking.actions.confirm"), url: confirmLink.url }],
      closing: [words("booking.confirm_address.closing", values)],
    }),
  };
  return { mails: [mail], confirmLink };
}

/** A guest gets the invitation and the way in, never the visitor's own link. */
function writeToGuest(stage: Stage, kind: VisitorKind, guest: string, { calendar }: Carried): NewMail {
  const { booking, locale, words, joinPage, isOnline, organizerZone } = stage;
  const { visitorTimeZone: zone, visitorLocale: tag } = booking;
  const names = namesOf(stage, { zone, tag, visitor: plainNameOf(booking) });
  const isOff = kind === "cancelled" || kind === "declined";
  const isChange = kind === "rescheduled" || kind === "handed_over";
  const state = isOff ? "cancelled" : isChange ? "rescheduled" : "invited";
  return {
    to: guest,
    kind: `booking-guest-${state}`,
    subject: words("booking.guest.subject", { ...names, state }),
    replyTo: replyTo(booking),
    ...(calendar ? { calendar } : {}),
    ...writeLetter({
      locale,
      ...brandPart(booking),
      preview: words("booking.guest.lead", { ...names, state }),
      greeting: words("booking.guest.greeting"),
      paragraphs: [words("booking.guest.lead", { ...names, state })],
      facts: factsOf(stage, {
        readerZone: booking.visitorTimeZone,
        otherZone: organizerZone,
        otherName: booking.owner.name,
        tag: booking.visitorLocale,
        withPlace: !isOff,
        isMove: false,
        isOrganizer: false,
      }),
      actions: isOnline && !isOff ? [{ label: words("booking.actions.join"), url: joinPage }] : [],
      closing: [],
      own: { ...ownMailWords(booking, locale), greeting: null },
    }),
  };
}

/** Each host gets theirs, in their own language and zone. Whoever answers first decides for all. */
function writeToHosts(booking: MailedBooking, kind: OrganizerKind): Written {
  const reading = booking.hosts.filter(({ user }) => user.disabledAt === null);
  const written = reading.map(({ user }) =>
    writeToOrganizer(setStage({ ...booking, owner: user }, user.locale), kind),
  );
  const links = written.flatMap(({ decisions }) => decisions?.links ?? []);
  const [expiresAt] = written.flatMap(({ decisions }) => decisions?.expiresAt ?? []);
  return {
    mails: written.flatMap(({ mails }) => mails),
    ...(expiresAt ? { decisions: { links, expiresAt } } : {}),
  };
}

function writeToOrganizer(stage: Stage, kind: OrganizerKind): Written {
  const { booking, locale, words, organizerZone } = stage;
  const { owner, visitorEmail, visitorName, visitorTimeZone, decideBy, id } = booking;
  const names = namesOf(stage, { zone: organizerZone, tag: owner.locale, visitor: visitorName });
  const links = kind === "organizer_request" ? [newDecisionLink("approve"), newDecisionLink("decline")] : [];
  const page = { label: words("booking.actions.page"), url: `${env().APP_URL}/account/bookings/${id}` };
  const calendar = organizersEntry(booking, kind, stage);
  const letter = writeLetter({
    locale,
    preview: words(`booking.${kind}.lead`, names),
    greeting: words("greeting", { name: owner.name }),
    paragraphs: [words(`booking.${kind}.lead`, names)],
    facts: [
      { label: words("booking.labels.visitor"), value: `${visitorName}\n${visitorEmail}` },
      ...factsOf(stage, {
        readerZone: organizerZone,
        otherZone: visitorTimeZone,
        otherName: visitorName,
        tag: owner.locale,
        withPlace: kind !== "organizer_cancelled" && kind !== "organizer_expired",
        isMove: kind === "organizer_rescheduled",
        isOrganizer: true,
      }),
    ],
    actions: [
      ...links.map(({ decision, url }) => ({ label: words(`booking.actions.${decision}`), url })),
      page,
    ],
    closing: links.length > 0 ? [words("booking.organizer_request.closing", names)] : [],
  });
  const mail: NewMail = {
    to: owner.email,
    toHolder: true,
    kind: mailKind(kind),
    subject: words(`booking.${kind}.subject`, names),
    replyTo: visitorEmail,
    ...(calendar ? { calendar } : {}),
    ...letter,
  };
  return links.length > 0 && decideBy
    ? { mails: [mail], decisions: { links, expiresAt: decideBy } }
    : { mails: [mail] };
}

interface Reader {
  readerZone: string;
  otherZone: string;
  otherName: string;
  /** BCP 47: says which clock they read. */
  tag: string;
  withPlace: boolean;
  /** The email announces a move, so it includes the reason. */
  isMove: boolean;
  /** The email announces another host. */
  isHandover?: boolean;
  /** What a visitor writes is for the organizer alone: anyone could have typed in the address of anyone. */
  isOrganizer: boolean;
}

function factsOf(
  { booking, locale, words, isOnline }: Stage,
  reader: Reader,
): { label: string; value: string }[] {
  const { meeting, cancelReason, moveReason, handoverReason, status } = booking;
  const isOff = status === "cancelled" || status === "declined";
  const written = isOff ? cancelReason : reader.isMove ? moveReason : null;
  const isByVisitor = (isOff ? booking.cancelledBy : booking.changedBy) === "visitor";
  const unable = words("booking.handed_over.reason", { name: booking.handedOverFrom ?? "" });
  const hidden = isByVisitor && !reader.isOrganizer;
  const reason = reader.isHandover ? (handoverReason ?? unable) : hidden ? null : written;
  return [
    { label: words("booking.labels.what"), value: booking.title },
    ...timeFacts(booking, { ...reader, clock: clockOf(reader.tag) }, locale),
    ...(reader.withPlace && !isOnline && meeting.place
      ? [
          {
            label: words(`booking.labels.${meeting.kind === "phone" ? "phone" : "where"}`),
            value: meeting.place,
          },
        ]
      : []),
    ...(reason ? [{ label: words("booking.labels.reason"), value: reason }] : []),
  ];
}

/** Where the entry in the visitor's calendar comes from. */
function invitationWords({ booking, words }: Stage, kind: VisitorKind, { calendar }: Carried): string | null {
  if (calendar) return words(`booking.carries.${calendar.method === "CANCEL" ? "cancel" : "request"}`);
  const isChange = kind === "rescheduled" || kind === "cancelled";
  if (isChange && !bellhopInvites(booking) && isUnreached(booking)) {
    return words(`booking.carries.unreached_${kind}`);
  }
  const isNews = kind === "confirmed" || kind === "rescheduled";
  if (!isNews || bellhopInvites(booking) || !hasCalendar(booking)) return null;
  return words("booking.carries.outlook", { name: booking.owner.name });
}

/** For mails to visitors and guests. Organizers know whose product writes to them. */
function brandPart(booking: MailedBooking): { brand?: LetterBrand } {
  const brand = letterBrandOf(booking);
  return brand ? { brand } : {};
}

function replyTo({ owner }: MailedBooking): string {
  return owner.connections[0]?.accountEmail || owner.email;
}

/** `booking-link-ready`: what the outbox and the flight recorder call it. */
function mailKind(kind: VisitorKind | OrganizerKind): string {
  return `booking-${kind.replaceAll("_", "-")}`;
}
