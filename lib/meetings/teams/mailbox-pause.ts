/** Microsoft wants a mailbox left alone for as long as it says, whatever the question (Microsoft: throttling.md). */
import { setTimeout as sleep } from "node:timers/promises";
import { notePause } from "@/lib/connections/pause";
import type { Access } from "@/lib/connections/tokens";
import { type CallContext, ProviderError } from "@/lib/meetings/provider";
import type { GraphError } from "@/lib/meetings/teams/graph-answer";

interface Asked {
  method: string;
  path: string;
}

type Limits = Pick<CallContext, "priority"> & { deadline: number };

/** Outlook counts what is asked of a mailbox; meetings and subscriptions are counted by others. */
const isOutlook = ({ path }: Asked): boolean => /^\/me\/(calendar|events)/.test(path);

/** A pause no longer than this is waited out where a visitor waits as well. */
const shortPauseMs = 1_500;

const mayWait = (ms: number, { priority, deadline }: Limits): boolean =>
  priority === "visitor" && ms <= shortPauseMs && Date.now() + ms < deadline;

/** Keeps to a pause that is known. Throws `ProviderError` `throttled` where it is too long to wait. */
export async function standPause({ pausedUntil }: Access, limits: Limits, asked: Asked): Promise<void> {
  const leftMs = (pausedUntil?.getTime() ?? 0) - Date.now();
  if (leftMs <= 0 || !isOutlook(asked)) return;
  if (mayWait(leftMs, limits)) return sleep(leftMs);
  const name = `${asked.method} ${asked.path}`;
  throw new ProviderError("throttled", `${name} waits: the mailbox is to be left alone.`, {
    vendorCode: "paused",
    retryAfterSeconds: leftMs / 1000,
  });
}

/** Has everybody keep to the pause that Microsoft has just named, if it did. */
export async function keepPause(
  { tenantId, accountId }: Access,
  asked: Asked,
  error: GraphError,
): Promise<void> {
  const seconds = error.code === "throttled" ? error.details.retryAfterSeconds : undefined;
  if (seconds && isOutlook(asked)) await notePause({ tenantId, accountId }, seconds);
}

/** Waits for as long as Microsoft has just asked, where it is a short while and a mere question. True: it may be asked again. */
export async function waitOut(error: GraphError, limits: Limits, { method }: Asked): Promise<boolean> {
  const ms = (error.details.retryAfterSeconds ?? Infinity) * 1000;
  if (error.code !== "throttled" || method !== "GET" || !mayWait(ms, limits)) return false;
  await sleep(ms);
  return true;
}
