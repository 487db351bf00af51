import {
  BellSimpleIcon,
  CheckCircleIcon,
  EnvelopeSimpleIcon,
  HourglassMediumIcon,
  SealCheckIcon,
  XCircleIcon,
} from "@phosphor-icons/react/ssr";
import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import { type Glyph, Icon } from "@/components/ui/icon";

export interface FlightStep {
  key: string;
  /** The instant, for machines. */
  at: string;
  /** To the millisecond, in the reader's zone: "20:02:07.114". */
  clock: string;
  /** `noted` is a plain dot; the others are drawn. */
  state: "noted" | "notified" | "mailed" | "done" | "waited" | "failed" | "verified";
  /** What happened, as a sentence. */
  sentence: ReactNode;
  /** In mono below it: what was called and answered, or a remark. */
  call?: readonly { text: string; strong?: boolean }[];
  /** What it took. All bars of one recorder share a scale. */
  took?: { milliseconds: number; text: string } | undefined;
  /** The step that people care about: the link is verified. */
  milestone?: boolean;
  /** After a failure: whether anyone must do something. */
  cure?: ReactNode;
}

export interface FlightGroup {
  key: string;
  /** What people did: "Booked", "Moved by Ines in Outlook". */
  title: string;
  /** The day, and how long it took in all. */
  note: string;
  steps: readonly FlightStep[];
}

const pins: Record<FlightStep["state"], { glyph: Glyph; colour: string } | null> = {
  noted: null,
  notified: { glyph: BellSimpleIcon, colour: "text-muted" },
  mailed: { glyph: EnvelopeSimpleIcon, colour: "text-muted" },
  done: { glyph: CheckCircleIcon, colour: "text-success" },
  waited: { glyph: HourglassMediumIcon, colour: "text-warning" },
  failed: { glyph: XCircleIcon, colour: "text-danger" },
  verified: { glyph: SealCheckIcon, colour: "text-success" },
};

const barWidth = 120;

/** Every step a booking took, in order, grouped by what people did. */
export function FlightRecorder({ groups }: { groups: readonly FlightGroup[] }) {
  const times = groups.flatMap((group) => group.steps.map((step) => step.took?.milliseconds ?? 0));
  const longest = Math.max(1, ...times);
  return (
    <div className="divide-y divide-hairline overflow-clip rounded-lg border border-hairline bg-surface">
      {groups.map((group) => (
        <section key={group.key}>
          <div className="flex flex-wrap items-baseline justify-between gap-x-3 border-b border-hairline px-4 py-3 md:px-6">
            <h2 className="text-md tracking-normal">{group.title}</h2>
            <span className="text-sm text-muted">{group.note}</span>
          </div>
          <ol className="px-4 pt-2 pb-3 md:px-6">
            {group.steps.map((step) => (
              <StepLine key={step.key} step={step} longest={longest} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function StepLine({ step, longest }: { step: FlightStep; longest: number }) {
  return (
    <li
      className={classNames(
        "relative grid grid-cols-[1.5rem_minmax(0,1fr)_auto] gap-x-3 py-2 md:grid-cols-[6.5rem_1.5rem_minmax(0,1fr)_auto]",
        "before:absolute before:inset-y-0 before:start-[11px] before:border-s-2 before:border-hairline md:before:start-[127px]",
        "first:before:top-5 last:before:bottom-auto last:before:h-5 only:before:hidden",
      )}
    >
      <time
        dateTime={step.at}
        className="col-start-2 row-start-2 font-mono text-xs leading-5 text-muted md:col-start-1 md:row-start-1 md:text-end md:leading-6"
      >
        {step.clock}
      </time>
      <Pin state={step.state} />
      <div className="col-start-2 row-start-1 min-w-0 md:col-start-3">
        <p
          className={classNames(
            step.milestone ? "font-strong" : "font-medium",
            step.milestone && step.state === "verified" && "text-success",
          )}
        >
          {step.sentence}
        </p>
        {step.call && (
          <p className="flex flex-wrap gap-x-3.5 font-mono text-xs leading-5 text-muted">
            {step.call.map(({ text, strong }) => (
              <span key={text} className={strong ? "font-semibold break-all text-ink" : "break-all"}>
                {text}
              </span>
            ))}
          </p>
        )}
        {step.cure && <div className="mt-1 text-sm">{step.cure}</div>}
      </div>
      {step.took && <Duration took={step.took} state={step.state} longest={longest} />}
    </li>
  );
}

function Pin({ state }: { state: FlightStep["state"] }) {
  const pin = pins[state];
  const outlined = state === "notified" || state === "mailed";
  return (
    <span
      aria-hidden="true"
      className={classNames(
        "relative col-start-1 row-start-1 grid size-6 place-items-center rounded-full bg-surface md:col-start-2",
        pin?.colour,
      )}
    >
      {pin ? (
        <Icon glyph={pin.glyph} weight={outlined ? "regular" : "fill"} />
      ) : (
        <span className="size-2 rounded-full bg-control" />
      )}
    </span>
  );
}

interface DurationProps {
  took: { milliseconds: number; text: string };
  state: FlightStep["state"];
  longest: number;
}

function Duration({ took, state, longest }: DurationProps) {
  const fill = state === "waited" ? "fill-warning" : state === "verified" ? "fill-success" : "fill-accent";
  return (
    <p className="col-start-3 row-start-1 flex h-6 items-center gap-2.5 font-mono text-xs whitespace-nowrap text-muted md:col-start-4">
      {took.text}
      <svg aria-hidden="true" width={barWidth} height="6" className="hidden shrink-0 md:block">
        <rect
          width={Math.max(2, Math.round((took.milliseconds / longest) * barWidth))}
          height="6"
          rx="2"
          className={fill}
        />
      </svg>
    </p>
  );
}
