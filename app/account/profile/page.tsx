import type { Metadata } from "next";
import type { ReactNode } from "react";
import { changeEmailAction, changePasswordAction, saveProfileAction } from "@/app/account/profile/actions";
import { AccountForm } from "@/components/accounts/account-form";
import { PageHead } from "@/components/ui/page-head";
import { Panel } from "@/components/ui/panel";
import { requireOrganizer } from "@/lib/auth/guards";
import { env } from "@/lib/config/env";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("account", await getLocale());
  return { title: words("profile.title") };
}

export default async function ProfilePage() {
  const words = translator("account", await getLocale());
  const organizer = await requireOrganizer("/account/profile");
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
        <Part title={words("profile.publicTitle")} lead={words("profile.publicLead")}>
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
        </Part>
        <Part title={words("profile.emailTitle")} lead={words("profile.emailLead")}>
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
              currentPassword,
            ]}
            submit={{
              label: words("profile.changeEmail"),
              workingLabel: words("profile.changing"),
              kind: "second",
            }}
          />
        </Part>
        <Part title={words("profile.passwordTitle")} lead={words("profile.passwordLead")}>
          <AccountForm
            action={changePasswordAction}
            fields={[
              currentPassword,
              {
                name: "newPassword",
                label: words("profile.newPassword"),
                type: "password",
                autoComplete: "new-password",
                hint: words("profile.newPasswordHint"),
              },
            ]}
            submit={{
              label: words("profile.changePassword"),
              workingLabel: words("profile.changing"),
              kind: "second",
            }}
          />
        </Part>
      </div>
    </>
  );
}

/** What it is about at the left, the form at the right. */
function Part({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  return (
    <Panel className="grid gap-6 lg:grid-cols-[minmax(0,18rem)_minmax(0,28rem)] lg:gap-12">
      <div>
        <h2>{title}</h2>
        <p className="mt-1 text-sm text-muted">{lead}</p>
      </div>
      {children}
    </Panel>
  );
}
