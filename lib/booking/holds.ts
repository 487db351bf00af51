/**
 * A slot is kept out of other visitors' sight for some minutes while someone fills in the form. A hold refuses no one: who books
 * first has the time, no matter who held it. So it may be lost, late or wrong without harm.
 */
import { createHmac, randomUUID } from "node:crypto";
import { hashCapability } from "@/lib/auth/capability";
import { networkOf } from "@/lib/auth/client-address";
import { refuseWithoutLink } from "@/lib/booking/link-access";
import { env } from "@/lib/config/env";
import { db } from "@/lib/database/client";
import { run } from "@/lib/database/direct";
import { withHost } from "@/lib/offers/host-choice";
import { getOffer } from "@/lib/offers/offer";
import { judgeAmong } from "@/lib/offers/slots";
import { isClosed, readSurroundings } from "@/lib/offers/surroundings";

export const holdMinutes = 10;

// No one can hide a calendar: not from one network, and not from many. A busy page has a handful of people at its form.
const perNetwork = 3;
const perOrganizer = 20;

export interface HoldRequest {
  handle: string;
  slug: string;
  /** Epoch milliseconds. */
  start: number;
  /** If left out, the event type's first. */
  durationMinutes?: number | undefined;
  /** The single-use link that the page was opened with. */
  link?: string | undefined;
  /** The handle of the host who was chosen. */
  host?: string | undefined;
  /** The browser's key (`newCapability`); it has one hold at a time. */
  holder: string;
  /** The visitor's network address. */
  address: string;
  now?: number;
}

// The same slot keeps its end: a form that is left open does not hold it for ever. The other hosts' time goes with the first one's.
const holdStatement = `
  WITH lead AS (
    INSERT INTO "SlotHold" (id, "userId", "eventTypeId", "startsAt", "endsAt", "bufferBeforeMinutes", "bufferAfterMinutes",
                            "holderHash", "networkHash", "expiresAt")
    SELECT $1::uuid, $2::uuid, $3::uuid, $4::timestamptz, $5::timestamptz, $6::int, $7::int, $8::bytea, $9::bytea, $10::timestamptz
    WHERE (SELECT count(*) < ${perOrganizer} AND count(*) FILTER (WHERE "networkHash" = $9::bytea) < ${perNetwork}
           FROM "SlotHold" WHERE "userId" = $2::uuid AND "expiresAt" > now() AND coalesce("leadHash", "holderHash") <> $8::bytea)
    ON CONFLICT ("holderHash") DO UPDATE
      SET "userId" = EXCLUDED."userId", "eventTypeId" = EXCLUDED."eventTypeId",
          "startsAt" = EXCLUDED."startsAt", "endsAt" = EXCLUDED."endsAt",
          "bufferBeforeMinutes" = EXCLUDED."bufferBeforeMinutes", "bufferAfterMinutes" = EXCLUDED."bufferAfterMinutes",
          "networkHash" = EXCLUDED."networkHash",
          "expiresAt" = CASE WHEN "SlotHold"."eventTypeId" = EXCLUDED."eventTypeId"
                              AND "SlotHold"."startsAt" = EXCLUDED."startsAt" AND "SlotHold"."expiresAt" > now()
                             THEN "SlotHold"."expiresAt" ELSE EXCLUDED."expiresAt" END
    RETURNING *
  ), former AS (
    DELETE FROM "SlotHold" WHERE "leadHash" = $8::bytea AND "userId" <> ALL($11::uuid[])
  ), others AS (
    INSERT INTO "SlotHold" (id, "userId", "eventTypeId", "startsAt", "endsAt", "bufferBeforeMinutes", "bufferAfterMinutes",
                            "holderHash", "leadHash", "networkHash", "expiresAt")
    SELECT gen_random_uuid(), other.host, lead."eventTypeId", lead."startsAt", lead."endsAt", lead."bufferBeforeMinutes", lead."bufferAfterMinutes",
      sha256($8::bytea || decode(replace(other.host::text, '-', ''), 'hex')), $8::bytea, lead."networkHash", lead."expiresAt"
    FROM lead, unnest($11::uuid[]) AS other (host)
    ON CONFLICT ("holderHash") DO UPDATE
      SET "eventTypeId" = EXCLUDED."eventTypeId", "startsAt" = EXCLUDED."startsAt", "endsAt" = EXCLUDED."endsAt",
          "bufferBeforeMinutes" = EXCLUDED."bufferBeforeMinutes", "bufferAfterMinutes" = EXCLUDED."bufferAfterMinutes",
          "networkHash" = EXCLUDED."networkHash", "expiresAt" = EXCLUDED."expiresAt"
  )
  SELECT "expiresAt" FROM lead`;

/**
 * Holds a slot for a browser and returns until when (epoch milliseconds). Null when there is nothing to hold: the slot is not
 * offered, seats are left for others anyway, or too much is held already. What the browser held before is free again.
 */
export async function holdSlot(request: HoldRequest): Promise<number | null> {
  const { handle, slug, start, holder, address, now = Date.now() } = request;
  const holderHash = hashCapability(holder);
  const whole = await getOffer(run, handle, slug);
  const offer = (whole && request.host && withHost(whole, request.host)) || whole;
  const durationMinutes = request.durationMinutes ?? offer?.eventType.durationsMinutes[0] ?? 0;
  const slot = { start, end: start + durationMinutes * 60_000 };
  if (!offer || (offer.eventType.seats ?? 1) > 1) return letGo(holder);
  if (await refuseWithoutLink(offer.eventType, request.link)) return letGo(holder);
  const around = await readSurroundings(offer, slot, { now, holderHash });
  if (isClosed(offer, around)) return letGo(holder);
  const verdict = judgeAmong(offer, slot, { now, taken: around });
  if (!verdict.offered) return letGo(holder);
  const { eventType } = offer;
  const [first, ...others] = verdict.hosts;
  const [held] = await run<{ expiresAt: Date }>(holdStatement, [
    randomUUID(),
    first.id,
    eventType.id,
    new Date(slot.start),
    new Date(slot.end),
    eventType.bufferBeforeMinutes,
    eventType.bufferAfterMinutes,
    Buffer.from(holderHash),
    networkHash(address),
    new Date(now + holdMinutes * 60_000),
    others.map(({ id }) => id),
  ]);
  return held ? held.expiresAt.getTime() : letGo(holder);
}

/** Releases what a browser holds; with a start (epoch milliseconds), only if it is that slot. */
export async function releaseHold(holder: string, start?: number): Promise<void> {
  const startsAt = start === undefined ? {} : { startsAt: new Date(start) };
  const holderHash = hashCapability(holder);
  await db().slotHold.deleteMany({ where: { OR: [{ holderHash }, { leadHash: holderHash }], ...startsAt } });
}

/** Deletes expired holds. */
export async function sweepHolds(): Promise<void> {
  await db().slotHold.deleteMany({ where: { expiresAt: { lt: new Date() } } });
}

async function letGo(holder: string): Promise<null> {
  await releaseHold(holder);
  return null;
}

function networkHash(address: string): Buffer {
  const secret = env().SESSION_SECRET[0] ?? "";
  return createHmac("sha256", secret)
    .update(`hold ${networkOf(address)}`)
    .digest();
}
