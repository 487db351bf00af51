import { InsightsPanels } from "@/components/insights/insights-panels";
import type { Organizer } from "@/lib/auth/guards";
import type { TeamScope } from "@/lib/auth/team-scope";
import { translator } from "@/lib/i18n/translator";
import { readTeamInsights } from "@/lib/insights/figures";
import { periodOf, readWeekCount } from "@/lib/insights/period";
import { getLocale } from "@/lib/reader/locale";
import { getOwnTimeZone } from "@/lib/schedules/queries";

interface InsightsTabProps {
  organizer: Organizer;
  scope: TeamScope;
  query: Readonly<Record<string, string | string[] | undefined>>;
}

/** The team's figures, as far as their reader may see them. */
export async function InsightsTab({ organizer, scope, query }: InsightsTabProps) {
  const words = translator("teams", await getLocale());
  const weeks = readWeekCount([query.weeks].flat()[0]);
  const period = periodOf(weeks, await getOwnTimeZone(organizer.scope), Date.now());
  const insights = await readTeamInsights(scope, period);
  const base = `/account/teams/${scope.teamId}?tab=insights`;
  return (
    <>
      {scope.seesOnly !== null && <p className="text-muted">{words("insights.ownOnly")}</p>}
      <InsightsPanels
        insights={insights}
        period={period}
        hrefOf={(count) => `${base}&weeks=${count}`}
        exportOf={(table) => `/account/insights/export?team=${scope.teamId}&weeks=${weeks}&table=${table}`}
        hasHosts={scope.seesOnly === null}
      />
    </>
  );
}
