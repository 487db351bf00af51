import { getLinkState } from "@/lib/booking/booking-links";

/** Why an event type is closed to anyone who asks: it needs a link, or the link they have books nothing (any more). */
export type LinkRefusal = "link_required" | "link_used";

/**
 * Whether someone with this link, if any, may see an event type's times and questions, and book it; null: they may. Looking uses no link
 * up. An event type that needs no link is open to all, but a link that is spent says so there too.
 */
export async function refuseWithoutLink(
  eventType: { id: string; requiresLink: boolean },
  link: string | null | undefined,
): Promise<LinkRefusal | null> {
  if (!link) return eventType.requiresLink ? "link_required" : null;
  return (await getLinkState(eventType.id, link)) === "open" ? null : "link_used";
}
