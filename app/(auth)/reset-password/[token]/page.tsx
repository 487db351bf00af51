import type { Metadata } from "next";
import { setPassword } from "@/app/(auth)/reset-password/[token]/actions";
import { AccountForm, type FormChoices } from "@/components/accounts/account-form";
import { formatInstant } from "@/components/accounts/instant";
import { AuthShell } from "@/components/layout/auth-shell";
import { ButtonLink } from "@/components/ui/button";
import { isResetOpen, listKeysOfReset } from "@/lib/accounts/reset-password";
import type { ApiKey } from "@/lib/auth/api-keys";
import { readClock } from "@/lib/booking-page/visitor";
import type { Clock } from "@/lib/format/spoken-time";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

// The token is part of this address: it goes to no other site, and no search engine keeps it.
export async function generateMetadata(): Promise<Metadata> {
  const words = translator("auth", await getLocale());
  return {
    title: words("resetPassword.title"),
    referrer: "same-origin",
    robots: { index: false },
  };
}

/** Nothing is ticked beforehand: a forgotten password may be a stolen one. */
function keyChoices(keys: ApiKey[], clock: Clock, locale: Locale): FormChoices {
  const words = translator("auth", locale);
  return {
    name: "keptKeys",
    legend: words("resetPassword.keys"),
    chosen: [],
    choices: keys.map(({ id, name, hint, lastUsedAt }) => ({
      value: id,
      label: lastUsedAt
        ? words("resetPassword.keyUsed", { name, hint, at: formatInstant(lastUsedAt, clock, locale) })
        : words("resetPassword.keyUnused", { name, hint }),
    })),
  };
}

export default async function ResetPasswordPage({ params }: { params: Promise<{ token: string }> }) {
  const locale = await getLocale();
  const words = translator("auth", locale);
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
  const keys = await listKeysOfReset(token);
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
        {...(keys.length > 0 ? { choices: keyChoices(keys, await readClock(), locale) } : {})}
        submit={{
          label: words("resetPassword.submit"),
          workingLabel: words("resetPassword.working"),
          block: true,
        }}
      />
    </AuthShell>
  );
}
