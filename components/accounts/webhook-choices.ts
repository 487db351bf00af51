import type { FormChoices } from "@/components/accounts/account-form";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { type WebhookEvent, webhookEvents } from "@/lib/webhooks/events";

const keyOf = {
  "booking.requested": "booking_requested",
  "booking.confirmed": "booking_confirmed",
  "booking.rescheduled": "booking_rescheduled",
  "booking.reassigned": "booking_reassigned",
  "booking.cancelled": "booking_cancelled",
  "booking.declined": "booking_declined",
  "booking.no_show": "booking_no_show",
  "meeting.ready": "meeting_ready",
  "connection.connected": "connection_connected",
  "connection.limited": "connection_limited",
  "connection.reconnect_needed": "connection_reconnect_needed",
  "connection.disconnected": "connection_disconnected",
} as const satisfies Record<WebhookEvent, string>;

/** Events that a webhook can be sent; `chosen` ones are selected. A team's is sent nothing of anyone's own connection. */
export function webhookChoices(
  locale: Locale,
  chosen: readonly string[] = webhookEvents,
  ofTeam = false,
): FormChoices {
  const words = translator("webhooks", locale);
  const offered = webhookEvents.filter((event) => !ofTeam || !event.startsWith("connection."));
  return {
    name: "events",
    legend: words("events"),
    choices: offered.map((event) => ({ value: event, label: words(`event.${keyOf[event]}`) })),
    chosen,
  };
}
