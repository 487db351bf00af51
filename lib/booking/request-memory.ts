/**
 * A booking remembers the request that made it: its key, a hash of what it asked, and what it heard. So the same request is answered the
 * same as long as the booking exists, whatever else has been forgotten meanwhile; erasing the visitor ends that.
 */
import { z } from "zod";
import type { Booked, NewBooking } from "@/lib/booking/book";
import { openLink } from "@/lib/booking-record/links";
import { getBookingByToken } from "@/lib/booking-record/queries";
import { db } from "@/lib/database/client";
import { BookingStatus, MeetingStatus, Prisma } from "@/lib/database/generated/client";
import { jsonColumn } from "@/lib/database/json-column";
import type { RequestIdentity } from "@/lib/input/request-identity";
import { err, ok, type Result } from "@/lib/result";

export type KeyReused = { code: "idempotency_key_reused" };

/** The columns with which a new booking remembers its request. `made` is null where its answer has still to be read. */
export function requestColumns(identity: RequestIdentity | undefined, made: NewBooking | null) {
  if (!identity) return {};
  return {
    requestKey: identity.key,
    requestHash: identity.hash,
    ...(made ? { firstAnswer: toStored(made) } : {}),
  };
}

const importPrefix = "import-";

/** The key of a booking that an import has made: of its id in the other product, so that a second import finds it. */
export const importKey = (digest: string) => `${importPrefix}${digest}`;

/** Whether a booking's key is one of these. */
export const isImport = (requestKey: string | null) => requestKey?.startsWith(importPrefix) ?? false;

/** Clears those columns. */
export const noRequest = { requestKey: null, requestHash: null, firstAnswer: Prisma.DbNull };

/** The booking that this request has made; null: none. `idempotency_key_reused`: another request made one with its key. */
export async function recallBooking(identity: RequestIdentity): Promise<Result<Booked, KeyReused> | null> {
  const row = await db().booking.findUnique({
    where: { requestKey: identity.key },
    select: { id: true, tokenSealed: true, joinTokenSealed: true, requestHash: true, firstAnswer: true },
  });
  if (!row) return null;
  if (!row.requestHash || Buffer.compare(row.requestHash, identity.hash) !== 0) {
    return err("idempotency_key_reused");
  }
  const answer = readFirstAnswer(row.firstAnswer, row.id);
  const made = answer && { ...answer, joinToken: openLink("join", row.id, row.joinTokenSealed) };
  return ok({ id: row.id, token: openLink("manage", row.id, row.tokenSealed), made });
}

/** The response to a booking's request, now and whenever it is repeated. Null if the booking is gone. */
export async function firstAnswerOf({
  id,
  token,
  made,
}: Booked): Promise<(NewBooking & { id: string }) | null> {
  if (made) return { id, ...made };
  const view = await getBookingByToken(token);
  if (!view) return null;
  // Of several concurrent requests, the first to write decides for all.
  const [stored] = await db().$queryRaw<{ firstAnswer: Prisma.JsonValue }[]>`
    UPDATE "Booking" SET "firstAnswer" = COALESCE("firstAnswer", ${JSON.stringify(toStored(view))}::jsonb)
    WHERE id = ${id}::uuid AND "requestKey" IS NOT NULL
    RETURNING "firstAnswer"`;
  const answer = stored && readFirstAnswer(stored.firstAnswer, id);
  return answer ? { id, ...answer, joinToken: view.joinToken } : view;
}

function toStored({ status, awaits, startsAt, endsAt, hosts, meeting }: NewBooking) {
  const { kind, status: state, joinUrl } = meeting;
  const times = { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
  return { status, awaits, ...times, hosts, meeting: { kind, status: state, joinUrl } };
}

const instant = z.string().transform((text) => new Date(text));

/** What `toStored` made; null: not answered yet. */
const readFirstAnswer = jsonColumn(
  "Booking.firstAnswer",
  z
    .object({
      status: z.enum(BookingStatus),
      // An earlier version did not keep whom it waits for, and knew no one but the organizer.
      awaits: z.enum(["visitor", "organizer"]).nullable().optional(),
      startsAt: instant,
      endsAt: instant,
      // An earlier version did not keep them.
      hosts: z.array(z.object({ name: z.string(), handle: z.string() })).default([]),
      meeting: z.object({ kind: z.string(), status: z.enum(MeetingStatus), joinUrl: z.string().nullable() }),
    })
    .transform(({ awaits, ...rest }) => ({
      ...rest,
      awaits: awaits === undefined && rest.status === "pending" ? ("organizer" as const) : (awaits ?? null),
    }))
    .nullable(),
);
