import type { Metadata } from "next";
import { takeNewEmail } from "@/app/account/email/[token]/actions";
import { capabilityPage } from "@/components/booking-page/capability-page";
import { ButtonLink } from "@/components/ui/button";
import { PageHead } from "@/components/ui/page-head";
import { Panel } from "@/components/ui/panel";
import { PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { readEmailLink } from "@/lib/accounts/change-email";
import { requireOrganizer } from "@/lib/auth/guards";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("account", await getLocale());
  return { ...capabilityPage, title: words("profile.emailConfirmTitle") };
}

/** Where the link leads that was mailed to a new address. Only the button changes anything. */
export default async function ConfirmEmailPage({ params }: { params: Promise<{ token: string }> }) {
  const words = translator("account", await getLocale());
  const { token } = await params;
  const { scope } = await requireOrganizer(`/account/email/${encodeURIComponent(token)}`);
  const email = await readEmailLink(scope, token);
  if (email === null) {
    return (
      <>
        <PageHead title={words("profile.emailLinkInvalid")} lead={words("profile.emailLinkInvalidLead")} />
        <ButtonLink href="/account/profile">{words("profile.title")}</ButtonLink>
      </>
    );
  }
  return (
    <>
      <PageHead
        title={words("profile.emailConfirmTitle")}
        lead={words("profile.emailConfirmLead", { email })}
      />
      <Panel className="grid max-w-112 gap-5">
        <PostForm action={takeNewEmail} fields={{ token }} className="grid">
          <SubmitButton kind="primary" block workingLabel={words("profile.changing")}>
            {words("profile.emailConfirm", { email })}
          </SubmitButton>
        </PostForm>
      </Panel>
    </>
  );
}
