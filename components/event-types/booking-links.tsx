import { CheckCircleIcon, ClockIcon, LinkSimpleIcon, ProhibitIcon } from "@phosphor-icons/react/ssr";
import { type ComponentProps, use } from "react";
import { FormPanel } from "@/components/accounts/form-panel";
import { Instant } from "@/components/accounts/instant";
import { copyWords } from "@/components/layout/copy-words";
import { Badge } from "@/components/ui/badge";
import { Confirm } from "@/components/ui/confirm";
import { ListPanel } from "@/components/ui/list-panel";
import type { FormAction } from "@/components/ui/post-form";
import type { Column } from "@/components/ui/table";
import type { BookingLink } from "@/lib/booking/booking-links";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface Actions {
  make: ComponentProps<typeof FormPanel>["action"];
  takeBack: FormAction;
  /** What names the event type in both forms. */
  fields: Readonly<Record<string, string>>;
}

/** Single-use links of an event type: makes one, which is shown once, and lists those there are. */
export function BookingLinks({ links, ...actions }: Actions & { links: readonly BookingLink[] }) {
  const locale = use(getLocale());
  const words = translator("event-types", locale);
  return (
    <div className="grid gap-6">
      <FormPanel
        id="new-link"
        title={words("links.new")}
        action={actions.make}
        hidden={actions.fields}
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
        columns={columnsOf(actions, locale)}
        rows={links}
        rowKey={(link) => link.id}
        none={words("links.none")}
      />
    </div>
  );
}

const looks = {
  open: { tone: "calm", glyph: LinkSimpleIcon },
  used: { tone: "success", glyph: CheckCircleIcon },
  expired: { tone: "none", glyph: ClockIcon },
  revoked: { tone: "none", glyph: ProhibitIcon },
} as const;

function columnsOf({ fields, takeBack }: Actions, locale: Locale): Column<BookingLink>[] {
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
      cell: (link) => link.state === "open" && <TakeBack link={link} action={takeBack} fields={fields} />,
      align: "end",
      block: "end",
    },
  ];
}

interface TakeBackProps {
  link: BookingLink;
  action: FormAction;
  fields: Readonly<Record<string, string>>;
}

function TakeBack({ link, action, fields }: TakeBackProps) {
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
      action={action}
      fields={{ ...fields, id: link.id }}
    >
      <p>{words("links.revokeText")}</p>
    </Confirm>
  );
}
