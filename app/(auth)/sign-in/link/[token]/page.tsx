import type { Metadata } from "next";
import { enterByLink } from "@/app/(auth)/sign-in/link/[token]/actions";
import { capabilityPage } from "@/components/booking-page/capability-page";
import { AuthShell } from "@/components/layout/auth-shell";
import { ButtonLink } from "@/components/ui/button";
import { PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { readSignInLink } from "@/lib/accounts/sign-in-link";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("auth", await getLocale());
  return { ...capabilityPage, title: words("signIn.title") };
}

/** The operator's way in for one person. Only the button uses the link up: programs that look at links change nothing. */
export default async function SignInLinkPage({ params }: { params: Promise<{ token: string }> }) {
  const words = translator("auth", await getLocale());
  const { token } = await params;
  const holder = await readSignInLink(token);
  if (!holder) {
    return (
      <AuthShell title={words("signInLink.invalidTitle")} lead={words("signInLink.invalidLead")}>
        <ButtonLink href="/sign-in" block>
          {words("signIn.submit")}
        </ButtonLink>
      </AuthShell>
    );
  }
  return (
    <AuthShell title={words("signInLink.title", holder)} lead={words("signInLink.lead", holder)}>
      <PostForm action={enterByLink} fields={{ token }} className="grid">
        <SubmitButton kind="primary" block workingLabel={words("signInLink.working")}>
          {words("signInLink.submit")}
        </SubmitButton>
      </PostForm>
    </AuthShell>
  );
}
