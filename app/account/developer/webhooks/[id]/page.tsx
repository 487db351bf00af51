import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { use } from "react";
import { changeWebhook, resendEvent, sendTest, switchOn } from "@/app/account/developer/actions";
import { FormPanel } from "@/components/accounts/form-panel";
import { Instant } from "@/components/accounts/instant";
import { webhookChoices } from "@/components/accounts/webhook-choices";
import { DeliveryAnswer, DeliveryState, WebhookState } from "@/components/accounts/webhook-state";
import { Banner } from "@/components/ui/banner";
import { ListPanel } from "@/components/ui/list-panel";
import { PageHead } from "@/components/ui/page-head";
import { PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Column } from "@/components/ui/table";
import { requireOrganizer } from "@/lib/auth/guards";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { type Delivery, getWebhook, listDeliveries } from "@/lib/webhooks/webhooks";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("webhooks", await getLocale());
  return { title: words("oneTitle") };
}

const maxShown = 100;

export default async function WebhookPage({ params }: { params: Promise<{ id: string }> }) {
  const locale = await getLocale();
  const words = translator("webhooks", locale);
  const { id } = await params;
  const organizer = await requireOrganizer(`/account/developer/webhooks/${id}`);
  const webhook = await getWebhook(organizer.scope, id);
  if (!webhook) notFound();
  const deliveries = await listDeliveries(organizer.scope, id, { take: maxShown });
  return (
    <>
      <PageHead
        back={{ href: "/account/developer", label: words("back") }}
        title={words("oneTitle")}
        lead={
          <>
            <span className="font-mono break-all">{webhook.url}</span>
            {webhook.team && <span className="block">{words("ofTeam", { team: webhook.team.name })}</span>}
          </>
        }
        actions={
          <>
            <WebhookState webhook={webhook} />
            {!webhook.disabledAt && (
              <PostForm action={sendTest} fields={{ id }}>
                <SubmitButton kind="second" workingLabel={words("testing")}>
                  {words("test")}
                </SubmitButton>
              </PostForm>
            )}
          </>
        }
      />
      <div className="grid gap-6">
        {webhook.disabledAt && <SwitchedOff id={id} />}
        <FormPanel
          id="change"
          title={words("changeTitle")}
          action={changeWebhook}
          hidden={{ id }}
          fields={[
            {
              name: "url",
              label: words("url"),
              autoComplete: "off",
              hint: words("urlHint"),
              value: webhook.url,
            },
          ]}
          choices={webhookChoices(locale, webhook.events, webhook.team !== null)}
          submit={{ label: words("save"), workingLabel: words("saving"), kind: "second" }}
        />
        <ListPanel
          id="deliveries"
          title={words("deliveriesTitle")}
          columns={columnsOf(id, locale)}
          rows={deliveries}
          rowKey={(delivery) => delivery.id}
          none={words("nothingSent")}
        />
      </div>
    </>
  );
}

function SwitchedOff({ id }: { id: string }) {
  const words = translator("webhooks", use(getLocale()));
  return (
    <Banner tone="danger" title={words("offTitle")}>
      <p className="mb-3">{words("offText")}</p>
      <PostForm action={switchOn} fields={{ id }}>
        <SubmitButton kind="second" workingLabel={words("switchingOn")}>
          {words("switchOn")}
        </SubmitButton>
      </PostForm>
    </Banner>
  );
}

const columnsOf = (webhookId: string, locale: Locale): Column<Delivery>[] => {
  const words = translator("webhooks", locale);
  return [
    {
      key: "event",
      head: words("columns.event"),
      cell: ({ event }) => <span className="font-mono">{event}</span>,
      block: "lead",
    },
    {
      key: "state",
      head: words("columns.state"),
      cell: (delivery) => <DeliveryState delivery={delivery} />,
      block: "state",
    },
    {
      key: "at",
      head: words("columns.at"),
      cell: ({ createdAt }) => <Instant at={createdAt} />,
      block: "full",
    },
    {
      key: "answer",
      head: words("columns.answer"),
      cell: (delivery) => <DeliveryAnswer delivery={delivery} />,
      block: "full",
    },
    {
      key: "booking",
      head: words("columns.booking"),
      cell: ({ bookingId }) =>
        bookingId && <a href={`/account/bookings/${bookingId}`}>{words("showBooking")}</a>,
      block: "full",
    },
    {
      key: "resend",
      head: words("columns.actions"),
      hideHead: true,
      cell: ({ id, event, status }) =>
        status !== "queued" && (
          <PostForm action={resendEvent} fields={{ webhookId, id }}>
            <SubmitButton
              kind="quiet"
              size="sm"
              workingLabel={words("resending")}
              aria-label={words("resendLabel", { event })}
            >
              {words("resend")}
            </SubmitButton>
          </PostForm>
        ),
      align: "end",
      block: "end",
    },
  ];
};
