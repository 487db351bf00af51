import type { EventTypeWords } from "@/components/event-types/event-type-form";
import { fillIn } from "@/lib/i18n/fill-in";

const units = [
  ["days", 1440],
  ["hours", 60],
] as const;

/** "1 day", "2 hours", "15 minutes": the largest unit without a remainder. PURE. */
export function describeSpan(minutes: number, spans: EventTypeWords["mails"]["spans"]): string {
  const whole = units.find(([, length]) => minutes % length === 0 && minutes >= length);
  const [unit, size] = whole ?? (["minutes", 1] as const);
  const count = minutes / size;
  return fillIn(count === 1 ? spans[`one_${unit}`] : spans[unit], { count });
}
