import { CheckCircleIcon, ClockIcon, LinkSimpleIcon, ProhibitIcon } from "@phosphor-icons/react/ssr";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { use } from "react";
import { makeLink, takeLinkBack } from "@/app/account/event-types/[id]/links/actions";
import { FormPanel } from "@/components/accounts/form-panel";
import { Instant } from "@/components/accounts/instant";
import { copyWords } from "@/components/layout/copy-words";
import { Badge } from "@/components/ui/badge";
import { Confirm } from "@/components/ui/confirm";
import { ListPanel } from "@/components/ui/list-panel";
import { PageHead } from "@/components/ui/page-head";
import type { Column } from "@/components/ui/table";
import { requireOrganizer } from "@/lib/auth/guards";
import { type BookingLink, listBookingLinks } from "@/lib/booking/booking-links";
import { getEventType } from "@/lib/event-types/queries";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("event-types", await getLocale());
  return { title: words("links.title") };
}

export default async function LinksPage({ params }: { params: Promise<{ id: string }> }) {
  const locale = await getLocale();
  const words = translator("event-types", locale);
  const { id } = await params;
  const organizer = await requireOrganizer(`/account/event-types/${id}/links`);
  const eventType = (await getEventType(organizer.scope, id)) ?? notFound();
  const links = await listBookingLinks(organizer.scope, id);
  return (
    <>
      <PageHead
        title={words("links.title")}
        lead={words(eventType.requiresLink ? "links.leadOnly" : "links.lead", { title: eventType.title })}
        back={{ href: `/account/event-types/${id}`, label: eventType.title }}
      />
      <div className="grid gap-6">
        <FormPanel
          id="new-link"
          title={words("links.new")}
          action={makeLink}
          hidden={{ eventTypeId: id }}
          fields={[
            {
              name: "name",
              label: words("links.name"),
              autoComplete: "off",
              hint: words("links.nameHint"),
              required: false,
            },
          ]}
          submit={{ label: words("links.make"), workingLabel: words("links.making") }}
          secretWords={{ label: words("links.secret"), copy: copyWords(locale, words("row.copy")) }}
        />
        <ListPanel
          id="links"
          title={words("links.list")}
          columns={columnsOf(id, locale)}
          rows={links}
          rowKey={(link) => link.id}
          none={words("links.none")}
        />
      </div>
    </>
  );
}

const looks = {
  open: { tone: "calm", glyph: LinkSimpleIcon },
  used: { tone: "success", glyph: CheckCircleIcon },
  expired: { tone: "none", glyph: ClockIcon },
  revoked: { tone: "none", glyph: ProhibitIcon },
} as const;

function columnsOf(eventTypeId: string, locale: Locale): Column<BookingLink>[] {
  const words = translator("event-types", locale);
  return [
    {
      key: "name",
      head: words("links.columnName"),
      cell: ({ name }) => <span className="font-semibold">{name || words("links.unnamed")}</span>,
      block: "lead",
    },
    {
      key: "state",
      head: words("links.columnState"),
      cell: ({ state }) => <Badge {...looks[state]}>{words(`links.states.${state}`)}</Badge>,
      block: "state",
    },
    {
      key: "created",
      head: words("links.columnCreated"),
      cell: ({ createdAt }) => <Instant at={createdAt} />,
      block: "named",
    },
    {
      key: "used",
      head: words("links.columnUsed"),
      cell: ({ usedAt, bookingId }) =>
        usedAt && bookingId ? (
          <a href={`/account/bookings/${bookingId}`}>
            <Instant at={usedAt} />
          </a>
        ) : (
          words("links.notUsed")
        ),
      block: "named",
    },
    {
      key: "revoke",
      head: words("links.columnActions"),
      hideHead: true,
      cell: (link) => link.state === "open" && <TakeBack link={link} eventTypeId={eventTypeId} />,
      align: "end",
      block: "end",
    },
  ];
}

function TakeBack({ link, eventTypeId }: { link: BookingLink; eventTypeId: string }) {
  const words = translator("event-types", use(getLocale()));
  const name = link.name || words("links.unnamed");
  return (
    <Confirm
      trigger={words("links.revoke")}
      triggerLook={{ kind: "quiet-danger", size: "sm", flush: true }}
      triggerLabel={words("links.revokeLabel", { name })}
      title={words("links.revokeTitle", { name })}
      keepLabel={words("links.keep")}
      confirmLabel={words("links.revoke")}
      workingLabel={words("links.revoking")}
      action={takeLinkBack}
      fields={{ id: link.id, eventTypeId }}
    >
      <p>{words("links.revokeText")}</p>
    </Confirm>
  );
}
