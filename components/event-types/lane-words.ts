import type { LaneName } from "@/components/event-types/troubleshoot-lanes";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";

/** Whose day is drawn: the reader's own, or that of a host who is named beside it. */
export type WhoseDay = "own" | "host";

const ofHosts = ["open", "busy", "presence", "window"] as const;

/** What a lane is called. */
export function laneWords(name: LaneName, whose: WhoseDay, locale: Locale): string {
  const words = translator("troubleshoot", locale);
  const ofHost = whose === "host" ? ofHosts.find((one) => one === name) : undefined;
  return ofHost ? words(`hostLanes.${ofHost}`) : words(`lanes.${name}`);
}
