import { Instant } from "@/components/accounts/instant";
import { WebhookState } from "@/components/accounts/webhook-state";
import { Confirm } from "@/components/ui/confirm";
import type { FormAction } from "@/components/ui/post-form";
import type { Column } from "@/components/ui/table";
import type { Translator } from "@/lib/i18n/translator";
import type { Webhook } from "@/lib/webhooks/webhooks";

/** The table of an organizer's webhooks: each with its state and the way to what was sent. */
export function webhookColumns(
  words: Translator<"webhooks">,
  deleteWebhook: Extract<FormAction, (formData: FormData) => unknown>,
): Column<Webhook>[] {
  return [
    {
      key: "url",
      head: words("columns.url"),
      cell: ({ id, url, team }) => (
        <>
          <a href={`/account/developer/webhooks/${id}`} className="font-mono break-all">
            {url}
          </a>
          {team && <span className="block text-muted">{words("ofTeam", { team: team.name })}</span>}
        </>
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
}
