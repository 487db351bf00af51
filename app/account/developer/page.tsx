import { ClockCountdownIcon } from "@phosphor-icons/react/ssr";
import type { Metadata } from "next";
import { use } from "react";
import { createKey, createWebhook, deleteWebhook, revokeKey } from "@/app/account/developer/actions";
import { FormPanel } from "@/components/accounts/form-panel";
import { Instant } from "@/components/accounts/instant";
import { webhookChoices } from "@/components/accounts/webhook-choices";
import { webhookColumns } from "@/components/accounts/webhook-columns";
import { copyWords } from "@/components/layout/copy-words";
import { Badge } from "@/components/ui/badge";
import { Confirm } from "@/components/ui/confirm";
import { ListPanel } from "@/components/ui/list-panel";
import { PageHead } from "@/components/ui/page-head";
import type { Column } from "@/components/ui/table";
import { type ApiKey, listApiKeys } from "@/lib/auth/api-keys";
import { requireOrganizer } from "@/lib/auth/guards";
import { keyLifetimes, keyScopes } from "@/lib/auth/key-scopes";
import { type Translator, translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { listTeams } from "@/lib/teams/teams";
import { listWebhooks } from "@/lib/webhooks/webhooks";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("account", await getLocale());
  return { title: words("developer.title") };
}

const keyColumns = (words: Translator<"account">): Column<ApiKey>[] => [
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
    key: "scope",
    head: words("developer.scope"),
    cell: (key) => words(`developer.scopes.${key.scope}`),
    block: "named",
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
    key: "expires",
    head: words("developer.columnExpires"),
    cell: (key) => <Expiry at={key.expiresAt} />,
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
  const [keys, webhooks, teams] = await Promise.all([
    listApiKeys(organizer.scope),
    listWebhooks(organizer.scope),
    listTeams(organizer.scope),
  ]);
  const managed = teams.filter(({ role }) => role !== "member");
  return (
    <>
      <PageHead
        title={words("developer.title")}
        lead={words("developer.lead")}
        actions={<a href="/help/api">{words("developer.reference")}</a>}
      />
      <div className="grid gap-6">
        <FormPanel
          id="new-key"
          title={words("developer.newTitle")}
          action={createKey}
          fields={[
            {
              name: "name",
              label: words("developer.name"),
              autoComplete: "off",
              hint: words("developer.nameHint"),
            },
            {
              name: "scope",
              label: words("developer.scope"),
              autoComplete: "off",
              options: keyScopes
                .map((scope) => ({ value: scope, label: words(`developer.scopes.${scope}`) }))
                .reverse(),
            },
            {
              name: "lifetime",
              label: words("developer.lifetime"),
              autoComplete: "off",
              value: "365",
              options: Object.entries(keyLifetimes).map(([value, days]) => ({
                value,
                label: days === null ? words("developer.endless") : words("developer.days", { days }),
              })),
            },
          ]}
          submit={{ label: words("developer.create"), workingLabel: words("developer.creating") }}
          secretWords={{ label: words("developer.secret"), copy: copyWords(locale) }}
        />
        <ListPanel
          id="keys"
          title={words("developer.listTitle")}
          columns={keyColumns(words)}
          rows={keys}
          rowKey={(key) => key.id}
          none={words("developer.none")}
        />
        <FormPanel
          id="webhooks"
          title={webhookWords("title")}
          lead={webhookWords("about")}
          action={createWebhook}
          fields={[
            { name: "url", label: webhookWords("url"), autoComplete: "off", hint: webhookWords("urlHint") },
            ...(managed.length > 0
              ? [
                  {
                    name: "teamId",
                    label: webhookWords("whose"),
                    autoComplete: "off",
                    required: false,
                    options: [
                      { value: "", label: webhookWords("ownBookings") },
                      ...managed.map(({ id, name }) => ({ value: id, label: name })),
                    ],
                  },
                ]
              : []),
          ]}
          choices={webhookChoices(locale)}
          submit={{ label: webhookWords("create"), workingLabel: webhookWords("creating") }}
          secretWords={{ label: webhookWords("secret"), copy: copyWords(locale) }}
        />
        <ListPanel
          id="your-webhooks"
          title={webhookWords("listTitle")}
          columns={webhookColumns(webhookWords, deleteWebhook)}
          rows={webhooks}
          rowKey={(webhook) => webhook.id}
          none={webhookWords("none")}
        />
      </div>
    </>
  );
}

function Expiry({ at }: { at: Date | null }) {
  const words = translator("account", use(getLocale()));
  if (!at) return words("developer.neverExpires");
  if (at > new Date()) return <Instant at={at} />;
  return (
    <Badge tone="warning" glyph={ClockCountdownIcon}>
      {words("developer.expired")}
    </Badge>
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
