import { type EntraError, invalidRequest } from "@/tests/emulator/entra/aadsts";
import { CONSUMER_TENANT_ID } from "@/tests/emulator/ids";
import type { Account, App, EmulatorState } from "@/tests/emulator/state";
import { findTenant } from "@/tests/emulator/world";

/** What the first part of a login path means: who may sign in there. */
export type TenantSegment =
  | { kind: "common" }
  | { kind: "organizations" }
  | { kind: "tenant"; tenantId: string };

export function readTenantSegment(state: EmulatorState, segment: string): TenantSegment | null {
  const name = segment.toLowerCase();
  if (name === "common" || name === "organizations") return { kind: name };
  if (name === "consumers") return { kind: "tenant", tenantId: CONSUMER_TENANT_ID };
  const tenant = findTenant(state, name);
  return tenant ? { kind: "tenant", tenantId: tenant.id } : null;
}

/** Why this account cannot be used here, or null when it can. */
export function refuseAccount(segment: TenantSegment, account: Account, app: App): EntraError | null {
  if (account.kind === "personal") {
    const onlyWork = segment.kind === "organizations" || app.audience !== "all";
    if (onlyWork) {
      return invalidRequest(
        500200,
        `User account '${account.email}' is a personal Microsoft account. Personal Microsoft accounts are not supported for this application unless explicitly invited to an organization.`,
      );
    }
  }
  if (app.audience === "single-tenant") {
    if (segment.kind !== "tenant") {
      return invalidRequest(
        50194,
        `Application '${app.clientId}'(${app.name}) is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such apps created after '10/15/2018'.`,
      );
    }
    if (account.tenantId !== app.homeTenantId) return notInTenant(account);
  }
  if (segment.kind === "tenant" && segment.tenantId !== account.tenantId) return notInTenant(account);
  return null;
}

function notInTenant(account: Account): EntraError {
  return invalidRequest(
    50020,
    `User account '${account.email}' from identity provider does not exist in tenant and cannot access the application in that tenant.`,
  );
}
