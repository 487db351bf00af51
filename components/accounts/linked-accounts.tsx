import { use } from "react";
import { formatInstant } from "@/components/accounts/instant";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import type { FormAction } from "@/components/ui/post-form";
import { readClock } from "@/lib/booking-page/visitor";
import { translator } from "@/lib/i18n/translator";
import type { LinkedIdentity } from "@/lib/identities/linked";
import type { IdentityProvider } from "@/lib/identities/person";
import { providerName } from "@/lib/identities/provider-name";
import { getLocale } from "@/lib/reader/locale";

interface LinkedAccountsProps {
  linked: readonly LinkedIdentity[];
  /** Where more can be linked. */
  providers: readonly IdentityProvider[];
  unlink: FormAction;
}

/** The accounts elsewhere that open this one, and the ways to add one. */
export function LinkedAccounts({ linked, providers, unlink }: LinkedAccountsProps) {
  const words = translator("account", use(getLocale()));
  return (
    <div className="grid gap-5">
      {linked.length === 0 && <p className="text-sm text-muted">{words("security.none")}</p>}
      {linked.length > 0 && (
        <ul className="grid divide-y divide-hairline">
          {linked.map((identity) => (
            <Linked key={identity.id} identity={identity} unlink={unlink} />
          ))}
        </ul>
      )}
      <div className="flex flex-wrap gap-3">
        {providers.map((provider) => (
          <form key={provider} action={`/api/auth/${provider}`} method="get">
            <input type="hidden" name="by" value="button" />
            <input type="hidden" name="purpose" value="link" />
            <input type="hidden" name="returnTo" value="/account/security" />
            <Button type="submit">
              {provider === "microsoft"
                ? words("security.linkMicrosoft")
                : words("security.linkOidc", { name: providerName(provider) })}
            </Button>
          </form>
        ))}
      </div>
    </div>
  );
}

function Linked({ identity, unlink }: { identity: LinkedIdentity; unlink: FormAction }) {
  const locale = use(getLocale());
  const words = translator("account", locale);
  const clock = use(readClock());
  const { id, provider, email, createdAt, lastUsedAt } = identity;
  const kind = provider === "microsoft" ? words("security.microsoft") : providerName(provider);
  const account = email ?? kind;
  const moments = {
    day: formatInstant(createdAt, clock, locale),
    used: formatInstant(lastUsedAt, clock, locale),
  };
  return (
    <li className="flex items-start justify-between gap-4 py-3 first:pt-0 last:pb-0">
      <div className="min-w-0">
        <p className="font-semibold wrap-anywhere">{account}</p>
        {email && <p className="text-sm">{kind}</p>}
        <p className="text-sm text-muted">{words("security.linkedSince", moments)}</p>
      </div>
      <Confirm
        trigger={words("security.unlink")}
        triggerLabel={words("security.unlinkLabel", { account })}
        triggerLook={{ kind: "quiet-danger", size: "sm" }}
        title={words("security.unlinkTitle", { account })}
        keepLabel={words("security.unlinkKeep")}
        confirmLabel={words("security.unlink")}
        workingLabel={words("security.unlinking")}
        action={unlink}
        fields={{ id }}
      >
        <p>{words("security.unlinkText")}</p>
      </Confirm>
    </li>
  );
}
