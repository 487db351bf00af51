import type { Metadata } from "next";
import { BrandSection } from "@/app/account/brand/brand-section";
import {
  changeEmailAction,
  chooseLanguageAction,
  keepEmail,
  saveProfileAction,
} from "@/app/account/profile/actions";
import { KeysSection } from "@/app/account/profile/keys-section";
import { AccountForm } from "@/components/accounts/account-form";
import { FormPanel } from "@/components/ui/form-panel";
import { Note } from "@/components/ui/note";
import { PageHead } from "@/components/ui/page-head";
import { PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { asksPassword, getPendingEmail } from "@/lib/accounts/change-email";
import { asBrowser, hasChosenLocale } from "@/lib/accounts/locale";
import { requireOrganizer } from "@/lib/auth/guards";
import { env } from "@/lib/config/env";
import { isMicrosoftConnected } from "@/lib/connections/profile-picture";
import { localeOf, nameOfLanguage, shippedTags } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("account", await getLocale());
  return { title: words("profile.title") };
}

interface ProfilePageProps {
  /** What came of a picture that was uploaded. */
  searchParams: Promise<{ picture?: string; minutes?: string }>;
}

export default async function ProfilePage({ searchParams }: ProfilePageProps) {
  const words = translator("account", await getLocale());
  const organizer = await requireOrganizer("/account/profile");
  const { picture, minutes } = await searchParams;
  const [hasChosen, needsPassword, pending, hasMicrosoft] = await Promise.all([
    hasChosenLocale(organizer.scope),
    asksPassword(organizer.scope),
    getPendingEmail(organizer.scope),
    isMicrosoftConnected(organizer.scope),
  ]);
  const currentPassword = {
    name: "currentPassword",
    label: words("profile.currentPassword"),
    type: "password",
    autoComplete: "current-password",
  } as const;
  return (
    <>
      <PageHead title={words("profile.title")} lead={words("profile.lead")} />
      <div className="grid gap-6">
        <FormPanel title={words("profile.publicTitle")} lead={words("profile.publicLead")}>
          <AccountForm
            action={saveProfileAction}
            fields={[
              { name: "name", label: words("profile.name"), autoComplete: "name", value: organizer.name },
              {
                name: "handle",
                label: words("profile.handle"),
                autoComplete: "off",
                value: organizer.handle,
                prefix: `${new URL(env().APP_URL).host}/`,
                hint: words("profile.handleHint"),
              },
            ]}
            submit={{ label: words("profile.save"), workingLabel: words("profile.saving") }}
          />
        </FormPanel>
        <BrandSection
          scope={organizer.scope}
          owner="me"
          kind="me"
          name={organizer.name}
          hasMicrosoft={hasMicrosoft}
          outcome={picture}
          minutes={minutes}
        />
        <FormPanel title={words("profile.languageTitle")} lead={words("profile.languageLead")}>
          <AccountForm
            action={chooseLanguageAction}
            fields={[
              {
                name: "language",
                label: words("profile.language"),
                autoComplete: "off",
                options: [
                  { value: asBrowser, label: words("profile.languageOfBrowser") },
                  ...shippedTags.map((tag) => ({ value: tag, label: nameOfLanguage(tag), lang: tag })),
                ],
                value: hasChosen ? localeOf(organizer.locale) : asBrowser,
              },
            ]}
            submit={{
              label: words("profile.languageSave"),
              workingLabel: words("profile.saving"),
              kind: "second",
            }}
          />
        </FormPanel>
        <KeysSection />
        <FormPanel title={words("profile.emailTitle")} lead={words("profile.emailLead")}>
          {pending && (
            <Note tone="warning" title={words("profile.emailPending", { email: pending })}>
              <p>{words("profile.emailPendingHint", { current: organizer.email })}</p>
              <PostForm action={keepEmail}>
                <SubmitButton kind="second" size="sm" workingLabel={words("profile.emailKeeping")}>
                  {words("profile.emailKeep", { current: organizer.email })}
                </SubmitButton>
              </PostForm>
            </Note>
          )}
          <AccountForm
            action={changeEmailAction}
            fields={[
              {
                name: "email",
                label: words("profile.email"),
                type: "email",
                autoComplete: "email",
                value: organizer.email,
              },
              ...(needsPassword ? [currentPassword] : []),
            ]}
            submit={{
              label: words("profile.changeEmail"),
              workingLabel: words("profile.changing"),
              kind: "second",
            }}
          />
        </FormPanel>
      </div>
    </>
  );
}
