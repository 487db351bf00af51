import type { Metadata } from "next";
import { MailBadge } from "@/app/admin/outbox/mail-badge";
import { readParameter, type SearchParameters } from "@/app/search-parameters";
import { Instant } from "@/components/accounts/instant";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHead } from "@/components/ui/page-head";
import { Panel } from "@/components/ui/panel";
import { type Column, Table } from "@/components/ui/table";
import { requireAdmin } from "@/lib/auth/guards";
import { env } from "@/lib/config/env";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { listMails, type MailSummary } from "@/lib/outbox/outbox";
import { getLocale } from "@/lib/reader/locale";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("account", await getLocale());
  return { title: words("outbox.title") };
}

const pageSize = 50;

const columns = (isSending: boolean, locale: Locale): Column<MailSummary>[] => {
  const words = translator("account", locale);
  return [
    {
      key: "subject",
      head: words("outbox.columnSubject"),
      cell: (mail) => (
        <a href={`/admin/outbox/${mail.id}`} className="font-semibold">
          {mail.subject}
        </a>
      ),
      block: "lead",
    },
    {
      key: "status",
      head: words("outbox.columnStatus"),
      cell: (mail) => <MailBadge status={mail.status} isSending={isSending} />,
      block: "state",
    },
    {
      key: "to",
      head: words("outbox.columnTo"),
      cell: (mail) => <span className="break-all">{mail.to}</span>,
      block: "full",
    },
    {
      key: "created",
      head: words("outbox.columnCreated"),
      cell: (mail) => <Instant at={mail.createdAt} />,
      block: "full",
    },
  ];
};

export default async function OutboxPage({ searchParams }: { searchParams: SearchParameters }) {
  const locale = await getLocale();
  const words = translator("account", locale);
  await requireAdmin();
  const before = new Date(await readParameter(searchParams, "before"));
  const mails = await listMails({ pageSize, ...(Number.isNaN(before.getTime()) ? {} : { before }) });
  const isSending = env().SMTP_URL !== undefined;
  const last = mails.length === pageSize ? mails.at(-1) : undefined;
  return (
    <>
      <PageHead
        title={words("outbox.title")}
        lead={words(isSending ? "outbox.leadSmtp" : "outbox.leadNone")}
        back={{ href: "/admin/users", label: words("outbox.back") }}
      />
      <Panel bare>
        {mails.length > 0 ? (
          <Table
            label={words("outbox.listTitle")}
            columns={columns(isSending, locale)}
            rows={mails}
            rowKey={(mail) => mail.id}
          />
        ) : (
          <EmptyState title={words("outbox.none")}>{words("outbox.noneText")}</EmptyState>
        )}
      </Panel>
      {last && (
        <p className="mt-6">
          <a href={`/admin/outbox?before=${last.createdAt.toISOString()}`}>{words("outbox.older")}</a>
        </p>
      )}
    </>
  );
}
