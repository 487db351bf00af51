import type { lackOf } from "@/lib/connections/reasons";
import type { TeamsUse } from "@/lib/connections/usage";
import { translator } from "@/lib/i18n/translator";

const words = translator("connections");

/** What to use instead of Teams, and where that is chosen; nothing where no event type uses Teams. */
export function FallbackHint({ lack, use }: { lack: ReturnType<typeof lackOf>; use: TeamsUse }) {
  if (use.eventTypes === 0) return null;
  const without = use.eventTypesWithoutFallback;
  return (
    <p className="text-sm">
      {without > 0 && `${words("fallback.without", { count: without })} `}
      {words(`fallback.${lack}`)} <a href="/account/event-types">{words("fallback.link")}</a>.
    </p>
  );
}
