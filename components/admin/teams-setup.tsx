import { CheckCircleIcon, EyeSlashIcon, ProhibitIcon } from "@phosphor-icons/react/ssr";
import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { KeyValueList } from "@/components/ui/key-value-list";
import { Note } from "@/components/ui/note";
import { Panel } from "@/components/ui/panel";
import { longDayName } from "@/lib/booking-page/spoken-time";
import { translator } from "@/lib/i18n/translator";
import type { TeamsSetupFacts } from "@/lib/meetings/teams/setup-facts";

const words = translator("admin");

/** How long before its end a secret is spoken of. */
const warnDays = 60;

/** The app registration as this server knows it, and the one text that has to be copied to Microsoft exactly. */
export function TeamsSetup({ facts }: { facts: TeamsSetupFacts }) {
  return (
    <Panel aria-labelledby="teams-setup" className="grid content-start gap-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id="teams-setup" className="text-lg">
          {words("setup.title")}
        </h2>
        <StateBadge state={facts.state} />
      </div>
      <StateNote facts={facts} />
      <SecretNote facts={facts} />
      <RedirectUri uri={facts.redirectUri} />
      <hr className="border-hairline" />
      <Values facts={facts} />
    </Panel>
  );
}

const looks = {
  ready: { tone: "success", glyph: CheckCircleIcon },
  not_configured: { tone: "none", glyph: ProhibitIcon },
  hidden: { tone: "none", glyph: EyeSlashIcon },
} as const;

function StateBadge({ state }: Pick<TeamsSetupFacts, "state">) {
  return <Badge {...looks[state]}>{words(`setup.${state}`)}</Badge>;
}

function StateNote({ facts: { state, missing } }: { facts: TeamsSetupFacts }) {
  if (state === "ready") return null;
  if (state === "hidden") {
    return (
      <Note tone="calm" title={words("setup.hiddenTitle")}>
        {words("setup.hiddenText")}
      </Note>
    );
  }
  return (
    <Note tone="warning" title={words("setup.notConfiguredTitle")}>
      {words.rich("setup.notConfiguredText", {
        count: missing.length,
        names: () => <code className="font-mono">{missing.join(", ")}</code>,
      })}
    </Note>
  );
}

function SecretNote({ facts: { secret } }: { facts: TeamsSetupFacts }) {
  if (secret.daysLeft === null || secret.daysLeft > warnDays) return null;
  const gone = secret.daysLeft < 0;
  return (
    <Note
      tone={secret.hasNext ? "calm" : gone ? "danger" : "warning"}
      title={
        gone ? words("setup.secretGoneTitle") : words("setup.secretSoonTitle", { days: secret.daysLeft })
      }
    >
      {words(secret.hasNext ? "setup.secretNextText" : "setup.secretText")}
    </Note>
  );
}

function RedirectUri({ uri }: { uri: string }) {
  const common = translator("common");
  return (
    <div className="grid items-start gap-2 md:grid-cols-[minmax(0,1fr)_auto]">
      <Field id="redirect-uri" label={words("setup.redirectUri")} hint={words("setup.redirectHint")}>
        {(control) => <Input {...control} mono readOnly value={uri} />}
      </Field>
      <CopyButton
        kind="primary"
        className="md:mt-6.5"
        text={uri}
        label={words("setup.copyRedirect")}
        copiedLabel={common("copy.done")}
        failedLabel={common("copy.failed")}
      />
    </div>
  );
}

function Values({ facts }: { facts: TeamsSetupFacts }) {
  const { clientId, tenant, cloud, scopes } = facts;
  return (
    <KeyValueList
      items={[
        {
          term: words("setup.clientId"),
          detail: clientId ? <Mono>{clientId}</Mono> : words("setup.notSet"),
        },
        { term: words("setup.clientSecret"), detail: secretState(facts) },
        {
          term: words("setup.tenant"),
          detail: <With mono={tenant.value}>{words(`setup.tenantKind.${tenant.kind}`)}</With>,
        },
        {
          term: words("setup.cloud"),
          detail: <With mono={cloud.loginUrl}>{words(`setup.cloudKind.${cloud.kind}`)}</With>,
        },
        {
          term: words("setup.scopes"),
          detail: scopes.map((scope) => (
            <span key={scope} className="block">
              <Mono>{scope}</Mono>
            </span>
          )),
        },
      ]}
    />
  );
}

function secretState({ secret }: TeamsSetupFacts): string {
  if (!secret.isSet) return words("setup.notSet");
  const next = String(secret.hasNext);
  return secret.expiresOn
    ? words("setup.secretUntil", { date: longDayName(secret.expiresOn), next })
    : words("setup.secretSet", { next });
}

function Mono({ children }: { children: string }) {
  return <span className="font-mono text-sm break-all">{children}</span>;
}

function With({ mono, children }: { mono: string; children: string }) {
  return (
    <>
      {children}
      <span className="block text-muted">
        <Mono>{mono}</Mono>
      </span>
    </>
  );
}
