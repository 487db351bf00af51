import type { Metadata } from "next";
import { createKey, revokeKey } from "@/app/account/developer/actions";
import { AccountForm } from "@/components/accounts/account-form";
import { type Column, FactTable } from "@/components/accounts/fact-table";
import { Instant } from "@/components/accounts/instant";
import { Confirm } from "@/components/ui/confirm";
import { PageHead } from "@/components/ui/page-head";
import { Panel } from "@/components/ui/panel";
import { type ApiKey, listApiKeys } from "@/lib/auth/api-keys";
import { requireOrganizer } from "@/lib/auth/guards";
import { translator } from "@/lib/i18n/translator";

const words = translator("account");

export const metadata: Metadata = { title: words("developer.title") };

const columns: Column<ApiKey>[] = [
  { head: words("developer.columnName"), cell: (key) => <span className="font-semibold">{key.name}</span> },
  { head: words("developer.columnKey"), cell: (key) => <code className="font-mono">{key.hint}…</code> },
  { head: words("developer.columnCreated"), cell: (key) => <Instant at={key.createdAt} /> },
  {
    head: words("developer.columnUsed"),
    cell: (key) => (key.lastUsedAt ? <Instant at={key.lastUsedAt} /> : words("developer.neverUsed")),
  },
  {
    head: words("developer.columnActions"),
    hideHead: true,
    cell: (key) => <RevokeKey name={key.name} id={key.id} />,
  },
];

export default async function DeveloperPage() {
  const organizer = await requireOrganizer("/account/developer");
  const keys = await listApiKeys(organizer.id);
  return (
    <>
      <PageHead
        title={words("developer.title")}
        lead={words("developer.lead")}
        actions={<a href="/api/v1/openapi.json">{words("developer.openapi")}</a>}
      />
      <div className="grid gap-6">
        <Panel aria-labelledby="new-key">
          <h2 id="new-key" className="mb-4">
            {words("developer.newTitle")}
          </h2>
          <div className="max-w-112">
            <AccountForm
              action={createKey}
              fields={[
                {
                  name: "name",
                  label: words("developer.name"),
                  autoComplete: "off",
                  hint: words("developer.nameHint"),
                },
              ]}
              submit={{ label: words("developer.create"), workingLabel: words("developer.creating") }}
              secretWords={{
                label: words("developer.secret"),
                copy: words("developer.copy"),
                copied: words("developer.copied"),
                failed: words("developer.copyFailed"),
              }}
            />
          </div>
        </Panel>
        <Panel bare aria-labelledby="keys">
          <h2 id="keys" className="px-4 pt-5 pb-3 md:px-6">
            {words("developer.listTitle")}
          </h2>
          <FactTable labelledBy="keys" rows={keys} columns={columns} none={words("developer.none")} />
        </Panel>
      </div>
    </>
  );
}

function RevokeKey({ id, name }: { id: string; name: string }) {
  return (
    <Confirm
      trigger={words("developer.revoke")}
      triggerLook={{ kind: "quiet-danger", size: "sm", flush: true }}
      triggerLabel={words("developer.revokeLabel", { name })}
      title={words("developer.revokeTitle", { name })}
      keepLabel={words("developer.keep")}
      confirmLabel={words("developer.revoke")}
      workingLabel={words("developer.revoking")}
      action={revokeKey}
      fields={{ id }}
    >
      <p>{words("developer.revokeText")}</p>
    </Confirm>
  );
}
