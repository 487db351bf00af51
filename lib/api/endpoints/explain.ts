import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { defaultLocale } from "@/lib/i18n/languages";
import { instant, timeZone } from "@/lib/input/time";
import { withHostAlone } from "@/lib/offers/host-choice";
import type { Offer } from "@/lib/offers/offer";
import { describeReason } from "@/lib/offers/reason-words";
import type {
  ExplainedStart,
  JointExplained,
  NamedBooking,
  UnofferedReason,
} from "@/lib/offers/troubleshoot";

const codes = [
  "unknown_duration",
  "outside_hours",
  "off_grid",
  "too_soon",
  "not_available_now",
  "before_window",
  "beyond_window",
  "busy",
  "calendar_unread",
  "automatic_replies",
  "booked",
  "session_full",
  "held",
  "buffer",
  "day_limit",
  "week_limit",
  "month_limit",
  "no_room",
] as const satisfies readonly UnofferedReason["code"][];

const reason = z
  .object({
    code: z.enum(codes).meta({ description: "For programs. Never changes" }),
    detail: z.string().meta({ description: "For people. May change" }),
    start: instant.optional().meta({ description: "When the conflicting time starts" }),
    end: instant.optional(),
    bookingId: z.uuid().optional(),
    beside: z.enum(["busy", "booking", "hold"]).optional(),
    openUntil: instant
      .optional()
      .meta({ description: "The start is in open time, which ends at this instant" }),
    previousStart: instant.optional(),
    nextStart: instant.optional(),
    earliestStart: instant.optional(),
    presence: z.enum(["away", "unreadable", "not_permitted", "no_account"]).optional().meta({
      description: "Of `not_available_now`: what's known of the host's presence in Microsoft Teams",
    }),
    until: instant.optional().meta({ description: "Starts before it depend on the host's presence" }),
    firstDate: z.iso.date().optional(),
    lastDate: z.iso.date().optional(),
    durationsMinutes: z.array(z.int()).optional(),
    seats: z.int().optional(),
    seatsTaken: z.int().optional(),
    measure: z.enum(["count", "minutes"]).optional(),
    limit: z.int().optional(),
    used: z.number().optional(),
  })
  .meta({ id: "Reason" });

const explainQuery = z.strictObject({
  at: instant.meta({ description: "The start in question" }),
  durationMinutes: z.coerce
    .number()
    .int("whole_number")
    .min(1, "number_min")
    .max(1440, "number_max")
    .optional()
    .meta({ description: "If left out, the event type's first" }),
  timeZone: timeZone
    .optional()
    .meta({ description: "For the times in `detail`. If left out, the schedule's" }),
});

const explanation = z.object({
  start: instant,
  end: instant,
  durationMinutes: z.int(),
  timeZone: z.string(),
  offered: z.boolean(),
  reasons: z.array(reason).meta({ description: "Empty if it's available" }),
});

export const explainEndpoint = endpoint({
  method: "GET",
  path: "/api/v1/me/event-types/{id}/explain",
  access: "read",
  summary: "Explain whether a start is available, with every reason if it isn't",
  params: z.object({ id: z.uuid() }),
  query: explainQuery,
  answer: explanation,
  problems: ["not_found"],
});

export const explainTeamEndpoint = endpoint({
  method: "GET",
  path: "/api/v1/teams/{id}/event-types/{eventTypeId}/explain",
  access: "read",
  summary: "Explain whether a start of a team's event type is available, and what keeps each of its hosts",
  params: z.object({ id: z.uuid(), eventTypeId: z.uuid() }),
  query: explainQuery,
  answer: explanation.extend({
    hosts: z.array(
      z.object({
        userId: z.uuid(),
        offered: z.boolean().meta({ description: "They could take part" }),
        reasons: z.array(reason),
      }),
    ),
  }),
  problems: ["not_found"],
});

interface Explained {
  offer: Offer;
  start: ExplainedStart;
  timeZone: string;
  bookings: ReadonlyMap<string, NamedBooking>;
}

/** An explanation as the API gives it: instants are ISO 8601, bookings go by their own ids. */
export function toExplanation({ offer, start: explained, timeZone, bookings }: Explained) {
  const { start, end, reasons } = explained;
  return {
    start: new Date(start).toISOString(),
    end: new Date(end).toISOString(),
    durationMinutes: (end - start) / 60_000,
    timeZone,
    offered: reasons.length === 0,
    reasons: toReasons(reasons, { offer, start: explained, timeZone, bookings }),
  };
}

/** The same with what keeps each of the hosts. */
export function toJointExplanation({ start, offer, ...given }: Explained & { start: JointExplained }) {
  // Each host's reasons are about their own hours.
  const offerOf = (userId: string) => {
    const host = offer.hosts.find(({ id }) => id === userId);
    return host ? withHostAlone(offer, host) : offer;
  };
  return {
    ...toExplanation({ start, offer, ...given }),
    offered: start.offered,
    hosts: start.hosts.map(({ userId, offered, reasons }) => ({
      userId,
      offered,
      reasons: toReasons(reasons, { start, offer: offerOf(userId), ...given }),
    })),
  };
}

function toReasons(
  reasons: readonly UnofferedReason[],
  { offer, start: { start, end }, timeZone, bookings }: Explained,
) {
  const durationMinutes = (end - start) / 60_000;
  const asked = { offer, start, durationMinutes, timeZone, clock: "24", locale: defaultLocale } as const;
  return reasons.map((one) => ({
    code: one.code,
    detail: describeReason(one, asked),
    ...factsOf(one, bookings),
  }));
}

type Facts = Omit<z.output<typeof reason>, "code" | "detail">;

function factsOf(one: UnofferedReason, bookings: ReadonlyMap<string, NamedBooking>): Facts {
  const { code: _, ...facts } = one;
  const given = Object.entries(facts).flatMap(([name, value]): [string, unknown][] => {
    if (value === null) return [];
    if (name === "bookingId") return [[name, bookings.get(String(value))?.id]];
    return [[name, instants.has(name) ? new Date(Number(value)).toISOString() : value]];
  });
  return Object.fromEntries(given);
}

const instants = new Set([
  "start",
  "end",
  "openUntil",
  "previousStart",
  "nextStart",
  "earliestStart",
  "until",
]);
