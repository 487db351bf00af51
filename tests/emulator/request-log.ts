import { performance } from "node:perf_hooks";

/** One request Microsoft has seen, with secrets blanked. Times are milliseconds since the epoch, with fractions. */
export interface SeenRequest {
  sequence: number;
  startedAt: number;
  finishedAt: number;
  method: string;
  path: string;
  query: Record<string, string>;
  status: number | "dropped" | "hung";
  accountId: string | null;
  accountEmail: string | null;
  clientRequestId: string | null;
  requestId: string | null;
  prefer: string | null;
  userAgent: string | null;
  body: unknown;
  inBatch: boolean;
  /** Requests of the same app and mailbox under way when this one began, itself included. */
  concurrent: number;
}

const KEPT = 20_000;
const SECRET_FIELDS = new Set([
  "client_secret",
  "code",
  "code_verifier",
  "refresh_token",
  "client_assertion",
  "password",
  "clientState",
]);

export function preciseNow(): number {
  return performance.timeOrigin + performance.now();
}

export class RequestLog {
  #seen: SeenRequest[] = [];
  #sequence = 0;

  add(request: Omit<SeenRequest, "sequence">): void {
    this.#sequence += 1;
    this.#seen.push({ sequence: this.#sequence, ...request });
    if (this.#seen.length > KEPT) this.#seen.splice(0, KEPT / 10);
  }

  /** `path` is a part of the path as it was asked for: a pattern would match nothing, and prove nothing. */
  list(filter: { since?: number; account?: string; path?: string; method?: string }): SeenRequest[] {
    if (filter.path?.includes("*"))
      throw new Error(`"${filter.path}" is a pattern; a part of a path is meant`);
    return this.#seen.filter(
      (request) =>
        (filter.since === undefined || request.startedAt >= filter.since) &&
        (filter.account === undefined ||
          request.accountEmail === filter.account ||
          request.accountId === filter.account) &&
        (filter.path === undefined || request.path.includes(filter.path)) &&
        (filter.method === undefined || request.method === filter.method),
    );
  }

  clear(): void {
    this.#seen = [];
  }
}

export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      SECRET_FIELDS.has(key) ? "(hidden)" : withoutSecrets(inner),
    ]),
  );
}
