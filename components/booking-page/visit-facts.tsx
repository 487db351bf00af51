import { ChatTextIcon, UserIcon, UsersThreeIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { Fact } from "@/components/booking-page/offer-intro";
import { placeGlyphs } from "@/components/booking-page/place-glyphs";
import type { GivenAnswer } from "@/lib/booking-record/given-answers";
import type { BookingView } from "@/lib/booking-record/queries";
import { isPlaceAsked } from "@/lib/booking-record/visit-state";
import { isolated } from "@/lib/format/isolate";
import { listOf } from "@/lib/format/lists";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface VisitFactsProps {
  booking: BookingView;
  answers: readonly GivenAnswer[];
}

/** Where and how long, who comes, and what they wrote. */
export function VisitFacts({ booking, answers }: VisitFactsProps) {
  const locale = use(getLocale());
  const words = translator("booking", locale);
  const { visitor, guests, organizer, hosts, team, startsAt, endsAt } = booking;
  const people = hosts.map(({ name }) => name);
  const kind = isPlaceAsked(booking.meeting) ? "none" : placeKind(booking.meeting.kind);
  const minutes = (endsAt.getTime() - startsAt.getTime()) / 60_000;
  const value = isolated(booking.meeting.place ?? "", locale);
  return (
    <ul className="grid gap-2.5 text-sm wrap-anywhere">
      <Fact glyph={placeGlyphs[kind]}>
        {words(`visit.place.${kind}`, { minutes, value, name: organizer.name })}
      </Fact>
      {team && people.length > 0 && (
        <Fact glyph={UsersThreeIcon}>
          {words("page.with", { names: listOf(people, locale) })}
          <span className="block text-muted">{team.name}</span>
        </Fact>
      )}
      <Fact glyph={UserIcon}>
        {visitor.name}, {visitor.email}
        {guests.length > 0 && (
          <span className="block text-muted">
            {words("visit.guests", { count: guests.length, list: listOf(guests, locale) })}
          </span>
        )}
      </Fact>
      {answers.map(({ label, answer }) => (
        <Fact key={label} glyph={ChatTextIcon}>
          <span className="block text-muted">
            <bdi>{label}</bdi>
          </span>
          <bdi className="whitespace-pre-line">{spell(answer)}</bdi>
        </Fact>
      ))}
    </ul>
  );

  function spell(answer: GivenAnswer["answer"]): string {
    if (typeof answer === "boolean") return words(answer ? "visit.yes" : "visit.no");
    return Array.isArray(answer) ? answer.join(", ") : answer;
  }
}

/** The kind of place a meeting has; anything we don't know is shown as not set. */
export function placeKind(kind: string): keyof typeof placeGlyphs {
  const known = Object.keys(placeGlyphs) as (keyof typeof placeGlyphs)[];
  return known.find((one) => one === kind) ?? "none";
}
