import { use } from "react";
import { TimeZoneField } from "@/components/accounts/time-zone-field";
import { Button } from "@/components/ui/button";
import { translator } from "@/lib/i18n/translator";
import type { IdentityProvider } from "@/lib/identities/person";
import { providerName } from "@/lib/identities/provider-name";
import { getLocale } from "@/lib/reader/locale";

interface ProviderButtonsProps {
  providers: readonly IdentityProvider[];
  purpose?: "enter" | "confirm";
  returnTo: string;
  invitation?: string;
}

/** The ways to prove elsewhere who one is. Each is a form of its own, so that it works before any script has come. */
export function ProviderButtons({
  providers,
  purpose = "enter",
  returnTo,
  invitation = "",
}: ProviderButtonsProps) {
  const words = translator("auth", use(getLocale()));
  return (
    <div className="grid gap-3">
      {providers.map((provider) => (
        <form key={provider} action={`/api/auth/${provider}`} method="get">
          <input type="hidden" name="by" value="button" />
          <input type="hidden" name="purpose" value={purpose} />
          {returnTo && <input type="hidden" name="returnTo" value={returnTo} />}
          {invitation && <input type="hidden" name="invitation" value={invitation} />}
          <TimeZoneField />
          <Button type="submit" block>
            {provider === "microsoft"
              ? words("provider.microsoft")
              : words("provider.oidc", { name: providerName(provider) })}
          </Button>
        </form>
      ))}
    </div>
  );
}

/** Between those ways and the form for a password. */
export function OrLine() {
  const words = translator("auth", use(getLocale()));
  return (
    <p className="flex items-center gap-3 text-sm text-muted before:h-px before:flex-1 before:bg-hairline after:h-px after:flex-1 after:bg-hairline">
      {words("provider.or")}
    </p>
  );
}
