import type { Metadata } from "next";
import { use } from "react";
import { askForLink } from "@/app/(auth)/forgot-password/actions";
import { AccountForm } from "@/components/accounts/account-form";
import { AuthShell } from "@/components/layout/auth-shell";
import { Note } from "@/components/ui/note";
import { env } from "@/lib/config/env";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("auth", await getLocale());
  return { title: words("forgotPassword.title") };
}
export const dynamic = "force-dynamic";

export default function ForgotPasswordPage() {
  const words = translator("auth", use(getLocale()));
  return (
    <AuthShell
      title={words("forgotPassword.title")}
      lead={words("forgotPassword.lead")}
      aside={words.rich("forgotPassword.aside", { link: (label) => <a href="/sign-in">{label}</a> })}
    >
      {!env().SMTP_URL && <Note tone="warning">{words("forgotPassword.noMail")}</Note>}
      <AccountForm
        action={askForLink}
        fields={[{ name: "email", label: words("fields.email"), type: "email", autoComplete: "username" }]}
        submit={{
          label: words("forgotPassword.submit"),
          workingLabel: words("forgotPassword.working"),
          block: true,
        }}
      />
    </AuthShell>
  );
}
