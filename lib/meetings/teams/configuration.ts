import { type Env, env } from "@/lib/config/env";

/** Whether this server is registered at Microsoft: `hidden` keeps the values but offers the integration to nobody. */
export function teamsSetup(values: Env = env()): "ready" | "not_configured" | "hidden" {
  const { TEAMS_ENABLED, TEAMS_CLIENT_ID, TEAMS_CLIENT_SECRET } = values;
  if (!TEAMS_ENABLED) return "hidden";
  return TEAMS_CLIENT_ID && TEAMS_CLIENT_SECRET ? "ready" : "not_configured";
}

/** Tenant of all personal Microsoft accounts (Microsoft: id-token-claims-reference). */
export const personalTenantId = "9188040d-6c67-4c5b-b112-36a304b66dad";
