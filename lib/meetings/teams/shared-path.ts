/**
 * Calendars of someone else: a shared mailbox's or a colleague's own one, under its address, and any that is in the account's own list. What is
 * in one of them answers there alone (Microsoft: outlook-get-shared-events-calendars, outlook-create-event-in-shared-delegated-calendar).
 */
import { ProviderError, sharedRefusal } from "@/lib/meetings/provider";
import { addressOf } from "@/lib/meetings/shared-calendars";
import type { GraphCall } from "@/lib/meetings/teams/graph";
import { GraphError } from "@/lib/meetings/teams/graph-answer";

/** The same call about someone else's calendar. */
export function throughOwner(call: GraphCall, sharedCalendar: string): GraphCall {
  const owner = addressOf(sharedCalendar);
  if (owner === null) {
    const path = call.path.replace(/^\/me\/(?=(events|calendarView)(\/|$))/, "/me/calendars/{shared}/");
    return { ...call, path, ids: { ...call.ids, shared: sharedCalendar } };
  }
  const path = call.path.replace(/^\/me\/(?=(events|calendarView|calendar)(\/|$))/, "/users/{owner}/");
  return { ...call, path, ids: { ...call.ids, owner } };
}

/**
 * What an error means for someone else's calendar. It is refused in several ways, also as if it were not there; nothing follows from that but
 * that it can't be read. Of a single event, that it isn't found stays what it is.
 */
export function asShared(error: unknown, { path }: GraphCall): unknown {
  if (!(error instanceof GraphError) || error.isTokenRejected) return error;
  const isOfEvent = path.includes("{event}");
  const isShut = error.code === "access_denied" || error.code === "no_mailbox";
  const isHidden = !isOfEvent && error.status === 404 && error.more.isFromGraph && !error.isLinkLost;
  return isShut || isHidden ? refused(error.message, error) : error;
}

function refused(message: string, cause?: unknown): ProviderError {
  return new ProviderError("access_denied", message, { vendorCode: sharedRefusal, cause });
}

/** A token of this server's own opens what nobody shared with its organizer, so it opens no calendar of someone else. */
export function requireOwnSignIn({ managed }: { managed?: boolean }, sharedCalendar: string): void {
  if (managed && addressOf(sharedCalendar) !== null) {
    throw refused("Someone else's calendar is opened with its organizer's own sign-in alone.");
  }
}
