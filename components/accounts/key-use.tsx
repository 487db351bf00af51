import { use } from "react";
import { formatInstant } from "@/components/accounts/instant";
import type { ApiKey } from "@/lib/auth/api-keys";
import { readClock } from "@/lib/booking-page/visitor";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

/** When each API key was last used; they are made and ended on a page of their own. */
export function KeyUse({ keys }: { keys: readonly ApiKey[] }) {
  const locale = use(getLocale());
  const words = translator("account", locale);
  const clock = use(readClock());
  return (
    <div className="grid gap-3 text-sm">
      {keys.length > 0 ? (
        <ul className="grid divide-y divide-hairline">
          {keys.map(({ id, name, hint, lastUsedAt }) => (
            <li key={id} className="flex flex-wrap justify-between gap-x-4 py-2 first:pt-0">
              <span className="font-semibold wrap-anywhere">
                {name} <span className="font-mono font-normal text-muted">{hint}…</span>
              </span>
              <span className="text-muted">
                {lastUsedAt
                  ? words("security.keyUsed", { moment: formatInstant(lastUsedAt, clock, locale) })
                  : words("security.keyUnused")}
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-muted">{words("security.keysNone")}</p>
      )}
      <p>{words.rich("security.keysLead", { link: (label) => <a href="/account/developer">{label}</a> })}</p>
    </div>
  );
}
