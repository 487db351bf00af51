import type { Diagnosis } from "@/components/connections/diagnosis-state";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import type { DiagnosisOutcome, DiagnosisStep } from "@/lib/meetings/sign-in-port";

/** What was found, in words that tell what to do. `at` is when it was looked. */
export function describeDiagnosis(
  steps: readonly DiagnosisStep[],
  at: Date,
  locale: Locale,
): Diagnosis & { status: "done"; message: string } {
  const words = translator("connections", locale);
  const shown = steps.map((step) => ({
    name: words(`diagnose.steps.${step.step}`),
    tone: toneOf(step.outcome),
    text: words(`diagnose.outcomes.${step.outcome}`, {
      step: step.step,
      detail: step.detail ?? "none",
      seconds: Math.ceil(step.retryAfterSeconds ?? 0),
    }),
    technical: technicalOf(step, locale),
  }));
  const verdict = verdictOf(steps);
  return {
    status: "done",
    message: words(`diagnose.verdict.${verdict.key}`),
    tone: verdict.tone,
    steps: shown,
    report: [
      at.toISOString(),
      ...shown.map(({ name, text, technical }) => `${name}: ${text} ${technical}`),
    ].join("\n"),
  };
}

const passing = new Set<DiagnosisOutcome>(["throttled", "unavailable", "timeout", "superseded"]);

function toneOf(outcome: DiagnosisOutcome): Diagnosis["steps"][number]["tone"] {
  if (outcome === "ok") return "success";
  if (outcome === "skipped") return "none";
  return passing.has(outcome) || outcome === "no_teams" || outcome === "gone" ? "warning" : "danger";
}

function verdictOf(steps: readonly DiagnosisStep[]) {
  const tones = steps.map(({ outcome }) => toneOf(outcome));
  if (tones.includes("danger")) return { key: "bad", tone: "danger" } as const;
  if (steps.some(({ outcome }) => passing.has(outcome))) return { key: "wait", tone: "warning" } as const;
  return tones.includes("warning")
    ? ({ key: "limited", tone: "warning" } as const)
    : ({ key: "good", tone: "success" } as const);
}

function technicalOf({ call, status, requestId, durationMs }: DiagnosisStep, locale: Locale): string {
  const words = translator("connections", locale);
  if (!call) return "";
  const time = words("diagnose.milliseconds", { ms: Math.round(durationMs) });
  return [call, status ?? words("diagnose.noAnswer"), time, requestId].filter(Boolean).join(" · ");
}
