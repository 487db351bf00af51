import { csvDownload } from "@/app/csv-download";
import { requireOrganizer } from "@/lib/auth/guards";
import { exportInsights, insightTables } from "@/lib/insights/export-csv";
import { readOwnInsights, readTeamInsights } from "@/lib/insights/figures";
import { periodOf, readWeekCount } from "@/lib/insights/period";
import { getOwnTimeZone } from "@/lib/schedules/queries";
import { findTeamScope } from "@/lib/teams/scope";

/** A table of one's own figures, or of a team's with `team`, as a file for spreadsheets. */
export async function GET(request: Request): Promise<Response> {
  const organizer = await requireOrganizer("/account/insights");
  const { searchParams } = new URL(request.url);
  const [first] = insightTables;
  const table = insightTables.find((name) => name === searchParams.get("table")) ?? first;
  const timeZone = await getOwnTimeZone(organizer.scope);
  const period = periodOf(readWeekCount(searchParams.get("weeks")), timeZone, Date.now());
  const teamId = searchParams.get("team");
  const team = teamId === null ? null : await findTeamScope(organizer, teamId);
  if (teamId !== null && !team) return new Response(null, { status: 404 });
  const insights = team
    ? await readTeamInsights(team, period)
    : await readOwnInsights(organizer.scope, period);
  return csvDownload(exportInsights(insights, table), `insights-${table}.csv`);
}
