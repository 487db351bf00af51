import type { AttendanceView } from "@/lib/booking/attendance";
import { type Clock, clockTime } from "@/lib/format/spoken-time";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";

/** Less than that is no one's fault, and often the lobby's. In minutes. */
const noticedAfter = 5;

interface Reader {
  timeZone: string;
  clock: Clock;
  locale: Locale;
}

/** What the provider's reports say of whether a visitor came, a sentence a line. */
export function describeAttendance(
  { found, isAwaited, problem }: AttendanceView,
  { timeZone, clock, locale }: Reader,
): string[] {
  const words = translator("bookings", locale);
  if (found?.verdict === "attended" && found.joinedAt) {
    const late = found.lateMinutes ?? 0;
    const early = found.earlyMinutes ?? 0;
    return [
      words("attendance.joined", { time: clockTime(found.joinedAt.getTime(), timeZone, clock, locale) }),
      ...(late >= noticedAfter ? [words("attendance.late", { minutes: late })] : []),
      ...(early >= noticedAfter ? [words("attendance.early", { minutes: early })] : []),
    ];
  }
  if (found) return [words(found.verdict === "absent" ? "attendance.absent" : "attendance.unknown")];
  if (isAwaited) return [words("attendance.awaited")];
  return [words(problem === "no_report" ? "attendance.noReport" : "attendance.unreadable")];
}
