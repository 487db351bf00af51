import { dateName, dateRangeName } from "@/lib/format/spoken-time";
import type { Locale } from "@/lib/i18n/languages";
import type { Insights } from "@/lib/insights/figures";

interface WeekBarsProps {
  weeks: Insights["weeks"];
  /** What it shows, for those who don't see it. */
  label: string;
  words: { kept: string; noShows: string; cancelled: string };
  locale: Locale;
}

const height = 120;
const slot = 24;
const bar = 16;

const parts = [
  { key: "kept", fill: "fill-accent", mark: "bg-accent" },
  { key: "noShows", fill: "fill-warning", mark: "bg-warning" },
  { key: "cancelled", fill: "fill-control", mark: "bg-control" },
] as const;

/** Bookings by week, a bar each, made of what became of them. The figures themselves are in the table behind it. */
export function WeekBars({ weeks, label, words, locale }: WeekBarsProps) {
  const most = Math.max(1, ...weeks.map(({ booked }) => booked));
  const [first, last] = [weeks[0]?.monday, weeks.at(-1)?.monday];
  return (
    <figure className="grid gap-3">
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${weeks.length * slot} ${height}`}
        preserveAspectRatio="none"
        className="h-40 w-full rtl:-scale-x-100"
      >
        {weeks.map((week, place) => (
          <Bar key={week.monday} week={week} place={place} most={most} />
        ))}
        <rect y={height - 1} width={weeks.length * slot} height={1} className="fill-hairline" />
      </svg>
      {first && last && (
        <div className="flex justify-between gap-3 text-sm text-muted">
          <span>{weeks.length > 1 ? dateName(first, locale) : dateRangeName(first, last, locale)}</span>
          {weeks.length > 1 && <span>{dateName(last, locale)}</span>}
        </div>
      )}
      <figcaption className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
        {parts.map(({ key, mark }) => (
          <span key={key} className="inline-flex items-center gap-2">
            <span className={`size-3 rounded-sm ${mark}`} />
            {words[key]}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

/** Lengths are attributes of the drawing: the page's policy lets no style into an element. */
function Bar({ week, place, most }: { week: Insights["weeks"][number]; place: number; most: number }) {
  const { booked, noShows, cancelled } = week;
  const counts = { kept: booked - noShows - cancelled, noShows, cancelled };
  let below = 0;
  return parts.map(({ key, fill }) => {
    const long = (counts[key] / most) * (height - 1);
    below += long;
    if (long === 0) return null;
    return (
      <rect
        key={key}
        x={place * slot + (slot - bar) / 2}
        y={height - 1 - below}
        width={bar}
        height={long}
        className={fill}
      />
    );
  });
}
