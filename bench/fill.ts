import type pg from "pg";
import { openSession } from "@/lib/database/session";

/** Who the slots are asked of: office hours, half hours, sixty bookings in the coming weeks. */
export const filled = { handle: "bench", slug: "half-hour" };

const upcomingPerOrganizer = 60;

/**
 * Fills an empty database with bookings of many organizers, each with sixty to come and the rest behind them, one every hour.
 * Indexes and constraints come last, as in a restored backup; they are the same as ever.
 */
export async function fillWithBookings(
  databaseUrl: string,
  bookings: number,
  organizers: number,
): Promise<void> {
  const client = await openSession(databaseUrl);
  try {
    await client.query(`
      SET synchronous_commit = off;
      SET maintenance_work_mem = '512MB';
      SET session_replication_role = replica`);
    await client.query(organizersSql, [organizers, filled.handle, filled.slug]);
    const restore = await dropIndexes(client);
    const perOrganizer = Math.ceil(bookings / organizers);
    for (const sql of [meetingsSql, bookingsSql, claimsSql]) {
      await client.query(sql, [organizers, perOrganizer, upcomingPerOrganizer]);
    }
    for (const sql of restore) await client.query(sql);
    for (const table of tables) await client.query(`VACUUM ANALYZE "${table}"`);
    await client.query("CHECKPOINT");
  } finally {
    await client.end();
  }
}

const tables = [
  "User",
  "Handle",
  "Schedule",
  "EventType",
  "EventTypeHost",
  "Meeting",
  "Booking",
  "TimeClaim",
];

/** Takes away what slows many rows down and answers with the statements that bring it back. */
async function dropIndexes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{
    table: string;
    name: string;
    constraint: string | null;
    index: string;
  }>(`
    SELECT t.relname AS table, i.relname AS name, pg_get_indexdef(i.oid) AS index,
           (SELECT pg_get_constraintdef(c.oid) FROM pg_constraint c WHERE c.conindid = i.oid AND c.contype = 'x') AS constraint
    FROM pg_index x
    JOIN pg_class i ON i.oid = x.indexrelid
    JOIN pg_class t ON t.oid = x.indrelid
    WHERE t.relname IN ('Meeting', 'Booking', 'TimeClaim') AND NOT x.indisprimary`);
  const restore: string[] = [];
  for (const { table, name, constraint, index } of rows) {
    if (constraint) {
      await client.query(`ALTER TABLE "${table}" DROP CONSTRAINT "${name}"`);
      restore.push(`ALTER TABLE "${table}" ADD CONSTRAINT "${name}" ${constraint}`);
    } else {
      await client.query(`DROP INDEX "${name}"`);
      restore.push(index);
    }
  }
  return restore;
}

const organizersSql = `
  WITH organizer AS (
    INSERT INTO "User" (id, email, name, handle, "updatedAt")
    SELECT md5('user ' || n)::uuid, 'bench' || n || '@bellhop.example', 'Bench ' || n,
           CASE n WHEN 0 THEN $2 ELSE $2 || n END, now()
    FROM generate_series(0, $1::int - 1) n
    RETURNING id, handle
  ), handle AS (
    INSERT INTO "Handle" (handle, "userId") SELECT handle, id FROM organizer
  ), schedule AS (
    INSERT INTO "Schedule" (id, "userId", name, "timeZone", weekly, "updatedAt")
    SELECT id, id, 'Hours', 'Europe/Paris', '[{"days": [1, 2, 3, 4, 5], "start": "09:00", "end": "17:00"}]', now()
    FROM organizer
    RETURNING "userId"
  ), host AS (
    INSERT INTO "EventTypeHost" ("eventTypeId", "userId", "scheduleId") SELECT "userId", "userId", "userId" FROM schedule
  )
  INSERT INTO "EventType" (id, "userId", "scheduleId", slug, title, "durationsMinutes", location, "bufferAfterMinutes", "updatedAt")
  SELECT "userId", "userId", "userId", $3, 'Half an hour', '{30}', '{"kind": "none"}', 5, now() FROM schedule`;

// Number k of organizer n: the first ones lie ahead, nine hours apart, the others behind, an hour apart.
const each = `
  FROM generate_series(0, $1::int - 1) n, generate_series(0, $2::int - 1) k,
  LATERAL (SELECT md5('user ' || n)::uuid AS "userId", md5(n || ' ' || k)::uuid AS id,
           date_trunc('hour', now()) + CASE WHEN k < $3::int THEN interval '1 day' + k * interval '9 hours'
             ELSE (k - $3::int + 1) * interval '-1 hour' END AS "startsAt") AS row`;

const meetingsSql = `
  INSERT INTO "Meeting" (id, "hostId", "eventTypeId", kind, status, "startsAt", "endsAt", "updatedAt")
  SELECT id, "userId", "userId", 'none', 'none', "startsAt", "startsAt" + interval '30 minutes', now() ${each}`;

const bookingsSql = `
  INSERT INTO "Booking" (id, "ownerId", "eventTypeId", "meetingId", status, "startsAt", "endsAt", title, "visitorName",
    "visitorEmail", "visitorTimeZone", "tokenHash", "tokenSealed", "joinTokenHash", "joinTokenSealed", "updatedAt")
  SELECT id, "userId", "userId", id, 'confirmed', "startsAt", "startsAt" + interval '30 minutes', 'Half an hour',
    'Visitor ' || k, 'visitor' || k || '@example.org', 'Europe/Paris', sha256(('t' || id)::bytea), 'sealed',
    sha256(('j' || id)::bytea), 'sealed', now() ${each}`;

const claimsSql = `
  INSERT INTO "TimeClaim" (id, "hostId", "meetingId", during, "bufferAfterMinutes")
  SELECT id, "userId", id, tstzrange("startsAt", "startsAt" + interval '30 minutes'), 5 ${each}`;
