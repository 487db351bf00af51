/** Composition root of retention: the one file that lists what goes by its age alone. The worker does the same by itself. */
import { accountRetention } from "@/lib/accounts/tasks";
import { answerRetention } from "@/lib/api/idempotency";
import { auditRetention } from "@/lib/audit/retention";
import { bookingRetention } from "@/lib/booking/retention";
import type { RetentionRule } from "@/lib/database/retention-rule";
import { funnelRetention } from "@/lib/insights/retention";
import { mailRetention } from "@/lib/outbox/jobs";
import { numberRetention } from "@/lib/outbox/text-limits";
import { deliveryRetention } from "@/lib/webhooks/deliver";

const rules = (): RetentionRule[] => [
  auditRetention(),
  mailRetention,
  deliveryRetention,
  ...bookingRetention,
  numberRetention,
  ...accountRetention,
  answerRetention,
  funnelRetention,
];

/** For each kind, how many days it is kept (0: until it expires), and how many rows this is about. */
export type RetentionCounts = Record<string, { days: number; count: number }>;

/** Counts what is due to go. Changes nothing. */
export function countDue(now = new Date()): Promise<RetentionCounts> {
  return forEachKind((rule) => rule.count(now));
}

/** Lets go what is due, and counts it. */
export function removeDue(now = new Date()): Promise<RetentionCounts> {
  return forEachKind((rule) => rule.remove(now));
}

async function forEachKind(count: (rule: RetentionRule) => Promise<number>): Promise<RetentionCounts> {
  const counts: RetentionCounts = {};
  for (const rule of rules()) counts[rule.kind] = { days: rule.days, count: await count(rule) };
  return counts;
}
