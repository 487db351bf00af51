import { EnvelopeSimpleIcon, HandPalmIcon, ProhibitIcon, UserMinusIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { MeetingBadge } from "@/components/booking-page/meeting-badge";
import {
  type BookingState,
  type BookingStateInput,
  bookingState,
} from "@/components/organizer-bookings/booking-state";
import { Badge, type Tone } from "@/components/ui/badge";
import type { Glyph } from "@/components/ui/icon";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

const looks = {
  pending: { tone: "calm", glyph: HandPalmIcon },
  unconfirmed: { tone: "calm", glyph: EnvelopeSimpleIcon },
  cancelled: { tone: "none", glyph: ProhibitIcon },
  declined: { tone: "none", glyph: ProhibitIcon },
  no_show: { tone: "warning", glyph: UserMinusIcon },
} as const satisfies Partial<Record<BookingState, { tone: Tone; glyph: Glyph }>>;

const isOwn = (state: BookingState): state is keyof typeof looks => Object.hasOwn(looks, state);

/** A booking's status: its meeting's if it takes place, otherwise what became of it. */
export function BookingBadge({ booking }: { booking: BookingStateInput }) {
  const state = bookingState(booking);
  if (!isOwn(state)) return <MeetingBadge state={state} />;
  return <Badge {...looks[state]}>{translator("bookings", use(getLocale()))(`status.${state}`)}</Badge>;
}
