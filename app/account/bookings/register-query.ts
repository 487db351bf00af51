/** What of the register is asked for, as the page's address says it. PURE. */
import { z } from "zod";
import { searchText } from "@/lib/input/text";

export const views = ["upcoming", "past", "cancelled", "all"] as const;
export type View = (typeof views)[number];

const meetingFilters = ["verified", "missing", "elsewhere"] as const;
const statusFilters = ["pending", "confirmed", "cancelled", "declined", "no_show"] as const;

/** No appointment is earlier or later, and every calculation with a date stays within what PostgreSQL reads. */
const years = { first: "1970", end: "3000" };

function hasDate(at: Date): boolean {
  return !Number.isNaN(at.getTime()) && at >= new Date(years.first) && at < new Date(years.end);
}

const position = z.string().transform((text, ctx) => {
  const [at = "", id = ""] = text.split("_");
  const startsAt = new Date(Number.parseInt(at, 36));
  if (hasDate(startsAt) && z.uuid().safeParse(id).success) return { startsAt, id };
  ctx.addIssue("not a position");
  return z.NEVER;
});

const date = z.iso
  .date()
  .refine((text) => years.first <= text && text < years.end)
  .optional()
  .catch(undefined);

const query = z.object({
  view: z.enum(views).optional().catch(undefined),
  /** One day in the organizer's zone, in place of a view. */
  day: date,
  /** Any day of the week that the strip shows; left out: the chosen day's, or this week. */
  week: date,
  eventType: z.uuid().optional().catch(undefined),
  meeting: z.enum(meetingFilters).optional().catch(undefined),
  status: z.enum(statusFilters).optional().catch(undefined),
  /** Only what waits for its visitor to confirm it. */
  state: z.literal("suspicious").optional().catch(undefined),
  /** First and last day in the organizer's zone, both included. */
  from: date,
  to: date,
  /** Part of a name or address, or a reference. */
  q: z
    .string()
    .transform((text) => searchText(text, 200) || undefined)
    .optional()
    .catch(undefined),
  /** The booking after which this page of the register starts. */
  after: position.optional().catch(undefined),
});

export type RegisterQuery = Omit<z.output<typeof query>, "view"> & { view: View };

/** Reads an address and drops invalid values. A search or a date range covers all bookings unless the address says otherwise. */
export function readRegisterQuery(params: Record<string, string | string[] | undefined>): RegisterQuery {
  const { view, ...rest } = query.parse(params);
  const narrowed = rest.q ?? rest.from ?? rest.to ?? rest.status ?? rest.state;
  return { ...rest, view: view ?? (narrowed ? "all" : "upcoming") };
}

/** The fields of an address that say all this, for a form or a link. */
function registerFields(wanted: Partial<RegisterQuery>): Record<string, string> {
  const { view, day, week, eventType, meeting, status, state, from, to, q, after } = wanted;
  const narrowed = q ?? from ?? to ?? status ?? state;
  const usual = narrowed ? "all" : "upcoming";
  const parts = {
    q,
    view: view === usual || day ? undefined : view,
    day,
    week,
    eventType,
    meeting,
    status,
    state,
    from,
    to,
    after: after && `${after.startsAt.getTime().toString(36)}_${after.id}`,
  };
  return Object.fromEntries(
    Object.entries(parts).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}

/** The address of a register. */
export function registerHref(wanted: Partial<RegisterQuery>, path = "/account/bookings"): string {
  const search = new URLSearchParams(registerFields(wanted)).toString();
  return `${path}${search ? `?${search}` : ""}`;
}

/**
 * What of a register is worth a name, as the fields of its address: not its page, its day, nor the words of a search, which may name
 * a visitor. Null: nothing of it.
 */
export function toSavedQuery({ view, eventType, meeting, status, from, to }: RegisterQuery): string | null {
  if (!(eventType ?? meeting ?? status ?? from ?? to)) return null;
  return new URLSearchParams(registerFields({ view, eventType, meeting, status, from, to })).toString();
}

/** The register that was saved; what has become invalid since is left out. */
export function readSavedQuery(saved: string): RegisterQuery {
  return readRegisterQuery(Object.fromEntries(new URLSearchParams(saved)));
}
