/** Prints a line of the log, whatever `LOG_LEVEL` is. */
export function printLine(level: "info" | "warn" | "error", msg: string): void;

/** From now on what libraries and Node itself print are lines of the log. */
export function printLinesOnly(): void;
