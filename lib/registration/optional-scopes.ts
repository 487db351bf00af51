/**
 * Permissions that some features need and no connection has to have: each is asked for by itself, when its organizer wants the feature.
 * PURE.
 */
import { listScopes, missingScopes } from "@/lib/registration/scopes";

/** By the feature that waits for it. */
export const optionalScopes = {
  presence: "Presence.Read",
  attendance: "OnlineMeetingArtifact.Read.All",
  mailbox: "MailboxSettings.Read",
  places: "Place.Read.All",
  shared: "Calendars.ReadWrite.Shared",
} as const;

export type OptionalFeature = keyof typeof optionalScopes;

export const optionalFeatures = Object.keys(optionalScopes) as OptionalFeature[];

/** The feature of this name; null for any other. */
export function readFeature(name: string | null): OptionalFeature | null {
  return optionalFeatures.find((feature) => feature === name) ?? null;
}

/** Where an organizer allows a feature with one press, and comes back to a page of ours. */
export function allowHref(feature: OptionalFeature, path: string): string {
  return `/api/teams/connect?with=${feature}&returnTo=${encodeURIComponent(path)}`;
}

/** Whether granted scopes (a list, or with blanks between them) are enough for a feature. */
export function isAllowed(feature: OptionalFeature, granted: string | readonly string[]): boolean {
  const scopes = typeof granted === "string" ? granted : granted.join(" ");
  return missingScopes([optionalScopes[feature]], scopes).length === 0;
}

/** Scopes without those that are optional, unless they are among those that are asked of everyone; each as it is spelled. */
export function withoutOptional(scopes: string, configured: string): string {
  const asked = new Set(listScopes(configured).map((scope) => scope.toLowerCase()));
  const optional = new Set<string>(Object.values(optionalScopes).map((scope) => scope.toLowerCase()));
  const isKept = (scope: string) => {
    const [short = ""] = listScopes(scope).map((one) => one.toLowerCase());
    return !optional.has(short) || asked.has(short);
  };
  return scopes.split(/\s+/).filter(Boolean).filter(isKept).join(" ");
}
