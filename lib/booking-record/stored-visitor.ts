/** What a booking keeps of its visitor in JSON. */
import { z } from "zod";
import { jsonColumn } from "@/lib/database/json-column";

/** Addresses. */
export const readGuests = jsonColumn("Booking.guests", z.array(z.string()));

/** By the ID of the question: text, or true for a ticked box. */
export const readAnswers = jsonColumn("Booking.answers", z.record(z.string(), z.unknown()));

/** Where they came from. */
export const readStoredUtm = jsonColumn(
  "Booking.utm",
  z.object({
    source: z.string().optional(),
    medium: z.string().optional(),
    campaign: z.string().optional(),
    term: z.string().optional(),
    content: z.string().optional(),
  }),
);
