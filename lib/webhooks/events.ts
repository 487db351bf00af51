/** Events that a webhook can be sent. `webhook.test` comes only when its owner asks for it. */
export const webhookEvents = [
  "booking.requested",
  "booking.confirmed",
  "booking.rescheduled",
  "booking.reassigned",
  "booking.cancelled",
  "booking.declined",
  "booking.no_show",
  "meeting.ready",
  "connection.connected",
  "connection.limited",
  "connection.reconnect_needed",
  "connection.disconnected",
] as const;

export type WebhookEvent = (typeof webhookEvents)[number];

export const testEvent = "webhook.test";
