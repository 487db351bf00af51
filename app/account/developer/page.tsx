import type { Metadata } from "next";
import { use } from "react";
import { createKey, createWebhook, deleteWebhook, revokeKey } from "@/app/account/developer/actions";
import { AccountForm } from "@/components/accounts/account-form";
import { Instant } from "@/components/accounts/instant";
import { webhookChoices } from "@/components/accounts/webhook-choices";
import { WebhookList } from "@/components/accounts/webhook-list";
import { Confirm } from "@/components/ui/confirm";
import { PageHead } from "@/components/ui/page-head";
import { Panel } from "@/components/ui/panel";
import { type Column, Table } from "@/components/ui/table";
import { type ApiKey, listApiKeys } from "@/lib/auth/api-keys";
import { requireOrganizer } from "@/lib/auth/guards";
import { type Translator, translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { listWebhooks } from "@/lib/webhooks/webhooks";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("account", await getLocale());
  return { title: words("developer.title") };
}

const columnsOf = (words: Translator<"account">): Column<ApiKey>[] => [
  {
    key: "name",
    head: words("developer.columnName"),
    cell: (key) => <span className="font-semibold">{key.name}</span>,
    block: "lead",
  },
  {
    key: "hint",
    head: words("developer.columnKey"),
    cell: (key) => <span className="font-mono">{key.hint}…</span>,
    block: "state",
  },
  {
    key: "created",
    head: words("developer.columnCreated"),
    cell: (key) => <Instant at={key.createdAt} />,
    block: "drop",
  },
  {
    key: "used",
    head: words("developer.columnUsed"),
    cell: (key) => (key.lastUsedAt ? <Instant at={key.lastUsedAt} /> : words("developer.neverUsed")),
    block: "named",
  },
  {
    key: "revoke",
    head: words("developer.columnActions"),
    hideHead: true,
    cell: (key) => <RevokeKey name={key.name} id={key.id} />,
    align: "end",
    block: "end",
  },
];

export default async function DeveloperPage() {
  const locale = await getLocale();
  const words = translator("account", locale);
  const webhookWords = translator("webhooks", locale);
  const organizer = await requireOrganizer("/account/developer");
  const [keys, webhooks] = await Promise.all([listApiKeys(organizer.scope), listWebhooks(organizer.scope)]);
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
          {keys.length > 0 ? (
            <Table
              label={words("developer.listTitle")}
              columns={columnsOf(words)}
              rows={keys}
              rowKey={(key) => key.id}
            />
          ) : (
            <p className="px-4 pb-5 text-muted md:px-6">{words("developer.none")}</p>
          )}
        </Panel>
        <Panel aria-labelledby="webhooks">
          <h2 id="webhooks">{webhookWords("title")}</h2>
          <p className="mt-1 mb-4 max-w-[68ch] text-muted">{webhookWords("lead")}</p>
          <div className="max-w-112">
            <AccountForm
              action={createWebhook}
              fields={[
                {
                  name: "url",
                  label: webhookWords("url"),
                  autoComplete: "off",
                  hint: webhookWords("urlHint"),
                },
              ]}
              choices={webhookChoices(locale)}
              submit={{ label: webhookWords("create"), workingLabel: webhookWords("creating") }}
              secretWords={{
                label: webhookWords("secret"),
                copy: webhookWords("copy"),
                copied: webhookWords("copied"),
                failed: webhookWords("copyFailed"),
              }}
            />
          </div>
        </Panel>
        <Panel bare aria-labelledby="your-webhooks">
          <h2 id="your-webhooks" className="px-4 pt-5 pb-3 md:px-6">
            {webhookWords("listTitle")}
          </h2>
          {webhooks.length > 0 ? (
            <WebhookList webhooks={webhooks} deleteWebhook={deleteWebhook} />
          ) : (
            <p className="px-4 pb-5 text-muted md:px-6">{webhookWords("none")}</p>
          )}
        </Panel>
      </div>
    </>
  );
}

function RevokeKey({ id, name }: { id: string; name: string }) {
  const words = translator("account", use(getLocale()));
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
