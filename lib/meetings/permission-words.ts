import { translator } from "@/lib/i18n/translator";

/** Keys of the words that Microsoft itself uses, or close to it, by scope in lower case. */
const keys = {
  "onlinemeetings.readwrite": "meetings",
  "calendars.readwrite": "calendar",
  "user.read": "profile",
  offline_access: "offline",
} as const;

/** The key of the words about a permission; `other` for one that we have no words for. */
export function permissionKeyOf(scope: string): (typeof keys)[keyof typeof keys] | "other" {
  return Object.entries(keys).find(([name]) => name === scope.toLowerCase())?.[1] ?? "other";
}

/** A permission in plain words, followed by its name; of one we have no words for, the name alone. */
export function permissionWords(scope: string): string {
  const key = permissionKeyOf(scope);
  const words = translator("connections");
  return key === "other" ? scope : words("permissionNamed", { words: words(`permissions.${key}`), scope });
}
