import type { SetupState, ShownFinding } from "@/components/admin/setup-state";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import type { Difference } from "@/lib/registration/compare-address";
import type { Finding, Findings } from "@/lib/registration/setup-input";

/** Findings in words. */
export function describeFindings(findings: Findings, locale: Locale): SetupState["findings"] {
  const shown = Object.entries(findings).map(([field, finding]) => [field, describeFinding(finding, locale)]);
  return Object.fromEntries(shown);
}

function describeFinding({ tone, code, facts, comparison }: Finding, locale: Locale): ShownFinding {
  const words = translator("admin", locale);
  const known = { days: 0, date: "", names: "", count: 0, detail: "", ...facts };
  return {
    tone,
    title: words(`findings.${code}.title`, known),
    detail: words(`findings.${code}.text`, known),
    ...(comparison && {
      comparison: {
        ours: comparison.ours,
        theirs: comparison.theirs,
        differences: comparison.differences.map((one) => describeDifference(one, locale)),
      },
    }),
  };
}

function describeDifference({ kind, at, ours, theirs }: Difference, locale: Locale): string {
  const words = translator("admin", locale);
  const isSlash = kind === "extra" && theirs === "/";
  return words(`setup.difference.${isSlash ? "slash" : kind}`, { at, ours, theirs });
}
