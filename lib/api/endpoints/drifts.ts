import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { type DriftRefusal, driftAnswers } from "@/lib/calendar-sync/answer-drift";
import type { DriftView } from "@/lib/calendar-sync/drift";
import { instant } from "@/lib/input/time";

const drift = z
  .object({
    id: z.uuid(),
    bookingId: z.uuid(),
    kind: z
      .enum(["moved", "removed", "link_lost", "declined", "proposed", "host_declined", "room_declined"])
      .meta({ description: "What changed in the calendar, or how the visitor responded there" }),
    why: z
      .enum(["policy", "taken", "past", "all_day", "many", "answer"])
      .meta({ description: "Why the booking wasn't changed automatically" }),
    start: instant.nullable().meta({ description: "The time in the calendar, or the one proposed" }),
    end: instant.nullable(),
    host: z.string().meta({ description: "The name of the host who declined, or empty" }),
    openedAt: instant,
    booking: z.object({ title: z.string(), visitorName: z.string(), start: instant, end: instant }),
  })
  .meta({ id: "Drift" });

export const listDriftsEndpoint = endpoint({
  method: "GET",
  path: "/api/v1/me/drifts",
  access: "read",
  summary: "List differences between bookings and calendar that need your decision, soonest booking first",
  query: z.strictObject({ bookingId: z.uuid("id_form").optional() }),
  answer: z.object({ items: z.array(drift), nextCursor: z.null() }),
});

export const answerDriftEndpoint = endpoint({
  method: "POST",
  path: "/api/v1/me/drifts/{id}/answer",
  access: "bookings",
  summary: "Resolve a difference between booking and calendar",
  params: z.object({ id: z.uuid() }),
  body: z.strictObject({
    answer: z.enum(driftAnswers, { error: "drift_answer" }).meta({
      description:
        "apply: the booking follows the calendar; restore: the calendar is changed back to match the booking; dismiss: neither",
    }),
  }),
  status: 204,
  problems: ["not_found", "not_open", "slot_taken", "time_passed", "host_unavailable"],
});

const iso = (at: Date | null) => at?.toISOString() ?? null;

/** A difference as the API writes it. */
export function toApiDrift({ booking, ...one }: DriftView): z.input<typeof drift> {
  return {
    id: one.id,
    bookingId: booking.id,
    kind: one.kind,
    why: one.why,
    host: one.host,
    start: iso(one.startsAt),
    end: iso(one.endsAt),
    openedAt: one.openedAt.toISOString(),
    booking: {
      title: booking.title,
      visitorName: booking.visitorName,
      start: booking.startsAt.toISOString(),
      end: booking.endsAt.toISOString(),
    },
  };
}

const problems = {
  not_open: "not_open",
  taken: "slot_taken",
  past: "time_passed",
  no_successor: "host_unavailable",
} as const;

/** A refusal of an answer in the API's terms. */
export function toDriftProblem({ code }: DriftRefusal) {
  return { code: problems[code] };
}
