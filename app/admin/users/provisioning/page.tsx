import type { Metadata } from "next";
import { use } from "react";
import { createToken, revokeToken } from "@/app/admin/users/provisioning/actions";
import { AccountForm } from "@/components/accounts/account-form";
import { formatInstant } from "@/components/accounts/instant";
import { copyWords } from "@/components/layout/copy-words";
import { Confirm } from "@/components/ui/confirm";
import { CopyButton } from "@/components/ui/copy-button";
import { FormPanel } from "@/components/ui/form-panel";
import { PageHead } from "@/components/ui/page-head";
import { requireAdmin } from "@/lib/auth/guards";
import { readClock } from "@/lib/booking-page/visitor";
import { env } from "@/lib/config/env";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { listScimTokens, type ScimToken } from "@/lib/scim/tokens";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("account", await getLocale());
  return { title: words("provisioning.title") };
}

export default async function ProvisioningPage() {
  const locale = await getLocale();
  const words = translator("account", locale);
  await requireAdmin();
  const tokens = await listScimTokens();
  const address = `${env().APP_URL}/api/scim/v2`;
  return (
    <>
      <PageHead
        title={words("provisioning.title")}
        lead={words("provisioning.lead")}
        back={{ href: "/admin/users", label: words("outbox.back") }}
      />
      <div className="grid gap-6">
        <FormPanel title={words("provisioning.addressTitle")} lead={words("provisioning.addressLead")}>
          <p className="flex flex-wrap items-center gap-3">
            <code className="font-mono text-sm break-all">{address}</code>
            <CopyButton text={address} {...copyWords(locale)} />
          </p>
        </FormPanel>
        <FormPanel title={words("provisioning.tokenTitle")} lead={words("provisioning.tokenLead")}>
          <div className="grid gap-6">
            <AccountForm
              action={createToken}
              fields={[]}
              submit={{
                label: words("provisioning.create"),
                workingLabel: words("provisioning.creating"),
                kind: tokens.length > 0 ? "second" : "primary",
              }}
              secretWords={{ label: words("provisioning.token"), copy: copyWords(locale) }}
            />
            {tokens.length > 0 && <Tokens tokens={tokens} />}
          </div>
        </FormPanel>
      </div>
    </>
  );
}

function Tokens({ tokens }: { tokens: readonly ScimToken[] }) {
  const locale = use(getLocale());
  const words = translator("account", locale);
  const clock = use(readClock());
  return (
    <ul className="grid divide-y divide-hairline text-sm">
      {tokens.map(({ id, hint, createdAt, lastUsedAt }) => (
        <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
          <span>
            <span className="font-mono">{hint}…</span>{" "}
            <span className="text-muted">
              {lastUsedAt
                ? words("provisioning.used", { moment: formatInstant(lastUsedAt, clock, locale) })
                : words("provisioning.unused", { moment: formatInstant(createdAt, clock, locale) })}
            </span>
          </span>
          <Confirm
            trigger={words("provisioning.revoke")}
            triggerLook={{ kind: "quiet-danger", size: "sm", flush: true }}
            triggerLabel={words("provisioning.revokeLabel", { hint })}
            title={words("provisioning.revokeTitle", { hint })}
            keepLabel={words("provisioning.keep")}
            confirmLabel={words("provisioning.revoke")}
            workingLabel={words("provisioning.revoking")}
            action={revokeToken}
            fields={{ id }}
          >
            <p>{words("provisioning.revokeText")}</p>
          </Confirm>
        </li>
      ))}
    </ul>
  );
}
