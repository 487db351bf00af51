import type { TeamScope } from "@/lib/auth/team-scope";
import { db } from "@/lib/database/client";
import { placeOf } from "@/lib/format/places";
import type { Locale } from "@/lib/i18n/languages";
import { readWeekly } from "@/lib/schedules/stored";

/** A member as someone who could host. */
export interface Candidate {
  id: string;
  name: string;
  /** Of their Microsoft connection. */
  connection: "connected" | "limited" | "reconnect_needed" | "not_connected";
  isDisabled: boolean;
  /** By name, the default one first. */
  schedules: {
    id: string;
    name: string;
    /** Where its hours are meant: "Paris". */
    place: string;
    /** Hours of each weekday (1 is Monday), as `09:00`; date overrides apart. */
    weekly: { days: number[]; start: string; end: string }[];
  }[];
}

/** Everyone in a team, by name, with what decides when they can be booked. Places are named as `locale` names them. */
export async function listCandidates({ teamId }: TeamScope, locale: Locale): Promise<Candidate[]> {
  const rows = await db().teamMember.findMany({
    where: { teamId },
    select: {
      user: {
        select: {
          id: true,
          name: true,
          disabledAt: true,
          schedules: {
            select: { id: true, name: true, timeZone: true, weekly: true },
            orderBy: [{ isDefault: "desc" }, { name: "asc" }],
          },
          connections: { where: { provider: "teams" }, select: { state: true } },
        },
      },
    },
    orderBy: [{ user: { name: "asc" } }, { userId: "asc" }],
  });
  return rows.map(({ user: { disabledAt, connections, schedules, ...user } }) => ({
    ...user,
    schedules: schedules.map(({ timeZone, weekly, ...one }) => {
      return { ...one, place: placeOf(timeZone, locale), weekly: readWeekly(weekly, one.id) };
    }),
    isDisabled: disabledAt !== null,
    connection: connections[0]?.state ?? "not_connected",
  }));
}
