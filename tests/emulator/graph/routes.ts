import { calendarViewRoutes } from "./calendar-view";
import { deltaRoutes } from "./delta";
import { badRequest, GraphRefusal } from "./errors";
import { eventRoutes } from "./events";
import { meRoutes } from "./me";
import { onlineMeetingRoutes } from "./online-meetings";
import type { Route } from "./route";
import { scheduleRoutes } from "./schedule";
import { subscriptionRoutes } from "./subscriptions";

export const ROUTES: Route[] = [
  ...meRoutes,
  ...eventRoutes,
  ...calendarViewRoutes,
  ...deltaRoutes,
  ...scheduleRoutes,
  ...onlineMeetingRoutes,
  ...subscriptionRoutes,
];

/** The operation a request is for, and the ids in its path. */
export function findRoute(method: string, requestPath: string): { route: Route; ids: string[] } {
  const path = requestPath.replace(/\/delta\(\)$/i, "/delta");
  const fitting = ROUTES.map((route) => ({ route, ids: match(route.template, path) })).filter(
    (candidate): candidate is { route: Route; ids: string[] } => candidate.ids !== null,
  );
  const found = fitting.find(({ route }) => route.method === method);
  if (found) return found;
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

function match(template: string, path: string): string[] | null {
  const wanted = template.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return null;
  const ids: string[] = [];
  for (const [at, part] of wanted.entries()) {
    const value = given[at] ?? "";
    if (part.startsWith("{")) ids.push(decoded(value));
    else if (part.toLowerCase() !== value.toLowerCase()) return null;
  }
  return ids;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw badRequest("BadRequest", "The path of the request is not well-formed.");
  }
}
