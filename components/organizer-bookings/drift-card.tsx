import {
  CalendarSlashIcon,
  ChatCircleDotsIcon,
  ClockClockwiseIcon,
  HandPalmIcon,
  LinkBreakIcon,
} from "@phosphor-icons/react/ssr";
import { Badge } from "@/components/ui/badge";
import type { ButtonKind } from "@/components/ui/button";
import type { Glyph } from "@/components/ui/icon";
import { KeyValueList } from "@/components/ui/key-value-list";
import { Panel } from "@/components/ui/panel";
import { type FormAction, PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { readClock } from "@/lib/booking-page/visitor";
import type { DriftView } from "@/lib/calendar-sync/drift";
import { allOf } from "@/lib/format/lists";
import { type Clock, clockRange, dayName } from "@/lib/format/spoken-time";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { localDateOf } from "@/lib/slot-engine/zone";

interface DriftCardProps {
  drift: DriftView;
  timeZone: string;
  answer: FormAction;
  /** Names the booking, where the page around does not. */
  isNamed?: boolean;
}

const glyphs: Record<DriftView["kind"], Glyph> = {
  moved: ClockClockwiseIcon,
  removed: CalendarSlashIcon,
  link_lost: LinkBreakIcon,
  declined: HandPalmIcon,
  proposed: ChatCircleDotsIcon,
  host_declined: HandPalmIcon,
  room_declined: HandPalmIcon,
};

/** The answers to each kind of difference, the most likely first. */
const answersTo = {
  moved: [
    ["apply", "primary"],
    ["restore", "second"],
    ["dismiss", "quiet"],
  ],
  removed: [
    ["restore", "second"],
    ["apply", "danger"],
    ["dismiss", "quiet"],
  ],
  link_lost: [
    ["restore", "primary"],
    ["dismiss", "quiet"],
  ],
  declined: [
    ["dismiss", "second"],
    ["apply", "danger"],
  ],
  proposed: [
    ["apply", "primary"],
    ["dismiss", "second"],
  ],
  host_declined: [
    ["apply", "primary"],
    ["dismiss", "second"],
  ],
  room_declined: [
    ["restore", "primary"],
    ["dismiss", "second"],
    ["apply", "danger"],
  ],
} as const satisfies Record<DriftView["kind"], readonly (readonly [string, ButtonKind])[]>;

/** One difference between a booking and its event, both sides of it, and what can be done. */
export async function DriftCard({ drift, timeZone, answer, isNamed = true }: DriftCardProps) {
  const locale = await getLocale();
  const words = translator("bookings", locale);
  const { id, kind, why, booking } = drift;
  const reader = { timeZone, clock: await readClock() };
  const name = booking.visitorName;
  const start = describeStretch(booking, reader, locale);
  const hasObstacle = why === "taken" || why === "past" || why === "all_day" || why === "many";
  return (
    <Panel aria-labelledby={`drift-${id}`} className="grid gap-4">
      <div className="grid gap-2">
        <Badge tone="warning" glyph={glyphs[kind]} weight="bold">
          {words(`drift.kinds.${kind}`)}
        </Badge>
        <h2 id={`drift-${id}`} className={isNamed ? "text-lg" : "sr-only"}>
          <a href={`/account/bookings/${booking.id}`}>
            {words("drift.heading", { title: booking.title, name })}
          </a>
        </h2>
        <p className="max-w-[68ch]">
          {drift.rooms.length > 0
            ? words("drift.declinedByRooms", { rooms: allOf(drift.rooms, locale) })
            : words(`drift.text.${kind}`, { name, host: drift.host })}
          {hasObstacle && ` ${words(`drift.why.${why}`)}`}
        </p>
      </div>
      <KeyValueList
        items={[
          { term: words("drift.booked"), detail: start },
          {
            term: words(kind === "proposed" ? "drift.proposed" : "drift.calendar"),
            detail: <strong className="font-strong">{otherSide(drift, reader, locale)}</strong>,
          },
        ]}
      />
      <div className="grid gap-3">
        <div className="flex flex-wrap gap-3">
          {answersTo[kind].map(([word, look]) => {
            const label = answerWords(kind, word, locale);
            return (
              <PostForm key={word} action={answer} fields={{ driftId: id, answer: word }}>
                <SubmitButton
                  kind={look}
                  aria-label={words("drift.answerFor", { answer: label, name, start })}
                  workingLabel={words("drift.working")}
                >
                  {label}
                </SubmitButton>
              </PostForm>
            );
          })}
        </div>
        <p className="max-w-[68ch] text-sm text-muted">{words(`drift.afterwards.${kind}`)}</p>
      </div>
    </Panel>
  );
}

interface Reader {
  timeZone: string;
  clock: Clock;
}

function otherSide({ kind, startsAt, endsAt }: DriftView, reader: Reader, locale: Locale): string {
  const words = translator("bookings", locale);
  if (startsAt && endsAt) return describeStretch({ startsAt, endsAt }, reader, locale);
  if (kind === "link_lost") return words("drift.noLink");
  return words(kind === "removed" ? "drift.gone" : "drift.declinedThere");
}

function describeStretch(
  { startsAt, endsAt }: { startsAt: Date; endsAt: Date },
  { timeZone, clock }: Reader,
  locale: Locale,
): string {
  const words = translator("bookings", locale);
  return words("drift.range", {
    day: dayName(localDateOf(startsAt.getTime(), timeZone), locale),
    range: clockRange(startsAt.getTime(), endsAt.getTime(), timeZone, clock, locale),
  });
}

function answerWords(
  kind: DriftView["kind"],
  answer: "apply" | "restore" | "dismiss",
  locale: Locale,
): string {
  const words = translator("bookings", locale);
  const known: Record<string, string> = {
    "moved.apply": words("drift.answers.moved.apply"),
    "moved.restore": words("drift.answers.moved.restore"),
    "removed.apply": words("drift.answers.removed.apply"),
    "removed.restore": words("drift.answers.removed.restore"),
    "link_lost.restore": words("drift.answers.link_lost.restore"),
    "declined.apply": words("drift.answers.declined.apply"),
    "declined.dismiss": words("drift.answers.declined.dismiss"),
    "host_declined.apply": words("drift.answers.host_declined.apply"),
    "host_declined.dismiss": words("drift.answers.host_declined.dismiss"),
    "room_declined.restore": words("drift.answers.room_declined.restore"),
    "room_declined.dismiss": words("drift.answers.room_declined.dismiss"),
    "room_declined.apply": words("drift.answers.room_declined.apply"),
    "proposed.apply": words("drift.answers.proposed.apply"),
    "proposed.dismiss": words("drift.answers.proposed.dismiss"),
  };
  return known[`${kind}.${answer}`] ?? words("drift.answers.moved.dismiss");
}
