import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { addressMax } from "@/lib/booking/schema";
import { instant, timeZone } from "@/lib/input/time";

/** Most dates that one answer covers. */
const daysMax = 62;

const dayMs = 24 * 3600 * 1000;
const date = z.iso.date("date_form").meta({ examples: ["2027-03-01"] });

const slot = z.object({ start: instant, end: instant }).meta({ id: "Slot" });

const slotsQuery = z
  .strictObject({
    from: date.meta({ description: "First date, in `timeZone`" }),
    to: date.meta({ description: `Last date, included; at most ${daysMax} days in all` }),
    timeZone,
    durationMinutes: z.coerce
      .number()
      .int("whole_number")
      .min(1, "number_min")
      .max(1440, "number_max")
      .optional(),
    host: z
      .string()
      .min(1, "required")
      .max(63, "too_long")
      .optional()
      .meta({ description: "The handle of a host: only times at which they take part" }),
    link: z
      .string()
      .min(1, "required")
      .max(100, "too_long")
      .optional()
      .meta({ description: "The `link` from a single-use address, if the event type needs one" }),
  })
  .superRefine(({ from, to }, ctx) => {
    // Dates that are none have a complaint of their own.
    if (![from, to].every((one) => date.safeParse(one).success)) return;
    const days = (Date.parse(to) - Date.parse(from)) / dayMs + 1;
    if (days < 1) ctx.addIssue({ code: "custom", path: ["to"], message: "range_end_first" });
    if (days > daysMax) {
      ctx.addIssue({
        code: "too_big",
        origin: "number",
        maximum: daysMax,
        path: ["to"],
        message: "range_too_long",
        input: to,
      });
    }
  });

export const listSlotsEndpoint = endpoint({
  method: "GET",
  path: "/api/v1/organizers/{handle}/event-types/{slug}/slots",
  access: "public",
  summary: "List the slots of an event type that can be booked now",
  params: z.object({ handle: z.string().min(1).max(addressMax), slug: z.string().min(1).max(63) }),
  query: slotsQuery,
  answer: z.object({
    timeZone: z.string(),
    slots: z.array(slot),
    calendarAsOf: z.iso.datetime().nullable().meta({
      description:
        "When the organizer's calendar was last read. null if no calendar is checked for conflicts",
    }),
  }),
  problems: ["not_found", "invalid_request", "link_required", "link_used"],
});
