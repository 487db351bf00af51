import type { Metadata } from "next";
import { confirmByPassword } from "@/app/account/security/actions";
import { readParameters, type SearchParameters } from "@/app/search-parameters";
import { AccountForm } from "@/components/accounts/account-form";
import { PasskeyButton } from "@/components/accounts/passkey-button";
import { passkeyWords } from "@/components/accounts/passkey-words";
import { OrLine, ProviderButtons } from "@/components/accounts/provider-buttons";
import { SignInProblemNote } from "@/components/accounts/sign-in-problem";
import { capabilityPage } from "@/components/booking-page/capability-page";
import { PageHead } from "@/components/ui/page-head";
import { Panel } from "@/components/ui/panel";
import { hasPassword } from "@/lib/accounts/change-password";
import { requireOrganizer } from "@/lib/auth/guards";
import { safeReturnTo } from "@/lib/auth/return-to";
import { isCapabilityPath } from "@/lib/config/security-headers";
import { translator } from "@/lib/i18n/translator";
import { listLinked } from "@/lib/identities/linked";
import { listPasskeys } from "@/lib/identities/passkeys";
import { readSignInProblem } from "@/lib/identities/problem-address";
import { listWaysIn } from "@/lib/identities/ways-in";
import { getLocale } from "@/lib/reader/locale";

export async function generateMetadata({
  searchParams,
}: {
  searchParams: SearchParameters;
}): Promise<Metadata> {
  const words = translator("auth", await getLocale());
  const { returnTo = "" } = await readParameters(searchParams);
  return { title: words("confirm.title"), ...(isCapabilityPath(returnTo) ? capabilityPage : {}) };
}

/** Asks who is at the browser before something that a borrowed one must not do. */
export default async function ConfirmPage({ searchParams }: { searchParams: SearchParameters }) {
  const locale = await getLocale();
  const words = translator("auth", locale);
  const query = await readParameters(searchParams);
  const returnTo = safeReturnTo(query.returnTo);
  const { scope } = await requireOrganizer(
    `/account/security/confirm?returnTo=${encodeURIComponent(returnTo)}`,
  );
  const [ways, linked, isPasswordSet, passkeys] = await Promise.all([
    listWaysIn(),
    listLinked(scope),
    hasPassword(scope),
    listPasskeys(scope),
  ]);
  const problem = readSignInProblem(query);
  const providers = ways.providers.filter((provider) => linked.some((one) => one.provider === provider));
  const byPassword = ways.password && isPasswordSet;
  const byPasskey = ways.passkeys && passkeys.length > 0;
  return (
    <>
      <PageHead title={words("confirm.title")} lead={words("confirm.lead")} />
      <Panel className="grid max-w-112 gap-5">
        {problem && <SignInProblemNote problem={problem} />}
        {byPassword && (
          <AccountForm
            action={confirmByPassword}
            hidden={{ returnTo }}
            fields={[
              {
                name: "currentPassword",
                label: translator("account", locale)("profile.currentPassword"),
                type: "password",
                autoComplete: "current-password",
              },
            ]}
            submit={{ label: words("confirm.submit"), workingLabel: words("confirm.working"), block: true }}
          />
        )}
        {byPassword && providers.length + Number(byPasskey) > 0 && <OrLine />}
        {byPasskey && (
          <PasskeyButton
            purpose="confirm"
            returnTo={returnTo}
            block
            words={passkeyWords("confirm", locale)}
          />
        )}
        <ProviderButtons providers={providers} purpose="confirm" returnTo={returnTo} />
      </Panel>
    </>
  );
}
