/** How many texts go out, and where to: whoever books may type in any number, and each text costs the operator money. */
import { createHmac } from "node:crypto";
import { env } from "@/lib/config/env";
import { db, type Tx } from "@/lib/database/client";
import { countOf, daysBefore, type RetentionRule } from "@/lib/database/retention-rule";
import { raiseAlert } from "@/lib/outbox/operator-alert";
import { sendLetter } from "@/lib/outbox/send-letter";
import { DAY_MS } from "@/lib/slot-engine/calendar-date";

/** More than someone with several appointments gets with all their reminders. */
const perNumber = 10;

/** Why a text is not sent; in the flight recorder it is the problem. */
export type TextLimit = "country" | "number_limit" | "day_limit";

/** A keyed hash of a number (E.164), to count by. */
export function numberHashOf(number: string): bigint {
  const hmac = createHmac("sha256", env().SESSION_SECRET[0] ?? "").update(`text ${number}`);
  return hmac.digest().readBigInt64BE();
}

/** True for a number (E.164) in a country that texts may go to. */
function isAllowed(number: string): boolean {
  const { TEXT_COUNTRIES: codes } = env();
  return codes === undefined || codes.some((code) => number.startsWith(`+${code.replace("+", "")}`));
}

/** One text at a time is let through, so that no two are both the last one. Held until the transaction ends. */
export async function lockTexts(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('texts', 0))`;
}

/** Why the text to this number may not go out now; null: it may. Call `lockTexts` first. */
export async function findLimit(tx: Tx, number: string): Promise<TextLimit | null> {
  if (!isAllowed(number)) return "country";
  const handedOver = { status: { in: handedOverStatuses }, updatedAt: { gt: new Date(Date.now() - DAY_MS) } };
  const toNumber = await tx.textMessage.count({ where: { ...handedOver, numberHash: numberHashOf(number) } });
  if (toNumber >= perNumber) return "number_limit";
  return (await tx.textMessage.count({ where: handedOver })) >= env().TEXTS_PER_DAY ? "day_limit" : null;
}

/** What has, or may have, cost something. */
const handedOverStatuses: ("sending" | "sent" | "unknown")[] = ["sending", "sent", "unknown"];

/** How many texts went out in the last 24 hours. */
export function countTexts(): Promise<number> {
  return db().textMessage.count({
    where: { status: { in: handedOverStatuses }, updatedAt: { gt: new Date(Date.now() - DAY_MS) } },
  });
}

/** Tells the admins that texts have stopped for today. */
export async function alertTextsStopped(tx: Tx): Promise<void> {
  const limit = env().TEXTS_PER_DAY;
  const site = env().APP_URL;
  for (const admin of await raiseAlert(tx, "texts_stopped", String(limit))) {
    await sendLetter(tx, admin, "texts-stopped", (words) => ({
      subject: words("textsStopped.subject"),
      paragraphs: [
        words("textsStopped.lead", { site, limit }),
        words("textsStopped.effect"),
        words("textsStopped.cure"),
      ],
      actions: [{ label: words("textsStopped.action"), url: `${site}/admin/abuse` }],
      closing: [words("textsStopped.closing")],
    }));
  }
}

const oldNumbers = (now: Date) => ({ numberHash: { not: null }, updatedAt: { lt: daysBefore(now, 1) } });

/** The hashes of numbers that nothing counts by any more. */
export const numberRetention: RetentionRule = {
  kind: "phone_number_hashes",
  days: 1,
  count: (now) => db().textMessage.count({ where: oldNumbers(now) }),
  remove: (now) =>
    countOf(db().textMessage.updateMany({ where: oldNumbers(now), data: { numberHash: null } })),
};

/** Removes them. */
export async function forgetNumbers(): Promise<void> {
  await numberRetention.remove(new Date());
}
