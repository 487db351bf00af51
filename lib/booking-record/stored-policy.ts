import { z } from "zod";
import { type ChangePolicy, defaultChangePolicy, reasonRules } from "@/lib/booking-record/change-policy";
import { jsonColumn } from "@/lib/database/json-column";

const minutes = z.number().nullable();

/** The change policy of an event type; what it does not say has its default. */
export const readChangePolicy = jsonColumn(
  "EventType.changePolicy",
  z.object({
    cancelMinutes: minutes.default(defaultChangePolicy.cancelMinutes),
    rescheduleMinutes: minutes.default(defaultChangePolicy.rescheduleMinutes),
    reason: z.enum(reasonRules).default(defaultChangePolicy.reason),
  }),
);

/** What visitors may change of a booking. Where its event type was deleted nothing says which times are free: they move it no more. */
export function changePolicyOf(eventType: { id: string; changePolicy: unknown } | null): ChangePolicy {
  if (eventType) return readChangePolicy(eventType.changePolicy, eventType.id);
  return { ...defaultChangePolicy, rescheduleMinutes: null };
}
