import { use } from "react";
import { laneWords, type WhoseDay } from "@/components/event-types/lane-words";
import type { Lane, LaneMark, LaneName } from "@/components/event-types/troubleshoot-lanes";
import { type Clock, clockTime } from "@/lib/format/spoken-time";
import { getLocale } from "@/lib/reader/locale";
import type { Interval } from "@/lib/slot-engine/rules";

interface DayStripProps {
  lanes: readonly Lane[];
  /** The hours that are drawn. */
  span: Interval;
  /** The start asked about; null: none. */
  startsAt: number | null;
  durationMinutes: number;
  timeZone: string;
  clock: Clock;
  whose: WhoseDay;
}

const fills: Record<LaneName, string> = {
  offered: "fill-success stroke-surface",
  open: "fill-accent-tint stroke-accent",
  holiday: "fill-warning",
  bookings: "fill-accent stroke-surface",
  busy: "fill-muted stroke-surface",
  unread: "fill-warning",
  replies: "fill-muted stroke-surface",
  held: "fill-transparent stroke-accent",
  notice: "fill-warning",
  presence: "fill-warning",
  window: "fill-warning",
  limits: "fill-danger",
};

/** The day drawn to scale, a lane for each rule. What it shows is in the table below in words. */
export function DayStrip({ lanes, span, startsAt, durationMinutes, timeZone, clock, whose }: DayStripProps) {
  const locale = use(getLocale());
  const percent = (ms: number) =>
    (100 * (Math.min(Math.max(ms, span.start), span.end) - span.start)) / (span.end - span.start);
  const asked = startsAt === null ? null : { start: startsAt, end: startsAt + durationMinutes * 60_000 };
  return (
    <div aria-hidden="true" className="grid gap-y-1 text-sm md:grid-cols-[11rem_minmax(0,1fr)] md:gap-y-0">
      <span className="hidden md:block" />
      <Hours span={span} percent={percent} timeZone={timeZone} clock={clock} />
      {lanes.map(({ name, marks }) => (
        <div key={name} className="contents">
          <span className="mt-2 flex items-center text-muted md:mt-0 md:border-t md:border-hairline md:py-2 md:pe-4 md:text-ink">
            {laneWords(name, whose, locale)}
          </span>
          <span className="flex items-center md:border-t md:border-hairline md:py-2">
            <svg aria-hidden="true" width="100%" height="24" className="block overflow-visible">
              <rect width="100%" height="24" rx="4" className="fill-sunken" />
              <Ticks span={span} percent={percent} />
              {marks.map((mark) => (
                <Mark key={mark.start} mark={mark} percent={percent} className={fills[name]} />
              ))}
              {asked && (
                <rect
                  x={`${percent(asked.start)}%`}
                  width={`${percent(asked.end) - percent(asked.start)}%`}
                  y="-3"
                  height="30"
                  className="fill-transparent stroke-brass stroke-2"
                />
              )}
            </svg>
          </span>
        </div>
      ))}
    </div>
  );
}

type Percent = (ms: number) => number;

function Mark({ mark, percent, className }: { mark: LaneMark; percent: Percent; className: string }) {
  const place = ({ start, end }: Interval) => ({
    x: `${percent(start)}%`,
    width: `${Math.max(percent(end) - percent(start), 0.2)}%`,
  });
  return (
    <>
      {mark.claimed && (
        <rect
          {...place(mark.claimed)}
          y="4"
          height="16"
          rx="2"
          strokeDasharray="3 2"
          className="fill-transparent stroke-control"
        />
      )}
      <rect {...place(mark)} y="4" height="16" rx="2" className={className} />
    </>
  );
}

const hourMs = 3600_000;

function hoursIn({ start, end }: Interval): number[] {
  const first = Math.ceil(start / hourMs) * hourMs;
  return Array.from(
    { length: Math.max(0, Math.floor((end - first) / hourMs) + 1) },
    (_, i) => first + i * hourMs,
  );
}

function Ticks({ span, percent }: { span: Interval; percent: Percent }) {
  return hoursIn(span).map((at) => (
    <line key={at} x1={`${percent(at)}%`} x2={`${percent(at)}%`} y1="0" y2="24" className="stroke-hairline" />
  ));
}

interface HoursProps extends Pick<DayStripProps, "span" | "timeZone" | "clock"> {
  percent: Percent;
}

/** The hours above the lanes; on phones only every fourth. */
function Hours({ span, percent, timeZone, clock }: HoursProps) {
  const locale = use(getLocale());
  return (
    <svg
      aria-hidden="true"
      width="100%"
      height="20"
      className="block overflow-visible text-xs [direction:ltr]"
    >
      {hoursIn(span).map((at, index, all) => (
        <text
          key={at}
          x={`${percent(at)}%`}
          y="12"
          textAnchor={index === 0 ? "start" : index === all.length - 1 ? "end" : "middle"}
          className={
            index % 4 === 0 ? "fill-muted" : index % 2 === 0 ? "hidden fill-muted md:block" : "hidden"
          }
        >
          {clockTime(at, timeZone, clock, locale)}
        </text>
      ))}
    </svg>
  );
}
