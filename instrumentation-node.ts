import type { Instrumentation } from "next";
import { boot, describeStartFailure, type Running, requireEnvironment } from "@/lib/boot";
import { requestIdHeader } from "@/lib/config/request-id";
import { logFault } from "@/lib/database/outage";

/** The server script stops us through here: it can't import what Next.js has bundled. */
const globals = globalThis as { bellhopRunning?: Running };

export async function start(): Promise<void> {
  if (globals.bellhopRunning) return;
  try {
    globals.bellhopRunning = await boot(requireEnvironment());
  } catch (error) {
    process.stderr.write(`${describeStartFailure(error)}\n`);
    process.exit(1);
  }
}

/**
 * Logs what a request threw. Of its address only the route is logged, since the rest may hold a token; `digest` is the reference
 * that its page shows.
 */
export const logRequestError = (
  error: unknown,
  { method, headers }: Parameters<Instrumentation.onRequestError>[1],
  { routePath, routeType }: Parameters<Instrumentation.onRequestError>[2],
): void => {
  const requestId = headers[requestIdHeader];
  const digest = error instanceof Error && "digest" in error ? error.digest : undefined;
  logFault(error, "A request failed", { requestId, route: `${method} ${routePath}`, routeType, digest });
};
