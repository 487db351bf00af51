/** Which mails an event type sends. PURE. */
import { z } from "zod";
import { jsonColumn } from "@/lib/database/json-column";
import { defaultNotifications } from "@/lib/notices/defaults";

const yearMinutes = 366 * 24 * 60;

const minutes = (min: number) => z.int("whole_number").min(min, "number_min").max(yearMinutes, "number_max");

export const notificationFields = {
  confirmation: z.boolean().meta({
    description:
      "To the visitor when the booking is confirmed and its link verified, or when the link will follow",
  }),
  rescheduled: z.boolean().meta({ description: "To the visitor when the booking is rescheduled" }),
  cancelled: z.boolean().meta({ description: "To the visitor when the booking is cancelled" }),
  decision: z.boolean().meta({
    description: "To the visitor when a request is received, approved, or declined",
  }),
  reminderMinutes: z
    .array(minutes(5))
    .max(5, "too_many")
    .refine((list) => new Set(list).size === list.length, "reminder_repeated")
    .meta({ description: "Reminders to the visitor, in minutes before the start", examples: [[1440, 60]] }),
  followUpMinutes: minutes(0)
    .nullable()
    .meta({ description: "Thank-you email to the visitor, in minutes after the end. null: none" }),
  noShow: z.boolean().meta({
    description: "To a visitor who did not come, with a link to choose another time",
  }),
  organizerRequest: z.boolean().meta({
    description: "To the organizer when a booking needs approval, with links to decide",
  }),
  organizerCopies: z.boolean().meta({
    description: "To the organizer when a visitor books, reschedules, or cancels, or when a request expires",
  }),
  textConfirmation: z.boolean().meta({
    description:
      "A text message to the number a visitor gave in a `phone` question, with the confirmation; needs Twilio",
  }),
  textReminders: z.boolean().meta({ description: "The same with each reminder" }),
};

const sent = z.boolean();

/** The preferences of an event type; what it does not say has its default. */
export const readNotifications = jsonColumn(
  "EventType.notifications",
  z.object({
    confirmation: sent.default(defaultNotifications.confirmation),
    rescheduled: sent.default(defaultNotifications.rescheduled),
    cancelled: sent.default(defaultNotifications.cancelled),
    decision: sent.default(defaultNotifications.decision),
    reminderMinutes: z.array(z.number()).default(defaultNotifications.reminderMinutes),
    followUpMinutes: z.number().nullable().default(defaultNotifications.followUpMinutes),
    noShow: sent.default(defaultNotifications.noShow),
    organizerRequest: sent.default(defaultNotifications.organizerRequest),
    organizerCopies: sent.default(defaultNotifications.organizerCopies),
    textConfirmation: sent.default(defaultNotifications.textConfirmation),
    textReminders: sent.default(defaultNotifications.textReminders),
  }),
);
