import { classNames } from "@/components/ui/class-names";

export type RackTime = { clock: string; state: "free" | "taken" | "chosen" };

interface KeyRackProps {
  days: readonly { name: string; times: readonly RackTime[] }[];
}

/** The rack behind the desk: a week's times as keys on their hooks, one of them handed out. A picture; the words beside it say the same. */
export function KeyRack({ days }: KeyRackProps) {
  return (
    <div
      aria-hidden="true"
      className="grid auto-cols-fr grid-flow-col gap-2 rounded-tag border border-hairline bg-surface p-4 select-none md:p-6"
    >
      {days.map((day) => (
        <div key={day.name} className="grid content-start gap-2">
          <span className="pb-1 text-center text-xs font-medium text-muted">{day.name}</span>
          {day.times.map((time) => (
            <Hook key={time.clock} time={time} />
          ))}
        </div>
      ))}
    </div>
  );
}

const hooks: Record<RackTime["state"], string> = {
  free: "border-control bg-raised",
  taken: "border-transparent bg-sunken",
  chosen: "border-accent bg-accent text-accent-ink",
};

function Hook({ time }: { time: RackTime }) {
  return (
    <span
      className={classNames(
        "grid min-h-14 content-center justify-items-center gap-1 rounded-md border text-sm font-semibold",
        hooks[time.state],
      )}
    >
      <span
        className={classNames(
          "size-2.5 rounded-full border",
          time.state === "taken" ? "border-hairline bg-surface" : "border-2 border-brass bg-background",
        )}
      />
      <span className={time.state === "taken" ? "invisible" : undefined}>{time.clock}</span>
    </span>
  );
}
