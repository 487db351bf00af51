import { CheckCircleIcon, EyeSlashIcon, HourglassIcon, ProhibitIcon } from "@phosphor-icons/react/ssr";
import { type ComponentProps, use } from "react";
import { SetupForm, type SetupFormField } from "@/components/admin/setup-form";
import { Badge } from "@/components/ui/badge";
import { Panel } from "@/components/ui/panel";
import { microsoftClouds } from "@/lib/config/microsoft-values";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { type Origin, registrationVariables } from "@/lib/registration/registration";
import type { TeamsSetupFacts } from "@/lib/registration/setup-facts";
import type { CheckedField } from "@/lib/registration/setup-input";

interface TeamsSetupProps extends Pick<ComponentProps<typeof SetupForm>, "action" | "initial"> {
  facts: TeamsSetupFacts;
}

/** The values of the app registration as a form; those of the environment are there to be read. */
export function TeamsSetup({ facts, action, initial }: TeamsSetupProps) {
  const locale = use(getLocale());
  const words = translator("admin", locale);
  return (
    <Panel aria-labelledby="values" className="grid content-start gap-5">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 id="values" className="text-lg">
            {words("setup.form.title")}
          </h2>
          <p className="max-w-[68ch] text-sm text-muted">{words("setup.form.lead")}</p>
        </div>
        <StateBadge facts={facts} />
      </div>
      <SetupForm
        action={action}
        initial={initial}
        fields={fieldsOf(facts, locale)}
        hasNext={facts.origins.nextSecret === "saved"}
        tenantKinds={(["single", "organizations", "common", "consumers"] as const).map((kind) => ({
          value: kind,
          label: words(`setup.form.kinds.${kind}.label`),
          hint: words(`setup.form.kinds.${kind}.hint`),
        }))}
        clouds={(["global", "us_gov_high", "us_gov_dod", "china"] as const).map((cloud) => ({
          value: cloud,
          label: `${words(`setup.cloudKind.${cloud}`)} · ${new URL(microsoftClouds[cloud].loginUrl).host}`,
        }))}
        words={{
          optional: translator("common", locale)("optional"),
          tenantId: words("setup.form.tenantId"),
          dropNext: words("setup.form.dropNext"),
          comparison: words("setup.form.comparison"),
          bellhopSends: words("setup.form.bellhopSends"),
          entraHas: words("setup.form.entraHas"),
          check: words("setup.form.check"),
          checking: words("setup.form.checking"),
          save: words("setup.form.save"),
          saving: words("setup.form.saving"),
        }}
      />
    </Panel>
  );
}

const looks = {
  ready: { tone: "success", glyph: CheckCircleIcon },
  draft: { tone: "warning", glyph: HourglassIcon },
  not_configured: { tone: "none", glyph: ProhibitIcon },
  hidden: { tone: "none", glyph: EyeSlashIcon },
} as const;

function StateBadge({ facts }: { facts: TeamsSetupFacts }) {
  const words = translator("admin", use(getLocale()));
  const state = facts.isDraft ? "draft" : facts.state;
  return <Badge {...looks[state]}>{words(`setup.${state}`)}</Badge>;
}

function fieldsOf(facts: TeamsSetupFacts, locale: Locale): Record<CheckedField, SetupFormField> {
  const words = translator("admin", locale);
  const { origins, secret } = facts;
  const masked = words("setup.form.masked");
  const field = (name: CheckedField, label: string, hint: string, locked: string): SetupFormField => ({
    label,
    hint: origins[name] === "environment" ? fromEnvironment(name, locale) : hint,
    locked: origins[name] === "environment" ? locked : null,
  });
  const secretHint = (origin: Origin) =>
    words(`setup.form.${origin === "saved" ? "secretKeep" : "secretNew"}`);
  return {
    clientId: field("clientId", words("setup.form.clientId"), "", facts.clientId ?? ""),
    clientSecret: field(
      "clientSecret",
      words("setup.form.clientSecret"),
      secretHint(origins.clientSecret),
      masked,
    ),
    nextSecret: field("nextSecret", words("setup.form.nextSecret"), words("setup.form.nextHint"), masked),
    expiresOn: field(
      "expiresOn",
      words("setup.form.expiresOn"),
      words("setup.form.expiresHint"),
      secret.expiresOn ?? "",
    ),
    redirectUri: field(
      "redirectUri",
      words("setup.form.redirectUri"),
      words("setup.form.redirectPaste", { uri: facts.redirectUri }),
      facts.redirectUri,
    ),
    tenant: field("tenant", words("setup.form.who"), "", facts.tenant.value),
    scopes: field(
      "scopes",
      words("setup.form.scopes"),
      words("setup.form.scopesHint"),
      facts.scopes.join(" "),
    ),
    cloud: field("cloud", words("setup.form.cloud"), words("setup.form.cloudHint"), facts.cloud.loginUrl),
  };
}

const fromEnvironment = (name: CheckedField, locale: Locale) => {
  const words = translator("admin", locale);
  return words("setup.form.fromEnvironment", { variable: registrationVariables[name].join(", ") });
};
