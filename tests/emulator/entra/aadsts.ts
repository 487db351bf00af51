import type { Call, Reply } from "@/tests/emulator/http";
import { json } from "@/tests/emulator/http";
import { guid } from "@/tests/emulator/ids";

/** An error of the token endpoint, as Entra words it. */
export interface EntraError {
  status: number;
  error: string;
  aadsts: number;
  text: string;
  suberror?: string | undefined;
  claims?: string | undefined;
  retryAfter?: string | number | undefined;
}

export interface Trace {
  traceId: string;
  correlationId: string;
  timestamp: string;
}

export function newTrace(call: Call): Trace {
  const asked = call.headers["client-request-id"] ?? call.url.searchParams.get("client-request-id") ?? "";
  return {
    traceId: guid(),
    correlationId: /^[0-9a-f-]{36}$/i.test(asked) ? asked : guid(),
    timestamp: `${new Date().toISOString().slice(0, 19).replace("T", " ")}Z`,
  };
}

/** `between` is a blank at the token endpoint today and CRLF on redirects. */
export function describe(aadsts: number, text: string, trace: Trace, between: " " | "\r\n"): string {
  return [
    `AADSTS${aadsts}: ${text}`,
    `Trace ID: ${trace.traceId}`,
    `Correlation ID: ${trace.correlationId}`,
    `Timestamp: ${trace.timestamp}`,
  ].join(between);
}

export function entraErrorReply(failure: EntraError, call: Call): Reply {
  const trace = newTrace(call);
  return json(
    failure.status,
    {
      error: failure.error,
      error_description: describe(failure.aadsts, failure.text, trace, " "),
      error_codes: [failure.aadsts],
      timestamp: trace.timestamp,
      trace_id: trace.traceId,
      correlation_id: trace.correlationId,
      error_uri: `https://login.microsoftonline.com/error?code=${failure.aadsts}`,
      ...(failure.suberror ? { suberror: failure.suberror } : {}),
      ...(failure.claims ? { claims: failure.claims } : {}),
    },
    {
      ...entraHeaders(),
      ...(failure.retryAfter === undefined ? {} : { "retry-after": String(failure.retryAfter) }),
    },
  );
}

export function entraHeaders(): Record<string, string> {
  return {
    "cache-control": "no-store, no-cache",
    pragma: "no-cache",
    expires: "-1",
    "x-ms-request-id": guid(),
    "x-ms-ests-server": "2.1.emulator - local",
    "x-ms-clitelem": "1,0,0,,",
  };
}

export function invalidRequest(aadsts: number, text: string): EntraError {
  return { status: 400, error: "invalid_request", aadsts, text };
}

export function missingParameter(name: string): EntraError {
  return invalidRequest(900144, `The request body must contain the following parameter: '${name}'.`);
}

export function invalidGrant(aadsts: number, text: string, suberror?: string): EntraError {
  return { status: 400, error: "invalid_grant", aadsts, text, suberror };
}

export function invalidClient(aadsts: number, text: string): EntraError {
  return { status: 401, error: "invalid_client", aadsts, text };
}

export function badTenant(segment: string): EntraError {
  return invalidRequest(
    90002,
    `Tenant '${segment}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`,
  );
}
