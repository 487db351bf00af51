/** The part of the port that reads when rooms and equipment of an organizer's organization are free. */
import type { BusyInterval } from "@/lib/meetings/calendar-reader";
import type { CallContext } from "@/lib/meetings/provider";

/** A room as the organization's own list has it. */
export interface ListedRoom {
  /** Lower case. */
  email: string;
  /** As Outlook shows it, to the letter. */
  name: string;
  capacity: number | null;
  building: string;
  features: string[];
}

export interface RoomReader {
  /** The rooms on the organization's list, some hundreds at most. Throws `ProviderError`: `access_denied` where it isn't allowed. */
  listRooms(context: CallContext): Promise<ListedRoom[]>;
  /**
   * When each of some rooms (by address, in lower case) is not free between two instants, as any colleague may see it. Null: there is no
   * such mailbox in the organization. A room whose calendar the provider doesn't show now is left out.
   */
  readRooms(
    context: CallContext,
    emails: readonly string[],
    from: Date,
    to: Date,
  ): Promise<Map<string, BusyInterval[] | null>>;
}
