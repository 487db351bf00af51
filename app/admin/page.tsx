import type { Metadata } from "next";
import { use } from "react";
import { promoteSecret, setUpTeams, switchTeams, tryReach } from "@/app/admin/actions";
import { AdminFrame } from "@/app/admin/admin-frame";
import { describeFindings } from "@/app/admin/finding-words";
import { formatInstant } from "@/components/accounts/instant";
import { CredentialsPanel } from "@/components/admin/credentials-panel";
import { EntraSteps } from "@/components/admin/entra-steps";
import { FleetTable } from "@/components/admin/fleet-table";
import { ManagedPanel } from "@/components/admin/managed-panel";
import { OfferPanel } from "@/components/admin/offer-panel";
import { ReachPanel } from "@/components/admin/reach-panel";
import { RotationPanel } from "@/components/admin/rotation-panel";
import { ServerFacts } from "@/components/admin/server-facts";
import { noFindings } from "@/components/admin/setup-state";
import { SetupSteps } from "@/components/admin/setup-steps";
import { TeamsSetup } from "@/components/admin/teams-setup";
import { TrialPanel } from "@/components/admin/trial-panel";
import { PageHead } from "@/components/ui/page-head";
import { Panel } from "@/components/ui/panel";
import { openForm } from "@/lib/auth/form-state";
import { requireAdmin } from "@/lib/auth/guards";
import { aliasRedirectUris } from "@/lib/auth/own-address";
import { readLastBackup } from "@/lib/backup/last-backup";
import { readClock } from "@/lib/booking-page/visitor";
import { countWithoutLink } from "@/lib/booking-record/queries";
import { readReach } from "@/lib/calendars/address-test";
import { env } from "@/lib/config/env";
import { countFleet, listFleet } from "@/lib/connections/fleet";
import { managedTenants } from "@/lib/connections/managed";
import { readTrial, type Trial } from "@/lib/connections/trial";
import { checkReadiness } from "@/lib/health/readiness";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { readNextSecret } from "@/lib/registration/next-secret";
import { registration } from "@/lib/registration/registration";
import { describeSetup, readCertificateUses, readSecretUses } from "@/lib/registration/setup-facts";
import {
  checkInput,
  type Findings,
  recallSecret,
  savedValues,
  setupInputSchema,
} from "@/lib/registration/setup-input";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("admin", await getLocale());
  return { title: words("title") };
}

/** How many connections are shown here; the others have a page of their own. */
const shown = 10;

export default async function AdminPage() {
  const locale = await getLocale();
  const words = translator("admin", locale);
  await requireAdmin();
  const now = Date.now();
  const app = await registration();
  const facts = describeSetup(app, now);
  const [readiness, counts, entries, trial, findings, withoutLink, next, backup, clock, reach, uses] =
    await Promise.all([
      checkReadiness(),
      countFleet(),
      listFleet({ take: shown }),
      readTrial(),
      findSaved(now),
      countWithoutLink(new Date(now)),
      readNextSecret(app),
      readLastBackup(),
      readClock(),
      readReach(),
      readCertificateUses(),
    ]);
  const { connected, limited, reconnect_needed, not_connected } = counts;
  const accounts = connected + limited + reconnect_needed + not_connected;
  const isComplete = facts.missing.length === 0;
  return (
    <AdminFrame current="setup">
      <PageHead
        title={words("title")}
        lead={words("lead", {
          ready: String(facts.state === "ready"),
          accounts,
          connected: connected + limited,
        })}
      />
      <div className="grid items-start gap-6 lg:grid-cols-[15rem_minmax(0,1fr)] lg:gap-10">
        <div className="lg:sticky lg:top-8">
          <SetupSteps facts={facts} findings={findings} trial={trial} />
        </div>
        <div className="grid gap-6">
          <EntraSteps
            redirectUri={app.ownRedirectUri}
            furtherUris={aliasRedirectUris()}
            shareUrl={`${env().APP_URL}/teams/registration`}
            hasMany={app.origins.tenant !== "default" && facts.tenant.kind !== "single"}
            isDone={isComplete}
          />
          <TeamsSetup
            facts={facts}
            action={setUpTeams}
            initial={{
              ...openForm,
              ...noFindings,
              values: savedValues(app),
              findings: describeFindings(findings, locale),
            }}
          />
          {uses.length > 0 && <CredentialsPanel facts={facts} uses={uses} clock={clock} />}
          {facts.secret.hasNext && (
            <RotationPanel
              next={next}
              isFromEnvironment={facts.origins.nextSecret === "environment"}
              action={promoteSecret}
            />
          )}
          {app.clientId && <ManagedPanel clientId={app.clientId} tenants={managedTenants()} />}
          <div className="grid gap-6 md:grid-cols-2">
            <TrialPanel trial={trial} isPossible={isComplete} />
            <OfferPanel facts={facts} isTried={hasPassed(trial)} action={switchTeams} />
          </div>
          {isComplete && <ReachPanel reach={reach} action={tryReach} />}
          <ServerFacts
            readiness={readiness}
            signUp={env().SIGN_UP}
            isSending={env().SMTP_URL !== undefined}
            accounts={accounts}
            withoutLink={withoutLink}
            lastBackup={backup && formatInstant(backup.takenAt, clock, locale)}
          />
        </div>
      </div>
      <HealthPanel entries={entries} accounts={accounts} needing={reconnect_needed} />
    </AdminFrame>
  );
}

/** True for a trial of the values in force that ended in a working connection. */
function hasPassed(trial: Trial | null): boolean {
  if (!trial || trial.isOutdated) return false;
  return "state" in trial.result && trial.result.state !== "reconnect_needed";
}

interface HealthPanelProps {
  entries: Awaited<ReturnType<typeof listFleet>>;
  accounts: number;
  /** How many accounts have to reconnect. */
  needing: number;
}

function HealthPanel({ entries, accounts, needing }: HealthPanelProps) {
  const words = translator("admin", use(getLocale()));
  return (
    <Panel bare aria-labelledby="connection-health" className="mt-6">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 px-4 pt-5 pb-3 md:px-6">
        <div>
          <h2 id="connection-health" className="text-lg">
            {words("connections.title")}
          </h2>
          <p className="text-sm text-muted">{words("connections.lead", { organizers: accounts, needing })}</p>
        </div>
        {accounts > shown && (
          <a href="/admin/connections" className="text-sm">
            {words("connections.all", { count: accounts })}
          </a>
        )}
      </div>
      <FleetTable entries={entries} />
    </Panel>
  );
}

/** What the values in force reveal before anyone types: nothing on a fresh server. */
async function findSaved(now: number): Promise<Findings> {
  const app = await registration();
  if (!app.clientId && !app.clientSecret) return {};
  const uses = await readSecretUses();
  const clock = await readClock();
  const locale = await getLocale();
  const format = (at: Date) => formatInstant(at, clock, locale);
  const first = recallSecret(uses.first, format);
  const next = recallSecret(uses.next, format);
  return {
    ...checkInput(setupInputSchema.parse(savedValues(app)), app, now, await readNextSecret(app)),
    ...(first && { clientSecret: first }),
    ...(next && { nextSecret: next }),
  };
}
