/** A provider that is asked too much says for how long it wants to be left alone about an account; all processes keep to it. */
import { db } from "@/lib/database/client";

interface Account {
  tenantId: string;
  accountId: string;
}

/** Nobody asks about this account for so many seconds from now on. A longer pause that is known already stays. */
export async function notePause({ tenantId, accountId }: Account, seconds: number): Promise<void> {
  const until = new Date(Date.now() + seconds * 1000);
  await db().meetingProviderConnection.updateMany({
    where: { tenantId, accountId, OR: [{ pausedUntil: null }, { pausedUntil: { lt: until } }] },
    data: { pausedUntil: until },
  });
}
