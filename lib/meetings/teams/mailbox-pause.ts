/** Microsoft wants a mailbox left alone for as long as it says, whatever the question (Microsoft: throttling.md). */
import { notePause, readPause } from "@/lib/grants/pause";
import type { Access } from "@/lib/grants/tokens";
import { ProviderError } from "@/lib/meetings/provider";
import type { GraphError } from "@/lib/meetings/teams/graph-answer";

interface Asked {
  method: string;
  path: string;
}

/** Outlook counts what is asked of a mailbox; meetings and subscriptions are counted by others. */
const isOutlook = ({ path }: Asked): boolean => /^\/me\/(calendar|events)/.test(path);

/** Throws `ProviderError` `throttled` while the mailbox is to be left alone, no matter which call met the pause. */
export async function requireNoPause(userId: string, access: Access, asked: Asked): Promise<void> {
  if (!isOutlook(asked)) return;
  const newest = await readPause({ userId, provider: "teams" }, access);
  const until = Math.max(access.pausedUntil?.getTime() ?? 0, newest?.getTime() ?? 0);
  const leftMs = until - Date.now();
  if (leftMs <= 0) return;
  throw new ProviderError(
    "throttled",
    `${asked.method} ${asked.path} waits: the mailbox is to be left alone.`,
    {
      vendorCode: "paused",
      retryAfterSeconds: leftMs / 1000,
    },
  );
}

/** Has everyone keep to the pause that Microsoft has just named, if it did. */
export async function keepPause(
  { tenantId, accountId }: Access,
  asked: Asked,
  error: GraphError,
): Promise<void> {
  const seconds = error.code === "throttled" ? error.details.retryAfterSeconds : undefined;
  if (seconds && isOutlook(asked)) await notePause({ tenantId, accountId }, seconds);
}

/** In how many milliseconds the call may be made: one that was not made yet, or a mere question. Null: it is not to be repeated here. */
export function pauseAfter(error: unknown, { method }: Asked): number | null {
  if (!(error instanceof ProviderError) || error.code !== "throttled") return null;
  const { retryAfterSeconds, vendorCode } = error.details;
  const mayRepeat = vendorCode === "paused" || method === "GET";
  return mayRepeat && retryAfterSeconds !== undefined
    ? Math.max(leastPauseMs, retryAfterSeconds * 1000)
    : null;
}

/** A refusal can't mean "try again immediately". */
const leastPauseMs = 100;
