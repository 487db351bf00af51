import { use } from "react";
import type { lackOf } from "@/lib/connections/reasons";
import type { TeamsUse } from "@/lib/connections/usage";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

/** What to use instead of Teams, and where that is chosen; nothing where no event type uses Teams. */
export function FallbackHint({ lack, use: teamsUse }: { lack: ReturnType<typeof lackOf>; use: TeamsUse }) {
  const locale = use(getLocale());
  const words = translator("connections", locale);
  if (teamsUse.eventTypes === 0) return null;
  const without = teamsUse.eventTypesWithoutFallback;
  return (
    <p className="text-sm">
      {without > 0
        ? translator("common", locale)("sentences", {
            first: words(lack === "read_only" ? "fallback.unwritten" : "fallback.without", {
              count: without,
            }),
            second: words(`fallback.${lack}`),
          })
        : words(`fallback.${lack}`)}{" "}
      {words.rich("fallback.edit", { link: (text) => <a href="/account/event-types">{text}</a> })}
    </p>
  );
}
