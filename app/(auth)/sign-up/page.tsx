import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { createAccount } from "@/app/(auth)/sign-up/actions";
import { readParameter, type SearchParameters } from "@/app/search-parameters";
import { AccountForm } from "@/components/accounts/account-form";
import { OwnAddress } from "@/components/accounts/own-address";
import { OrLine, ProviderButtons } from "@/components/accounts/provider-buttons";
import { capabilityPage } from "@/components/booking-page/capability-page";
import { AuthShell } from "@/components/layout/auth-shell";
import { ButtonLink } from "@/components/ui/button";
import { findSignUpAccess, type SignUpAccess, signUpDomains } from "@/lib/accounts/sign-up-access";
import { getOrganizer } from "@/lib/auth/guards";
import { safeReturnTo } from "@/lib/auth/return-to";
import { env } from "@/lib/config/env";
import { isCapabilityPath } from "@/lib/config/security-headers";
import { type Translator, translator } from "@/lib/i18n/translator";
import { listWaysIn } from "@/lib/identities/ways-in";
import { getLocale } from "@/lib/reader/locale";

export async function generateMetadata({
  searchParams,
}: {
  searchParams: SearchParameters;
}): Promise<Metadata> {
  const words = translator("auth", await getLocale());
  // With an invitation in it, the address lets its holder act.
  const invitation = await readParameter(searchParams, "invitation");
  const returnTo = await readParameter(searchParams, "returnTo");
  const carriesOne = invitation !== "" || isCapabilityPath(returnTo);
  return { title: words("signUp.title"), ...(carriesOne ? capabilityPage : {}) };
}

export default async function SignUpPage({ searchParams }: { searchParams: SearchParameters }) {
  const words = translator("auth", await getLocale());
  const returnTo = await readParameter(searchParams, "returnTo");
  const invitation = await readParameter(searchParams, "invitation");
  if (await getOrganizer()) redirect(safeReturnTo(returnTo));
  const access = await findSignUpAccess({ invitation });
  const domains = signUpDomains();
  const ways = await listWaysIn();
  if (!access.isOpen && domains.length === 0) {
    const reason = access.code === "sign_up_closed" ? "closed" : "invite";
    return (
      <AuthShell title={words(`signUp.${reason}Title`)} lead={words(`signUp.${reason}Lead`)}>
        {env().SIGN_UP_DOMAINS && <ProviderButtons providers={ways.providers} returnTo={returnTo} />}
        <ButtonLink href={signInHref(returnTo)} block>
          {words("signIn.submit")}
        </ButtonLink>
      </AuthShell>
    );
  }
  const asksToken = access.isOpen && access.asFirst && env().SETUP_TOKEN !== undefined;
  return (
    <AuthShell
      title={words("signUp.title")}
      lead={describeAccess(access, domains, words)}
      aside={words.rich("signUp.aside", { link: (label) => <a href={signInHref(returnTo)}>{label}</a> })}
    >
      <OwnAddress path="/sign-up" />
      <ProviderButtons providers={ways.providers} returnTo={returnTo} invitation={invitation} />
      {ways.password && ways.providers.length > 0 && <OrLine />}
      {ways.password && (
        <NewAccountForm hidden={{ returnTo, invitation }} asksToken={asksToken} words={words} />
      )}
    </AuthShell>
  );
}

function describeAccess(access: SignUpAccess, domains: readonly string[], words: Translator<"auth">): string {
  if (!access.isOpen) return words("signUp.domainsLead", { domains: domains.join(", ") });
  return access.asFirst ? words("signUp.firstLead") : words("signUp.lead");
}

interface NewAccountFormProps {
  hidden: Record<string, string>;
  /** The first account needs the operator's token. */
  asksToken: boolean;
  words: Translator<"auth">;
}

function NewAccountForm({ hidden, asksToken, words }: NewAccountFormProps) {
  return (
    <AccountForm
      action={createAccount}
      hidden={hidden}
      sendTimeZone
      fields={[
        { name: "name", label: words("fields.name"), autoComplete: "name", hint: words("fields.nameHint") },
        { name: "email", label: words("fields.email"), type: "email", autoComplete: "username" },
        {
          name: "password",
          label: words("fields.password"),
          type: "password",
          autoComplete: "new-password",
          hint: words("fields.passwordHint"),
        },
        ...(asksToken
          ? [
              {
                name: "setupToken",
                label: words("setupToken"),
                type: "password" as const,
                autoComplete: "off",
                hint: words("setupTokenHint"),
              },
            ]
          : []),
      ]}
      submit={{ label: words("signUp.submit"), workingLabel: words("signUp.working"), block: true }}
    />
  );
}

function signInHref(returnTo: string): string {
  return returnTo ? `/sign-in?returnTo=${encodeURIComponent(returnTo)}` : "/sign-in";
}
