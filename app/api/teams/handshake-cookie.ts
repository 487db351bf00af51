import { cookies } from "next/headers";
import { env } from "@/lib/config/env";
import { handshakeCookie, handshakeSeconds } from "@/lib/connections/handshake";

/** The sealed half of this browser's sign-ins at Microsoft. */
export async function readHandshakeCookie(): Promise<string | undefined> {
  return (await cookies()).get(handshakeCookie)?.value;
}

/** Lax: the way back from Microsoft is a navigation from another site. */
export async function keepHandshakeCookie(value: string): Promise<void> {
  (await cookies()).set(handshakeCookie, value, {
    httpOnly: true,
    sameSite: "lax",
    secure: env().APP_URL.startsWith("https:"),
    path: "/api/teams",
    maxAge: handshakeSeconds,
  });
}
