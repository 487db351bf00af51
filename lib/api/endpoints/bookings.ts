import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { cursor, limit, pageOf } from "@/lib/api/page";
import { type FieldError, toFieldErrors } from "@/lib/api/problem";
import type { AttendanceView } from "@/lib/booking/attendance";
import type { BookRefusal, NewBooking } from "@/lib/booking/book";
import type { HandoverRefusal } from "@/lib/booking/hand-over";
import { bookingRequest, cancelRequest, rescheduleRequest } from "@/lib/booking/schema";
import { joinPageUrl, manageUrl } from "@/lib/booking-record/links";
import {
  awaits,
  hosts,
  iso,
  meeting,
  ownBooking,
  status,
  toMeeting,
  toOwnBooking,
} from "@/lib/booking-record/own-booking";
import type { BookingView } from "@/lib/booking-record/queries";
import { defaultLocale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { paragraphs } from "@/lib/input/text";
import { instant } from "@/lib/input/time";
import { lateChoices } from "@/lib/notifications/running-late";

const publicBooking = z
  .object({
    id: z.uuid(),
    token: z
      .string()
      .meta({ description: "The visitor's capability: anyone who has it can change the booking" }),
    status: status.meta({ examples: ["confirmed"] }),
    awaits,
    start: instant,
    end: instant,
    hosts,
    manageUrl: z.string(),
    joinPageUrl: z.string(),
    meeting,
  })
  .meta({ id: "Booking" });

/** An instant, or a date of the organizer's. The first and last years have no whole day in every zone. */
const moment = z.union(
  [
    instant,
    z.iso
      .date({ error: "instant_or_date", abort: true })
      .refine((date) => date > "0002" && date < "9999", "instant_or_date"),
  ],
  { error: "instant_or_date" },
);

const byToken = z.object({ token: z.string().min(1).max(200) });
const byId = z.object({ id: z.uuid() });

const slotProblems = ["slot_taken", "outside_availability", "calendar_unavailable"] as const;

export const createBookingEndpoint = endpoint({
  method: "POST",
  path: "/api/v1/bookings",
  access: "public",
  takesKey: "bookings",
  limit: "booking",
  repeatable: true,
  about: "booking",
  summary: "Book a slot. With the organizer's own API key, no address has to be confirmed",
  body: bookingRequest,
  status: 201,
  answer: publicBooking,
  problems: [
    "not_found",
    "invalid_request",
    "link_required",
    "link_used",
    "too_many_bookings",
    ...slotProblems,
  ],
});

export const getBookingEndpoint = endpoint({
  method: "GET",
  path: "/api/v1/bookings/{token}",
  access: "public",
  summary: "Read a booking",
  params: byToken,
  answer: publicBooking,
  problems: ["not_found"],
});

export const cancelBookingEndpoint = endpoint({
  method: "POST",
  path: "/api/v1/bookings/{token}/cancel",
  access: "public",
  limit: "visitorChange",
  repeatable: true,
  about: "booking",
  summary: "Cancel a booking",
  params: byToken,
  body: cancelRequest,
  answer: publicBooking,
  problems: ["not_found", "not_cancellable", "too_late", "invalid_request"],
});

export const rescheduleBookingEndpoint = endpoint({
  method: "POST",
  path: "/api/v1/bookings/{token}/reschedule",
  access: "public",
  limit: "visitorChange",
  repeatable: true,
  about: "booking",
  summary: "Reschedule a booking to another slot",
  params: byToken,
  body: rescheduleRequest,
  answer: publicBooking,
  problems: [
    "not_found",
    "not_reschedulable",
    "too_late",
    "too_many_bookings",
    "invalid_request",
    ...slotProblems,
  ],
});

const lateness = z.strictObject({
  minutes: z
    .literal([...lateChoices], { error: "late_minutes" })
    .meta({ description: "About how late", examples: [10] }),
});

export const runningLateEndpoint = endpoint({
  method: "POST",
  path: "/api/v1/bookings/{token}/running-late",
  access: "public",
  limit: "visitorChange",
  repeatable: true,
  about: "booking",
  summary: "Notify the organizer that the visitor is running late, once for each booked time",
  params: byToken,
  body: lateness,
  answer: publicBooking,
  problems: ["not_found", "not_now"],
});

/** A place in one of the two orders that bookings are listed in. */
const bookingsCursor = z.union([
  z.tuple([instant, z.uuid()]).transform(([at, id]) => ({ at, id, order: "start" })),
  z.tuple([instant, z.uuid(), z.literal("updated")]).transform(([at, id]) => ({ at, id, order: "updated" })),
]);

const bookingsQueryFields = {
  status: status.optional(),
  from: moment.optional().meta({ description: "Bookings that end after this; a date counts from its start" }),
  to: moment.optional().meta({ description: "Bookings that start before this; a date counts to its end" }),
  updatedAfter: instant.optional().meta({
    description:
      "Only bookings whose `updatedAt` is after this instant, in the order of their `updatedAt`. None is left out: one that changes while you read its pages comes again",
  }),
  cursor: cursor(bookingsCursor).optional(),
  limit,
};

/** The query of a list of bookings, with what one list takes besides. */
export function bookingsQueryWith<Fields extends z.ZodRawShape>(fields: Fields) {
  return z.strictObject({ ...bookingsQueryFields, ...fields }).refine(isOwnCursor, {
    path: ["cursor"],
    error: "cursor_form",
  });
}

function isOwnCursor(query: { cursor?: unknown; updatedAfter?: unknown }): boolean {
  const { cursor, updatedAfter } = query as z.output<typeof bookingsQuery>;
  return !cursor || cursor.order === (updatedAfter ? "updated" : "start");
}

export const bookingsQuery = z.strictObject(bookingsQueryFields);

export const listOwnBookingsEndpoint = endpoint({
  method: "GET",
  path: "/api/v1/me/bookings",
  access: "read",
  summary: "List your bookings in order of their start",
  query: bookingsQueryWith({}),
  answer: pageOf(ownBooking),
});

const minutes = z.int().nullable();

const attendance = z
  .object({
    state: z.enum(["awaited", "attended", "absent", "unknown", "no_report", "unreadable"]).meta({
      description:
        "awaited: the report is still looked for. unknown: someone joined whom it can't name. no_report: none came within a day. unreadable: it couldn't be read",
      examples: ["attended"],
    }),
    joinedAt: instant
      .nullable()
      .meta({ description: "When the visitor, or a guest of theirs, joined first" }),
    lateMinutes: minutes.meta({ description: "How long after the start that was", examples: [7] }),
    earlyMinutes: minutes.meta({
      description: "How long before the end, or before the hosts, they left",
      examples: [0],
    }),
  })
  .nullable()
  .meta({ description: "What attendance reports say of the visitor. null: none are read" });

const bookingInFull = ownBooking
  .extend({
    attendance,
  })
  .meta({ id: "OwnBookingInFull" });

export const getOwnBookingEndpoint = endpoint({
  method: "GET",
  path: "/api/v1/me/bookings/{id}",
  access: "read",
  summary: "Get one of your bookings, with who came",
  params: byId,
  answer: bookingInFull,
  problems: ["not_found"],
});

const decision = z.strictObject({ reason: paragraphs(1000).optional() });

const change = <const Action extends string>(action: Action, summary: string) => ({
  method: "POST" as const,
  path: `/api/v1/me/bookings/{id}/${action}` as const,
  access: "bookings" as const,
  repeatable: true as const,
  about: "booking" as const,
  summary,
  params: byId,
  answer: ownBooking,
});

export const approveBookingEndpoint = endpoint({
  ...change("approve", "Approve a booking that waits"),
  body: z.strictObject({}),
  problems: ["not_found", "not_pending"],
});

export const declineBookingEndpoint = endpoint({
  ...change("decline", "Decline a booking that waits"),
  body: decision,
  problems: ["not_found", "not_pending"],
});

export const cancelOwnBookingEndpoint = endpoint({
  ...change("cancel", "Cancel one of your bookings"),
  body: cancelRequest,
  problems: ["not_found", "not_cancellable"],
});

export const rescheduleOwnBookingEndpoint = endpoint({
  ...change("reschedule", "Move one of your bookings to another slot"),
  body: rescheduleRequest,
  problems: ["not_found", "not_reschedulable", ...slotProblems],
});

export const reassignEndpoint = endpoint({
  ...change(
    "reassign",
    "Hand a booking of a team over to another host. The visitor is told who it is, and why",
  ),
  body: z.strictObject({
    from: z
      .uuid()
      .optional()
      .meta({ description: "The host it is taken from. If left out, the one whose calendar it is in" }),
    to: z
      .uuid()
      .optional()
      .meta({ description: "The member of the team it is given to. If left out, whoever's turn it is" }),
    reason: paragraphs(1000).optional().meta({ description: "Sent to the visitor and both hosts" }),
  }),
  problems: ["not_found", "invalid_request", "host_unavailable"],
});

export const noShowEndpoint = endpoint({
  ...change("no-show", "Mark the visitor as a no-show, or undo that"),
  body: z.strictObject({ noShow: z.boolean().default(true) }),
  problems: ["not_found", "not_begun"],
});

export const ownRunningLateEndpoint = endpoint({
  ...change(
    "running-late",
    "Notify the visitor that you are running late, once for each time of the booking",
  ),
  body: lateness,
  problems: ["not_found", "not_now"],
});

const note = z.object({
  note: z.string().meta({ description: "Only you can read it. Empty if there is none" }),
});

export const getNoteEndpoint = endpoint({
  method: "GET",
  path: "/api/v1/me/bookings/{id}/note",
  access: "read",
  summary: "Read your private note about a booking",
  params: byId,
  answer: note,
  problems: ["not_found"],
});

export const saveNoteEndpoint = endpoint({
  method: "PUT",
  path: "/api/v1/me/bookings/{id}/note",
  access: "bookings",
  summary: "Replace your private note about a booking. An empty note removes it",
  params: byId,
  body: z.strictObject({ note: paragraphs(5000) }),
  answer: note,
  problems: ["not_found"],
});

/** A booking as its organizer gets it alone, with what is known of who came. */
export function toBookingInFull(
  view: BookingView,
  attendance: AttendanceView | null,
): z.input<typeof bookingInFull> {
  return {
    ...toOwnBooking(view),
    attendance: attendance && toAttendance(attendance),
  };
}

function toAttendance({ found, isAwaited, problem }: AttendanceView) {
  const missing = problem === "no_report" ? ("no_report" as const) : ("unreadable" as const);
  return {
    state: found?.verdict ?? (isAwaited ? ("awaited" as const) : missing),
    joinedAt: found?.joinedAt?.toISOString() ?? null,
    lateMinutes: found?.lateMinutes ?? null,
    earlyMinutes: found?.earlyMinutes ?? null,
  };
}

/** A booking as its visitor gets it; `token` is the one that was asked with, or made just now. */
export function toPublicBooking(
  view: NewBooking & { id: string },
  token: string,
): z.input<typeof publicBooking> {
  return {
    id: view.id,
    token,
    status: view.status,
    awaits: view.awaits,
    start: iso(view.startsAt),
    end: iso(view.endsAt),
    hosts: view.hosts,
    manageUrl: manageUrl(token),
    joinPageUrl: joinPageUrl(view.joinToken),
    meeting: toMeeting(view.meeting),
  };
}

/** A refusal of a visitor's change in the API's terms. */
export function toChangeProblem<Refusal extends { code: string }>(
  refusal: Refusal | { code: "reason_missing" },
): Exclude<Refusal, { code: "reason_missing" }> | { code: "invalid_request"; errors: FieldError[] } {
  if (refusal.code !== "reason_missing") return refusal as Exclude<Refusal, { code: "reason_missing" }>;
  const message = translator("api", defaultLocale)("fields.reason_missing");
  return { code: "invalid_request", errors: [{ path: "reason", message }] };
}

/** A refusal of `handOver` in the API's terms. */
export function toHandoverProblem(refusal: HandoverRefusal) {
  if (refusal.code !== "from_unknown" && refusal.code !== "to_unknown") return refusal;
  const path = refusal.code === "from_unknown" ? "from" : "to";
  const message = translator("api", defaultLocale)(`fields.${refusal.code}`);
  return { code: "invalid_request" as const, errors: [{ path, message }] };
}

/** A refusal of `book` in the API's terms. */
export function toBookProblem(refusal: BookRefusal) {
  if (refusal.code === "invalid_request")
    return { code: refusal.code, errors: toFieldErrors(refusal.issues) };
  return refusal;
}
