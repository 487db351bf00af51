/**
 * What assistants can do by the Model Context Protocol. Each tool is an address of the REST API under a name: who may, what is checked, and
 * what happens is decided there.
 */
import { z } from "zod";
import { POST as book } from "@/app/api/v1/bookings/route";
import { POST as cancel } from "@/app/api/v1/me/bookings/[id]/cancel/route";
import { POST as move } from "@/app/api/v1/me/bookings/[id]/reschedule/route";
import { GET as getBooking } from "@/app/api/v1/me/bookings/[id]/route";
import { GET as listBookings } from "@/app/api/v1/me/bookings/route";
import { GET as explain } from "@/app/api/v1/me/event-types/[id]/explain/route";
import { GET as listEventTypes } from "@/app/api/v1/me/event-types/route";
import { GET as getOrganizer } from "@/app/api/v1/me/route";
import { GET as findSlots } from "@/app/api/v1/organizers/[handle]/event-types/[slug]/slots/route";
import type { Handler } from "@/lib/api/methods";
import type { KeyScope } from "@/lib/auth/key-scopes";

export interface Tool {
  name: string;
  title: string;
  description: string;
  /** What a key has to let its holder do. */
  access: KeyScope;
  method: "GET" | "POST";
  handler: Handler;
  /** Arguments that are parts of the address. Of the others, GET takes the query and POST the body. */
  parts: readonly string[];
  input: z.ZodObject;
  /** A change that people hear of: it is described first, and made once it is confirmed. */
  change?: { takesBack: boolean; whatHappens: string };
}

const bookingId = z.uuid().describe("The booking's `id`");
const handle = z.string().describe("Whose page: the `handle` of the organizer or team");
const slug = z.string().describe("Which event type: its `slug`");
const start = z.string().describe("An instant, ISO 8601 with its offset, such as 2026-12-01T09:00:00Z");
const timeZone = z.string().describe("An IANA time zone, such as Europe/Berlin");
const cursor = z.string().optional().describe("The `nextCursor` of the page before");

export const tools: readonly Tool[] = [
  {
    name: "get_organizer",
    title: "Who you are",
    description: "The organizer whose key this is, with the handle that their pages have.",
    access: "read",
    method: "GET",
    handler: getOrganizer,
    parts: [],
    input: z.object({}),
  },
  {
    name: "list_event_types",
    title: "List event types",
    description: "The organizer's event types, hidden ones included.",
    access: "read",
    method: "GET",
    handler: listEventTypes,
    parts: [],
    input: z.object({}),
  },
  {
    name: "find_slots",
    title: "Find free slots",
    description: "The times at which an event type can be booked, for at most 62 days.",
    access: "read",
    method: "GET",
    handler: findSlots,
    parts: ["handle", "slug"],
    input: z.object({
      handle,
      slug,
      from: z.iso.date().describe("The first day, in `timeZone`"),
      to: z.iso.date().describe("The last day, included"),
      timeZone,
      durationMinutes: z.int().optional().describe("If left out, the event type's first"),
    }),
  },
  {
    name: "explain_time",
    title: "Explain why a time is offered or not",
    description: "Says whether an event type can be booked at a time, and every reason why it can't.",
    access: "read",
    method: "GET",
    handler: explain,
    parts: ["id"],
    input: z.object({
      id: z.uuid().describe("The event type's `id`"),
      at: start,
      durationMinutes: z.int().optional().describe("If left out, the event type's first"),
    }),
  },
  {
    name: "list_bookings",
    title: "List bookings",
    description: "The organizer's bookings in order of their start, a page at a time.",
    access: "read",
    method: "GET",
    handler: listBookings,
    parts: [],
    input: z.object({
      status: z.enum(["pending", "confirmed", "declined", "cancelled"]).optional(),
      from: z.string().optional().describe("Bookings that end after this instant or date"),
      to: z
        .string()
        .optional()
        .describe("Bookings that start before this instant, or by the end of this date"),
      updatedAfter: z
        .string()
        .optional()
        .describe(
          "Only bookings that changed after this instant, in the order in which they did. Each has its `updatedAt`",
        ),
      cursor,
    }),
  },
  {
    name: "get_booking",
    title: "Get a booking",
    description: "One booking with its visitor, its hosts, and its meeting link.",
    access: "read",
    method: "GET",
    handler: getBooking,
    parts: ["id"],
    input: z.object({ id: bookingId }),
  },
  {
    name: "book",
    title: "Book an appointment",
    description: "Books a free slot for a visitor. Find one with find_slots first.",
    access: "bookings",
    method: "POST",
    handler: book,
    parts: [],
    input: z.object({
      handle,
      slug,
      start,
      durationMinutes: z.int().optional().describe("If left out, the event type's first"),
      host: z.string().optional().describe("The handle of the host, where visitors choose one"),
      visitor: z.object({ name: z.string(), email: z.string(), timeZone, locale: z.string().optional() }),
      answers: z
        .record(z.string(), z.unknown())
        .optional()
        .describe("Answers to the event type's questions, by their `id`"),
      guests: z.array(z.string()).optional().describe("Email addresses of whom the visitor brings along"),
    }),
    change: {
      takesBack: false,
      whatHappens: "The time is taken, and the visitor, the guests, and the hosts get invitations.",
    },
  },
  {
    name: "move_booking",
    title: "Move a booking",
    description: "Moves a booking to another free slot. The meeting link stays.",
    access: "bookings",
    method: "POST",
    handler: move,
    parts: ["id"],
    input: z.object({
      id: bookingId,
      start,
      reason: z.string().optional().describe("Sent to the visitor"),
    }),
    change: { takesBack: true, whatHappens: "Everyone who takes part is informed of the new time." },
  },
  {
    name: "cancel_booking",
    title: "Cancel a booking",
    description: "Cancels a booking. That can't be undone.",
    access: "bookings",
    method: "POST",
    handler: cancel,
    parts: ["id"],
    input: z.object({ id: bookingId, reason: z.string().optional().describe("Sent to the visitor") }),
    change: {
      takesBack: true,
      whatHappens: "The calendar event is cancelled, and everyone who takes part is informed.",
    },
  },
];
