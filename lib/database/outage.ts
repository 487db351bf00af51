/**
 * Whether the database is out of reach, said in the log once when it goes and once when it is back. Meanwhile all background
 * work fails, each second: none of that is worth a line of its own.
 */
import { log } from "@/lib/config/log";
import { isCrowded, isDisconnected } from "@/lib/database/errors";

/** `bellhopDatabaseDoubted` is read by our HTTP server: while it is set, each request has the database looked at first. */
const globals = globalThis as { bellhopOutage?: boolean; bellhopDatabaseDoubted?: boolean };

/** Notes that a connection broke, which may be all there is to it. */
export function doubtDatabase(): void {
  globals.bellhopDatabaseDoubted = true;
}

/** Notes that the database has gone away. */
export function noteOutage(error?: unknown): void {
  if (!globals.bellhopOutage) log().error({ error }, "The database has gone away");
  globals.bellhopOutage = true;
  doubtDatabase();
}

/** Notes that the database answers. */
export function noteAnswer(): void {
  if (globals.bellhopOutage) log().warn("The database is back");
  globals.bellhopOutage = false;
  globals.bellhopDatabaseDoubted = false;
}

/** Logs a fault of background work, or of a request. Who found no free connection is asked to come back, as where the database is away. */
export function logFault(error: unknown, message: string, facts: object = {}): void {
  if (isDisconnected(error)) noteOutage(error);
  else if (isCrowded(error)) doubtDatabase();
  const level = globals.bellhopOutage ? "debug" : "error";
  log()[level]({ error, ...facts }, message);
}
