import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { enter } from "@/app/(auth)/sign-in/actions";
import { readParameter, readParameters, type SearchParameters } from "@/app/search-parameters";
import { AccountForm } from "@/components/accounts/account-form";
import { OwnAddress } from "@/components/accounts/own-address";
import { PasskeyButton } from "@/components/accounts/passkey-button";
import { passkeyWords } from "@/components/accounts/passkey-words";
import { OrLine, ProviderButtons } from "@/components/accounts/provider-buttons";
import { SignInProblemNote } from "@/components/accounts/sign-in-problem";
import { capabilityPage } from "@/components/booking-page/capability-page";
import { AuthShell } from "@/components/layout/auth-shell";
import { ForgetDay } from "@/components/offline/keep-day";
import { Note } from "@/components/ui/note";
import { getOrganizer } from "@/lib/auth/guards";
import { safeReturnTo } from "@/lib/auth/return-to";
import { env } from "@/lib/config/env";
import { isCapabilityPath } from "@/lib/config/security-headers";
import { type Translator, translator } from "@/lib/i18n/translator";
import { signOutAddress } from "@/lib/identities/openid-connect";
import { readSignInProblem } from "@/lib/identities/problem-address";
import { providerName } from "@/lib/identities/provider-name";
import { listWaysIn } from "@/lib/identities/ways-in";
import { getLocale } from "@/lib/reader/locale";

export async function generateMetadata({
  searchParams,
}: {
  searchParams: SearchParameters;
}): Promise<Metadata> {
  const words = translator("auth", await getLocale());
  const returnTo = await readParameter(searchParams, "returnTo");
  return { title: words("signIn.title"), ...(isCapabilityPath(returnTo) ? capabilityPage : {}) };
}

export default async function SignInPage({ searchParams }: { searchParams: SearchParameters }) {
  const words = translator("auth", await getLocale());
  const returnTo = await readParameter(searchParams, "returnTo");
  const notice = await readParameter(searchParams, "notice");
  const problem = readSignInProblem(await readParameters(searchParams));
  if (await getOrganizer()) redirect(safeReturnTo(returnTo));
  const ways = await listWaysIn();
  const signOutOfProvider =
    notice === "signed-out" && ways.providers.includes("oidc") ? await signOutAddress() : null;
  const signUpHref = returnTo ? `/sign-up?returnTo=${encodeURIComponent(returnTo)}` : "/sign-up";
  return (
    <AuthShell
      title={words("signIn.title")}
      aside={words.rich("signIn.aside", { link: (label) => <a href={signUpHref}>{label}</a> })}
    >
      {notice === "password-set" && (
        <Note tone="success" role="status" title={words("signIn.passwordSet")}>
          {words("signIn.passwordSetHint")}
        </Note>
      )}
      <ForgetDay />
      <OwnAddress path="/sign-in" />
      {notice === "returned" && (
        <Note
          tone="warning"
          role="status"
          title={words("address.returned", { own: new URL(env().APP_URL).origin })}
        >
          {words("address.returnedHint")}
        </Note>
      )}
      {notice === "signed-out" && (
        <Note tone="success" role="status" title={words("signIn.signedOut")}>
          {signOutOfProvider && (
            <a href={signOutOfProvider}>{words("provider.signedOutOf", { name: providerName("oidc") })}</a>
          )}
        </Note>
      )}
      {problem && <SignInProblemNote problem={problem} />}
      <ProviderButtons providers={ways.providers} returnTo={returnTo} />
      {ways.password && ways.providers.length > 0 && <OrLine />}
      {ways.password && <PasswordForm returnTo={returnTo} words={words} withPasskeys={ways.passkeys} />}
      {ways.passkeys && (
        <PasskeyButton
          purpose="enter"
          returnTo={returnTo}
          fillsIn
          block
          words={passkeyWords("enter", await getLocale())}
        />
      )}
      {!ways.password && ways.providers.length === 0 && (
        <Note tone="warning" title={words("provider.noWay")}>
          {words("provider.noWayHint")}
        </Note>
      )}
    </AuthShell>
  );
}

interface PasswordFormProps {
  returnTo: string;
  words: Translator<"auth">;
  /** The browser may offer passkeys where it fills in the email. */
  withPasskeys: boolean;
}

function PasswordForm({ returnTo, words, withPasskeys }: PasswordFormProps) {
  return (
    <>
      <AccountForm
        action={enter}
        hidden={{ returnTo }}
        fields={[
          {
            name: "email",
            label: words("fields.email"),
            type: "email",
            autoComplete: withPasskeys ? "username webauthn" : "username",
          },
          {
            name: "password",
            label: words("fields.password"),
            type: "password",
            autoComplete: "current-password",
          },
        ]}
        submit={{ label: words("signIn.submit"), workingLabel: words("signIn.working"), block: true }}
      />
      <p className="text-sm">
        <a href="/forgot-password">{words("signIn.forgot")}</a>
      </p>
    </>
  );
}
