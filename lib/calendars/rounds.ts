/**
 * Stores rounds. A full round is collected beside the current one and replaces it in one step once it is complete;
 * a round of changes is written into the one that counts, page by page.
 */
import { type HeldCalendar, keepLease } from "@/lib/calendars/lease";
import { takesTimeOf } from "@/lib/calendars/own-events";
import { type Run, run, transact } from "@/lib/database/direct";
import type { ChangesPage, SeenEvent } from "@/lib/meetings/calendar-reader";

/** The number under which a calendar's round writes. */
const writingTo = ({ round, roundUnderWay }: HeldCalendar) => roundUnderWay ?? round;

/** Starts to collect everything in a stretch of time. The previous round stays in use. */
export async function beginFullRound(
  held: HeldCalendar,
  window: { from: Date; to: Date },
): Promise<HeldCalendar> {
  const next: HeldCalendar = {
    ...held,
    roundUnderWay: Math.max(held.round, held.roundUnderWay ?? 0) + 1,
    roundStartedAt: new Date(),
    nextWindowStart: window.from,
    nextWindowEnd: window.to,
    nextLink: null,
    deltaLink: null,
  };
  await transact(null, async (tx) => {
    await keepLease(tx, held);
    await tx(`DELETE FROM "BusyInterval" WHERE "syncedCalendarId" = $1::uuid AND round <> $2`, [
      held.id,
      held.round,
    ]);
    await tx(
      `UPDATE "SyncedCalendar" SET "roundUnderWay" = $2, "roundStartedAt" = $3, "nextWindowStart" = $4,
         "nextWindowEnd" = $5, "nextLink" = NULL, "deltaLink" = NULL WHERE id = $1::uuid`,
      [held.id, next.roundUnderWay, next.roundStartedAt, window.from, window.to],
    );
  });
  return next;
}

/** Writes a page, and where the next one is, so that reading goes on there after a crash. */
export async function writePage(held: HeldCalendar, page: ChangesPage): Promise<HeldCalendar> {
  const nextLink = page.isLast ? held.nextLink : page.link;
  await transact(null, async (tx) => {
    await keepLease(tx, held);
    await removeEvents(tx, held, page.removedIds);
    await upsertEvents(tx, held, page.seen);
    await tx(`UPDATE "SyncedCalendar" SET "nextLink" = $2, "roundStartedAt" = $3 WHERE id = $1::uuid`, [
      held.id,
      nextLink,
      held.roundStartedAt,
    ]);
  });
  return { ...held, nextLink };
}

async function removeEvents(tx: Run, held: HeldCalendar, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx(
    `DELETE FROM "BusyInterval" WHERE "syncedCalendarId" = $1::uuid AND round = $2
       AND ("eventId" = ANY($3::text[]) OR "seriesId" = ANY($3::text[]))`,
    [held.id, writingTo(held), ids],
  );
}

// An event of ours stays one, also after its meeting has forgotten it. A series that changes may have lost occurrences
// without a word.
const upsert = `
  INSERT INTO "BusyInterval" AS b ("syncedCalendarId", round, "eventId", "iCalUId", "seriesId", kind, "startsAt", "endsAt",
    "isAllDay", "showAs", "isOwn", "isStale")
  SELECT $1::uuid, $2, e.id, e.uid, e.series, e.kind, e."from", e."to", e."allDay", e."showAs",
    EXISTS (SELECT 1 FROM "Meeting" m
            WHERE m."calendarEventId" = e.id AND (m."hostId" = $4::uuid OR m."connectionId" = $7::uuid))
      OR EXISTS (SELECT 1 FROM "Meeting" m WHERE m."iCalUId" = e.uid AND ${takesTimeOf("$4")})
      OR EXISTS (SELECT 1 FROM "BusyInterval" o WHERE o."syncedCalendarId" = $1::uuid AND o.round = $5
                 AND o."eventId" = e.id AND o."isOwn"),
    e.kind = 'series' AND $6
  FROM jsonb_to_recordset($3::jsonb) AS e(id text, uid text, series text, kind text, "from" timestamptz, "to" timestamptz,
    "allDay" boolean, "showAs" text)
  ON CONFLICT ("syncedCalendarId", round, "eventId") DO UPDATE SET
    "iCalUId" = coalesce(EXCLUDED."iCalUId", b."iCalUId"), "seriesId" = EXCLUDED."seriesId", kind = EXCLUDED.kind, "startsAt" = EXCLUDED."startsAt", "endsAt" = EXCLUDED."endsAt",
    "isAllDay" = EXCLUDED."isAllDay", "showAs" = EXCLUDED."showAs", "isOwn" = b."isOwn" OR EXCLUDED."isOwn",
    "isStale" = b."isStale" OR EXCLUDED."isStale"`;

async function upsertEvents(tx: Run, held: HeldCalendar, seen: readonly SeenEvent[]): Promise<void> {
  if (seen.length === 0) return;
  const rows = seen.map((event) => ({
    id: event.eventId,
    uid: event.iCalUId,
    series: event.seriesId,
    kind: event.kind,
    from: event.startsAt,
    to: event.endsAt,
    allDay: event.isAllDay,
    showAs: event.showAs ?? "pending",
  }));
  const isOfChanges = held.roundUnderWay === null;
  const { id, userId, round, connectionId } = held;
  const values = [id, writingTo(held), JSON.stringify(rows), userId, round, isOfChanges, connectionId];
  await tx(upsert, values);
}

