/** What a visitor has chosen so far, kept in the address: every link and form of the page says it whole. PURE. */
import { readZone } from "@/lib/format/places";
import type { Clock } from "@/lib/format/spoken-time";
import { cutText } from "@/lib/input/cut";
import { readUtm, writeUtm } from "@/lib/input/utm";
import { toDayNumber } from "@/lib/slot-engine/calendar-date";
import { localDateOf } from "@/lib/slot-engine/zone";

/** How times are laid out: those of a week, or the next that are free; a month where none is named. */
export const namedViews = ["week", "list"] as const;

export interface PickerQuery {
  /** Null: the month, and the times of one of its days. */
  view: (typeof namedViews)[number] | null;
  /** `YYYY-MM` */
  month: string | null;
  /** `YYYY-MM-DD` in the visitor's zone. */
  date: string | null;
  /** IANA */
  timeZone: string | null;
  durationMinutes: number | null;
  /** The chosen start, epoch milliseconds. */
  startsAt: number | null;
  clock: Clock | null;
  /** Anyone who made the link may know the visitor already. */
  name: string | null;
  email: string | null;
  /** Addresses with commas between them. */
  guests: string | null;
  /** By the id of the question, from `q.<id>` or `answers.<id>`. */
  answers: Readonly<Record<string, string>>;
  /** A single-use link. */
  link: string | null;
  /** The handle of the host who was chosen; null: anyone. */
  host: string | null;
  /** What goes along unchanged, such as where the visitor came from, or the look of a frame. */
  kept: Readonly<Record<string, string>>;
}

export type SearchParams = Record<string, string | string[] | undefined>;

/** Reads an address; what is missing or makes no sense is null. */
export function readPickerQuery(params: SearchParams): PickerQuery {
  const one = (name: string) => {
    const value = params[name];
    return (Array.isArray(value) ? value[0] : value)?.trim() || null;
  };
  const date = readDate(one("date"));
  const clock = one("clock");
  return {
    view: namedViews.find((view) => view === one("view")) ?? null,
    month: readDate(`${one("month")}-01`)?.slice(0, 7) ?? date?.slice(0, 7) ?? null,
    date,
    timeZone: readZone(one("tz")),
    durationMinutes: readNumber(one("duration")),
    startsAt: readInstant(one("start")),
    clock: clock === "12" || clock === "24" ? clock : null,
    name: cut(one("name"), 200),
    email: cut(restorePlus(one("email") ?? ""), 254),
    guests: cut(readGuests([params.guests, params.guest].flat()), 2000),
    answers: readAnswers(params),
    link: cut(one("link"), 100),
    host: cut(one("host"), 63)?.toLowerCase() ?? null,
    kept: writeUtm(readUtm(one)),
  };
}

/** Before anything is chosen, the day of a booking that is being moved is open. `zone` is where it is shown if no zone is chosen. */
export function openAtBooking(query: PickerQuery, startsAt: Date, zone: string): PickerQuery {
  if (query.date || query.month || query.startsAt !== null) return query;
  const date = localDateOf(startsAt.getTime(), query.timeZone ?? zone);
  return { ...query, date, month: date.slice(0, 7) };
}

/** The query part of an address that says all this, `?` included; empty where there is nothing to say. */
export function writePickerQuery(query: Partial<PickerQuery>): string {
  const entries: [string, string | number | null | undefined][] = [
    ["view", query.view],
    ["month", query.date ? null : query.month],
    ["date", query.date],
    ["duration", query.durationMinutes],
    ["start", query.startsAt == null ? null : writeInstant(query.startsAt)],
    ["tz", query.timeZone],
    ["clock", query.clock],
    ["name", query.name],
    ["email", query.email],
    ...prefillEntries(query),
  ];
  const given = entries.flatMap(([name, value]) => (value == null ? [] : [[name, String(value)]]));
  const text = new URLSearchParams(given).toString().replaceAll("%2F", "/").replaceAll("%3A", ":");
  return text && `?${text}`;
}

/** What an address contains besides the chosen time, name and email. */
export function prefillEntries({
  guests,
  answers = {},
  link,
  host,
  kept = {},
}: Partial<PickerQuery>): [string, string][] {
  const given: [string, string | null | undefined][] = [
    ["guests", guests],
    ...Object.entries(answers).map(([id, answer]): [string, string] => [`answers.${id}`, answer]),
    ["link", link],
    ["host", host],
    ...Object.entries(kept),
  ];
  return given.flatMap(([name, value]): [string, string][] => (value == null ? [] : [[name, value]]));
}

const cut = (text: string | null, max: number) => (text ? cutText(text, max) : null);

/** A `+` that no one has escaped reads as a blank, which no address has in it. */
const restorePlus = (address: string) => address.replaceAll(" ", "+");

/** Addresses with commas, semicolons or blanks between them, in one parameter or several. */
function readGuests(given: readonly (string | undefined)[]): string {
  const parts = given.flatMap((text) => text?.split(/[,;\r\n\t]+/) ?? []);
  return parts.flatMap(readPart).join(", ");
}

/** A blank after a whole address ends it; one before the `@` was a plus. A name beside its address keeps its blanks. */
function readPart(part: string): string[] {
  if (/[<>"]/.test(part)) return [part.trim()];
  const addresses = part.trim().match(/[^@]*@\S*|[^@]+$/g) ?? [];
  return addresses.map((address) => restorePlus(address.trim()));
}

const answersMax = 50;

function readAnswers(params: SearchParams): Record<string, string> {
  const entries = Object.entries(params).flatMap(([name, value]): [string, string][] => {
    const id = /^(?:answers|q)\.([A-Za-z0-9][A-Za-z0-9_-]{0,63})$/.exec(name)?.[1];
    const text = (Array.isArray(value) ? value[0] : value)?.trim();
    return id && text ? [[id, cutText(text, 1000)]] : [];
  });
  return Object.fromEntries(entries.slice(0, answersMax));
}

/** `2026-12-10T14:30:00Z` */
export function writeInstant(ms: number): string {
  return new Date(ms).toISOString().replace(".000Z", "Z");
}

const years = { first: "2000", last: "2999" };

function readDate(text: string | null): string | null {
  const year = text?.slice(0, 4);
  if (!text || !year || year < years.first || year > years.last) return null;
  try {
    toDayNumber(text);
    return text;
  } catch {
    return null;
  }
}

function readNumber(text: string | null): number | null {
  return text && /^\d{1,4}$/.test(text) ? Number(text) : null;
}

function readInstant(text: string | null): number | null {
  const ms = text && /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(ms) ? null : ms;
}
