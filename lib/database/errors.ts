/** Names of constraints and PostgreSQL states that callers tell apart; never by message text. */

interface DriverError {
  code?: string;
  meta?: {
    driverAdapterError?: {
      cause?: { originalCode?: string; constraint?: { fields?: string[]; index?: string } };
    };
  };
}

function stateOf(error: unknown): string | undefined {
  const { meta, code } = (error ?? {}) as DriverError;
  // The ORM wraps the driver's error; a direct statement throws it as it is.
  return meta?.driverAdapterError?.cause?.originalCode ?? code;
}

/** True when the exclusion constraint refused a claim: someone holds that time (SQLSTATE 23P01). */
export function isOverlap(error: unknown): boolean {
  return stateOf(error) === "23P01";
}

/** True when a unique constraint refused the row (SQLSTATE 23505). */
export function isDuplicate(error: unknown): boolean {
  return stateOf(error) === "23505" || (error as DriverError | null)?.code === "P2002";
}

/** True when another row still points at this one (SQLSTATE 23503 or 23001). */
export function isReferenced(error: unknown): boolean {
  return ["23503", "23001"].includes(stateOf(error) ?? "") || (error as DriverError | null)?.code === "P2003";
}

/** True when there was no connection, or it broke: the server is gone, stops or starts (SQLSTATE 57P01 to 57P03, class 08). */
export function isDisconnected(error: unknown): boolean {
  const state = stateOf(error);
  if (state === undefined) return isCutOff(error);
  return /^(57P0[123]|08...|ECONNREFUSED|ECONNRESET|EPIPE|P1001|P1017)$/.test(state);
}

/** The driver gives a connection that ended without a word no code, only these words. */
function isCutOff(error: unknown): boolean {
  return error instanceof Error && /^Connection terminated/.test(error.message);
}

/** True when no connection was to be had in time: all were at work, or the server takes no more (SQLSTATE 53300). */
export function isCrowded(error: unknown): boolean {
  const isTooLate = error instanceof Error && /^timeout exceeded when trying to connect/.test(error.message);
  return isTooLate || stateOf(error) === "53300";
}

/** True when the database ended a transaction because it and another waited for each other: nothing of it was done (40P01, 40001). */
export function isDeadlock(error: unknown): boolean {
  return ["40P01", "40001"].includes(stateOf(error) ?? "") || (error as DriverError | null)?.code === "P2034";
}
