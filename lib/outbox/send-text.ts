/** Hands text messages over, each at most once: one whose fate is unknown is never sent again. */

import { addToLog } from "@/lib/config/log";
import { db, type Tx } from "@/lib/database/client";
import type { TextMessage } from "@/lib/database/generated/client";
import { type FlightNote, note } from "@/lib/flight-recorder/flight-recorder";
import { deliverText, isTextSetUp } from "@/lib/outbox/sms";
import { alertTextsStopped, findLimit, lockTexts } from "@/lib/outbox/text-limits";
import { openText } from "@/lib/outbox/text-outbox";

/** After this many tries, spread over hours by the queue, a text counts as failed. */
const triesMax = 20;

/** Longer than a hand-over may take: what is still under way then has lost its worker. */
const lostAfterMs = 5 * 60_000;

/** The text was not accepted now; the queue tries again. */
class TextDelayedError extends Error {
  override name = "TextDelayedError";
  constructor(readonly code: string) {
    super(`The text message was not accepted (${code}).`);
  }
}

/** The handler of `text.send`, however often it runs. */
export async function sendQueuedText({ textId }: { textId: string }): Promise<void> {
  if (!isTextSetUp()) return;
  const text = await take(textId);
  if (!text) return;
  addToLog({ bookingId: text.bookingId });
  const sent = await deliverText(openText(text));
  if (sent.ok) {
    await settle(text, { status: "sent", sentAt: new Date(), carrierId: sent.value, lastError: null });
    return;
  }
  const { code, reason } = sent.error;
  if (code === "text_unknown") {
    await settle(text, { status: "unknown", lastError: reason });
    return;
  }
  const isOver = sent.error.isPermanent || text.attempts >= triesMax;
  await settle(text, { status: isOver ? "failed" : "queued", lastError: reason });
  if (!isOver) throw new TextDelayedError(reason);
}

/**
 * Takes a text for this worker alone, and says so before it goes out: after a crash it is not sent again. Null where there is none, or it
 * may not go out: its appointment is another by now, or a limit is met.
 */
async function take(id: string): Promise<TextMessage | null> {
  return db().$transaction(async (tx) => {
    await lockTexts(tx);
    const text = await tx.textMessage.findUnique({ where: { id, status: "queued" } });
    if (!text) return null;
    if (!(await stillHolds(tx, text))) {
      await tx.textMessage.update({ where: { id }, data: { status: "withdrawn", textSealed: null } });
      return null;
    }
    const limit = await findLimit(tx, openText(text).to);
    if (!limit) {
      return tx.textMessage.update({
        where: { id },
        data: { status: "sending", attempts: { increment: 1 } },
      });
    }
    await settleIn(tx, text, { status: "failed", lastError: limit });
    if (limit === "day_limit") await alertTextsStopped(tx);
    return null;
  });
}

/** Whether its appointment is still to come as the text says. */
async function stillHolds(tx: Tx, { bookingId, revision }: TextMessage): Promise<boolean> {
  const booking = await tx.booking.findUnique({
    where: { id: bookingId },
    select: { status: true, rescheduleCount: true, startsAt: true },
  });
  return (
    booking?.status === "confirmed" && booking.rescheduleCount === revision && booking.startsAt > new Date()
  );
}

type Outcome =
  | { status: "sent"; sentAt: Date; carrierId: string; lastError: null }
  | { status: "queued" | "failed" | "unknown"; lastError: string };

const steps = {
  sent: { step: "text_sent", outcome: "ok" },
  queued: { step: "text_waits", outcome: "waiting" },
  failed: { step: "text_failed", outcome: "failed" },
  unknown: { step: "text_unknown", outcome: "failed" },
} as const satisfies Record<string, FlightNote>;

async function settle(text: TextMessage, outcome: Outcome): Promise<void> {
  await db().$transaction((tx) => settleIn(tx, text, outcome));
}

async function settleIn(tx: Tx, text: TextMessage, outcome: Outcome): Promise<void> {
  const { id, bookingId, kind, attempts } = text;
  const words = outcome.status === "queued" ? {} : { textSealed: null };
  await tx.textMessage.update({ where: { id }, data: { ...outcome, ...words } });
  // Further tries of a text that waits are no news.
  if (outcome.status === "queued" && attempts > 1) return;
  await note(tx, [bookingId], {
    ...steps[outcome.status],
    facts: { text: kind, ...(outcome.lastError ? { problem: outcome.lastError } : {}) },
  });
}

/** Texts whose worker died while it handed them over: what became of them is not known, and is said so. */
export async function noteLostTexts(now = Date.now()): Promise<void> {
  const lost = await db().textMessage.findMany({
    where: { status: "sending", updatedAt: { lt: new Date(now - lostAfterMs) } },
    take: 100,
  });
  for (const text of lost) await settle(text, { status: "unknown", lastError: "crashed" });
}
