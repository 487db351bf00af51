/** The key under which a visitor's browser holds a slot: a cookie that is gone with its last page. */
import { hashCapability } from "@/lib/auth/capability";
import { isHttps } from "@/lib/config/env";

export const holdCookie = "hold";

/** The key a cookie carries; null for what is none. */
export function readHoldKey(value: string | undefined): string | null {
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : null;
}

/** How a key is found again; null without one. */
export function holderHashOf(key: string | null): Uint8Array | null {
  return key === null ? null : hashCapability(key);
}

/** The options of the key's cookie. */
export function holdCookieRules() {
  const secure = isHttps();
  return { httpOnly: true, sameSite: "lax", path: "/", secure } as const;
}
