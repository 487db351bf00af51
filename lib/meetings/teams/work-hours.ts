/**
 * Work hours in Outlook. Source: Microsoft Graph, workHoursAndLocationsSetting: occurrencesView (v1.0): an account's own only, with the
 * permission to read calendars; personal accounts have none.
 */
import { openGraph } from "@/lib/meetings/teams/graph";
import { readBody } from "@/lib/meetings/teams/graph-answer";
import { workTimesSchema } from "@/lib/meetings/teams/graph-schema";
import { eachPage } from "@/lib/meetings/teams/paging";
import type { WorkHoursReader, WorkTime } from "@/lib/meetings/work-hours-reader";

const path = "/me/settings/workHoursAndLocations/occurrencesView(startDateTime='{from}',endDateTime='{to}')";

export const workHoursReader: WorkHoursReader = {
  async readWorkTimes(context, from, to) {
    const times: WorkTime[] = [];
    const call = {
      method: "GET",
      path,
      ids: { from: from.toISOString(), to: to.toISOString() },
      query: { $top: "100" },
    } as const;
    await eachPage(openGraph(context), call, (answer) => {
      const page = readBody(workTimesSchema, answer);
      for (const { start, end, workLocationType } of page.value) {
        if (workLocationType === "timeOff" || !(start.at < end.at)) continue;
        times.push({ startsAt: start.at, endsAt: end.at, timeZone: start.timeZone });
      }
      return page["@odata.nextLink"];
    });
    return times;
  },
};
