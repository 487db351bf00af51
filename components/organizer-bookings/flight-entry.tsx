import { CheckCircleIcon, HourglassMediumIcon, SealCheckIcon, XCircleIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { durationOf, sentenceOf, todoOf } from "@/components/organizer-bookings/flight-words";
import { classNames } from "@/components/ui/class-names";
import { type Glyph, Icon } from "@/components/ui/icon";
import type { FlightLine } from "@/lib/flight-recorder/queries";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { wallTime } from "@/lib/slot-engine/zone";

interface FlightEntryProps {
  line: FlightLine;
  visitorName: string;
  timeZone: string;
  tookMs: number | null;
  /** The longest of all: every bar is drawn to this scale. */
  longestMs: number;
}

type Look = "plain" | "good" | "sealed" | "waiting" | "failed";

/** One line: when, how it went, a sentence, then what a support person asks for. */
export function FlightEntry({ line, visitorName, timeZone, tookMs, longestMs }: FlightEntryProps) {
  const locale = use(getLocale());
  const look = lookOf(line);
  const todo = todoOf(line, locale);
  return (
    <li
      className={classNames(
        "relative grid grid-cols-[1.5rem_minmax(0,1fr)_auto] gap-x-3 py-2 md:grid-cols-[6.5rem_1.5rem_minmax(0,1fr)_auto]",
        "before:absolute before:inset-y-0 before:start-[11px] before:border-s-2 before:border-hairline md:before:start-[127px]",
        "first:before:top-4 last:before:bottom-auto last:before:h-4 only:before:hidden",
        line.step !== "call" && "group-has-[[value=microsoft]:checked]/recorder:hidden",
      )}
    >
      <time
        dateTime={line.at.toISOString()}
        className="col-start-2 row-start-2 font-mono text-xs leading-5 text-muted md:col-start-1 md:row-start-1 md:text-end md:leading-6"
      >
        {preciseTime(line.at, timeZone)}
      </time>
      <Pin look={look} />
      <div className="col-start-2 row-start-1 min-w-0 md:col-start-3">
        <p
          className={classNames(
            look === "sealed" ? "font-strong text-success" : "font-medium",
            look === "failed" && "text-danger",
          )}
        >
          {sentenceOf(line, visitorName, locale)}
        </p>
        {line.step === "call" && <Call line={line} />}
        {todo && <p className="mt-1 text-sm">{todo}</p>}
      </div>
      {tookMs !== null && (
        <p className="col-start-3 row-start-1 flex h-6 items-center gap-2.5 font-mono text-xs whitespace-nowrap text-muted md:col-start-4">
          {durationOf(tookMs, locale)}
          <Bar share={tookMs / longestMs} look={look} />
        </p>
      )}
    </li>
  );
}

const pins: Record<Exclude<Look, "plain">, { glyph: Glyph; colour: string }> = {
  good: { glyph: CheckCircleIcon, colour: "text-success" },
  sealed: { glyph: SealCheckIcon, colour: "text-success" },
  waiting: { glyph: HourglassMediumIcon, colour: "text-warning" },
  failed: { glyph: XCircleIcon, colour: "text-danger" },
};

function Pin({ look }: { look: Look }) {
  return (
    <span
      aria-hidden="true"
      className="relative col-start-1 row-start-1 grid size-6 place-items-center rounded-full bg-surface md:col-start-2"
    >
      {look === "plain" ? (
        <span className="size-2 rounded-full bg-control" />
      ) : (
        <Icon glyph={pins[look].glyph} weight="fill" className={pins[look].colour} />
      )}
    </span>
  );
}

function Call({ line: { call, status, requestId } }: { line: FlightLine }) {
  const words = translator("bookings", use(getLocale()));
  const [method = "", path = ""] = (call ?? "").split(" ");
  return (
    <p className="mt-px flex flex-wrap gap-x-3.5 font-mono text-xs leading-5 break-all text-muted">
      <span>
        {method} <b className="font-semibold text-ink">{path}</b>
      </span>
      <span>{status ?? words("recorder.noAnswer")}</span>
      {requestId && <span>{words("recorder.requestId", { id: requestId })}</span>}
    </p>
  );
}

/** Lengths are attributes of the drawing: the page's policy lets no style into an element. */
function Bar({ share, look }: { share: number; look: Look }) {
  const fill =
    look === "sealed"
      ? "fill-success"
      : look === "waiting" || look === "failed"
        ? "fill-warning"
        : "fill-accent";
  return (
    <svg width="120" height="6" aria-hidden="true" className="hidden md:block">
      <rect width={Math.max(2, 120 * share)} height="6" rx="2" className={fill} />
    </svg>
  );
}

function lookOf({ step, outcome, facts }: FlightLine): Look {
  if (outcome === "waiting") return step === "repair_requested" ? "plain" : "waiting";
  if (outcome === "failed") return facts.problem === "throttled" ? "waiting" : "failed";
  if (step === "link_verified") return "sealed";
  return step === "booked" || step === "no_show" ? "plain" : "good";
}

/** "20:02:07.114" */
function preciseTime(at: Date, timeZone: string): string {
  return `${wallTime(at.getTime(), timeZone).time}:${at.toISOString().slice(17, 23)}`;
}
