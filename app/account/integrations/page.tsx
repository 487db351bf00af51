import type { Metadata } from "next";
import { disconnectTeams } from "@/app/account/integrations/actions";
import { TeamsCard } from "@/components/connections/teams-card";
import { Banner } from "@/components/ui/banner";
import { PageHead } from "@/components/ui/page-head";
import { requireOrganizer } from "@/lib/auth/guards";
import { getConnection } from "@/lib/connections/queries";
import { translator } from "@/lib/i18n/translator";
import { integrationsPath } from "@/lib/meetings/connect-return";
import { readConnectionError } from "@/lib/meetings/connection-error";
import { teamsSetup } from "@/lib/meetings/teams/configuration";
import { countTeamsUse } from "@/lib/meetings/usage";

const words = translator("connections");

export const metadata: Metadata = { title: words("title") };

interface IntegrationsPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function IntegrationsPage({ searchParams }: IntegrationsPageProps) {
  const organizer = await requireOrganizer(integrationsPath);
  const problem = readConnectionError((await searchParams).connectionError);
  const setup = teamsSetup();
  const [connection, use] = await Promise.all([
    getConnection(organizer.id, "teams"),
    countTeamsUse(organizer.id),
  ]);
  return (
    <>
      <PageHead title={words("title")} lead={setup === "hidden" ? words("hidden") : words("lead")} />
      {problem && (
        <div className="mb-6">
          <Banner tone="danger" role="alert" title={words(`problem.${problem}.title`)}>
            {words(`problem.${problem}.text`)}
          </Banner>
        </div>
      )}
      {setup !== "hidden" && (
        <TeamsCard
          isConfigured={setup === "ready"}
          isAdmin={organizer.role === "admin"}
          connection={connection}
          use={use}
          disconnect={disconnectTeams}
        />
      )}
    </>
  );
}
