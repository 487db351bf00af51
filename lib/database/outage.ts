/**
 * Whether the database is out of reach, said in the log once when it goes and once when it is back. Meanwhile all background
 * work fails, each second: none of that is worth a line of its own.
 */
import { log } from "@/lib/config/log";
import { isDisconnected } from "@/lib/database/errors";

const globals = globalThis as { bellhopOutage?: boolean };

/** Notes that the database has gone away. */
export function noteOutage(error?: unknown): void {
  if (!globals.bellhopOutage) log().error({ error }, "The database has gone away");
  globals.bellhopOutage = true;
}

/** Notes that the database answers. */
export function noteAnswer(): void {
  if (globals.bellhopOutage) log().warn("The database is back");
  globals.bellhopOutage = false;
}

/** Logs a fault of background work. */
export function logFault(error: unknown, message: string, facts: object = {}): void {
  if (isDisconnected(error)) noteOutage(error);
  const level = globals.bellhopOutage ? "debug" : "error";
  log()[level]({ error, ...facts }, message);
}
