import { use } from "react";
import type { lackOf } from "@/lib/connections/reasons";
import type { TeamsUse } from "@/lib/connections/usage";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

/** What to use instead of Teams, and where that is chosen; nothing where no event type uses Teams. */
export function FallbackHint({ lack, use: teamsUse }: { lack: ReturnType<typeof lackOf>; use: TeamsUse }) {
  const words = translator("connections", use(getLocale()));
  if (teamsUse.eventTypes === 0) return null;
  const without = teamsUse.eventTypesWithoutFallback;
  return (
    <p className="text-sm">
      {without > 0 && `${words("fallback.without", { count: without })} `}
      {words(`fallback.${lack}`)} <a href="/account/event-types">{words("fallback.link")}</a>.
    </p>
  );
}
