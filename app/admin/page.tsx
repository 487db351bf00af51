import type { Metadata } from "next";
import { AdminFrame } from "@/app/admin/admin-frame";
import { FleetTable } from "@/components/admin/fleet-table";
import { ServerFacts } from "@/components/admin/server-facts";
import { TeamsSetup } from "@/components/admin/teams-setup";
import { PageHead } from "@/components/ui/page-head";
import { Panel } from "@/components/ui/panel";
import { requireAdmin } from "@/lib/auth/guards";
import { env } from "@/lib/config/env";
import { countFleet, listFleet } from "@/lib/connections/fleet";
import { checkReadiness } from "@/lib/health/readiness";
import { translator } from "@/lib/i18n/translator";
import { readTeamsSetup } from "@/lib/meetings/teams/setup-facts";

const words = translator("admin");

export const metadata: Metadata = { title: words("title") };

/** How many connections are shown here; the others have a page of their own. */
const shown = 10;

export default async function AdminPage() {
  await requireAdmin();
  const facts = await readTeamsSetup(Date.now());
  const [readiness, counts, entries] = await Promise.all([
    checkReadiness(),
    countFleet(),
    listFleet({ take: shown }),
  ]);
  const { connected, limited, reconnect_needed, not_connected } = counts;
  const accounts = connected + limited + reconnect_needed + not_connected;
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
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <TeamsSetup facts={facts} />
        <ServerFacts
          readiness={readiness}
          signUp={env().SIGN_UP}
          isSending={env().SMTP_URL !== undefined}
          accounts={accounts}
        />
      </div>
      <Panel bare aria-labelledby="connection-health" className="mt-6">
        <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 px-4 pt-5 pb-3 md:px-5">
          <div>
            <h2 id="connection-health" className="text-lg">
              {words("connections.title")}
            </h2>
            <p className="text-sm text-muted">
              {words("connections.lead", { organizers: accounts, needing: reconnect_needed })}
            </p>
          </div>
          {accounts > shown && (
            <a href="/admin/connections" className="text-sm">
              {words("connections.all", { count: accounts })}
            </a>
          )}
        </div>
        <FleetTable entries={entries} />
      </Panel>
    </AdminFrame>
  );
}
