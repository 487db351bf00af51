/** What can be known about whether Microsoft gets through to this server. */
import { randomBytes } from "node:crypto";
import { isCallable, notificationAddresses } from "@/lib/calendars/notification-address";
import { log } from "@/lib/config/log";
import { db } from "@/lib/database/client";

const timeoutMs = 10_000;

/** `answered`: as Microsoft wants it. `unexpected`: something else answered, such as a sign-in page in front. */
type AddressOutcome = "answered" | "unexpected" | "unreachable";

interface TriedAddress {
  url: string;
  outcome: AddressOutcome;
}

/**
 * Shakes hands with both addresses as Microsoft does for a new subscription (Microsoft: change-notifications-delivery-webhooks).
 * It is this server that calls: what keeps others out, such as a firewall, is not seen from here.
 */
export async function tryAddresses(addresses = notificationAddresses()): Promise<TriedAddress[]> {
  return Promise.all(
    Object.values(addresses).map(async (url) => ({ url, outcome: await shakeHandsWith(url) })),
  );
}

async function shakeHandsWith(url: string): Promise<AddressOutcome> {
  // Characters that a filter in between likes to change.
  const token = `Validation: ${randomBytes(12).toString("base64")} & more`;
  try {
    const response = await fetch(`${url}?validationToken=${encodeURIComponent(token)}`, {
      method: "POST",
      headers: { "Content-Type": "text/plain; charset=utf-8" },
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    const isPlain = response.headers.get("content-type")?.startsWith("text/plain") === true;
    const isSame = (await response.text()) === token;
    return response.status === 200 && isPlain && isSame ? "answered" : "unexpected";
  } catch (error) {
    log().info({ error, url }, "An address that Microsoft calls could not be reached from here");
    return "unreachable";
  }
}

export interface Reach {
  /** Public https: Microsoft can be asked to call. */
  isCallable: boolean;
  addresses: string[];
  /** Mailboxes with a subscription, which Microsoft makes only after both addresses have answered it. */
  subscribed: number;
  /** Mailboxes for which Microsoft tried the addresses in vain. */
  refused: number;
}

/** What Microsoft itself has found out about the addresses. */
export async function readReach(now = new Date()): Promise<Reach> {
  const { notificationUrl, lifecycleUrl } = notificationAddresses();
  const [callable, subscribed, refused] = await Promise.all([
    isCallable(),
    db().calendarSubscription.count({
      where: { subscriptionId: { not: null }, notificationUrl, expiresAt: { gt: now } },
    }),
    db().calendarSubscription.count({ where: { subscriptionId: null, problem: "unreachable" } }),
  ]);
  return { isCallable: callable, addresses: [notificationUrl, lifecycleUrl], subscribed, refused };
}
