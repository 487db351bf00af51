/** A booking as its organizer gets it: by the API, and with what webhooks are sent. */
import { z } from "zod";
import { joinPageUrl } from "@/lib/booking-record/links";
import type { BookingView } from "@/lib/booking-record/queries";
import { instant } from "@/lib/input/time";

export const status = z.enum(["pending", "confirmed", "declined", "cancelled"], { error: "status_unknown" });

export const awaits = z
  .enum(["visitor", "organizer"])
  .nullable()
  .meta({
    description:
      "Whom a pending booking waits for: `visitor`, to confirm their email address within 30 minutes, or `organizer`, to approve it. Otherwise null",
    examples: [null],
  });

export const meeting = z.object({
  provider: z.string().meta({ description: "teams, link, phone, in_person or none", examples: ["teams"] }),
  status: z.enum(["none", "creating", "ready", "failed"]).meta({
    description: "ready: the join link has been read back from the provider",
    examples: ["ready"],
  }),
  joinUrl: z.string().nullable(),
});

export const hosts = z.array(z.object({ name: z.string(), handle: z.string() })).meta({
  description: "Who takes part. The first one's calendar has the event",
  examples: [[{ name: "Ines Moreau", handle: "ines" }]],
});

export const ownBooking = z
  .object({
    id: z.uuid(),
    status: status.meta({ examples: ["confirmed"] }),
    awaits,
    title: z.string(),
    start: instant,
    end: instant,
    eventTypeId: z.uuid().nullable(),
    hosts,
    visitor: z.object({ name: z.string(), email: z.string(), timeZone: z.string(), locale: z.string() }),
    guests: z.array(z.string()).meta({ examples: [["grace@example.org"]] }),
    answers: z.record(z.string(), z.unknown()),
    utm: z
      .object({
        source: z.string().optional(),
        medium: z.string().optional(),
        campaign: z.string().optional(),
        term: z.string().optional(),
        content: z.string().optional(),
      })
      .meta({
        description: "Where the visitor came from: the UTM parameters of the page",
        examples: [{ source: "newsletter" }],
      }),
    cancelReason: z
      .string()
      .nullable()
      .meta({ examples: [null] }),
    moveReason: z
      .string()
      .nullable()
      .meta({ description: "The message from the person who rescheduled it last", examples: [null] }),
    noShow: z.boolean(),
    noShowBy: z
      .enum(["organizer", "report"])
      .nullable()
      .meta({
        description:
          "Who decided `noShow`: the organizer, or the report of who attended, which changes nothing that the organizer said. null: no one has",
        examples: ["report"],
      }),
    joinPageUrl: z.string(),
    meeting,
    createdAt: instant,
    updatedAt: instant.meta({ description: "When anything last changed that the API shows of it" }),
  })
  .meta({ id: "OwnBooking" });

export const iso = (at: Date) => at.toISOString();

export function toMeeting({
  kind,
  status: state,
  joinUrl,
}: Pick<BookingView["meeting"], "kind" | "status" | "joinUrl">) {
  return { provider: kind, status: state, joinUrl };
}

/** A booking as its organizer gets it: never the visitor's own capability. */
export function toOwnBooking(view: BookingView): z.input<typeof ownBooking> {
  return {
    id: view.id,
    status: view.status,
    awaits: view.awaits,
    title: view.title,
    start: iso(view.startsAt),
    end: iso(view.endsAt),
    eventTypeId: view.eventType?.id ?? null,
    hosts: view.hosts,
    visitor: view.visitor,
    guests: view.guests,
    answers: view.answers,
    utm: view.utm,
    cancelReason: view.cancelReason,
    moveReason: view.moveReason,
    noShow: view.noShowAt !== null,
    noShowBy: view.noShowBy === "organizer" || view.noShowBy === "report" ? view.noShowBy : null,
    joinPageUrl: joinPageUrl(view.joinToken),
    meeting: toMeeting(view.meeting),
    createdAt: iso(view.createdAt),
    updatedAt: iso(view.amendedAt),
  };
}
