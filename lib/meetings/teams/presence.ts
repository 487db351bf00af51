/**
 * Presence in Teams. Source: Microsoft Graph, presence-get and cloudcommunications-getpresencesbyuserid (v1.0): an account's own with
 * `Presence.Read`, and by the organization's permission with `Presence.Read.All`, by the ids of people.
 */

import type { PresenceReader } from "@/lib/meetings/presence-reader";
import { openGraph } from "@/lib/meetings/teams/graph";
import { readBody } from "@/lib/meetings/teams/graph-answer";
import { presenceSchema, presencesSchema } from "@/lib/meetings/teams/graph-schema";

export const presenceReader: PresenceReader = {
  async readPresence(context) {
    const graph = openGraph(context);
    const { managed, accountId } = await graph.account();
    if (!managed) {
      const answer = await graph.call({ method: "GET", path: "/me/presence" });
      return toPresence(readBody(presenceSchema, answer).availability);
    }
    const body = { ids: [accountId] };
    const answer = await graph.call({ method: "POST", path: "/communications/getPresencesByUserId", body });
    return toPresence(readBody(presencesSchema, answer).value[0]?.availability);
  },
};

/** Idle is not available: they have left their desk. */
function toPresence(availability: string | null | undefined): "available" | "away" | "unknown" {
  if (!availability || availability === "PresenceUnknown") return "unknown";
  return availability === "Available" ? "available" : "away";
}
