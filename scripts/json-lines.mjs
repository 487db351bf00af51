/** Everything that the process prints is a line of the log: a JSON object. */
import { format } from "node:util";

/** Prints a line, whatever `LOG_LEVEL` is. */
export function printLine(level, msg) {
  process.stdout.write(`${JSON.stringify({ level, time: new Date().toISOString(), msg })}\n`);
}

/**
 * Makes such lines of what libraries print, and of Node's own warnings, unless `LOG_LEVEL` is silent. Errors of requests carry a digest, and the
 * application logs them itself.
 */
export function printLinesOnly() {
  const isSilent = process.env.LOG_LEVEL === "silent";
  for (const level of ["debug", "log", "info", "warn", "error"]) {
    globalThis.console[level] = (...words) => {
      if (isSilent || words.some((word) => word?.digest)) return;
      printLine(level === "log" ? "info" : level, format(...words));
    };
  }
  // With --no-warnings Node has no listener, and none is wanted.
  if (process.listenerCount("warning") === 0) return;
  process.removeAllListeners("warning");
  process.on("warning", ({ name, message }) => globalThis.console.warn(`${name}: ${message}`));
}
