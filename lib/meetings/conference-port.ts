/**
 * The port to the vendor of online meetings. Where a vendor's meeting comes with an event of its own calendar (`online` there), this
 * port has nothing to make, and says what else the meeting can do.
 */
import type { AttendanceReading } from "@/lib/meetings/attendance-reader";
import type { MeetingOptionName, MeetingOptions } from "@/lib/meetings/option-choices";
import type { CallContext } from "@/lib/meetings/provider";

/** Another host of a booking, at the organization of the meeting's own host. */
export type CoOrganizer = {
  /** Of the account that they have connected, as the provider names it. */
  accountId: string;
  email: string;
};

export interface WantedOptions {
  joinUrl: string;
  /** Null: all of them stay as they are. */
  options: MeetingOptions | null;
  /** Who lets people in and ends the meeting beside its organizer, and who did for an earlier state of the booking. */
  coOrganizers: { wanted: readonly CoOrganizer[]; former: readonly CoOrganizer[] };
  /** An option not set by now never will be: an empty response counts as a refusal. */
  isLastTry?: boolean;
}

/** A meeting option that differs from what was requested. */
export interface UntakenOption {
  option: MeetingOptionName | "coOrganizers";
  wanted: string | boolean;
  actual: string | boolean | null;
  /** `overruled`: accepted, and something else is there; `refused`: turned down by the provider. */
  why: "overruled" | "refused";
}

export interface ConferencePort {
  /**
   * Sets the options and co-organizers of the meeting behind a link as far as they differ, reads them back and says what was not taken.
   * Throws `unavailable` with the vendor code `meeting_not_found` while the meeting can't be found.
   */
  applyOptions(
    context: CallContext,
    wanted: WantedOptions,
  ): Promise<{ onlineMeetingId: string; untaken: UntakenOption[] }>;
  /**
   * Who was behind a link between two instants, by the reports that have come. Needs the optional permission `attendance`. Throws `ProviderError`:
   * `access_denied` without it.
   */
  readAttendance(
    context: CallContext,
    asked: { joinUrl: string; from: Date; to: Date },
  ): Promise<AttendanceReading>;
}
