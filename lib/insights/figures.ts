/** What became of bookings, in figures: an organizer's own, or a team's as far as its reader may see them. */
import type { OwnerScope } from "@/lib/auth/owner-scope";
import type { TeamScope } from "@/lib/auth/team-scope";
import { db } from "@/lib/database/client";
import { Prisma } from "@/lib/database/generated/client";
import { connectionStatusOf } from "@/lib/grants/connection-status";
import type { FunnelStep } from "@/lib/insights/funnel";
import type { Period } from "@/lib/insights/period";
import { registration } from "@/lib/registration/registration";

/** Of the appointments of a stretch of time, by what became of them. */
export interface Outcomes {
  /** Booked, whatever became of it after that. */
  booked: number;
  cancelled: number;
  noShows: number;
  /** From the booking to the start, median, in hours; null: nothing was booked. */
  leadHours: number | null;
}

export interface Insights {
  total: Outcomes;
  /** One for each week of the period, the earliest first. */
  weeks: (Outcomes & { monday: string })[];
  /** The most booked first. */
  types: (Outcomes & { id: string | null; title: string })[];
  hosts: (Outcomes & { id: string; name: string })[];
  /** How far visitors of booking pages got. */
  funnel: ({ id: string; title: string } & Record<FunnelStep, number>)[];
  /** From the booking to its verified Teams link, in seconds; null: there was none. */
  link: { count: number; median: number; p95: number } | null;
  connections: {
    name: string;
    /** Null: none is connected. */
    state: "connected" | "limited" | "reconnect_needed" | null;
    /** How often the organizer had to connect again in the period. */
    outages: number;
  }[];
}

/** The bookings, event types and people that someone may see. */
interface Reach {
  bookings: Prisma.Sql;
  eventTypes: Prisma.Sql;
  people: Prisma.UserWhereInput;
}

/** Figures of the bookings that someone takes part in, their teams' included, and of their own booking pages. */
export function readOwnInsights({ ownerId }: OwnerScope, period: Period): Promise<Insights> {
  return readInsights(
    {
      bookings: Prisma.sql`(b."ownerId" = ${ownerId}::uuid OR ${isHost(ownerId)})`,
      eventTypes: Prisma.sql`t."userId" = ${ownerId}::uuid`,
      people: { id: ownerId },
    },
    period,
  );
}

/** Figures of a team's bookings and pages: all of them for who manages it, otherwise those its reader takes part in. */
export function readTeamInsights({ teamId, seesOnly }: TeamScope, period: Period): Promise<Insights> {
  const reach = {
    bookings: Prisma.sql`b."teamId" = ${teamId}::uuid`,
    eventTypes: Prisma.sql`t."teamId" = ${teamId}::uuid`,
    people: { memberships: { some: { teamId } } },
  };
  if (seesOnly === null) return readInsights(reach, period);
  return readInsights(
    {
      bookings: Prisma.sql`${reach.bookings} AND ${isHost(seesOnly)}`,
      eventTypes: Prisma.sql`${reach.eventTypes} AND EXISTS (
        SELECT 1 FROM "EventTypeHost" h WHERE h."eventTypeId" = t.id AND h."userId" = ${seesOnly}::uuid)`,
      people: { memberships: { some: { teamId, userId: seesOnly } } },
    },
    period,
  );
}

const isHost = (userId: string) =>
  Prisma.sql`EXISTS (SELECT 1 FROM "BookingHost" h WHERE h."bookingId" = b.id AND h."userId" = ${userId}::uuid)`;

interface Row {
  booked: number;
  cancelled: number;
  noShows: number;
  leadHours: number | null;
}

const outcomes = Prisma.sql`
  count(*)::int AS booked,
  count(*) FILTER (WHERE b.status = 'cancelled')::int AS cancelled,
  count(*) FILTER (WHERE b.status = 'confirmed' AND b."noShowAt" IS NOT NULL)::int AS "noShows",
  percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM b."startsAt" - b."createdAt") / 3600)::float AS "leadHours"`;

