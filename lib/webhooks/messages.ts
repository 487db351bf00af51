/** What is posted to webhooks, by event: the schemas that messages are written by and that the OpenAPI document shows. */
import { z } from "zod";
import { ownBooking } from "@/lib/booking-record/own-booking";
import { instant } from "@/lib/input/time";
import type { testEvent, WebhookEvent } from "@/lib/webhooks/events";

const movedBooking = ownBooking
  .extend({
    previousStart: instant.optional().meta({ description: "When it started before it was moved" }),
    previousEnd: instant.optional().meta({ description: "When it ended before it was moved" }),
  })
  .meta({ id: "MovedBooking" });

const reassignedBooking = ownBooking
  .extend({
    previousHost: z
      .object({ name: z.string(), handle: z.string().nullable() })
      .optional()
      .meta({ description: "Who had it before. Their own webhooks are sent this, too" }),
  })
  .meta({ id: "ReassignedBooking" });

const connectionState = z
  .object({
    provider: z.string().meta({ examples: ["teams"] }),
    state: z.enum(["connected", "limited", "reconnect_needed", "disconnected"]),
    reason: z
      .string()
      .nullable()
      .meta({ description: "Why, as a stable code", examples: ["revoked"] }),
    accountEmail: z.string(),
  })
  .meta({ id: "ConnectionState" });

/** What `data` is, by the event's name. */
export const webhookData = {
  "booking.requested": ownBooking,
  "booking.confirmed": ownBooking,
  "booking.rescheduled": movedBooking,
  "booking.reassigned": reassignedBooking,
  "booking.cancelled": ownBooking,
  "booking.declined": ownBooking,
  "booking.no_show": ownBooking,
  "meeting.ready": ownBooking,
  "connection.connected": connectionState,
  "connection.limited": connectionState,
  "connection.reconnect_needed": connectionState,
  "connection.disconnected": connectionState,
  "webhook.test": z.object({}),
} as const satisfies Record<WebhookEvent | typeof testEvent, z.ZodType>;

/** When each event is posted. */
export const webhookOccasions: Record<keyof typeof webhookData, string> = {
  "booking.requested": "A booking waits for your approval",
  "booking.confirmed": "A booking is confirmed",
  "booking.rescheduled": "A booking was moved to another time",
  "booking.reassigned": "A booking of a team was handed over to another host, by hand or by the rule",
  "booking.cancelled": "A booking was cancelled",
  "booking.declined": "A booking was declined, by you or because its time to decide ran out",
  "booking.no_show": "A visitor was marked as a no-show",
  "meeting.ready": "A meeting has its link, later than its confirmation",
  "connection.connected": "Your connection to Microsoft works, with Teams",
  "connection.limited": "Your connection to Microsoft works, without Teams",
  "connection.reconnect_needed": "Your connection to Microsoft needs you to sign in again",
  "connection.disconnected": "Your connection to Microsoft was removed",
  "webhook.test": "You asked for a test",
};

export type BookingData = z.input<typeof movedBooking> | z.input<typeof reassignedBooking>;
export type ConnectionData = z.input<typeof connectionState>;
