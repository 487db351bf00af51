import { attendanceRoutes } from "@/tests/emulator/graph/attendance";
import { calendarViewRoutes } from "@/tests/emulator/graph/calendar-view";
import { deltaRoutes } from "@/tests/emulator/graph/delta";
import { badRequest, GraphRefusal } from "@/tests/emulator/graph/errors";
import { eventRoutes } from "@/tests/emulator/graph/events";
import { mailboxSettingsRoutes } from "@/tests/emulator/graph/mailbox-settings";
import { meRoutes } from "@/tests/emulator/graph/me";
import { onlineMeetingRoutes } from "@/tests/emulator/graph/online-meetings";
import { placeRoutes } from "@/tests/emulator/graph/places";
import { presenceRoutes } from "@/tests/emulator/graph/presence";
import type { Route } from "@/tests/emulator/graph/route";
import { scheduleRoutes } from "@/tests/emulator/graph/schedule";
import { subscriptionRoutes } from "@/tests/emulator/graph/subscriptions";
import { workHoursRoutes } from "@/tests/emulator/graph/work-hours";
import { matchTemplate } from "@/tests/emulator/path-template";

export const ROUTES: Route[] = [
  ...meRoutes,
  ...eventRoutes,
  ...calendarViewRoutes,
  ...deltaRoutes,
  ...scheduleRoutes,
  ...onlineMeetingRoutes,
  ...attendanceRoutes,
  ...subscriptionRoutes,
  ...workHoursRoutes,
  ...presenceRoutes,
  ...placeRoutes,
  ...mailboxSettingsRoutes,
];

/** The operation a request is for, and the ids in its path. */
export function findRoute(method: string, requestPath: string): { route: Route; ids: string[] } {
  const path = requestPath.replace(/\/delta\(\)$/i, "/delta");
  const fitting = ROUTES.map((route) => ({ route, ids: matchTemplate(route.template, path) })).filter(
    (candidate): candidate is { route: Route; ids: string[] } => candidate.ids !== null,
  );
  const found = fitting.find(({ route }) => route.method === method);
  if (found) return { ...found, ids: found.ids.map(decoded) };
  if (fitting.length > 0) {
    throw new GraphRefusal(
      405,
      "Request_BadRequest",
      `Specified HTTP method is not allowed for the request target.`,
    );
  }
  throw badRequest(
    "BadRequest",
    `Resource not found for the segment '${path.split("/")[2] ?? path.split("/")[1] ?? ""}'.`,
  );
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw badRequest("BadRequest", "The path of the request is not well-formed.");
  }
}
