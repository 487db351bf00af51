import { z } from "zod";

const times = z.number().int().positive().nullable().default(1).describe("null: until cleared");

export const graphFaultSchema = z.strictObject({
  method: z.enum(["GET", "POST", "PATCH", "DELETE"]).optional(),
  path: z.string().optional().describe("path below /v1.0; * matches one segment, ** any rest"),
  account: z.string().optional().describe("e-mail or object id"),
  skip: z.number().int().min(0).default(0).describe("matching requests let through first"),
  times,
  delayMs: z.number().min(0).default(0),
  when: z
    .enum(["before", "after"])
    .default("before")
    .describe("before the request takes effect, or after it has"),
  outcome: z.enum(["answer", "drop", "hang", "pass"]).default("answer"),
  status: z.number().int().min(200).max(599).default(503),
  code: z.string().default("ServiceUnavailable"),
  message: z.string().default("The service is temporarily unavailable."),
  retryAfter: z.union([z.string(), z.number()]).optional().describe("the header's value, e.g. 2.128"),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.unknown().optional().describe("answered instead of an error envelope; a string is sent as it is"),
  without: z.array(z.string()).default([]).describe("for pass: members that the answer's entries leave out"),
});
export type GraphFault = z.infer<typeof graphFaultSchema>;
export type GraphFaultInput = z.input<typeof graphFaultSchema>;

export const tokenFaultSchema = z.strictObject({
  account: z.string().optional(),
  grantType: z.enum(["authorization_code", "refresh_token", "client_credentials"]).optional(),
  skip: z.number().int().min(0).default(0),
  times,
  delayMs: z.number().min(0).default(0),
  outcome: z.enum(["error", "drop", "hang", "pass"]).default("error"),
  when: z.enum(["before", "after"]).default("before").describe("after: the tokens are made, and lost"),
  status: z.number().int().min(400).max(599).default(400),
  error: z.string().default("invalid_grant"),
  aadsts: z.number().int().default(50173),
  text: z.string().default("The provided grant has expired due to it being revoked."),
  suberror: z.string().optional(),
  claims: z.string().optional(),
  retryAfter: z.union([z.string(), z.number()]).optional(),
  body: z.string().optional().describe("sent as it is instead of an error body, e.g. an HTML page"),
  twist: z
    .enum([
      "fewer_scopes",
      "no_refresh_token",
      "no_id_token",
      "no_client_info",
      "wrong_nonce",
      "wrong_tenant",
      "wrong_audience",
      "wrong_issuer",
      "expired_id_token",
      "bad_signature",
      "unknown_key",
      "unsigned",
      "cloud_issuer",
      "nulls",
    ])
    .optional()
    .describe(
      "answer 200, but with this wrong (or unusual: signed in the cloud's name, null where a member may be left out); needs outcome pass",
    ),
  withoutScopes: z.array(z.string()).default([]).describe("for fewer_scopes: what is left out"),
});
export type TokenFault = z.infer<typeof tokenFaultSchema>;
export type TokenFaultInput = z.input<typeof tokenFaultSchema>;

export const authorizeFaultSchema = z.strictObject({
  account: z.string().optional(),
  times,
  error: z.string(),
  description: z.string().optional(),
  subcode: z.string().optional(),
});
export type AuthorizeFault = z.infer<typeof authorizeFaultSchema>;
export type AuthorizeFaultInput = z.input<typeof authorizeFaultSchema>;

interface Counted {
  times: number | null;
  skip?: number;
}

class Queue<Fault extends Counted> {
  #waiting: Fault[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ ...fault });
  }

  list(): Fault[] {
    return this.#waiting.map((fault) => ({ ...fault }));
  }

  clear(): void {
    this.#waiting = [];
  }

  /** The first fault that fits and whose turn has come; uses it up once. */
  take(fits: (fault: Fault) => boolean): Fault | null {
    for (const fault of this.#waiting) {
      if (!fits(fault)) continue;
      if (fault.skip) {
        fault.skip -= 1;
        continue;
      }
      if (fault.times !== null) fault.times -= 1;
      if (fault.times === 0) this.#waiting = this.#waiting.filter((other) => other !== fault);
      return fault;
    }
    return null;
  }

  /** One that was taken had no occasion. */
  putBack(fault: Fault): void {
    if (fault.times !== null) fault.times += 1;
    if (!this.#waiting.includes(fault)) this.#waiting.unshift(fault);
  }
}

export class Faults {
  readonly graph = new Queue<GraphFault>();
  readonly token = new Queue<TokenFault>();
  readonly authorize = new Queue<AuthorizeFault>();

  clear(): void {
    this.graph.clear();
    this.token.clear();
    this.authorize.clear();
  }
}

/** `*` is one segment of the path, `**` any rest; compared without regard to case, as Graph does. */
export function matchesPath(pattern: string | undefined, path: string): boolean {
  if (!pattern) return true;
  const source = pattern
    .split(/(\*\*|\*)/)
    .map((part) => {
      if (part === "**") return ".*";
      if (part === "*") return "[^/]+";
      return part.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
    })
    .join("");
  return new RegExp(`^${source}$`, "i").test(path);
}

export function matchesAccount(
  wanted: string | undefined,
  account: { id: string; email: string } | null,
): boolean {
  return (
    wanted === undefined || wanted === account?.id || wanted.toLowerCase() === account?.email.toLowerCase()
  );
}
