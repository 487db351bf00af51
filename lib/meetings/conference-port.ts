/**
 * The port to the vendor of online meetings. Where a vendor's meeting comes with an event of its own calendar (`online` there), this
 * port has nothing to make, and says what else the meeting can do.
 */
import type { MeetingOptionName, MeetingOptions } from "@/lib/meetings/option-choices";
import type { CallContext } from "@/lib/meetings/provider";

export interface WantedOptions {
  joinUrl: string;
  options: MeetingOptions;
  /** An option not set by now never will be: an empty response counts as a refusal. */
  isLastTry?: boolean;
}

/** A meeting option that differs from what was requested. */
export interface UntakenOption {
  option: MeetingOptionName;
  wanted: string | boolean;
  actual: string | boolean | null;
  /** `overruled`: accepted, and something else is there; `refused`: turned down by the provider. */
  why: "overruled" | "refused";
}

export interface ConferencePort {
  /**
   * Sets the options of the meeting behind a link as far as they differ, reads them back and says which were not taken.
   * Throws `unavailable` with the vendor code `meeting_not_found` while the meeting can't be found.
   */
  applyOptions(
    context: CallContext,
    wanted: WantedOptions,
  ): Promise<{ onlineMeetingId: string; untaken: UntakenOption[] }>;
}
