/** Events that a webhook can be sent. `webhook.test` comes only when its owner asks for it. */
export const webhookEvents = [
  "booking.requested",
  "booking.confirmed",
  "booking.rescheduled",
  "booking.cancelled",
  "booking.declined",
  "booking.no_show",
  "meeting.ready",
  "connection.reconnect_needed",
] as const;

export type WebhookEvent = (typeof webhookEvents)[number];

export const testEvent = "webhook.test";
