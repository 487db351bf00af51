import { use } from "react";
import { formatInstant } from "@/components/accounts/instant";
import { Panel } from "@/components/ui/panel";
import { type Clock, longDayName } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import type { SecretUse } from "@/lib/registration/secret-use";
import type { TeamsSetupFacts } from "@/lib/registration/setup-facts";

interface CredentialsPanelProps {
  facts: Pick<TeamsSetupFacts, "certificates" | "tokenFile">;
  /** How each fared last, in the order they are tried. */
  uses: SecretUse[];
  clock: Clock;
}

/** What this server signs in to Microsoft with instead of a secret: each one's thumbprint, last day, and last use. */
export function CredentialsPanel({ facts, uses, clock }: CredentialsPanelProps) {
  const locale = use(getLocale());
  const words = translator("admin", locale);
  const rows = [
    ...(facts.tokenFile ? [{ key: "file", certificate: null }] : []),
    ...facts.certificates.map((certificate) => ({ key: certificate.thumbprint, certificate })),
  ];
  const nameOf = (certificate: object | null, index: number) => {
    if (!certificate) return words("setup.credentials.tokenFile");
    if (rows.length === 1) return words("setup.credentials.certificate");
    return words("setup.credentials.numbered", { number: index + 1 });
  };
  const describeUse = (one: SecretUse | undefined) => {
    const { takenAt = null, refusedAt = null, refusal = null } = one ?? {};
    if (refusedAt && (!takenAt || refusedAt > takenAt)) {
      const date = formatInstant(refusedAt, clock, locale);
      return { isRefused: true, text: words("setup.credentials.refused", { date, detail: refusal ?? "" }) };
    }
    const text = takenAt
      ? words("setup.credentials.taken", { date: formatInstant(takenAt, clock, locale) })
      : words("setup.credentials.untried");
    return { isRefused: false, text };
  };
  return (
    <Panel aria-labelledby="credentials" className="grid content-start gap-4">
      <div>
        <h2 id="credentials" className="text-lg">
          {words("setup.credentials.title")}
        </h2>
        <p className="text-sm text-muted">{words("setup.credentials.lead")}</p>
      </div>
      <ol className="grid gap-4">
        {rows.map(({ key, certificate }, index) => {
          const last = describeUse(uses[index]);
          return (
            <li key={key} className="grid gap-1 text-sm">
              <strong>{nameOf(certificate, index)}</strong>
              {certificate ? (
                <>
                  <span className="break-all">
                    {words("setup.credentials.thumbprint")} <code>{certificate.thumbprint}</code>
                  </span>
                  <span className={certificate.daysLeft <= 30 ? "text-danger" : undefined}>
                    {words("setup.credentials.until", {
                      date: longDayName(certificate.expiresOn, locale),
                      days: Math.max(certificate.daysLeft, -1),
                    })}
                  </span>
                </>
              ) : (
                <code className="break-all">{facts.tokenFile}</code>
              )}
              <span className={last.isRefused ? "text-danger" : "text-muted"}>{last.text}</span>
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}
