import { badRequest, GraphRefusal } from "@/tests/emulator/graph/errors";
import { contextUrl, type GraphContext, type GraphReply, type Route } from "@/tests/emulator/graph/route";
import { instantOf } from "@/tests/emulator/graph/time-zones";
import { guid } from "@/tests/emulator/ids";
import type { WorkHours } from "@/tests/emulator/state";

/** Not in Microsoft's own types of v1.0 yet. */
interface WorkPlanOccurrence {
  id: string;
  recurrenceId: string | null;
  placeId: null;
  workLocationType: WorkHours["place"];
  timeOffDetails: { subject: string; isAllDay: boolean } | null;
  start: { dateTime: string; timeZone: string };
  end: { dateTime: string; timeZone: string };
}

const DAY_MS = 24 * 3600_000;

export const workHoursRoutes: Route[] = [
  {
    method: "GET",
    template:
      "/me/settings/workHoursAndLocations/occurrencesView(startDateTime='{startDateTime}',endDateTime='{endDateTime}')",
    scopes: ["Calendars.Read", "Calendars.ReadWrite"],
    service: "outlook",
    options: ["$select", "$top", "$skip"],
    handle: listOccurrences,
  },
];

const OFFICE_HOURS: WorkHours[] = [{ days: [1, 2, 3, 4, 5], start: "09:00", end: "17:00", place: "office" }];

/** In the mailbox's own zone, by Windows' name of it. */
function listOccurrences(context: GraphContext): GraphReply {
  const { account, ids, request } = context;
  if (account.kind === "personal") {
    throw new GraphRefusal(404, "ResourceNotFound", "Work hours aren't kept for personal accounts.");
  }
  const [from, to] = ids.map((text) => Date.parse(text));
  if (!from || !to || from > to) throw badRequest("ErrorInvalidParameter", "The period can't be read.");
  const all: WorkPlanOccurrence[] = [];
  for (let day = from - DAY_MS; day < to + DAY_MS; day += DAY_MS) {
    const date = new Date(day).toISOString().slice(0, 10);
    for (const hours of account.workHours ?? OFFICE_HOURS) {
      const at = (time: string) => instantOf({ wall: `${date}T${time}:00`, timeZone: account.timeZone });
      const isAsked = isOn(date, hours) && at(hours.start) < to && at(hours.end) > from;
      if (isAsked) all.push(occurrenceOn(date, hours, account.timeZone));
    }
  }
  const skip = Number(request.query.get("$skip") ?? 0);
  const top = Number(request.query.get("$top") ?? 10);
  const next = new URLSearchParams({ $top: String(top), $skip: String(skip + top) });
  return {
    status: 200,
    body: {
      "@odata.context": contextUrl(context, "Collection(microsoft.graph.workPlanOccurrence)"),
      value: all.slice(skip, skip + top),
      ...(skip + top < all.length ? { "@odata.nextLink": `${request.baseUrl}${request.path}?${next}` } : {}),
    },
  };
}

function isOn(date: string, { days, from, to }: WorkHours): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
  return days.includes(weekday) && !(from && date < from) && !(to && date > to);
}

function occurrenceOn(date: string, { start, end, place }: WorkHours, timeZone: string): WorkPlanOccurrence {
  const at = (time: string) => ({ dateTime: `${date}T${time}:00.0000000`, timeZone });
  return {
    id: guid(),
    recurrenceId: place === "timeOff" ? null : guid(),
    placeId: null,
    workLocationType: place,
    timeOffDetails: place === "timeOff" ? { subject: "Leave", isAllDay: false } : null,
    start: at(start),
    end: at(end),
  };
}
