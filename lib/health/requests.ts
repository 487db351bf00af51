/** What this process answers: one line of the log and one count for each request, by its route. The rest of an address may hold a token. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { counters } from "@/lib/config/counters";
import { log } from "@/lib/config/log";

export interface AnsweredRequest {
  method: string;
  /** The path as it was asked for, with its query. */
  address: string;
  status: number;
  durationMs: number;
  /** The id that the answer carries; undefined where it carries none. */
  requestId?: string | undefined;
  /** The one who asked went away before the answer was whole. */
  isAborted: boolean;
}

const manifest = z.object({
  staticRoutes: z.array(z.object({ page: z.string() })),
  dynamicRoutes: z.array(z.object({ page: z.string(), regex: z.string() })),
});

/** Finds the route of a path, as Next.js names it; what has none is `(none)`, and a file `(file)`. */
export type RouteOf = (address: string) => string;

/** Reads the routes of the production build; without one, as in development, no route has a name. */
export function readRoutes(folder = path.resolve(/* turbopackIgnore: true */ ".next")): RouteOf {
  let text: string;
  try {
    text = readFileSync(/* turbopackIgnore: true */ path.join(folder, "routes-manifest.json"), "utf8");
  } catch {
    return () => "(none)";
  }
  const { staticRoutes, dynamicRoutes } = manifest.parse(JSON.parse(text));
  const fixed = new Set(staticRoutes.map(({ page }) => page));
  const others = dynamicRoutes.map(({ page, regex }) => ({ page, regex: new RegExp(regex) }));
  return (address) => {
    const [pathname = ""] = address.split("?");
    if (fixed.has(pathname)) return pathname;
    if (pathname.startsWith("/_next/") || /\.\w{2,5}$/.test(pathname)) return "(file)";
    return others.find(({ regex }) => regex.test(pathname))?.page ?? "(none)";
  };
}

/** Asked every few seconds by whoever watches over us. */
const watched = /^\/api\/(?:health|metrics)/;

/** Counts a request, and logs it unless it was for a file or by whoever watches over us. */
export function noteRequest(routeOf: RouteOf, request: AnsweredRequest): void {
  const { method, address, status, durationMs, requestId, isAborted } = request;
  const route = routeOf(address);
  const result = isAborted ? "aborted" : `${Math.floor(status / 100)}xx`;
  counters().requests.observe({ route, method, status: result }, durationMs / 1000);
  if (route === "(file)" || watched.test(route)) return;
  const ms = Math.round(durationMs);
  log().info({ method, route, status, ms, requestId, ...(isAborted ? { aborted: true } : {}) }, "Request");
}
