/** The part of the port that finds calendars of someone else. */
import type { CalendarInfo } from "@/lib/meetings/calendar-reader";
import type { CallContext } from "@/lib/meetings/provider";

export interface SharedCalendars {
  /** The own calendar of a mailbox that someone else has shared with the account. Throws `ProviderError` `access_denied` for one that is not. */
  findShared(context: CallContext, address: string): Promise<CalendarInfo & { ownerAddress: string }>;
}
