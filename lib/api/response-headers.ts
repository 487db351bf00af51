/** The headers that answers of the REST API have, for the OpenAPI document. */
import type { Endpoint } from "@/lib/api/endpoint";
import type { ProblemCode } from "@/lib/api/problem";
import { exampleId } from "@/lib/api/sample";

const text = { type: "string" } as const;

export const responseHeaders = {
  "X-Request-Id": {
    description: "Names this request in the server's log",
    schema: { ...text, format: "uuid" },
    example: exampleId,
  },
  RateLimit: {
    description:
      "What is left of the limit: `r` calls for the next `t` seconds. Missing if the server limits no calls",
    schema: text,
    example: '"apiCall";r=299;t=60',
  },
  "RateLimit-Policy": {
    description: "The limit that the call counts for: `q` calls in `w` seconds",
    schema: text,
    example: '"apiCall";q=300;w=60',
  },
  "Retry-After": {
    description: "When to try again, in seconds. With every 429, otherwise where it is known",
    schema: { type: "integer", minimum: 1 },
    example: 30,
  },
  "Idempotency-Replayed": {
    description: "The `Idempotency-Key` was used before, and this is what was answered then",
    schema: { ...text, const: "true" },
    example: "true",
  },
  "WWW-Authenticate": {
    description: "What the key lacks, as RFC 6750 writes it",
    schema: text,
    example: 'Bearer realm="Bellhop"',
  },
} as const;

/** References to the headers of an answer with this status, which stands for these refusals. */
export function headersOf(
  { method, problems = [] }: Endpoint,
  status: number,
  codes: readonly ProblemCode[],
) {
  // What is refused before any work is done isn't kept.
  const isKept = codes.length === 0 || codes.some((code) => status < 500 && problems.includes(code));
  const names: Record<keyof typeof responseHeaders, boolean> = {
    "X-Request-Id": true,
    RateLimit: status !== 500,
    "RateLimit-Policy": status !== 500,
    "Retry-After": codes.some((code) => mayWait[code]),
    "Idempotency-Replayed": method === "POST" && isKept,
    "WWW-Authenticate": codes.includes("unauthorized") || codes.includes("insufficient_scope"),
  };
  const present = Object.entries(names).filter(([, isPresent]) => isPresent);
  return Object.fromEntries(present.map(([name]) => [name, { $ref: `#/components/headers/${name}` }]));
}

/** Refusals that may say when to try again. */
const mayWait: Partial<Record<ProblemCode, true>> = {
  rate_limited: true,
  too_many_bookings: true,
  idempotency_in_progress: true,
  calendar_unavailable: true,
};
