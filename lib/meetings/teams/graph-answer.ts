/** Reads Graph's answers; what each means is judged by its status and code alone (graph-verdict.ts). */
import { z } from "zod";
import { cutText } from "@/lib/input/cut";
import { ProviderError } from "@/lib/meetings/provider";
import { errorSchema } from "@/lib/meetings/teams/graph-schema";
import { isLinkLost, problemOfVerdict, type Verdict, verdictOf } from "@/lib/meetings/teams/graph-verdict";

export interface GraphAnswer {
  status: number;
  /** Null when there is none, undefined when it is no JSON; the bytes where a file was asked for. */
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
    readonly verdict: Verdict,
    message: string,
    details: ProviderError["details"] & { status: number },
    readonly more: {
      isFromGraph: boolean;
      /** The event that a transaction id already created. */
      existingEventId: string | null;
      /** What the next token has to satisfy, as JSON. */
      claims: string | null;
    },
  ) {
    super(problemOfVerdict(verdict), message, details);
    this.status = details.status;
  }

  readonly status: number;

  /** What Graph said in its own words. Kept out of what logs print of an error. */
  get vendorMessage(): string | null {
    return vendorMessages.get(this) ?? null;
  }

  /** The token was turned down: another one may do. */
  get isTokenRejected(): boolean {
    return this.status === 401;
  }

  /** Graph says that it does not find it. Anyone who draws a conclusion from that has to look a second time. */
  get isGone(): boolean {
    return this.verdict === "gone";
  }

  /** Graph answers with a status of things that are not there, whatever it means by it. */
  get isNotFound(): boolean {
    const isOfThings = this.status === 404 || this.status === 410;
    return isOfThings && this.more.isFromGraph && this.verdict !== "no_mailbox";
  }

  /** A link to changes leads nowhere any more. */
  get isLinkLost(): boolean {
    const { isFromGraph } = this.more;
    return isLinkLost({ status: this.status, code: this.details.vendorCode ?? null, isFromGraph });
  }
}

/** What is wrong with the answer, or null when nothing is. `call` is the name of the call for messages. */
export function problemOf(answer: GraphAnswer, call: string): GraphError | null {
  const { status, requestId, retryAfterSeconds } = answer;
  if (status >= 200 && status < 300) return null;
  const error = errorSchema.safeParse(answer.body).data?.error;
  const code = error?.code || null;
  const id = requestId ?? error?.innerError?.["request-id"] ?? null;
  const isFromGraph = error !== undefined || isSigned(answer);
  const problem = new GraphError(
    verdictOf({ status, code, isFromGraph }),
    `${call} was answered ${status} ${code ?? "without a code"}`,
    {
      status,
      ...(code ? { vendorCode: code } : {}),
      ...(id ? { requestId: id } : {}),
      ...(retryAfterSeconds === null ? {} : { retryAfterSeconds }),
    },
    { isFromGraph, existingEventId: error?.["@event.existingEventId"] ?? null, claims: answer.claims },
  );
  if (error?.message) vendorMessages.set(problem, cutText(error.message, 300));
  return problem;
}

/** An answer without a body is Graph's own where it carries Graph's id of the call. */
function isSigned({ body, requestId }: GraphAnswer): boolean {
  return body === null && requestId !== null;
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
