/** What a passkey has to sign: once, within ten minutes, in the browser that it was made for, for one purpose. */
import { cookies } from "next/headers";
import { hashCapability, newCapability } from "@/lib/auth/capability";
import { isHttps } from "@/lib/config/env";
import { db } from "@/lib/database/client";

const passkeyCookie = "bellhop_passkey";

const lifetimeSeconds = 600;

export const passkeyPurposes = ["enter", "confirm", "add"] as const;

/** Enter this server; prove again who is at the browser; get one more passkey. */
export type PasskeyPurpose = (typeof passkeyPurposes)[number];

interface Asked {
  purpose: PasskeyPurpose;
  /** Who is signed in; null for someone who is entering. */
  userId: string | null;
}

/** Makes a challenge, base64url. Only in a server action or a route: it leaves a cookie. */
export async function openChallenge({ purpose, userId }: Asked, now = Date.now()): Promise<string> {
  const jar = await cookies();
  // Tabs share it: each has a challenge of its own.
  const browser = jar.get(passkeyCookie)?.value ?? newCapability();
  jar.set(passkeyCookie, browser, {
    httpOnly: true,
    sameSite: "strict",
    secure: isHttps(),
    path: "/api/auth/passkey",
    maxAge: lifetimeSeconds,
  });
  const challenge = newCapability();
  await db().passkeyChallenge.create({
    data: {
      hash: hashCapability(challenge),
      browserHash: hashCapability(browser),
      purpose,
      userId,
      expiresAt: new Date(now + lifetimeSeconds * 1000),
    },
  });
  return challenge;
}

/** Uses a challenge up. False: it was never made, was used, ran out, or is another browser's, purpose's or account's. */
export async function useUpChallenge(
  challenge: string,
  { purpose, userId }: Asked,
  now = new Date(),
): Promise<boolean> {
  const browser = (await cookies()).get(passkeyCookie)?.value ?? "";
  const { count } = await db().passkeyChallenge.deleteMany({
    where: {
      hash: hashCapability(challenge),
      browserHash: hashCapability(browser),
      purpose,
      userId,
      expiresAt: { gt: now },
    },
  });
  return count === 1;
}

/** Clears away what no one has answered in time. */
export async function removeExpiredChallenges(now = new Date()): Promise<void> {
  await db().passkeyChallenge.deleteMany({ where: { expiresAt: { lte: now } } });
}
