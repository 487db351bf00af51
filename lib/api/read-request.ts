import type { Endpoint } from "@/lib/api/endpoint";
import { type FieldError, toFieldErrors } from "@/lib/api/problem";
import { readBoundedBody } from "@/lib/input/bounded-body";
import { parseInput } from "@/lib/input/parse";
import { err, ok, type Result } from "@/lib/result";

const maxBodyBytes = 256 * 1024;

type Unreadable =
  | { code: "not_found" | "unsupported_media_type" | "body_too_large" | "invalid_json" }
  | { code: "invalid_request"; errors: FieldError[] };

export interface ReadRequest {
  params: unknown;
  query: unknown;
  body: unknown;
  /** The body as it came, before its schema has added or trimmed anything. */
  sent: unknown;
}

/** Reads and checks everything a request carries, by what its endpoint declares. */
export async function readRequest(
  endpoint: Endpoint,
  request: Request,
  addressParts: unknown,
): Promise<Result<ReadRequest, Unreadable>> {
  const params = endpoint.params ? parseInput(endpoint.params, addressParts) : ok(undefined);
  if (!params.ok) return err("not_found");
  const query = readQuery(endpoint, request);
  if (!query.ok) return query;
  const body = await readBody(endpoint, request);
  if (!body.ok) return body;
  return ok({ params: params.value, query: query.value, ...body.value });
}

function readQuery({ query }: Endpoint, request: Request): Result<unknown, Unreadable> {
  if (!query) return ok(undefined);
  const given = new URL(request.url).searchParams;
  const seen = new Set<string>();
  const twice = new Set([...given.keys()].filter((name) => seen.has(name) || !seen.add(name)));
  if (twice.size > 0) {
    const issues = [...twice].map((path) => ({ path, message: "given_twice", values: {} }));
    return err("invalid_request", { errors: toFieldErrors(issues) });
  }
  return checked(parseInput(query, Object.fromEntries(given)));
}

type ReadBody = Pick<ReadRequest, "body" | "sent">;

async function readBody({ body }: Endpoint, request: Request): Promise<Result<ReadBody, Unreadable>> {
  if (!body) return ok({ body: undefined, sent: undefined });
  const bytes = await readBoundedBody(request, maxBodyBytes);
  if (!bytes) return err("body_too_large");
  if (bytes.length > 0 && !isJson(request.headers.get("content-type"))) return err("unsupported_media_type");
  const sent = bytes.length === 0 ? ok({}) : readJson(bytes);
  if (!sent.ok) return sent;
  const read = checked(parseInput(body, sent.value));
  return read.ok ? ok({ body: read.value, sent: sent.value }) : read;
}

function checked(parsed: ReturnType<typeof parseInput>): Result<unknown, Unreadable> {
  return parsed.ok ? parsed : err("invalid_request", { errors: toFieldErrors(parsed.error.issues) });
}

function isJson(contentType: string | null): boolean {
  return /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(contentType ?? "");
}

function readJson(bytes: Uint8Array): Result<unknown, Unreadable> {
  try {
    return ok(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
  } catch {
    return err("invalid_json");
  }
}
