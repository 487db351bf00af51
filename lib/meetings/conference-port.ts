/**
 * The port to the vendor of online meetings. Where a vendor's meeting comes with an event of its own calendar (`online` there), this
 * port has nothing to make, and says what else the meeting can do.
 */
import type { AttendanceReading } from "@/lib/meetings/attendance-reader";
import type { MeetingOptionName, MeetingOptions } from "@/lib/meetings/option-choices";
import type { CallContext } from "@/lib/meetings/provider";

/** Someone who has a role in a meeting beside its organizer, at the organizer's own organization. */
export type MeetingPerson = {
  /** Of their account, as the provider names it; undefined where it isn't known here. */
  accountId?: string | undefined;
  email: string;
  role: "coorganizer" | "presenter";
};

const roles = [
  ["coOrganizers", "coorganizer"],
  ["presenters", "presenter"],
] as const;

/** The addresses of people in one text for each role that anyone of them has, by the option that asks for it. PURE. */
export function addressesByOption(people: readonly MeetingPerson[]) {
  return roles.flatMap(([option, role]) => {
    const addresses = people.filter((one) => one.role === role).map(({ email }) => email);
    return addresses.length > 0 ? [{ option, addresses: addresses.join(", ") }] : [];
  });
}

export interface WantedOptions {
  joinUrl: string;
  /** Null: all of them stay as they are. */
  options: MeetingOptions | null;
  /** Who has a role in the meeting beside its organizer, and who had one for an earlier state of the booking. */
  people: { wanted: readonly MeetingPerson[]; former: readonly MeetingPerson[] };
  /** An option not set by now never will be: an empty response counts as a refusal. */
  isLastTry?: boolean;
}

/** A meeting option that differs from what was requested. */
export interface UntakenOption {
  option: MeetingOptionName | "coOrganizers" | "presenters";
  wanted: string | boolean;
  actual: string | boolean | null;
  /** `overruled`: accepted, and something else is there; `refused`: turned down by the provider. */
  why: "overruled" | "refused";
}

export interface ConferencePort {
  /**
   * Sets the options, co-organizers, and presenters of the meeting behind a link as far as they differ, reads them back and says what was not taken.
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
