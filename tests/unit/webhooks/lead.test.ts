import { expect, test } from "vitest";
import { type WebhookEvent, webhookEvents } from "@/lib/webhooks/events";
import { about } from "@/messages/en/webhooks.json";

/** By what word the page's sentence names each event. */
const names: Record<WebhookEvent, string> = {
  "booking.requested": "requested",
  "booking.confirmed": "confirmed",
  "booking.rescheduled": "rescheduled",
  "booking.reassigned": "handed over",
  "booking.cancelled": "cancelled",
  "booking.declined": "declined",
  "booking.no_show": "no-shows",
  "meeting.ready": "late links",
  "connection.connected": "changes of your Microsoft connection",
  "connection.limited": "changes of your Microsoft connection",
  "connection.reconnect_needed": "changes of your Microsoft connection",
  "connection.disconnected": "changes of your Microsoft connection",
};

test.each(webhookEvents)("the sentence above the form for webhooks names %s", (event) => {
  expect(about).toContain(names[event]);
});
