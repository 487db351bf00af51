import { isOwnPath } from "@/lib/auth/return-to";
import type { ConnectionErrorCode } from "@/lib/meetings/connection-error";

/** Where connections are shown. */
export const integrationsPath = "/account/integrations";

/** The page to come back to after a sign-in at Microsoft: one of our own, and not a route that would start another. */
export function connectReturnTo(path: unknown): string {
  return typeof path === "string" && isOwnPath(path) && !path.startsWith("/api/") ? path : integrationsPath;
}

/** That page's address with the code of what went wrong, if anything did. */
export function withConnectionError(path: string, problem: ConnectionErrorCode | null): string {
  const url = new URL(path, "http://own.invalid");
  url.searchParams.delete("connectionError");
  if (problem) url.searchParams.set("connectionError", problem);
  return `${url.pathname}${url.search}${url.hash}`;
}
