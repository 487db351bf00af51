/**
 * A browser in which an account's holder has proved before who they are. Its cookie opens nothing: it keeps their tries apart from those
 * of strangers, who can use up what everyone else shares (OWASP, Slow Down Online Guessing Attacks with Device Cookies).
 */
import { cookies } from "next/headers";
import { z } from "zod";
import { newCapability } from "@/lib/auth/capability";
import { openCookie, sealCookie } from "@/lib/auth/sealed-cookie";
import { isHttps } from "@/lib/config/env";

export const deviceCookie = "bellhop_device";

const lifetimeSeconds = 365 * 24 * 3600;
/** More people than share a browser; it keeps the cookie small. */
const accountsMax = 8;

const cookieContent = z.object({
  device: z.string().min(1),
  /** Ids of the accounts that were signed in to here, the last one first. */
  accounts: z.array(z.string()),
});

export type KnownDevice = z.output<typeof cookieContent>;

/** What this browser is known by; null: no one has signed in here. */
export async function readKnownDevice(): Promise<KnownDevice | null> {
  const seal = (await cookies()).get(deviceCookie)?.value;
  return seal ? openCookie(seal, cookieContent, lifetimeSeconds) : null;
}

/** The device's name where it is one of this account's, else null. */
export function ownDevice(device: KnownDevice | null, userId: string | undefined): string | null {
  return device && userId !== undefined && device.accounts.includes(userId) ? device.device : null;
}

/** Notes that the holder of this account has proved here who they are. Only in a server action or a route. */
export async function rememberDevice(userId: string): Promise<void> {
  const known = await readKnownDevice();
  const others = known?.accounts.filter((id) => id !== userId) ?? [];
  const content: KnownDevice = {
    device: known?.device ?? newCapability(),
    accounts: [userId, ...others].slice(0, accountsMax),
  };
  (await cookies()).set(deviceCookie, await sealCookie(content, lifetimeSeconds), {
    httpOnly: true,
    sameSite: "lax",
    secure: isHttps(),
    path: "/",
    maxAge: lifetimeSeconds,
  });
}
