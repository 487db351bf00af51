import type { SetupState, ShownFinding } from "@/components/admin/setup-state";
import { translator } from "@/lib/i18n/translator";
import type { Difference } from "@/lib/registration/compare-address";
import type { Finding, Findings } from "@/lib/registration/setup-input";

const words = translator("admin");

/** Findings in words. */
export function tellFindings(findings: Findings): SetupState["findings"] {
  const told = Object.entries(findings).map(([field, finding]) => [field, tell(finding)]);
  return Object.fromEntries(told);
}

function tell({ tone, code, facts, comparison }: Finding): ShownFinding {
  const known = { days: 0, date: "", names: "", count: 0, detail: "", ...facts };
  return {
    tone,
    title: words(`findings.${code}.title`, known),
    detail: words(`findings.${code}.text`, known),
    ...(comparison && {
      comparison: {
        ours: comparison.ours,
        theirs: comparison.theirs,
        differences: comparison.differences.map(tellDifference),
      },
    }),
  };
}

function tellDifference({ kind, at, ours, theirs }: Difference): string {
  const isSlash = kind === "extra" && theirs === "/";
  return words(`setup.difference.${isSlash ? "slash" : kind}`, { at, ours, theirs });
}
