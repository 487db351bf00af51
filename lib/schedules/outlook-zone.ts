/** The time zone and the language that an organizer has in Outlook, where they let Bellhop read them. */
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { db } from "@/lib/database/client";
import { ProviderError } from "@/lib/meetings/provider";
import { calendarPort } from "@/lib/meetings/registry-calendar";
import { err, ok, type Result } from "@/lib/result";

const callTimeoutMs = 8_000;

/**
 * Gives the organizer's default schedule the zone (IANA) of their mailbox, and answers with it and the mailbox's language (BCP 47). Each is
 * null where the mailbox has none; then nothing is changed. `unavailable`: Outlook can't be asked now.
 */
export async function takeOutlookZone({
  ownerId: userId,
}: OwnerScope): Promise<
  Result<{ timeZone: string | null; language: string | null }, { code: "unavailable" }>
> {
  try {
    const context = { userId, priority: "visitor", timeoutMs: callTimeoutMs } as const;
    const { timeZone, language } = await calendarPort("teams").readMailboxSettings(context);
    if (timeZone) {
      await db().schedule.updateMany({ where: { userId, isDefault: true }, data: { timeZone } });
    }
    return ok({ timeZone, language });
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return err("unavailable");
  }
}
