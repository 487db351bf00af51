import { randomInt } from "node:crypto";
import { cookies } from "next/headers";
import { isHttps } from "@/lib/config/env";
import { handshakeSeconds } from "@/lib/connections/handshake";

/** A cookie for each sign-in: tabs that set out in the same moment take nothing from each other. */
const prefix = "bellhop_handshake_";

/** Tabs in which one browser may be on its way at a time. */
const maxAtOnce = 4;

const options = () => ({
  httpOnly: true,
  // The way back from Microsoft is a navigation from another site.
  sameSite: "lax" as const,
  secure: isHttps(),
  path: "/api",
});

/** The oldest first. */
async function listCookies() {
  const own = (await cookies()).getAll().filter(({ name }) => name.startsWith(prefix));
  return own.sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** The sealed halves of this browser's sign-ins on their way. */
export async function readHandshakeCookies(): Promise<string[]> {
  return (await listCookies()).map(({ value }) => value);
}

/** Keeps one more, and drops the oldest of many. */
export async function keepHandshakeCookie(value: string): Promise<void> {
  const jar = await cookies();
  for (const { name } of (await listCookies()).slice(0, 1 - maxAtOnce)) {
    jar.set(name, "", { ...options(), maxAge: 0 });
  }
  const name = `${prefix}${Date.now()}_${randomInt(1_000_000)}`;
  jar.set(name, value, { ...options(), maxAge: handshakeSeconds });
}
