import type { Metadata } from "next";
import { setPassword } from "@/app/(auth)/reset-password/[token]/actions";
import { AccountForm } from "@/components/accounts/account-form";
import { AuthShell } from "@/components/layout/auth-shell";
import { ButtonLink } from "@/components/ui/button";
import { isResetOpen } from "@/lib/accounts/reset-password";
import { translator } from "@/lib/i18n/translator";

const words = translator("auth");

// The token is part of this address: it goes to no other site, and no search engine keeps it.
export const metadata: Metadata = {
  title: words("resetPassword.title"),
  referrer: "same-origin",
  robots: { index: false },
};

export default async function ResetPasswordPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  if (!(await isResetOpen(token))) {
    return (
      <AuthShell title={words("resetPassword.invalidTitle")} lead={words("resetPassword.invalidLead")}>
        <ButtonLink kind="primary" href="/forgot-password" block>
          {words("resetPassword.again")}
        </ButtonLink>
      </AuthShell>
    );
  }
  return (
    <AuthShell title={words("resetPassword.title")} lead={words("resetPassword.lead")}>
      <AccountForm
        action={setPassword}
        hidden={{ token }}
        fields={[
          {
            name: "newPassword",
            label: words("fields.newPassword"),
            type: "password",
            autoComplete: "new-password",
            hint: words("fields.passwordHint"),
          },
        ]}
        submit={{
          label: words("resetPassword.submit"),
          workingLabel: words("resetPassword.working"),
          block: true,
        }}
      />
    </AuthShell>
  );
}
