import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { pageOf, pageQuery } from "@/lib/api/page";
import type { BookingLink } from "@/lib/booking/booking-links";
import { line } from "@/lib/input/text";
import { instant } from "@/lib/input/time";

const bookingLink = z
  .object({
    id: z.uuid(),
    name: z.string(),
    state: z.enum(["open", "used", "expired", "revoked"]),
    createdAt: instant,
    expiresAt: instant.nullable(),
    usedAt: instant.nullable(),
    bookingId: z.uuid().nullable().meta({ description: "What was booked with it" }),
  })
  .meta({ id: "BookingLink" });

const newBookingLink = bookingLink
  .extend({ url: z.string().meta({ description: "The full address. Only this answer has it" }) })
  .meta({ id: "NewBookingLink" });

const params = z.object({ id: z.uuid() });
const path = "/api/v1/me/event-types/{id}/links";

export const bookingLinkInput = z.strictObject({
  name: line(120, 0)
    .optional()
    .meta({ description: "Who it's for. Only you can see this", examples: ["Rosa Delgado"] }),
  expiresAt: instant.nullable().optional().meta({ description: "Leave out or null: never" }),
});

export const listBookingLinksEndpoint = endpoint({
  method: "GET",
  path,
  access: "read",
  summary: "List the single-use links of an event type, newest first",
  params,
  query: pageQuery,
  answer: pageOf(bookingLink),
  problems: ["not_found"],
});

export const createBookingLinkEndpoint = endpoint({
  method: "POST",
  path,
  access: "all",
  summary: "Create a link that works for one booking",
  params,
  body: bookingLinkInput,
  status: 201,
  answer: newBookingLink,
  problems: ["not_found"],
});

export const revokeBookingLinkEndpoint = endpoint({
  method: "DELETE",
  path: `${path}/{linkId}`,
  access: "all",
  summary: "Revoke an unused link",
  params: params.extend({ linkId: z.uuid() }),
  status: 204,
  problems: ["not_found"],
});

export function toApiLink({
  createdAt,
  expiresAt,
  usedAt,
  ...rest
}: BookingLink): z.input<typeof bookingLink> {
  return {
    ...rest,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    usedAt: usedAt?.toISOString() ?? null,
  };
}
