import { use } from "react";
import { formatInstant } from "@/components/accounts/instant";
import { actionWords } from "@/components/audit/action-words";
import { originWords } from "@/components/audit/origin-words";
import type { AuditEntry } from "@/lib/audit/queries";
import { readClock } from "@/lib/booking-page/visitor";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

/** What happened to someone's own account, newest first. */
export function OwnActivity({ entries, ownId }: { entries: readonly AuditEntry[]; ownId: string }) {
  const locale = use(getLocale());
  const words = translator("audit", locale);
  const clock = use(readClock());
  if (entries.length === 0) return <p className="text-sm text-muted">{words("own.none")}</p>;
  return (
    <ul className="grid divide-y divide-hairline text-sm">
      {entries.map(({ id, at, action, actor, from }) => {
        const moment = formatInstant(at, clock, locale);
        const origin = from && originWords(from, locale);
        return (
          <li key={id} className="py-2 first:pt-0 last:pb-0">
            <p>
              <span className="font-semibold">{actionWords(action, locale)}</span>
              {actor && actor.id !== ownId && <> {words("own.by", { name: actor.name })}</>}
            </p>
            <p className="text-muted">{origin ? words("own.moment", { moment, origin }) : moment}</p>
          </li>
        );
      })}
    </ul>
  );
}
