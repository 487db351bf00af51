import { z } from "zod";

/** Why a sign-in at Microsoft ended without a connection. These codes, and no others, are carried back in the address. */
export const connectionErrorCodes = [
  "not_configured",
  "declined",
  "need_admin_approval",
  "sign_in_failed",
  "sign_in_expired",
  "token_exchange_failed",
  "missing_tokens",
  "identity_refused",
  "wrong_tenant",
  "misconfigured",
  "unavailable",
] as const;

export type ConnectionErrorCode = (typeof connectionErrorCodes)[number];

const schema = z.enum(connectionErrorCodes);

/** The code in a page's address, or null if there is none that we know. */
export function readConnectionError(value: unknown): ConnectionErrorCode | null {
  return schema.safeParse(value).data ?? null;
}
