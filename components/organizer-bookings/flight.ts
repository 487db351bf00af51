/** The flight recorder's lines put in the order people think of them. PURE. */
import type { FlightLine } from "@/lib/flight-recorder/queries";

/** What someone did, with all that followed from it. */
export interface FlightGroup {
  key: string;
  /** The step it began with; `other` for lines that nothing we know of came before. */
  begunBy: (typeof beginnings)[number] | "other";
  /** Who did it: visitor, organizer, calendar; null where it goes without saying. */
  by: string | null;
  startedAt: Date;
  /** From the beginning until the link was verified; null while it is not. */
  doneInMs: number | null;
  lines: FlightLine[];
}

const beginnings = [
  "booked",
  "approved",
  "declined",
  "expired",
  "address_confirmed",
  "confirmation_lapsed",
  "waits_again",
  "rescheduled",
  "cancelled",
  "no_show",
  "attendance_read",
  "repair_requested",
  "outlook_asks",
  "outlook_ignored",
  "outlook_link_lost",
  "outlook_answered",
  "visitor_erased",
  "removed_by_hand",
  "place_given",
  "handed_over",
] as const;

/** Groups the lines, which come oldest first. */
export function toFlightGroups(lines: FlightLine[]): FlightGroup[] {
  const groups: FlightGroup[] = [];
  for (const line of lines) {
    const begunBy = beginnings.find((step) => step === line.step);
    let group = groups.at(-1);
    if (begunBy || !group) {
      const decided = begunBy ? takeDecided(groups, line) : [];
      group = {
        key: line.id,
        begunBy: begunBy ?? "other",
        by: typeof line.facts.by === "string" ? line.facts.by : null,
        startedAt: line.at,
        doneInMs: null,
        lines: [line, ...decided],
      };
      groups.push(group);
    } else {
      group.lines.push(line);
    }
    if (line.step === "link_verified") group.doneInMs = line.at.getTime() - group.startedAt.getTime();
  }
  return groups;
}

/** Whose turn it is is written in the same instant as what someone did, but before it: it is taken out of the group so far. */
function takeDecided(groups: FlightGroup[], { at }: FlightLine): FlightLine[] {
  const before = groups.at(-1);
  const last = before?.lines.at(-1);
  if (!before || last?.step !== "turn_taken" || last.at.getTime() !== at.getTime()) return [];
  before.lines.pop();
  if (before.lines.length === 0) groups.pop();
  return [last];
}

/** How long a line took, in milliseconds: a call by itself, a verified link since its group began. */
export function tookMs(line: FlightLine, group: FlightGroup): number | null {
  return line.step === "link_verified" ? group.doneInMs : line.durationMs;
}

const callKeys = [
  ["POST /me/events", "createEvent"],
  ["GET /me/events/{event}", "readEvent"],
  ["GET /me/events", "findEvent"],
  ["PATCH /me/events/{event}", "moveEvent"],
  ["POST /me/events/{event}/cancel", "cancelEvent"],
  ["DELETE /me/events/{event}", "deleteEvent"],
  ["GET /me/calendarView", "readCalendar"],
  ["POST /me/calendar/getSchedule", "readCalendar"],
] as const;

/** What a call to the provider was for. */
export function callKey(
  call: string | null,
): (typeof callKeys)[number][1] | "readOptions" | "setOptions" | "other" {
  const known = callKeys.find(([name]) => name === call);
  if (known) return known[1];
  if (!call?.includes("/onlineMeetings")) return "other";
  return call.startsWith("PATCH ") ? "setOptions" : "readOptions";
}

/** The lines as text for support: UTC, with the provider's own ids, and no secrets. */
export function flightAsText(bookingId: string, lines: FlightLine[]): string {
  const rows = lines.map((line) => {
    const parts = [
      line.at.toISOString(),
      line.step,
      line.outcome,
      line.call,
      line.status,
      line.requestId && `request-id ${line.requestId}`,
      line.durationMs !== null && `${line.durationMs} ms`,
      Object.keys(line.facts).length > 0 && JSON.stringify(line.facts),
    ];
    return parts.filter((part) => part !== null && part !== false && part !== "").join("  ");
  });
  return [`booking ${bookingId}`, ...rows].join("\n");
}
