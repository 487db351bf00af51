/** What keys do on an organizer's pages. PURE. */

/** Where a browser remembers that keys without Ctrl or Cmd do nothing: people who speak to their computer set them off by accident. */
export const singleKeysCookie = "single-keys";

export const singleKeysCookieRules = {
  path: "/",
  sameSite: "lax",
  httpOnly: true,
  maxAge: 365 * 24 * 60 * 60,
} as const;

/** Whether they work, as the cookie says it: they do unless they are switched off. */
export function areSingleKeysOn(cookie: string | undefined): boolean {
  return cookie !== "off";
}

/** Each key with what it does; two keys are pressed one after the other. */
export const keyLines = [
  { keys: ["?"], does: "keys" },
  { keys: ["/"], does: "search" },
  { keys: ["j"], does: "next" },
  { keys: ["k"], does: "previous" },
  { keys: ["g", "b"], does: "bookings" },
  { keys: ["g", "e"], does: "eventTypes" },
  { keys: ["g", "a"], does: "availability" },
] as const;

export type KeyDeed = (typeof keyLines)[number]["does"] | "commands";

/** The pages that two keys lead to. */
export const pagesByKey = {
  bookings: "/account/bookings",
  eventTypes: "/account/event-types",
  availability: "/account/availability",
} as const;

export interface KeyPress {
  key: string;
  /** Where the key is: `KeyG`. */
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

interface Surroundings {
  singleKeys: boolean;
  /** The key before this one was `g`, a moment ago. */
  afterG: boolean;
  /** In a field that takes letters. */
  isTyping: boolean;
  /** A booking of the list has the focus: arrows go from one to the next there, and scroll everywhere else. */
  isOnBooking: boolean;
}

/** What a key does; `first`: it waits for a second one; null: nothing of ours. */
export function deedOf(press: KeyPress, around: Surroundings): KeyDeed | "first" | null {
  const key = letterOf(press);
  if (press.altKey) return null;
  if (press.ctrlKey || press.metaKey)
    return key === "k" && press.ctrlKey !== press.metaKey ? "commands" : null;
  if (!around.singleKeys || around.isTyping) return null;
  if (around.isOnBooking && key === "arrowdown") return "next";
  if (around.isOnBooking && key === "arrowup") return "previous";
  if (key === "g") return "first";
  const wanted = around.afterG ? ["g", key] : [key];
  return keyLines.find(({ keys }) => keys.join() === wanted.join())?.does ?? null;
}

/** The key as it is named above. On keyboards without Latin letters, the place of a letter counts. */
function letterOf({ key, code }: KeyPress): string {
  if (key === "؟" || key === "？") return "?";
  const isOtherScript = /^\p{L}$/u.test(key) && !/^\p{Script=Latin}$/u.test(key);
  return (isOtherScript ? code.replace(/^Key/, "") : key).toLowerCase();
}
