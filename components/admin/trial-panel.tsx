import { use } from "react";
import { formatInstant } from "@/components/accounts/instant";
import { ButtonLink } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { Panel } from "@/components/ui/panel";
import { readClock } from "@/lib/booking-page/visitor";
import type { Trial, TrialResult } from "@/lib/connections/trial";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

/** A sign-in with the admin's own account that proves the registration and keeps nothing. */
export function TrialPanel({ trial, isPossible }: { trial: Trial | null; isPossible: boolean }) {
  const words = translator("admin", use(getLocale()));
  return (
    <Panel aria-labelledby="trial" className="grid content-start gap-4">
      <div>
        <h2 id="trial" className="text-lg">
          {words("setup.trial.title")}
        </h2>
        <p className="text-sm text-muted">{words("setup.trial.text")}</p>
      </div>
      {trial && <Found trial={trial} />}
      {isPossible ? (
        <ButtonLink href="/api/teams/connect?trial=1&returnTo=/admin" className="justify-self-start">
          {words("setup.trial.button")}
        </ButtonLink>
      ) : (
        <p className="text-sm font-semibold">{words("setup.trial.notYet")}</p>
      )}
      <p className="text-sm text-muted">{words("setup.trial.mismatch")}</p>
    </Panel>
  );
}

async function Found({ trial: { at, result, isOutdated } }: { trial: Trial }) {
  const locale = await getLocale();
  const words = translator("admin", locale);
  return (
    <Note tone={isOutdated ? "calm" : toneOf(result)} title={titleOf(result, locale)}>
      <p>
        {words("setup.trial.at", { moment: formatInstant(at, await readClock(), locale) })}{" "}
        {"code" in result
          ? words("setup.trial.support", { code: `${result.code} · ${result.supportCode}` })
          : words("setup.trial.kind", { kind: result.accountKind, tenant: result.tenantId })}
      </p>
      {isOutdated && <p className="mt-1 font-semibold">{words("setup.trial.outdated")}</p>}
    </Note>
  );
}

function toneOf(result: TrialResult): "success" | "warning" | "danger" {
  if ("code" in result || result.state === "reconnect_needed") return "danger";
  return result.state === "limited" ? "warning" : "success";
}

function titleOf(result: TrialResult, locale: Locale): string {
  const words = translator("admin", locale);
  if ("code" in result) return translator("connections", locale)(`problem.${result.code}.title`);
  return words(`setup.trial.${result.state}`, {
    lack: result.reason ?? "other",
    reason: result.reason ?? "other",
  });
}
