/** Time zones as people know them: by a place they can name, and by how far it is from UTC. PURE. */
import cityNames from "@/lib/format/city-names.json";
import { type Locale, languageOf } from "@/lib/i18n/languages";
import { offsetMinutesAt } from "@/lib/slot-engine/zone";
import { canonicalTimeZone } from "@/lib/slot-engine/zone-clock";

export type Region = "europe" | "africa" | "americas" | "asia" | "pacific" | "utc";

/**
 * Zones to choose from, by region. For every zone in the world there is one here that shows the same time, now and after
 * each change of clocks (a test holds the list to that), so a short list leaves no one out.
 */
const zonesByRegion: Record<Region, readonly string[]> = {
  europe: [
    "Europe/Amsterdam",
    "Europe/Athens",
    "Europe/Belgrade",
    "Europe/Berlin",
    "Europe/Brussels",
    "Europe/Bucharest",
    "Europe/Budapest",
    "Europe/Chisinau",
    "Europe/Copenhagen",
    "Europe/Dublin",
    "Europe/Helsinki",
    "Europe/Istanbul",
    "Europe/Kaliningrad",
    "Europe/Kyiv",
    "Europe/Lisbon",
    "Europe/London",
    "Europe/Madrid",
    "Europe/Moscow",
    "Europe/Oslo",
    "Europe/Paris",
    "Europe/Prague",
    "Europe/Rome",
    "Europe/Samara",
    "Europe/Sofia",
    "Europe/Stockholm",
    "Europe/Vienna",
    "Europe/Vilnius",
    "Europe/Warsaw",
    "Europe/Zurich",
    "Atlantic/Azores",
    "Atlantic/Canary",
    "Atlantic/Reykjavik",
  ],
  africa: [
    "Africa/Abidjan",
    "Africa/Accra",
    "Africa/Algiers",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/Johannesburg",
    "Africa/Khartoum",
    "Africa/Lagos",
    "Africa/Nairobi",
    "Africa/Tunis",
    "Atlantic/Cape_Verde",
    "Indian/Mauritius",
  ],
  americas: [
    "America/Adak",
    "America/Anchorage",
    "America/Argentina/Buenos_Aires",
    "America/Asuncion",
    "America/Bogota",
    "America/Caracas",
    "America/Chicago",
    "America/Costa_Rica",
    "America/Denver",
    "America/Edmonton",
    "America/Halifax",
    "America/Havana",
    "America/Jamaica",
    "America/La_Paz",
    "America/Lima",
    "America/Los_Angeles",
    "America/Mexico_City",
    "America/Miquelon",
    "America/Montevideo",
    "America/New_York",
    "America/Noronha",
    "America/Nuuk",
    "America/Panama",
    "America/Phoenix",
    "America/Puerto_Rico",
    "America/Regina",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/St_Johns",
    "America/Tijuana",
    "America/Toronto",
    "America/Vancouver",
    "America/Winnipeg",
    "Pacific/Easter",
  ],
  asia: [
    "Asia/Almaty",
    "Asia/Baghdad",
    "Asia/Baku",
    "Asia/Bangkok",
    "Asia/Beirut",
    "Asia/Colombo",
    "Asia/Dhaka",
    "Asia/Dubai",
    "Asia/Gaza",
    "Asia/Ho_Chi_Minh",
    "Asia/Hong_Kong",
    "Asia/Jakarta",
    "Asia/Jerusalem",
    "Asia/Kabul",
    "Asia/Karachi",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Kuala_Lumpur",
    "Asia/Manila",
    "Asia/Novosibirsk",
    "Asia/Qatar",
    "Asia/Riyadh",
    "Asia/Seoul",
    "Asia/Shanghai",
    "Asia/Singapore",
    "Asia/Taipei",
    "Asia/Tashkent",
    "Asia/Tbilisi",
    "Asia/Tehran",
    "Asia/Tokyo",
    "Asia/Vladivostok",
    "Asia/Yangon",
    "Asia/Yekaterinburg",
  ],
  pacific: [
    "Antarctica/Troll",
    "Australia/Adelaide",
    "Australia/Brisbane",
    "Australia/Darwin",
    "Australia/Eucla",
    "Australia/Hobart",
    "Australia/Lord_Howe",
    "Australia/Melbourne",
    "Australia/Perth",
    "Australia/Sydney",
    "Pacific/Apia",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Fiji",
    "Pacific/Gambier",
    "Pacific/Guadalcanal",
    "Pacific/Honolulu",
    "Pacific/Kiritimati",
    "Pacific/Marquesas",
    "Pacific/Norfolk",
    "Pacific/Pago_Pago",
    "Pacific/Pitcairn",
    "Pacific/Port_Moresby",
    "Pacific/Tongatapu",
  ],
  utc: ["UTC"],
};

