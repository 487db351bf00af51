import { use } from "react";
import { type Step, Steps } from "@/components/ui/steps";
import type { Trial } from "@/lib/connections/trial";
import { type Translator, translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import type { TeamsSetupFacts } from "@/lib/registration/setup-facts";
import type { Findings } from "@/lib/registration/setup-input";

interface SetupStepsProps {
  facts: TeamsSetupFacts;
  findings: Findings;
  trial: Trial | null;
}

/** How far the set-up is. */
export function SetupSteps({ facts, findings, trial }: SetupStepsProps) {
  const words = translator("admin", use(getLocale()));
  const wrong = Object.values(findings).filter(({ tone }) => tone === "danger").length;
  const isTried = trial !== null && !trial.isOutdated;
  const allGranted = isTried && "state" in trial.result && trial.result.reason !== "missing_scopes";
  const isFit = isTried && "state" in trial.result && trial.result.state !== "reconnect_needed";
  const hasValues = facts.missing.length === 0 && wrong === 0;
  const done = [
    facts.clientId !== null,
    allGranted || (hasValues && facts.state === "ready"),
    hasValues,
    isFit,
    facts.state === "ready",
  ];
  const current = done.indexOf(false);
  const steps = listSteps({ facts, trial, wrong, allGranted }, words).map(
    (step, index): Step => ({
      ...step,
      href: `#${step.key === "permissions" ? "register" : step.key}`,
      state: done[index] ? "done" : index === current ? "current" : "next",
    }),
  );
  const here = steps[current] ?? steps.at(-1);
  return (
    <Steps
      label={words("setup.steps.label")}
      steps={steps}
      doneLabel={words("setup.steps.done")}
      progress={words("setup.steps.progress", {
        step: current === -1 ? steps.length : current + 1,
        name: here?.name ?? "",
      })}
    />
  );
}

interface Progress {
  facts: TeamsSetupFacts;
  trial: Trial | null;
  /** How many values are wrong. */
  wrong: number;
  /** A trial was granted every permission. */
  allGranted: boolean;
}

function listSteps(
  { facts, trial, wrong, allGranted }: Progress,
  words: Translator<"admin">,
): Omit<Step, "state">[] {
  return [
    {
      key: "register",
      name: words("setup.steps.register.name"),
      note: facts.clientId ? (
        <span className="break-all">{words("setup.steps.register.done", { clientId: facts.clientId })}</span>
      ) : (
        words("setup.steps.register.open")
      ),
    },
    {
      key: "permissions",
      name: words("setup.steps.permissions.name"),
      note: words(`setup.steps.permissions.${allGranted ? "done" : "open"}`),
    },
    {
      key: "values",
      name: words("setup.steps.values.name"),
      note:
        wrong > 0
          ? words("setup.steps.values.wrong", { count: wrong })
          : facts.missing.length === 0
            ? words("setup.steps.values.done")
            : words("setup.steps.values.open", { count: facts.missing.length }),
    },
    {
      key: "trial",
      name: words("setup.steps.trial.name"),
      note: words(`setup.steps.trial.${trialState(trial)}`),
    },
    {
      key: "offer",
      name: words("setup.steps.offer.name"),
      note: words(
        `setup.steps.offer.${facts.state === "ready" ? "done" : facts.state === "hidden" ? "hidden" : "open"}`,
      ),
    },
  ];
}

function trialState(trial: Trial | null): "open" | "outdated" | "failed" | "done" {
  if (!trial) return "open";
  if (trial.isOutdated) return "outdated";
  return "code" in trial.result || trial.result.state === "reconnect_needed" ? "failed" : "done";
}
