import { CheckCircleIcon, HourglassMediumIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { Icon } from "@/components/ui/icon";
import type { FlightLine } from "@/lib/flight-recorder/queries";
import { type Clock, dayAndTime } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

/** What of a booking's flight recorder concerns its visitor. */
const shownSteps = [
  "booked",
  "address_confirmed",
  "approved",
  "meeting_created",
  "link_verified",
  "meeting_waits",
  "place_given",
  "rescheduled",
  "meeting_moved",
  "cancelled",
  "meeting_removed",
] as const;

type ShownStep = (typeof shownSteps)[number];

interface VisitHistoryProps {
  flight: readonly FlightLine[];
  organizerName: string;
  timeZone: string;
  clock: Clock;
}

/** What was done for this booking and when: the last of each step, oldest first. */
export function VisitHistory({ flight, organizerName, timeZone, clock }: VisitHistoryProps) {
  const locale = use(getLocale());
  const words = translator("booking", locale);
  const last = new Map<ShownStep, Date>();
  for (const { step, at } of flight) {
    const known = shownSteps.find((one) => one === step);
    if (known) last.set(known, at);
  }
  // What was waited for has come.
  if (last.has("link_verified") || last.has("place_given")) last.delete("meeting_waits");
  const lines = [...last].sort(([, a], [, b]) => a.getTime() - b.getTime());
  if (lines.length === 0) return null;
  return (
    <section>
      <h2 className="mb-3 text-lg tracking-lg">{words("visit.done.heading")}</h2>
      <ul className="grid gap-2.5 text-sm">
        {lines.map(([step, at]) => (
          <li key={step} className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-3">
            {step === "meeting_waits" ? (
              <Icon glyph={HourglassMediumIcon} weight="fill" className="text-warning" />
            ) : (
              <Icon glyph={CheckCircleIcon} weight="fill" className="text-success" />
            )}
            <span>
              {words(`visit.done.${step}`, { name: organizerName })}
              <time dateTime={at.toISOString()} className="block text-muted">
                {words("visit.done.at", dayAndTime(at, timeZone, clock, locale))}
              </time>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
