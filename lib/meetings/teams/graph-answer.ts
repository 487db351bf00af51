/** Judges Graph's answers (Microsoft: errors.md, throttling.md): what each means for us, by status and code alone. */
import { z } from "zod";
import { ProviderError, type ProviderProblem } from "@/lib/meetings/provider";
import { errorSchema } from "@/lib/meetings/teams/graph-schema";

export interface GraphAnswer {
  status: number;
  /** Null when there is none, undefined when it is no JSON. */
  body: unknown;
  requestId: string | null;
  retryAfterSeconds: number | null;
  /** With a 401: what the next token has to satisfy, as JSON. */
  claims: string | null;
}

const vendorMessages = new WeakMap<GraphError, string>();

/** Graph answered, and not with success. */
export class GraphError extends ProviderError {
  override name = "GraphError";
  constructor(
    code: ProviderProblem,
    message: string,
    details: ProviderError["details"],
    /** The event that a transaction id stands for already. */
    readonly existingEventId: string | null,
    /** What the next token has to satisfy, as JSON. */
    readonly claims: string | null,
  ) {
    super(code, message, details);
  }

  /** What Graph said in its own words. Kept out of what logs print of an error. */
  get vendorMessage(): string | null {
    return vendorMessages.get(this) ?? null;
  }

  /** The token was turned down: another one may do. */
  get isTokenRejected(): boolean {
    return this.details.status === 401;
  }

  /** The event is not there any more; told by Graph itself, not by something on the way. */
  get isGone(): boolean {
    return this.code === "refused" && (this.details.status === 404 || this.details.status === 410);
  }
}

const mailboxCodes = new Set(["MailboxNotEnabledForRESTAPI", "MailboxNotSupportedForRESTAPI"]);

/** What is wrong with the answer, or null when nothing is. `call` is the name of the call for messages. */
export function problemOf(answer: GraphAnswer, call: string): GraphError | null {
  const { status, requestId, retryAfterSeconds } = answer;
  if (status >= 200 && status < 300) return null;
  const error = errorSchema.safeParse(answer.body).data?.error;
  const vendorCode = error?.code || null;
  const id = requestId ?? error?.innerError?.["request-id"] ?? null;
  const problem = new GraphError(
    codeOf(status, vendorCode, error !== undefined || isSigned(answer)),
    `${call} was answered ${status} ${vendorCode ?? "without a code"}`,
    {
      status,
      ...(vendorCode ? { vendorCode } : {}),
      ...(id ? { requestId: id } : {}),
      ...(retryAfterSeconds === null ? {} : { retryAfterSeconds }),
    },
    error?.["@event.existingEventId"] ?? null,
    answer.claims,
  );
  if (error?.message) vendorMessages.set(problem, error.message.slice(0, 300));
  return problem;
}

/** An answer without a body is Graph's own where it carries Graph's id of the call. */
function isSigned({ body, requestId }: GraphAnswer): boolean {
  return body === null && requestId !== null;
}

function codeOf(status: number, vendorCode: string | null, isFromGraph: boolean): ProviderProblem {
  if (vendorCode && mailboxCodes.has(vendorCode)) return "no_mailbox";
  if (status === 429) return "throttled";
  // A page that something between us and Graph wrote says nothing about account or event.
  if (!isFromGraph || status === 401 || status === 408 || status >= 500) return "unavailable";
  return status === 403 ? "access_denied" : "refused";
}

/** The claims that a token lacked, out of a WWW-Authenticate header (Microsoft: claims-challenge). */
export function claimsOf(headers: Headers): string | null {
  const encoded = /\bclaims="([^"]+)"/i.exec(headers.get("www-authenticate") ?? "")?.[1] ?? "";
  const claims = Buffer.from(encoded, "base64").toString("utf8");
  return isJsonObject(claims) ? claims : null;
}

function isJsonObject(text: string): boolean {
  try {
    return z.record(z.string(), z.unknown()).safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

/** Reads an answer's body. Throws `ProviderError` `unavailable` when it is not what Graph promises. */
export function readBody<Schema extends z.ZodType>(schema: Schema, answer: GraphAnswer): z.output<Schema> {
  const parsed = schema.safeParse(answer.body);
  if (parsed.success) return parsed.data;
  throw new ProviderError("unavailable", `Graph's answer can't be read: ${z.prettifyError(parsed.error)}`, {
    status: answer.status,
    vendorCode: "unreadable_answer",
    ...(answer.requestId ? { requestId: answer.requestId } : {}),
  });
}
