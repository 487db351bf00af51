/** The part of the port that finds calendars of someone else, and how their IDs say what they are known by. */
import type { CalendarInfo } from "@/lib/meetings/calendar-reader";
import type { CallContext } from "@/lib/meetings/provider";

/** Before the address of a calendar that is known by one. */
export const byAddress = "mailbox:";

/** The address of a calendar that is known by one; null for one of the account's own list. PURE. */
export const addressOf = (calendarId: string): string | null =>
  calendarId.startsWith(byAddress) ? calendarId.slice(byAddress.length) : null;

export interface SharedCalendars {
  /** The own calendar of a mailbox that someone else has shared with the account. Throws `ProviderError` `access_denied` for one that is not. */
  findShared(context: CallContext, address: string): Promise<CalendarInfo & { ownerAddress: string }>;
}
