import { use } from "react";
import { Instant } from "@/components/accounts/instant";
import { actionWords } from "@/components/audit/action-words";
import { detailWords } from "@/components/audit/detail-words";
import { originWords } from "@/components/audit/origin-words";
import { type Column, Table } from "@/components/ui/table";
import { listDetails } from "@/lib/audit/details";
import type { AuditEntry } from "@/lib/audit/queries";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

const columnsOf = (locale: Locale): Column<AuditEntry>[] => {
  const words = translator("audit", locale);
  return [
    {
      key: "action",
      head: words("columns.action"),
      cell: ({ action }) => <span className="font-semibold">{actionWords(action, locale)}</span>,
      block: "lead",
    },
    {
      key: "subject",
      head: words("columns.subject"),
      cell: ({ subject }) => <span className="wrap-anywhere">{subject}</span>,
      block: "full",
    },
    {
      key: "actor",
      head: words("columns.actor"),
      cell: ({ actor }) => actor?.name ?? <span className="text-muted">{words("noOne")}</span>,
      block: "named",
    },
    {
      key: "details",
      head: words("columns.details"),
      cell: ({ details }) => <Details details={details} locale={locale} />,
      block: "full",
    },
    {
      key: "from",
      head: words("columns.from"),
      cell: ({ from }) => originWords(from, locale),
      block: "named",
    },
    {
      key: "at",
      head: words("columns.at"),
      cell: ({ at }) => (
        <span className="whitespace-nowrap">
          <Instant at={at} />
        </span>
      ),
      align: "end",
      block: "named",
    },
  ];
};

/** Entries of the audit log, one a row. */
export function AuditTable({ entries }: { entries: readonly AuditEntry[] }) {
  const locale = use(getLocale());
  return (
    <Table
      label={translator("audit", locale)("table")}
      columns={columnsOf(locale)}
      rows={entries}
      rowKey={({ id }) => id}
    />
  );
}

function Details({ details, locale }: Pick<AuditEntry, "details"> & { locale: Locale }) {
  const lines = listDetails(details).map((line) => detailWords(line, locale));
  return (
    <ul className="grid text-sm text-muted">
      {lines.map((line) => (
        <li key={line} className="break-words">
          {line}
        </li>
      ))}
    </ul>
  );
}
