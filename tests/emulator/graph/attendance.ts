import { GraphRefusal } from "@/tests/emulator/graph/errors";
import { requireMeeting } from "@/tests/emulator/graph/online-meetings";
import {
  contextUrl,
  type GraphContext,
  type GraphReply,
  listPage,
  type Route,
} from "@/tests/emulator/graph/route";
import type { AttendanceReport } from "@/tests/emulator/state";

const LIST = "/me/onlineMeetings/{onlineMeeting-id}/attendanceReports";
const shared = {
  method: "GET",
  scopes: ["OnlineMeetingArtifact.Read.All"],
  service: "teams",
} as const satisfies Partial<Route>;

export const attendanceRoutes: Route[] = [
  { ...shared, template: LIST, options: ["$skip", "$top"], handle: listReports },
  { ...shared, template: `${LIST}/{meetingAttendanceReport-id}`, options: ["$expand"], handle: getReport },
];

/** No more are kept. */
const REPORTS_MAX = 50;
const PAGE = 20;

/** Newest first; of the people in them the list says nothing. */
function listReports(context: GraphContext): GraphReply {
  const all = reportsOf(context).toReversed().slice(0, REPORTS_MAX);
  const skip = Number(context.request.query.get("$skip") ?? 0);
  const reports = all.map((report) => ({ ...summaryOf(report), attendanceRecords: [] }));
  const place = { from: skip, size: PAGE, next: { $skip: String(skip + PAGE) } };
  return {
    status: 200,
    body: {
      "@odata.context": contextUrl(context, "Collection(microsoft.graph.meetingAttendanceReport)"),
      ...listPage(context, context.request.path, reports, place),
    },
  };
}

function getReport(context: GraphContext): GraphReply {
  const report = reportsOf(context).find(({ id }) => id === context.ids[1]);
  if (!report) throw new GraphRefusal(404, "NotFound", "The attendance report was not found.");
  const isExpanded = context.request.query.get("$expand") === "attendanceRecords";
  return {
    status: 200,
    body: {
      "@odata.context": contextUrl(context, "meetingAttendanceReport/$entity"),
      ...summaryOf(report),
      attendanceRecords: isExpanded ? report.people.map(recordOf) : [],
    },
  };
}

function reportsOf(context: GraphContext): AttendanceReport[] {
  return context.mailbox.attendance?.[requireMeeting(context).id ?? ""] ?? [];
}

function summaryOf({ id, people }: AttendanceReport) {
  const stays = people.flatMap((one) => one.stays);
  const ends = { from: stays.map(({ from }) => from).sort(), to: stays.map(({ to }) => to).sort() };
  return {
    id,
    totalParticipantCount: people.length,
    meetingStartDateTime: ends.from[0] ?? null,
    meetingEndDateTime: ends.to.at(-1) ?? null,
  };
}

function recordOf(
  { name, email, accountId, role, stays }: AttendanceReport["people"][number],
  index: number,
) {
  const seconds = ({ from, to }: { from: string; to: string }) => (Date.parse(to) - Date.parse(from)) / 1000;
  return {
    id: accountId ?? `guest-${index}`,
    emailAddress: email,
    totalAttendanceInSeconds: stays.reduce((sum, stay) => sum + seconds(stay), 0),
    role,
    identity: { id: accountId, displayName: name },
    attendanceIntervals: stays.map((stay) => ({
      joinDateTime: stay.from,
      leaveDateTime: stay.to,
      durationInSeconds: seconds(stay),
    })),
  };
}
