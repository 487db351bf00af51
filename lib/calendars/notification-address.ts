import { env } from "@/lib/config/env";
import { isLoopbackHost } from "@/lib/config/loopback";
import { registration } from "@/lib/registration/registration";

/** Where Microsoft sends its notifications. Both addresses are fixed when a subscription is made. */
export function notificationAddresses(appUrl: string = env().APP_URL) {
  return {
    notificationUrl: `${appUrl}/api/graph/notifications`,
    lifecycleUrl: `${appUrl}/api/graph/lifecycle`,
  };
}

/** Whether Microsoft can call this server. */
export async function isCallable(): Promise<boolean> {
  return canBeCalled(env().APP_URL, (await registration()).graphUrl);
}

/**
 * Whether Graph reaches a server by its own address: only public https will do. A Graph on this very machine reaches what
 * else is on it; of other addresses it will say itself.
 */
export function canBeCalled(appUrl: string, graphUrl: string): boolean {
  const app = new URL(appUrl);
  if (isLoopbackHost(new URL(graphUrl).hostname))
    return app.protocol === "https:" || isLoopbackHost(app.hostname);
  return app.protocol === "https:" && !isPrivate(app.hostname);
}

/** Addresses and names that are only valid in a private network (RFC 1918, 4193, 6761, 6762). */
function isPrivate(host: string): boolean {
  return (
    isLoopbackHost(host) ||
    !host.includes(".") ||
    /\.(local|localhost|internal|test|lan|home\.arpa)$/.test(host) ||
    /^(10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./.test(host) ||
    /^\[(fc|fd|fe80)/.test(host)
  );
}
