import { isOwnPath } from "@/lib/auth/return-to";
import { type ConnectionErrorCode, readConnectionError } from "@/lib/connections/connection-error";
import { readSupportCode } from "@/lib/connections/support-code";

/** Where connections are shown. */
export const integrationsPath = "/account/integrations";

/** Where the organizer says what becomes of the bookings in the account before. */
export const switchPath = `${integrationsPath}/switch`;

/** What went wrong with a sign-in at Microsoft, as the address of the page it began on carries it back. */
export interface ConnectionProblem {
  code: ConnectionErrorCode;
  /** It is also in the log, with Microsoft's response. */
  supportCode: string | null;
}

/** The page to come back to after a sign-in at Microsoft: one of our own, and not a route that would start another. */
export function connectReturnTo(path: unknown): string {
  return typeof path === "string" && isOwnPath(path) && !path.startsWith("/api/") ? path : integrationsPath;
}

const base = "http://own.invalid";

/** That page's address with what went wrong, if anything did. */
export function withConnectionProblem(path: string, problem: ConnectionProblem | null): string {
  const url = new URL(path, base);
  url.searchParams.delete("connectionError");
  url.searchParams.delete("supportCode");
  if (problem) url.searchParams.set("connectionError", problem.code);
  if (problem?.supportCode) url.searchParams.set("supportCode", problem.supportCode);
  return `${url.pathname}${url.search}${url.hash}`;
}

/** What a page's own path and query say went wrong; null when nothing did, or nothing that we know. */
export function readConnectionProblem(path: string): ConnectionProblem | null {
  if (!URL.canParse(path, base)) return null;
  const { searchParams } = new URL(path, base);
  const code = readConnectionError(searchParams.get("connectionError"));
  return code && { code, supportCode: readSupportCode(searchParams.get("supportCode")) };
}
