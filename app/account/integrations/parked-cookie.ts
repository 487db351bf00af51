import { cookies } from "next/headers";
import { isHttps } from "@/lib/config/env";
import { integrationsPath } from "@/lib/connections/connect-return";
import { parkedSeconds } from "@/lib/connections/switch-account";

const name = "bellhop_parked";

/** Ties a sign-in that waits for its organizer's choice to this browser. */
export async function keepParkedCookie(token: string): Promise<void> {
  (await cookies()).set(name, token, {
    httpOnly: true,
    sameSite: "lax",
    secure: isHttps(),
    path: integrationsPath,
    maxAge: parkedSeconds * 2,
  });
}

export async function readParkedCookie(): Promise<string> {
  return (await cookies()).get(name)?.value ?? "";
}
