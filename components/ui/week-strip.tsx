import { classNames } from "@/components/ui/class-names";

export interface WeekBlock {
  /** Minutes after midnight, in the organizer's zone. */
  startMinutes: number;
  durationMinutes: number;
  /** `held` is in order, `pending` waits for approval, `waits` has no link yet. */
  kind: "held" | "pending" | "waits";
}

export interface WeekDay {
  href: string;
  /** "Mon". */
  weekday: string;
  /** "30". */
  numeral: string;
  /** Read out in place of the drawing: "Monday 30 November, 2 bookings, 1 waits for its link". */
  name: string;
  /** Shown beside the weekday; empty for none. */
  count: string;
  isToday?: boolean;
  blocks: readonly WeekBlock[];
}

interface WeekStripProps {
  label: string;
  days: readonly WeekDay[];
  /** The hours that the tracks span. */
  fromHour?: number;
  toHour?: number;
}

const fills: Record<WeekBlock["kind"], string> = {
  held: "fill-accent",
  waits: "fill-danger",
  pending: "fill-transparent stroke-accent",
};

/** Seven days, each a link with its bookings drawn to scale. */
export function WeekStrip({ label, days, fromHour = 8, toHour = 18 }: WeekStripProps) {
  return (
    <nav aria-label={label}>
      <ul className="grid grid-cols-7 divide-x divide-hairline overflow-clip rounded-lg border border-hairline bg-surface">
        {days.map((day) => (
          <li key={day.href} className={classNames("relative", day.isToday && "bg-raised")}>
            {day.isToday && <span className="absolute inset-x-0 top-0 border-t-2 border-brass" />}
            <a
              href={day.href}
              aria-label={day.name}
              aria-current={day.isToday ? "date" : undefined}
              className="grid h-full content-start justify-items-center gap-0.5 px-1 pt-2 pb-2.5 text-ink no-underline hover:bg-raised hover:text-ink focus-visible:-outline-offset-4 md:justify-items-stretch md:px-3.5 md:pt-3 md:pb-3.5"
            >
              <span className="flex justify-between gap-1.5 text-xs text-muted">
                {day.weekday}
                <span className="hidden md:inline">{day.count}</span>
              </span>
              <span className="relative flex w-fit items-center gap-2 text-lg font-numeral md:text-xl">
                {day.numeral}
                {day.isToday && (
                  <span className="absolute -end-2.5 size-1.5 rounded-full bg-brass md:static md:size-[7px]" />
                )}
              </span>
              <Track blocks={day.blocks} from={fromHour * 60} to={toHour * 60} />
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Track({ blocks, from, to }: { blocks: readonly WeekBlock[]; from: number; to: number }) {
  const percent = (minutes: number) => (100 * (Math.min(Math.max(minutes, from), to) - from)) / (to - from);
  return (
    <svg
      aria-hidden="true"
      width="100%"
      height="8"
      className="mt-1.5 block h-1.5 overflow-visible rtl:-scale-x-100 md:h-2"
    >
      <rect width="100%" height="100%" rx="2" className="fill-sunken" />
      {blocks.map(({ startMinutes, durationMinutes, kind }) => {
        const start = percent(startMinutes);
        const width = percent(startMinutes + durationMinutes) - start;
        return (
          <rect
            key={`${startMinutes} ${durationMinutes} ${kind}`}
            x={`${start}%`}
            width={`${width}%`}
            height="100%"
            rx="2"
            strokeWidth="1.5"
            className={fills[kind]}
          />
        );
      })}
    </svg>
  );
}
