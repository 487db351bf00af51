/** Microsoft Teams behind the conference port. The meeting itself comes with its Outlook event. */
import type { ConferencePort } from "@/lib/meetings/conference-port";
import { readAttendance } from "@/lib/meetings/teams/attendance";
import { openGraph } from "@/lib/meetings/teams/graph";
import { applyOptions } from "@/lib/meetings/teams/options";

export const teamsConference: ConferencePort = {
  applyOptions: (context, wanted) => applyOptions(openGraph(context), wanted),
  readAttendance: (context, asked) => readAttendance(openGraph(context), asked),
};
