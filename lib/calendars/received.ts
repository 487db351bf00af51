/** Notifications received by this process since it started, by outcome, for the metrics. */
const receivedOutcomes = [
  "accepted",
  "unreadable",
  "unknown_subscription",
  "wrong_secret",
  "wrong_tenant",
] as const;

export type ReceivedOutcome = (typeof receivedOutcomes)[number];

const globals = globalThis as { bellhopReceived?: Map<ReceivedOutcome, number> };

export function countReceived(outcome: ReceivedOutcome, count = 1): void {
  globals.bellhopReceived ??= new Map();
  globals.bellhopReceived.set(outcome, (globals.bellhopReceived.get(outcome) ?? 0) + count);
}

export function listReceived(): { outcome: ReceivedOutcome; count: number }[] {
  return receivedOutcomes.map((outcome) => ({ outcome, count: globals.bellhopReceived?.get(outcome) ?? 0 }));
}
