/** Handles: the first part of an organizer's public address, `/{handle}`. */
import type { Tx } from "@/lib/database/client";

const lengthMax = 63;

/** The database checks the same form. */
export const handleForm = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** First parts of our own addresses, now or likely one day. A test compares them with the folders of app/ and public/. */
const reservedHandles = new Set([
  "about",
  "account",
  "accounts",
  "admin",
  "api",
  "app",
  "apple-icon",
  "assets",
  "auth",
  "blog",
  "book",
  "booking",
  "bookings",
  "calendar",
  "confirm",
  "contact",
  "dashboard",
  "decide",
  "demo",
  "docs",
  "embed",
  "favicon",
  "fonts",
  "forgot-password",
  "health",
  "help",
  "home",
  "icon",
  "images",
  "imprint",
  "invite",
  "j",
  "join",
  "legal",
  "login",
  "logout",
  "manifest",
  "metrics",
  "new",
  "opengraph-image",
  "privacy",
  "public",
  "register",
  "reset-password",
  "robots",
  "root",
  "security",
  "settings",
  "sign-in",
  "sign-out",
  "sign-up",
  "sitemap",
  "static",
  "status",
  "support",
  "system",
  "team",
  "teams",
  "terms",
  "twitter-image",
  "user",
  "users",
  "webhooks",
  "www",
]);

/** True for a word that the product's own addresses need. */
export function isReservedHandle(handle: string): boolean {
  return reservedHandles.has(handle);
}

/** Letters that decomposition does not turn into Latin base letters. */
const spelled: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  þ: "th",
  ł: "l",
  ı: "i",
};

/** A handle that reads like the name: `José Núñez` becomes `jose-nunez`. A name without Latin letters gives `organizer`. */
export function suggestHandle(name: string): string {
  const latin = name
    .toLowerCase()
    .replace(/[ßæœøđðþłı]/g, (letter) => spelled[letter] ?? letter)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/['’]/g, "");
  const words = latin.replace(/[^a-z0-9]+/g, "-").slice(0, 48);
  return words.replace(/^-+|-+$/g, "") || "organizer";
}

/** Whether someone has this handle. Ask under the accounts' lock. */
export async function isHandleTaken(tx: Tx, handle: string): Promise<boolean> {
  return (await tx.handle.count({ where: { handle } })) > 0;
}

/** The suggestion for a name, numbered from 2 where it is taken or reserved. Ask under the accounts' lock. */
export async function findFreeHandle(tx: Tx, name: string): Promise<string> {
  const base = suggestHandle(name);
  const rows = await tx.handle.findMany({
    where: { OR: [{ handle: base }, { handle: { startsWith: `${base}-` } }] },
    select: { handle: true },
  });
  const taken = new Set(rows.map((row) => row.handle));
  const isFree = (handle: string) => !taken.has(handle) && !isReservedHandle(handle);
  if (isFree(base)) return base;
  for (let number = 2; ; number += 1) {
    const handle = `${base}-${number}`.slice(-lengthMax);
    if (isFree(handle)) return handle;
  }
}