/** Places that need more than the underscores taken out of the name of their zone. */
const spelled: Record<string, string> = {
  "America/St_Johns": "St. John’s",
  "Asia/Ho_Chi_Minh": "Ho Chi Minh City",
  "Atlantic/Faeroe": "Faroe",
};

/** Names that browsers still use for zones that were renamed since, as the list above has them. */
const renamed: Record<string, string> = {
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Godthab": "America/Nuuk",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Etc/UTC": "UTC",
  "Europe/Kiev": "Europe/Kyiv",
};

/** The zone by the name we list it under, or null for what is no zone. */
export function readZone(text: string | null | undefined): string | null {
  const zone = canonicalTimeZone(text ?? "");
  return zone === null ? null : (renamed[zone] ?? zone);
}

const named: Readonly<Record<string, Readonly<Record<string, string>>>> = cityNames;

/** The place a zone is named after, as a language calls it: `America/New_York` is "New York" or "Nueva York". */
export function placeOf(timeZone: string, locale: Locale): string {
  const zone = renamed[timeZone] ?? timeZone;
  return named[locale]?.[zone] ?? spelled[zone] ?? (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

/** `UTC−05:00`, with a real minus sign. `at` is epoch milliseconds. */
export function offsetLabel(timeZone: string, at: number): string {
  const minutes = Math.round(offsetMinutesAt(at, timeZone));
  const size = Math.abs(minutes);
  const two = (value: number) => String(value).padStart(2, "0");
  return `UTC${minutes < 0 ? "−" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** The offset of a stretch of time: both, where clocks change in it, such as `UTC+02:00/+01:00`. */
export function offsetOfStretch(timeZone: string, start: number, end: number): string {
  const [first, last] = [offsetLabel(timeZone, start), offsetLabel(timeZone, end)];
  return first === last ? first : `${first}/${last.replace("UTC", "")}`;
}

/** True when clocks in two zones show the same from start to end. */
export function showSameTime(zone: string, other: string, start: number, end: number): boolean {
  return [start, end].every((at) => offsetMinutesAt(at, zone) === offsetMinutesAt(at, other));
}

export interface Place {
  timeZone: string;
  name: string;
  offset: string;
}

/**
 * The places to choose from, by name within each region, with their offsets at an instant (epoch milliseconds). `present`
 * is in the list whatever it is: no one finds their own zone missing.
 */
export function listPlaces(
  present: string,
  at: number,
  locale: Locale,
): { region: Region | null; places: Place[] }[] {
  const toPlace = (timeZone: string): Place => ({
    timeZone,
    name: placeOf(timeZone, locale),
    offset: offsetLabel(timeZone, at),
  });
  const groups = regions.map((region) => ({
    region,
    places: zonesByRegion[region]
      .map(toPlace)
      .sort((a, b) => a.name.localeCompare(b.name, languageOf(locale).formats)),
  }));
  const listed = groups.some(({ places }) => places.some(({ timeZone }) => timeZone === present));
  return listed ? groups : [{ region: null, places: [toPlace(present)] }, ...groups];
}

const regions: readonly Region[] = ["europe", "africa", "americas", "asia", "pacific", "utc"];
