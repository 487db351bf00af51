/** Online, by the join page; by phone; at a place; or it isn't known yet. */
export type MeetingWay = "online" | "phone" | "place" | "unknown";

/** How people meet, as far as a booking says. PURE. */
export function meetingWayOf({ kind, place }: { kind: string; place: string | null }): MeetingWay {
  if (kind === "teams" || kind === "link") return "online";
  if (!place) return "unknown";
  return kind === "phone" ? "phone" : "place";
}
