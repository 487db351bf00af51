import type { Account, Consent } from "@/tests/emulator/state";
import { requireTenantOf, type World } from "@/tests/emulator/world";

/** Scopes an app that was allowed anything at all is not asked about again. */
const IDENTITY_SCOPES = new Set(["openid", "profile", "email"]);

/** What this person (or an administrator for all) has already allowed this app. */
export function consentedScopes(world: World, clientId: string, account: Account): string[] {
  return world.state.consents
    .filter((consent) => consent.clientId === clientId && consent.tenantId === account.tenantId)
    .filter((consent) => consent.accountId === null || consent.accountId === account.id)
    .flatMap((consent) => consent.scopes);
}

export function missingConsent(world: World, clientId: string, account: Account, scopes: string[]): string[] {
  const consented = new Set(consentedScopes(world, clientId, account));
  const missing = scopes.filter((scope) => !consented.has(scope));
  const isOnlyIdentity = missing.every((scope) => IDENTITY_SCOPES.has(scope));
  return isOnlyIdentity && consented.size > 0 ? [] : missing;
}

export function mayConsent(world: World, account: Account, scopes: string[]): boolean {
  if (account.isAdmin) return true;
  const isAdminsAlone =
    world.state.settings.artifactConsent === "admin" && scopes.some((scope) => /Artifact/.test(scope));
  // Microsoft: permissions-reference.
  if (scopes.includes("Place.Read.All")) return false;
  return !isAdminsAlone && requireTenantOf(world.state, account).userConsent === "allowed";
}

export function recordConsent(world: World, given: Consent): void {
  const existing = world.state.consents.find(
    (consent) =>
      consent.clientId === given.clientId &&
      consent.tenantId === given.tenantId &&
      consent.accountId === given.accountId,
  );
  if (existing) existing.scopes = [...new Set([...existing.scopes, ...given.scopes])];
  else world.state.consents.push(given);
}

/** A personal account cannot have online meetings; how Microsoft treats the scope then is a switch. */
export function scopesForAccount(
  world: World,
  account: Account,
  scopes: string[],
): string[] | "invalid_scope" {
  if (account.kind === "work") return scopes;
  const allowed = scopes.filter((scope) => !scope.startsWith("OnlineMeetings."));
  if (allowed.length === scopes.length) return scopes;
  return world.state.settings.personalOnlineMeetingsScope === "ignored" ? allowed : "invalid_scope";
}
