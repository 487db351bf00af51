import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { expireRequest } from "@/lib/booking/decide";
import { db } from "@/lib/database/client";
import { localeOf } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";

/** How many requests one run declines; the next run goes on. */
const batchSize = 100;

/** Declines the requests that no one has decided in time, so that their times are free again and their visitors know. */
export async function expireRequests(now = Date.now()): Promise<void> {
  const overdue = await db().booking.findMany({
    where: { status: "pending", confirmBy: null, decideBy: { lte: new Date(now) } },
    select: { id: true, ownerId: true, owner: { select: { name: true } }, visitorLocale: true },
    orderBy: { decideBy: "asc" },
    take: batchSize,
  });
  for (const { id, ownerId, owner, visitorLocale } of overdue) {
    // The visitor gets the reason.
    const words = translator("mails", localeOf(visitorLocale));
    await expireRequest(
      {
        bookingId: id,
        scope: scopeWithoutRequest(ownerId),
        reason: words("booking.expired", { name: owner.name }),
      },
      now,
    );
  }
}
