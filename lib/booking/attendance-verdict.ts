/** Who came, judged by what the provider's reports say. PURE. */
import { addressKey } from "@/lib/input/addresses";
import type { AttendanceReading, Attendant } from "@/lib/meetings/attendance-reader";

interface Appointment {
  startsAt: Date;
  endsAt: Date;
  hosts: { emails: string[]; accountIds: string[] };
  bookings: readonly { id: string; emails: string[] }[];
}

export type Found =
  | { verdict: "attended"; joinedAt: Date; leftAt: Date; lateMinutes: number; earlyMinutes: number }
  | { verdict: "absent" | "unknown" };

const minuteMs = 60_000;

/** Whoever was behind the link longer before or after belongs to another appointment, or tried the link. */
const aroundMs = 60 * minuteMs;

/** The time that reports are looked for about an appointment. */
export const reportedTime = ({ startsAt, endsAt }: Pick<Appointment, "startsAt" | "endsAt">) => ({
  from: new Date(startsAt.getTime() - aroundMs),
  to: new Date(endsAt.getTime() + aroundMs),
});

/**
 * What the reports say of each booking, by its id; empty as long as they say nothing of that time. A visitor, or a guest of theirs, is known by
 * the address they were booked with. As soon as one person was there whom nobody here can name, no one is called absent: it may have been them.
 */
export function judgeAttendance(appointment: Appointment, reading: AttendanceReading): Map<string, Found> {
  const { from, to } = reportedTime(appointment);
  const present = reading.people
    .map((one) => ({ ...one, stays: one.stays.filter((stay) => stay.from < to && stay.to > from) }))
    .filter(({ stays }) => stays.length > 0);
  const found = new Map<string, Found>();
  if (present.length === 0) return found;
  const hosts = present.filter((one) => isHost(one, appointment.hosts));
  const others = present.filter((one) => !hosts.includes(one));
  const known = new Set(appointment.bookings.flatMap(({ emails }) => emails.map(addressKey)));
  const isCounted =
    reading.isWhole && others.every(({ email }) => email !== null && known.has(addressKey(email)));
  for (const { id, emails } of appointment.bookings) {
    const keys = new Set(emails.map(addressKey));
    const own = others.filter(({ email }) => email !== null && keys.has(addressKey(email)));
    if (own.length > 0) found.set(id, timesOf(own, hosts, appointment));
    else found.set(id, { verdict: isCounted ? "absent" : "unknown" });
  }
  return found;
}

function isHost({ email, accountId, isOrganizer }: Attendant, hosts: Appointment["hosts"]): boolean {
  if (isOrganizer || (accountId !== null && hosts.accountIds.includes(accountId))) return true;
  return email !== null && hosts.emails.map(addressKey).includes(addressKey(email));
}

function timesOf(
  own: readonly Attendant[],
  hosts: readonly Attendant[],
  { startsAt, endsAt }: Appointment,
): Found {
  const joined = Math.min(...own.flatMap(({ stays }) => stays.map(({ from }) => from.getTime())));
  const left = lastOf(own);
  // Whoever stays until the hosts have left, leaves early no more than they do.
  const over = hosts.length > 0 ? Math.min(endsAt.getTime(), lastOf(hosts)) : endsAt.getTime();
  return {
    verdict: "attended",
    joinedAt: new Date(joined),
    leftAt: new Date(left),
    lateMinutes: wholeMinutes(joined - startsAt.getTime()),
    earlyMinutes: wholeMinutes(over - left),
  };
}

const lastOf = (people: readonly Attendant[]) =>
  Math.max(...people.flatMap(({ stays }) => stays.map(({ to }) => to.getTime())));

const wholeMinutes = (ms: number) => Math.max(0, Math.floor(ms / minuteMs));
