import type { Metadata } from "next";
import { openAccount } from "@/app/(auth)/sign-up/confirm/[token]/actions";
import { readParameter, type SearchParameters } from "@/app/search-parameters";
import { AccountForm } from "@/components/accounts/account-form";
import { capabilityPage } from "@/components/booking-page/capability-page";
import { AuthShell } from "@/components/layout/auth-shell";
import { ButtonLink } from "@/components/ui/button";
import { getPendingSignUp } from "@/lib/accounts/confirm-sign-up";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("auth", await getLocale());
  return { ...capabilityPage, title: words("confirmSignUp.title") };
}

interface ConfirmSignUpPageProps {
  params: Promise<{ token: string }>;
  searchParams: SearchParameters;
}

export default async function ConfirmSignUpPage({ params, searchParams }: ConfirmSignUpPageProps) {
  const words = translator("auth", await getLocale());
  const { token } = await params;
  const pending = await getPendingSignUp(token);
  if (!pending) {
    return (
      <AuthShell title={words("confirmSignUp.invalidTitle")} lead={words("confirmSignUp.invalidLead")}>
        <ButtonLink kind="primary" href="/sign-in" block>
          {words("signIn.submit")}
        </ButtonLink>
        <ButtonLink href="/sign-up" block>
          {words("confirmSignUp.again")}
        </ButtonLink>
      </AuthShell>
    );
  }
  const returnTo = await readParameter(searchParams, "returnTo");
  return (
    <AuthShell title={words("confirmSignUp.title")} lead={words("confirmSignUp.lead", pending)}>
      <AccountForm
        action={openAccount}
        hidden={{ token, returnTo }}
        fields={[
          {
            name: "password",
            label: words("fields.password"),
            type: "password",
            autoComplete: "current-password",
          },
        ]}
        submit={{
          label: words("confirmSignUp.submit"),
          workingLabel: words("confirmSignUp.working"),
          block: true,
        }}
      />
    </AuthShell>
  );
}