async function readInsights(reach: Reach, period: Period): Promise<Insights> {
  const { start, end } = period;
  // What no one ever confirmed or approved was no booking.
  const counted = Prisma.sql`${reach.bookings} AND b."startsAt" >= ${start} AND b."startsAt" < ${end}
    AND b.status IN ('confirmed', 'cancelled') AND b."confirmBy" IS NULL`;
  const bounds = period.weeks.map((week) => week.start);
  const [[total], byWeek, types, hosts, funnel, link, connections] = await Promise.all([
    db().$queryRaw<Row[]>`SELECT ${outcomes} FROM "Booking" b WHERE ${counted}`,
    db().$queryRaw<(Row & { week: number })[]>`
      SELECT width_bucket(b."startsAt", ${bounds}::timestamptz[]) AS week, ${outcomes}
      FROM "Booking" b WHERE ${counted} GROUP BY 1`,
    db().$queryRaw<(Row & { id: string | null; title: string })[]>`
      SELECT b."eventTypeId" AS id, coalesce(max(t.title), max(b.title)) AS title, ${outcomes}
      FROM "Booking" b LEFT JOIN "EventType" t ON t.id = b."eventTypeId"
      WHERE ${counted} GROUP BY b."eventTypeId", CASE WHEN b."eventTypeId" IS NULL THEN b.title END
      ORDER BY booked DESC, title, id`,
    db().$queryRaw<(Row & { id: string; name: string })[]>`
      SELECT u.id, u.name, ${outcomes}
      FROM "Booking" b JOIN "BookingHost" p ON p."bookingId" = b.id JOIN "User" u ON u.id = p."userId"
      WHERE ${counted} GROUP BY u.id, u.name ORDER BY booked DESC, u.name, u.id`,
    readFunnel(reach, period),
    readLinkTimes(counted),
    readConnections(reach, period),
  ]);
  const none = { booked: 0, cancelled: 0, noShows: 0, leadHours: null };
  return {
    total: total ?? none,
    weeks: period.weeks.map(({ monday }, place) => {
      const { week: _, ...row } = byWeek.find(({ week }) => week === place + 1) ?? { week: 0, ...none };
      return { monday, ...row };
    }),
    types,
    hosts,
    funnel,
    link,
    connections,
  };
}

function readFunnel({ eventTypes }: Reach, { first, last }: Period): Promise<Insights["funnel"]> {
  return db().$queryRaw`
    SELECT t.id, t.title,
      coalesce(sum(f.count) FILTER (WHERE f.step = 'page'), 0)::int AS page,
      coalesce(sum(f.count) FILTER (WHERE f.step = 'times'), 0)::int AS times,
      coalesce(sum(f.count) FILTER (WHERE f.step = 'form'), 0)::int AS form,
      coalesce(sum(f.count) FILTER (WHERE f.step = 'booked'), 0)::int AS booked
    FROM "FunnelCount" f JOIN "EventType" t ON t.id = f."eventTypeId"
    WHERE ${eventTypes} AND f.day BETWEEN ${first}::date AND ${last}::date
    GROUP BY t.id, t.title ORDER BY page DESC, t.title, t.id`;
}

/** Only the first link of a booking that waited for no one: what is made again has waited for something else. */
async function readLinkTimes(counted: Prisma.Sql): Promise<Insights["link"]> {
  const [row] = await db().$queryRaw<{ count: number; seconds: number[] | null }[]>`
    SELECT count(*)::int AS count, percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY extract(epoch FROM e.at - b."createdAt"))::float[] AS seconds
    FROM "Booking" b JOIN "Meeting" m ON m.id = b."meetingId" AND m.kind = 'teams'
    JOIN LATERAL (SELECT min(at) AS at FROM "FlightEntry" WHERE "bookingId" = b.id AND step = 'link_verified') e ON e.at IS NOT NULL
    WHERE ${counted} AND b."decideBy" IS NULL`;
  const [median, p95] = row?.seconds ?? [];
  return row && median !== undefined && p95 !== undefined ? { count: row.count, median, p95 } : null;
}

async function readConnections({ people }: Reach, { start, end }: Period): Promise<Insights["connections"]> {
  const [users, { scopes: configured }] = await Promise.all([
    db().user.findMany({
      where: people,
      select: {
        name: true,
        connections: {
          where: { provider: "teams" },
          select: { state: true, reason: true, accountKind: true, scopes: true },
        },
        _count: {
          select: {
            connectionNotes: {
              where: { provider: "teams", state: "reconnect_needed", at: { gte: start, lt: end } },
            },
          },
        },
      },
      orderBy: [{ name: "asc" }, { id: "asc" }],
    }),
    registration(),
  ]);
  return users.map(({ name, connections: [connection], _count }) => ({
    name,
    state: connection ? connectionStatusOf(connection, configured).state : null,
    outages: _count.connectionNotes,
  }));
}
