/** What of the register is asked for, as the page's address says it. PURE. */
import { z } from "zod";

export const views = ["upcoming", "past", "cancelled"] as const;
export type View = (typeof views)[number];

export const meetingFilters = ["verified", "missing", "elsewhere"] as const;

const position = z.string().transform((text, ctx) => {
  const [at = "", id = ""] = text.split("_");
  const startsAt = new Date(Number.parseInt(at, 36));
  if (!Number.isNaN(startsAt.getTime()) && z.uuid().safeParse(id).success) return { startsAt, id };
  ctx.addIssue("not a position");
  return z.NEVER;
});

const query = z.object({
  view: z.enum(views).catch("upcoming"),
  /** One day in the organizer's zone, in place of a view. */
  day: z.iso.date().optional().catch(undefined),
  /** Any day of the week that the strip shows; left out: the chosen day's, or this week. */
  week: z.iso.date().optional().catch(undefined),
  eventType: z.uuid().optional().catch(undefined),
  meeting: z.enum(meetingFilters).optional().catch(undefined),
  /** The booking after which this page of the register starts. */
  after: position.optional().catch(undefined),
});

export type RegisterQuery = z.output<typeof query>;

/** Reads an address; whatever can't be meant is left out. */
export function readRegisterQuery(params: Record<string, string | string[] | undefined>): RegisterQuery {
  return query.parse(params);
}

/** The address of a register. */
export function registerHref(wanted: Partial<RegisterQuery>): string {
  const { view, day, week, eventType, meeting, after } = wanted;
  const parts = {
    view: view === "upcoming" || day ? undefined : view,
    day,
    week,
    eventType,
    meeting,
    after: after && `${after.startsAt.getTime().toString(36)}_${after.id}`,
  };
  const given = Object.entries(parts).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const search = new URLSearchParams(given).toString();
  return `/account/bookings${search ? `?${search}` : ""}`;
}
