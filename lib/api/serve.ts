import type { z } from "zod";
import type { Endpoint } from "@/lib/api/endpoint";
import type { ProblemCode, ProblemFacts } from "@/lib/api/problem";
import type { Rendered } from "@/lib/api/rendered";
import type { Organizer } from "@/lib/auth/guards";
import type { KeyScope } from "@/lib/auth/key-scopes";
import type { RequestIdentity } from "@/lib/input/request-identity";
import { err, ok, type Result } from "@/lib/result";

/** What a use case is called with: everything has been checked. */
export interface Call<Access, Params, Query, Body> {
  /** Whose key it is; null on public addresses. */
  organizer: Access extends "public" ? null : Organizer;
  params: Params;
  query: Query;
  body: Body;
  /** Set when the client sent an Idempotency-Key. */
  identity: RequestIdentity | undefined;
  /** Whose key came along to a public address that takes one. */
  callerId: string | undefined;
  /** The network address it came from. */
  address: string;
}

/** An endpoint joined with its use case, types forgotten. */
export interface Served {
  endpoint: Endpoint;
  run(call: Call<KeyScope | "public", unknown, unknown, unknown>): Promise<Outcome<unknown, ProblemCode>>;
  /** What a request with this identity was answered, from what it made; null: it has made nothing. */
  recall?: (identity: RequestIdentity) => Promise<Outcome<unknown, ProblemCode> | null>;
}

type Outcome<Value, Problem extends ProblemCode> = Result<
  Value,
  { code: Problem } & Omit<ProblemFacts, "requestId">
>;

/** Joins an endpoint with the use case that answers it. */
export function serve<
  Access extends KeyScope | "public",
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Answer extends z.ZodType,
  Problem extends ProblemCode,
>(
  endpoint: Endpoint<Access, Params, Query, Body, Answer, Problem>,
  run: (
    call: Call<Access, z.output<Params>, z.output<Query>, z.output<Body>>,
  ) => Promise<Outcome<z.input<Answer> | Rendered, Problem>>,
  recall?: (
    identity: RequestIdentity,
  ) => Promise<Outcome<z.input<Answer>, Problem | "idempotency_key_reused"> | null>,
): Served {
  return {
    // The types were checked against the endpoint just now; from here on its schemas vouch for them.
    endpoint: endpoint as unknown as Endpoint,
    run: run as unknown as Served["run"],
    ...(recall ? { recall } : {}),
  };
}

/** A value that may not be there, as the answer to a question for it. */
export function found<Value>(value: Value | null): Result<Value, { code: "not_found" }> {
  return value === null ? err("not_found") : ok(value);
}
