import type { z } from "zod";
import type { Endpoint } from "@/lib/api/endpoint";
import type { ProblemCode, ProblemFacts } from "@/lib/api/problem";
import type { Rendered } from "@/lib/api/rendered";
import type { Organizer } from "@/lib/auth/guards";
import { err, ok, type Result } from "@/lib/result";

/** What a use case is called with: everything has been checked. */
export interface Call<Access, Params, Query, Body> {
  /** Whose key it is; null on public addresses. */
  organizer: Access extends "key" ? Organizer : null;
  params: Params;
  query: Query;
  body: Body;
  /** Set when the client sent an Idempotency-Key: names this request for good. */
  requestKey: string | undefined;
}

/** An endpoint joined with its use case, types forgotten. */
export interface Served {
  endpoint: Endpoint;
  run(
    call: Call<"key" | "public", unknown, unknown, unknown>,
  ): Promise<Result<unknown, { code: ProblemCode } & ProblemFacts>>;
}

/** Joins an endpoint with the use case that answers it. */
export function serve<
  Access extends "key" | "public",
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Answer extends z.ZodType,
  Problem extends ProblemCode,
>(
  endpoint: Endpoint<Access, Params, Query, Body, Answer, Problem>,
  run: (
    call: Call<Access, z.output<Params>, z.output<Query>, z.output<Body>>,
  ) => Promise<Result<z.input<Answer> | Rendered, { code: Problem } & Omit<ProblemFacts, "requestId">>>,
): Served {
  // The types were checked against the endpoint just now; from here on its schemas vouch for them.
  return { endpoint: endpoint as unknown as Endpoint, run: run as unknown as Served["run"] };
}

/** A value that may not be there, as the answer to a question for it. */
export function found<Value>(value: Value | null): Result<Value, { code: "not_found" }> {
  return value === null ? err("not_found") : ok(value);
}
