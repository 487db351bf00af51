import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { listScopes } from "@/lib/registration/scopes";

/** Keys of the words for a permission, by scope in lower case. */
const keys = {
  "onlinemeetings.readwrite": "meetings",
  "calendars.readwrite": "calendar",
  "calendars.read": "calendarRead",
  "user.read": "profile",
  offline_access: "offline",
} as const;

type PermissionKey = (typeof keys)[keyof typeof keys] | "other";

/** The key of the words about a permission; `other` for one that we have no words for. */
export function permissionKeyOf(scope: string): PermissionKey {
  return Object.entries(keys).find(([name]) => name === scope.toLowerCase())?.[1] ?? "other";
}

/** A permission in plain words, followed by its name; of one we have no words for, the name alone. */
export function permissionWords(scope: string, locale: Locale): string {
  const key = permissionKeyOf(scope);
  const words = translator("connections", locale);
  return key === "other" ? scope : words("permissionNamed", { words: words(`permissions.${key}`), scope });
}

export interface AskedPermission {
  key: PermissionKey;
  /** In plain words, or its name if there are none. */
  text: string;
  /** What Bellhop needs it for, and what Microsoft's own page calls it where that is something else. */
  why: string;
}

/** Scopes that come with every sign-in, and that Microsoft's page doesn't list separately from the profile. */
const unlisted = new Set(["openid", "profile", "email"]);

/** What Microsoft's page will ask for, in the order of `scopes`; lasting access is asked for in any case. */
export function listAskedPermissions(scopes: string, locale: Locale): AskedPermission[] {
  const words = translator("connections", locale);
  const listed = listScopes(scopes).filter((scope) => !unlisted.has(scope.toLowerCase()));
  const asked = listed.some((scope) => permissionKeyOf(scope) === "offline")
    ? listed
    : [...listed, "offline_access"];
  return asked.map((scope) => {
    const key = permissionKeyOf(scope);
    const isWhole = scope === ".default";
    const why = words(`permissions.why.${isWhole ? "whole" : key}`);
    const isNamedOtherwise = key === "calendar" || key === "profile";
    return {
      key,
      text: isWhole ? words("permissions.whole") : key === "other" ? scope : words(`permissions.${key}`),
      why: isNamedOtherwise
        ? translator("common", locale)("sentences", {
            first: why,
            second: words("permissions.named", { name: words(`permissions.microsoft.${key}`) }),
          })
        : why,
    };
  });
}
