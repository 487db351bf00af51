/** The part of the port that reads when the holder of an account works. */
import type { CallContext } from "@/lib/meetings/provider";

/** One stretch of work; time off is none. */
export interface WorkTime {
  startsAt: Date;
  endsAt: Date;
  /** The IANA zone that it is given in; null: in UTC, which says nothing of where they are. */
  timeZone: string | null;
}

export interface WorkHoursReader {
  /** When the holder of the account works between two instants, as they have it in their calendar's settings. */
  readWorkTimes(context: CallContext, from: Date, to: Date): Promise<WorkTime[]>;
}
