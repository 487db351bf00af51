import { AsyncLocalStorage } from "node:async_hooks";
import pino from "pino";
import { env, isBuilding } from "@/lib/config/env";
import { traceFacts } from "@/lib/config/tracing";

/** Names whose values never reach a log, at any depth of what is logged. */
const secretNames = [
  "accessToken",
  "access_token",
  "answers",
  "apiKey",
  "assertion",
  "authorization",
  "body",
  "clientSecret",
  "client_secret",
  "code",
  "codeVerifier",
  "cookie",
  "html",
  "id_token",
  "joinUrl",
  "password",
  "refreshToken",
  "refresh_token",
  "secret",
  "state",
  "text",
  "token",
  "verifier",
];

/** What is being done: ids and names, never contents. */
type Facts = Record<string, string | string[]>;

const underWay = new AsyncLocalStorage<Facts>();

/** Does some work; every line that is logged meanwhile carries `facts`, and what `addToLog` says. */
export function logWith<Outcome>(facts: Facts, work: () => Outcome): Outcome {
  return underWay.run({ ...facts }, work);
}

/** Adds to the lines of the work under way what it turned out to be about. Without effect outside `logWith`. */
export function addToLog(facts: Facts): void {
  Object.assign(underWay.getStore() ?? {}, facts);
}

function create(): pino.Logger {
  return pino(
    {
      level: isBuilding() ? "silent" : env().LOG_LEVEL,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: "[redacted]",
      },
      mixin: () => ({ ...underWay.getStore(), ...traceFacts() }),
      serializers: { error: describeError },
    },
    // Each line is out before the next thing happens: otherwise the last ones of a process change places, or are lost, when it ends.
    pino.destination({ dest: 1, sync: true }),
  );
}

/** What a log keeps of an error: name, stable code, stack. Vendor bodies and query parameters stay out. */
export function describeError(error: unknown): object {
  if (!isErrorLike(error)) return { name: typeof error };
  const code = "code" in error ? { errorCode: String(error.code) } : {};
  return { name: error.name ?? "Error", message: error.message, ...code, stack: error.stack };
}

/** An error, or a copy of one: libraries hand those on with facts of their own added. */
function isErrorLike(error: unknown): error is { name?: string; message: string; stack?: string } {
  return (
    typeof error === "object" && error !== null && "message" in error && typeof error.message === "string"
  );
}

let logger: pino.Logger | undefined;

/** The process's structured log: one JSON object a line on standard output. */
export function log(): pino.Logger {
  logger ??= create();
  return logger;
}
