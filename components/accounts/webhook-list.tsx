import { use } from "react";
import { Instant } from "@/components/accounts/instant";
import { WebhookState } from "@/components/accounts/webhook-state";
import { Confirm } from "@/components/ui/confirm";
import type { FormAction } from "@/components/ui/post-form";
import { type Column, Table } from "@/components/ui/table";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import type { Webhook } from "@/lib/webhooks/webhooks";

interface WebhookListProps {
  webhooks: readonly Webhook[];
  deleteWebhook: Extract<FormAction, (formData: FormData) => unknown>;
}

/** An organizer's webhooks, each with its state and the way to what was sent. */
export function WebhookList({ webhooks, deleteWebhook }: WebhookListProps) {
  const words = translator("webhooks", use(getLocale()));
  const columns: Column<Webhook>[] = [
    {
      key: "url",
      head: words("columns.url"),
      cell: ({ id, url }) => (
        <a href={`/account/developer/webhooks/${id}`} className="font-mono break-all">
          {url}
        </a>
      ),
      block: "lead",
    },
    {
      key: "state",
      head: words("columns.state"),
      cell: (webhook) => <WebhookState webhook={webhook} />,
      block: "state",
    },
    {
      key: "delivered",
      head: words("columns.delivered"),
      cell: ({ succeededAt }) => (succeededAt ? <Instant at={succeededAt} /> : words("never")),
      block: "named",
    },
    {
      key: "delete",
      head: words("columns.actions"),
      hideHead: true,
      cell: ({ id, url }) => (
        <Confirm
          trigger={words("delete")}
          triggerLook={{ kind: "quiet-danger", size: "sm", flush: true }}
          triggerLabel={words("deleteLabel", { url })}
          title={words("deleteTitle")}
          keepLabel={words("keep")}
          confirmLabel={words("delete")}
          workingLabel={words("deleting")}
          action={deleteWebhook}
          fields={{ id }}
        >
          <p>{words("deleteText", { url })}</p>
        </Confirm>
      ),
      align: "end",
      block: "end",
    },
  ];
  return <Table label={words("listTitle")} columns={columns} rows={webhooks} rowKey={({ id }) => id} />;
}
