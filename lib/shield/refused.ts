/** Bookings that this process has refused by a quota since it started, for the metrics. */
import { type QuotaName, quotaNames } from "@/lib/shield/quotas";

const globals = globalThis as { bellhopRefused?: Map<QuotaName, number> };

export function countRefused(because: QuotaName): void {
  globals.bellhopRefused ??= new Map();
  globals.bellhopRefused.set(because, (globals.bellhopRefused.get(because) ?? 0) + 1);
}

export function listRefused(): { because: QuotaName; count: number }[] {
  return quotaNames.map((because) => ({ because, count: globals.bellhopRefused?.get(because) ?? 0 }));
}
