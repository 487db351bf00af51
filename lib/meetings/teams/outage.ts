/**
 * Whether Microsoft can be reached from this process at all. When it can again, what waited is taken up immediately: pauses that
 * have grown during a long outage would go on for minutes after it.
 */
import { log } from "@/lib/config/log";
import { db } from "@/lib/database/client";
import { takeUpWaiting } from "@/lib/meetings/take-up";
import { registration } from "@/lib/registration/registration";

interface Reach {
  isOut: boolean;
  takenUpAt: number;
}

const globals = globalThis as { bellhopReach?: Reach };

/** A line that comes and goes takes nothing up more often than this. */
const restMs = 30_000;

const probeTimeoutMs = 5_000;

function reach(): Reach {
  globals.bellhopReach ??= { isOut: false, takenUpAt: 0 };
  return globals.bellhopReach;
}

/** No connection came about: no name, no route, no one there. */
export function noteUnreached(): void {
  reach().isOut = true;
}

/** Microsoft answered, whatever it said. Resolves once what waited is taken up; never rejects. */
export async function noteReached(): Promise<void> {
  const now = reach();
  if (!now.isOut || Date.now() - now.takenUpAt < restMs) return;
  Object.assign(now, { isOut: false, takenUpAt: Date.now() });
  try {
    await db().$transaction((tx) => takeUpWaiting(tx, "unavailable"));
  } catch (error) {
    now.isOut = true;
    log().error({ error }, "What waited for Microsoft could not be taken up");
  }
}

/** Asks, while it is out, for something public that costs Microsoft nothing. */
export async function lookForMicrosoft(): Promise<void> {
  if (!reach().isOut) return;
  const { loginUrl } = await registration();
  const address = `${loginUrl}/common/v2.0/.well-known/openid-configuration`;
  try {
    await fetch(address, { redirect: "error", signal: AbortSignal.timeout(probeTimeoutMs) });
  } catch {
    return;
  }
  await noteReached();
}
