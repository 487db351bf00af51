/**
 * Attendance reports of Teams meetings (Microsoft: meetingattendancereport-list). There is one for each time that people met behind a link, some time after
 * they left; a list of reports comes without the people in them.
 */
import type { AttendanceReading, Attendant } from "@/lib/meetings/attendance-reader";
import type { GraphClient } from "@/lib/meetings/teams/graph";
import { readBody } from "@/lib/meetings/teams/graph-answer";
import {
  attendanceReportListSchema,
  attendanceReportSchema,
  type GraphAttendanceRecord,
} from "@/lib/meetings/teams/graph-schema";
import { findMeeting } from "@/lib/meetings/teams/options";
import { eachPage } from "@/lib/meetings/teams/paging";

const reports = "/me/onlineMeetings/{meeting}/attendanceReports";

/** Who was behind a link between two instants, by all reports about that time. Throws `ProviderError`. */
export async function readAttendance(
  graph: GraphClient,
  { joinUrl, from, to }: { joinUrl: string; from: Date; to: Date },
): Promise<AttendanceReading> {
  const { id: meeting } = await findMeeting(graph, joinUrl);
  const ids: string[] = [];
  await eachPage(graph, { method: "GET", path: reports, ids: { meeting } }, (answer) => {
    const page = readBody(attendanceReportListSchema, answer);
    for (const { id, meetingStartDateTime: start, meetingEndDateTime: end } of page.value) {
      const isElsewhen = (start && start > to) || (end && end < from);
      if (!isElsewhen) ids.push(id);
    }
    return page["@odata.nextLink"];
  });
  const reading: AttendanceReading = { people: [], isWhole: true };
  for (const report of ids) {
    const path = `${reports}/{report}`;
    const query = { $expand: "attendanceRecords" };
    const answer = await graph.call({ method: "GET", path, ids: { meeting, report }, query });
    const { attendanceRecords, "attendanceRecords@odata.nextLink": more } = readBody(
      attendanceReportSchema,
      answer,
    );
    reading.people.push(...(attendanceRecords ?? []).map(toAttendant));
    if (more) reading.isWhole = false;
  }
  return reading;
}

function toAttendant({
  emailAddress,
  identity,
  role,
  attendanceIntervals,
}: GraphAttendanceRecord): Attendant {
  return {
    email: emailAddress || null,
    accountId: identity?.id || null,
    isOrganizer: role?.toLowerCase() === "organizer",
    stays: (attendanceIntervals ?? []).flatMap(({ joinDateTime: from, leaveDateTime: to }) =>
      from && to && from <= to ? [{ from, to }] : [],
    ),
  };
}
