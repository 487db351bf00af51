import { staleAfterMs } from "@/lib/calendars/pace";
import { syncModeOf } from "@/lib/calendars/subscriptions";
import { env } from "@/lib/config/env";

/** How an organizer's calendars are kept up to date, in a form that pages can put into words. */
export interface ReadingPace {
  /** `setting_up`: notifications are about to be asked for. */
  mode: "push" | "polling" | "setting_up";
  fastestSeconds: number;
  slowestSeconds: number;
}

/** How often a connection's calendars are read, and whether Outlook also sends notifications. */
export async function getReadingPace(connectionId: string, staleAfterMinutes: number): Promise<ReadingPace> {
  const pollSeconds = env().SYNC_POLL_SECONDS;
  const sync = await syncModeOf({ id: connectionId });
  return {
    mode: sync.mode === "polling" && sync.reason === "setting_up" ? "setting_up" : sync.mode,
    fastestSeconds: pollSeconds,
    slowestSeconds: Math.round(staleAfterMs(staleAfterMinutes, pollSeconds) / 3000),
  };
}
