import type { NoticeKind } from "@/lib/notifications/booking/due";

/** What a webhook can be told of. `webhook.test` comes only when its owner asks for it. */
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

const ofNotice: Partial<Record<NoticeKind, WebhookEvent>> = {
  requested: "booking.requested",
  confirmed: "booking.confirmed",
  rescheduled: "booking.rescheduled",
  cancelled: "booking.cancelled",
  declined: "booking.declined",
  link_ready: "meeting.ready",
};

/** The event that people are told of by such a mail; null for what is no news to a program, such as a reminder. */
export function eventOf(notice: NoticeKind): WebhookEvent | null {
  return ofNotice[notice] ?? null;
}
