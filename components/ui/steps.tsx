import { CheckIcon } from "@phosphor-icons/react/ssr";
import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";

export interface Step {
  key: string;
  name: string;
  /** One line of its result, or of what it will be about. */
  note: ReactNode;
  state: "done" | "current" | "next";
  /** Where the step is, if one may go there. */
  href?: string | undefined;
}

interface StepsProps {
  label: string;
  steps: readonly Step[];
  /** For small screens, where only the numbers are drawn: "Step 3 of 5: Enter the values". */
  progress: string;
  /** Read out after the name of a step that is done: "done". */
  doneLabel: string;
}

const dots: Record<Step["state"], string> = {
  done: "border-transparent bg-success-tint text-success",
  current: "border-transparent bg-accent text-accent-ink",
  next: "border-control bg-background text-muted",
};

/** The way through a set-up: done is a check, current is filled, each with one line of its result. */
export function Steps({ label, steps, progress, doneLabel }: StepsProps) {
  return (
    <nav aria-label={label}>
      <ol className="flex justify-between lg:grid">
        {steps.map((step, index) => (
          <li
            key={step.key}
            aria-current={step.state === "current" ? "step" : undefined}
            className={classNames(
              "relative before:absolute before:top-7.5 before:bottom-0.5 before:start-[13px] before:hidden before:border-s-2 before:border-hairline",
              "lg:grid lg:grid-cols-[1.75rem_minmax(0,1fr)] lg:gap-3 lg:not-last:pb-6 lg:not-last:before:block",
            )}
          >
            <span
              aria-hidden="true"
              className={classNames(
                "grid size-7 place-items-center rounded-full border text-sm font-strong",
                dots[step.state],
              )}
            >
              {step.state === "done" ? <Icon glyph={CheckIcon} weight="bold" size={16} /> : index + 1}
            </span>
            <span className="sr-only lg:not-sr-only">
              <span
                className={classNames(
                  "block leading-7",
                  step.state === "current" ? "font-strong" : "font-medium",
                )}
              >
                {step.href ? (
                  <a href={step.href} className="text-ink no-underline hover:text-ink hover:underline">
                    {step.name}
                  </a>
                ) : (
                  step.name
                )}
                {step.state === "done" && <span className="sr-only">, {doneLabel}</span>}
              </span>
              <span className="block text-sm text-muted">{step.note}</span>
            </span>
          </li>
        ))}
      </ol>
      <p aria-hidden="true" className="mt-2 text-sm text-muted lg:hidden">
        {progress}
      </p>
    </nav>
  );
}
