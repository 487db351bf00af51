import type { z } from "zod";
import type { ProblemCode } from "@/lib/api/problem";
import type { KeyScope } from "@/lib/auth/key-scopes";
import type { LimitName } from "@/lib/auth/rate-limit";

export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

/** One method of one address: what its route checks and what the OpenAPI document says are the same thing. */
export interface Endpoint<
  Access extends KeyScope | "public" = KeyScope | "public",
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
  Problem extends ProblemCode = ProblemCode,
> {
  method: Method;
  /** From the root, with the parameters in braces: `/api/v1/me/schedules/{id}`. */
  path: `/api/v1/${string}`;
  /** What an organizer's API key has to let its holder do. `public`: anyone, from any site. */
  access: Access;
  summary: string;
  /** Parts of the address; a value that can't be is answered by `not_found`. */
  params?: Params;
  query?: Query;
  /** An empty body is read as `{}`. */
  body?: Body;
  /** 200 unless said otherwise; 204 has no answer. */
  status?: 200 | 201 | 204;
  answer?: Answer;
  /** What its use case may refuse with. */
  problems?: readonly Problem[];
  /** Its use case may run twice concurrently with one Idempotency-Key and does the work once, so nothing waits long for a first try that died. */
  repeatable?: true;
  /** Its answer is a booking, by its `id`; an answer that is kept for a repetition goes when the booking's visitor is erased. */
  about?: "booking";
  /** A public one that an organizer may call with their key all the same, where it lets them do this: it is known who calls. */
  takesKey?: KeyScope;
  /** How often one address may call it, for public ones. */
  limit?: LimitName;
}

/** Only for the compiler: keeps the exact types of what is declared. */
export function endpoint<
  Access extends KeyScope | "public",
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Answer extends z.ZodType = z.ZodNull,
  Problem extends ProblemCode = never,
>(
  declared: Endpoint<Access, Params, Query, Body, Answer, Problem>,
): Endpoint<Access, Params, Query, Body, Answer, Problem> {
  return declared;
}
