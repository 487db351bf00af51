/** The weekly summary of a team, for owners and admins who want it: on their Monday morning, each in their zone and language. */
import type { TeamScope } from "@/lib/auth/team-scope";
import { env } from "@/lib/config/env";
import { db, type Tx } from "@/lib/database/client";
import { clockOf } from "@/lib/format/clock";
import { startLabel } from "@/lib/format/two-clocks";
import type { RepeatedTask } from "@/lib/jobs/runner";
import { sendLetter } from "@/lib/outbox/send-letter";
import { toDate, toDayNumber, weekdayIndexOf } from "@/lib/slot-engine/calendar-date";
import { dateRangeToInstants, localDateOf, wallTime } from "@/lib/slot-engine/zone";
import { holder } from "@/lib/teams/people";

/** Whether someone gets the summary; null: they aren't a member. */
export async function getWantsDigest({ teamId, readerId: userId }: TeamScope): Promise<boolean | null> {
  const where = { teamId_userId: { teamId, userId } };
  return (await db().teamMember.findUnique({ where, select: { wantsDigest: true } }))?.wantsDigest ?? null;
}

/** Subscribes whoever manages the team to its summary, or ends that. */
export async function setWantsDigest(scope: TeamScope, wantsDigest: boolean): Promise<boolean> {
  if (!scope.manages) return false;
  const { teamId, readerId: userId } = scope;
  const { count } = await db().teamMember.updateMany({ where: { teamId, userId }, data: { wantsDigest } });
  return count > 0;
}

/** Before that hour of their Monday no one is at work. */
const morning = "07:00";

/** More bookings than that are a list that no one reads. */
const listedMax = 20;

/** Mails the summaries that are due. Runs any number of times, in any number of processes: each person gets one a week. */
export async function sendDueDigests(now = Date.now()): Promise<void> {
  const subscribers = await db().teamMember.findMany({
    where: {
      wantsDigest: true,
      role: { in: ["owner", "admin"] },
      user: { disabledAt: null },
      OR: [{ digestSentFor: null }, { digestSentFor: { lt: new Date(now - 6 * 86_400_000) } }],
    },
    select: {
      teamId: true,
      userId: true,
      team: { select: { name: true } },
      user: {
        select: {
          ...holder,
          schedules: {
            select: { timeZone: true },
            orderBy: [{ isDefault: "desc" }, { id: "asc" }],
            take: 1,
          },
        },
      },
    },
  });
  for (const { teamId, userId, team, user } of subscribers) {
    const timeZone = user.schedules[0]?.timeZone ?? "UTC";
    const monday = dueMonday(now, timeZone);
    if (monday === null) continue;
    await db().$transaction(async (tx) => {
      const digestSentFor = new Date(`${monday}T00:00:00Z`);
      const { count } = await tx.teamMember.updateMany({
        where: {
          teamId,
          userId,
          wantsDigest: true,
          OR: [{ digestSentFor: null }, { digestSentFor: { lt: digestSentFor } }],
        },
        data: { digestSentFor },
      });
      if (count === 0) return;
      const week = await readWeek(tx, teamId, monday, timeZone);
      await sendDigest(tx, user, { team: { id: teamId, name: team.name }, timeZone, ...week });
    });
  }
}

/** The Monday whose summary is due in this zone now; null: it's another day, or too early. */
function dueMonday(now: number, timeZone: string): string | null {
  const date = localDateOf(now, timeZone);
  const isMonday = weekdayIndexOf(toDayNumber(date)) === 0;
  return isMonday && wallTime(now, timeZone).time >= morning ? date : null;
}

async function readWeek(tx: Tx, teamId: string, monday: string, timeZone: string) {
  const day = (offset: number) => toDate(toDayNumber(monday) + offset);
  const stretch = (from: string, to: string) => {
    const { start, end } = dateRangeToInstants(from, to, timeZone);
    return { gte: new Date(start), lt: new Date(end) };
  };
  const taken = { teamId, status: "confirmed" as const };
  const [past, coming, requests, unconnected] = await Promise.all([
    tx.booking.count({ where: { ...taken, startsAt: stretch(day(-7), day(-1)) } }),
    tx.booking.findMany({
      where: { ...taken, startsAt: stretch(monday, day(6)) },
      select: {
        startsAt: true,
        title: true,
        visitorName: true,
        hosts: { select: { user: { select: { name: true } } }, orderBy: { position: "asc" } },
      },
      orderBy: [{ startsAt: "asc" }, { id: "asc" }],
    }),
    tx.booking.count({ where: { teamId, status: "pending", confirmBy: null } }),
    tx.user.findMany({
      where: {
        memberships: { some: { teamId } },
        disabledAt: null,
        connections: { some: { provider: "teams", state: "reconnect_needed" } },
      },
      select: { name: true },
      orderBy: { name: "asc" },
    }),
  ]);
  return { past, coming, requests, unconnected: unconnected.map(({ name }) => name) };
}

interface Digest extends Awaited<ReturnType<typeof readWeek>> {
  team: { id: string; name: string };
  timeZone: string;
}

async function sendDigest(
  tx: Tx,
  to: { name: string; email: string; locale: string },
  { team, timeZone, past, coming, requests, unconnected }: Digest,
): Promise<void> {
  const clock = clockOf(to.locale);
  await sendLetter(tx, to, "team-digest", (words, locale) => ({
    subject: words("team.digest.subject", { team: team.name, count: coming.length }),
    paragraphs: [
      words("team.digest.lead", { team: team.name, past, count: coming.length }),
      ...coming.slice(0, listedMax).map(({ startsAt, title, visitorName, hosts }) =>
        words("team.digest.booking", {
          start: startLabel({ startsAt }, timeZone, clock, locale),
          title,
          visitor: visitorName,
          hosts: new Intl.ListFormat(locale).format(hosts.map(({ user }) => user.name)),
        }),
      ),
      ...(coming.length > listedMax ? [words("team.digest.more", { count: coming.length - listedMax })] : []),
      ...(requests > 0 ? [words("team.digest.requests", { count: requests })] : []),
      ...unconnected.map((name) => words("team.digest.unconnected", { name })),
    ],
    actions: [
      { label: words("team.digest.action"), url: `${env().APP_URL}/account/teams/${team.id}?tab=bookings` },
    ],
    closing: [words("team.digest.closing")],
  }));
}

export const teamTasks: RepeatedTask[] = [
  { name: "teams.digest", everySeconds: 900, run: () => sendDueDigests() },
];
