/** The part of the port to online meetings that reads who was there. */

/** Someone who was in a meeting, as the provider's reports say. */
export interface Attendant {
  /** Null: the provider doesn't know, as of guests who didn't sign in. */
  email: string | null;
  /** As the provider names accounts; null as above. */
  accountId: string | null;
  isOrganizer: boolean;
  stays: { from: Date; to: Date }[];
}

export interface AttendanceReading {
  people: Attendant[];
  /** False: more people were there than could be read. */
  isWhole: boolean;
}