// Occurrences come with little more than their times: the rest is as in their series.
const adopt = `
  UPDATE "BusyInterval" b SET "showAs" = s."showAs", "isAllDay" = s."isAllDay"
  FROM "BusyInterval" s
  WHERE b."syncedCalendarId" = $1::uuid AND b.round = $2 AND b."showAs" = 'pending'
    AND s."syncedCalendarId" = b."syncedCalendarId" AND s.round = b.round AND s."eventId" = b."seriesId"
    AND s.kind = 'series' AND s."showAs" <> 'pending'`;

const toReadAgain = `
  SELECT DISTINCT CASE WHEN kind = 'series' THEN "eventId" ELSE "seriesId" END AS id FROM "BusyInterval"
  WHERE "syncedCalendarId" = $1::uuid AND round = $2
    AND ("isStale" OR ("showAs" = 'pending' AND "seriesId" IS NOT NULL))`;

/** Applies each series to its occurrences, and returns the series whose occurrences have to be read individually. */
export async function settleSeries(held: HeldCalendar): Promise<string[]> {
  const place = [held.id, writingTo(held)];
  await run(adopt, place);
  const series = await run<{ id: string }>(toReadAgain, place);
  return series.map(({ id }) => id);
}

/** Replaces the known occurrences of a series; null: the series is gone. */
export async function replaceSeries(
  held: HeldCalendar,
  seriesId: string,
  occurrences: readonly SeenEvent[] | null,
): Promise<void> {
  await transact(null, async (tx) => {
    await keepLease(tx, held);
    const place = [held.id, writingTo(held), seriesId];
    const whose = `"syncedCalendarId" = $1::uuid AND round = $2`;
    await tx(`DELETE FROM "BusyInterval" WHERE ${whose} AND "seriesId" = $3`, place);
    if (occurrences === null) {
      await tx(`DELETE FROM "BusyInterval" WHERE ${whose} AND "eventId" = $3`, place);
    } else {
      await upsertEvents(
        tx,
        held,
        occurrences.map((one) => ({ ...one, showAs: one.showAs ?? "unknown" })),
      );
      await tx(`UPDATE "BusyInterval" SET "isStale" = false WHERE ${whose} AND "eventId" = $3`, place);
    }
  });
}

export interface RoundEnd {
  /** Null: the next round reads everything again. */
  deltaLink: string | null;
  nextPollAt: Date;
  hasChanges: boolean;
}

/** Ends a round: it becomes the current one, and the lease ends. */
export async function finishRound(held: HeldCalendar, end: RoundEnd): Promise<void> {
  await transact(null, async (tx) => {
    await keepLease(tx, held);
    await tx(
      `UPDATE "SyncedCalendar" SET
         round = coalesce("roundUnderWay", round), "roundUnderWay" = NULL,
         "windowStart" = coalesce("nextWindowStart", "windowStart"), "windowEnd" = coalesce("nextWindowEnd", "windowEnd"),
         "nextWindowStart" = NULL, "nextWindowEnd" = NULL, "nextLink" = NULL, "deltaLink" = $2,
         "syncedAt" = $3, "roundStartedAt" = NULL, "changedAt" = CASE WHEN $4 THEN now() ELSE "changedAt" END,
         problem = NULL, "problemSince" = NULL, attempts = 0,
         "nextPollAt" = CASE WHEN "askedAt" IS NULL THEN $5::timestamptz ELSE now() END,
         "leaseId" = NULL, "leaseUntil" = NULL
       WHERE id = $1::uuid`,
      [held.id, end.deltaLink, held.roundStartedAt, end.hasChanges, end.nextPollAt],
    );
    if (held.roundUnderWay !== null) {
      await tx(`DELETE FROM "BusyInterval" WHERE "syncedCalendarId" = $1::uuid AND round <> $2`, [
        held.id,
        held.roundUnderWay,
      ]);
    }
  });
}

// Anyone who asked meanwhile may know better, such as of a new sign-in; only a provider's own pause is kept.
const failed = `
  UPDATE "SyncedCalendar" SET problem = $3, "problemSince" = coalesce("problemSince", now()), attempts = attempts + 1,
    "nextPollAt" = CASE WHEN "askedAt" IS NULL OR $3 = 'throttled' THEN $4::timestamptz ELSE now() END,
    "leaseId" = NULL, "leaseUntil" = NULL
  WHERE id = $1::uuid AND "leaseId" = $2::uuid`;

/** Ends a failed attempt; what was collected stays for the next one. */
export async function noteFailure(held: HeldCalendar, problem: string, nextPollAt: Date): Promise<void> {
  await run(failed, [held.id, held.leaseId, problem, nextPollAt]);
}

/** Our events that the current round has and the collected one lacks, within both their windows. */
export async function listVanishedOwnEvents(held: HeldCalendar): Promise<string[]> {
  if (held.roundUnderWay === null || held.round === 0) return [];
  const vanished = await run<{ id: string }>(
    `SELECT o."eventId" AS id FROM "BusyInterval" o
     JOIN "Meeting" m ON m."calendarEventId" = o."eventId" AND (m."hostId" = $4::uuid OR m."connectionId" = $5::uuid)
     WHERE o."syncedCalendarId" = $1::uuid AND o.round = $2 AND o."isOwn" AND o."endsAt" > now()
       AND NOT EXISTS (SELECT 1 FROM "BusyInterval" n WHERE n."syncedCalendarId" = o."syncedCalendarId"
                       AND n.round = $3 AND n."eventId" = o."eventId")`,
    [held.id, held.round, held.roundUnderWay, held.userId, held.connectionId],
  );
  return vanished.map(({ id }) => id);
}
