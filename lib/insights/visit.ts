/** Which step of a booking page a request shows. */
import { headers } from "next/headers";
import { pathHeader } from "@/lib/auth/path-header";
import { countStep, type FunnelStep } from "@/lib/insights/funnel";

interface Shown {
  /** A time was chosen, and its form is shown. */
  hasForm: boolean;
  /** There are times to choose from. */
  hasTimes: boolean;
}

/** Programs that fetch pages for others: search engines, and previews of links. */
const program = /bot|crawl|spider|preview|scan|monitor|curl|wget|python|headless/i;

/**
 * The steps that a request counts for: a page that is opened from elsewhere, with times or without, and a form where none was open before.
 * Whoever looks at another day or reloads the page is no other visitor. PURE but for what it is given.
 */
export function stepsOf(sent: Headers, { hasForm, hasTimes }: Shown): FunnelStep[] {
  const isFetchedAhead =
    sent.has("next-router-prefetch") ||
    /prefetch|prerender/.test(sent.get("sec-purpose") ?? sent.get("purpose") ?? "");
  if (isFetchedAhead || program.test(sent.get("user-agent") ?? "")) return [];
  const [path, query] = (sent.get(pathHeader) ?? "").split("?");
  // An organizer looks at their own page beside its editor.
  if (new URLSearchParams(query).has("preview")) return [];
  const isReloaded = /max-age=0|no-cache/.test(sent.get("cache-control") ?? "");
  const from = refererOf(sent);
  const isHere = from !== null && from.pathname === path;
  const isOpened = !isHere && !isReloaded;
  const form: FunnelStep[] = hasForm && (isHere ? !from.searchParams.has("start") : isOpened) ? ["form"] : [];
  if (!isOpened) return form;
  return ["page", ...(hasTimes ? (["times"] as const) : []), ...form];
}

function refererOf(sent: Headers): URL | null {
  const text = sent.get("referer") ?? "";
  return URL.canParse(text) ? new URL(text) : null;
}

/** Counts the steps that this request shows. */
export async function countVisit(eventTypeId: string, timeZone: string, shown: Shown): Promise<void> {
  for (const step of stepsOf(await headers(), shown)) countStep(eventTypeId, step, timeZone);
}
