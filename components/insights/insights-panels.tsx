import { type ReactNode, use } from "react";
import { WeekBars } from "@/components/insights/week-bars";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { type Column, Table } from "@/components/ui/table";
import { ViewTabs } from "@/components/ui/view-tabs";
import { dateName, dateRangeName } from "@/lib/format/spoken-time";
import type { Locale } from "@/lib/i18n/languages";
import { type Translator, translator } from "@/lib/i18n/translator";
import type { InsightTable } from "@/lib/insights/export-csv";
import type { Insights, Outcomes } from "@/lib/insights/figures";
import { funnelSteps } from "@/lib/insights/funnel";
import { type Period, weekChoices } from "@/lib/insights/period";
import { getLocale } from "@/lib/reader/locale";

interface InsightsPanelsProps {
  insights: Insights;
  period: Period;
  /** The address that shows so many weeks. */
  hrefOf: (weeks: number) => string;
  /** The address of a table as a file. */
  exportOf: (table: InsightTable) => string;
  /** Others than the reader are among the hosts. */
  hasHosts: boolean;
}

/** Figures of bookings: pictures with the tables behind them. */
export function InsightsPanels({ insights, period, hrefOf, exportOf, hasHosts }: InsightsPanelsProps) {
  const locale = use(getLocale());
  const words = translator("bookings", locale);
  const isEmpty = insights.total.booked === 0 && insights.funnel.length === 0;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <p className="text-muted">{dateRangeName(period.first, period.last, locale)}</p>
        <ViewTabs
          label={words("insights.period")}
          views={weekChoices.map((weeks) => ({
            href: hrefOf(weeks),
            label: words("insights.weeks", { count: weeks }),
            current: weeks === period.weeks.length,
          }))}
        />
      </div>
      {isEmpty ? (
        <Panel>
          <EmptyState title={words("insights.none")}>{words("insights.noneLead")}</EmptyState>
        </Panel>
      ) : (
        <>
          <Totals insights={insights} />
          <Weeks insights={insights} href={exportOf("weeks")} />
          <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
            <Outcome
              title={words("insights.types")}
              rows={insights.types.map((row) => ({ ...row, key: row.id ?? row.title, name: row.title }))}
              head={words("insights.type")}
              href={exportOf("types")}
            />
            {hasHosts && (
              <Outcome
                title={words("insights.hosts")}
                rows={insights.hosts.map((row) => ({ ...row, key: row.id }))}
                head={words("insights.host")}
                href={exportOf("hosts")}
              />
            )}
            <Funnel insights={insights} href={exportOf("funnel")} />
          </div>
        </>
      )}
      <Connections insights={insights} href={exportOf("connections")} />
    </div>
  );
}

const numberOf = (value: number, locale: Locale) =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value);

const shareOf = (part: number, whole: number, locale: Locale) =>
  new Intl.NumberFormat(locale, { style: "percent" }).format(whole === 0 ? 0 : part / whole);

function Totals({ insights: { total, link } }: { insights: Insights }) {
  const locale = use(getLocale());
  const words = translator("bookings", locale);
  const { booked, cancelled, noShows, leadHours } = total;
  const share = (part: number) => words("insights.share", { share: shareOf(part, booked, locale) });
  return (
    <dl className="grid grid-cols-[repeat(auto-fill,minmax(10rem,1fr))] gap-3">
      <Figure term={words("insights.booked")} value={numberOf(booked, locale)} />
      <Figure
        term={words("insights.cancelled")}
        value={numberOf(cancelled, locale)}
        more={share(cancelled)}
      />
      <Figure term={words("insights.noShows")} value={numberOf(noShows, locale)} more={share(noShows)} />
      <Figure
        term={words("insights.lead")}
        value={leadOf(leadHours, words)}
        more={words("insights.median")}
      />
      {link && (
        <Figure
          term={words("insights.link")}
          value={words("insights.seconds", { seconds: numberOf(link.median, locale) })}
          more={words("insights.p95", { seconds: numberOf(link.p95, locale) })}
        />
      )}
    </dl>
  );
}

function Figure({ term, value, more }: { term: string; value: string; more?: string }) {
  return (
    <div className="rounded-lg border border-hairline bg-surface px-4 py-3">
      <dt className="text-sm text-muted">{term}</dt>
      <dd className="text-xl">{value}</dd>
      {more && <dd className="text-sm text-muted">{more}</dd>}
    </div>
  );
}

/** Hours up to two days, and days from then on. */
function leadOf(hours: number | null, words: Translator<"bookings">): string {
  if (hours === null) return words("insights.noFigure");
  if (hours < 48) return words("insights.hours", { count: Math.round(hours) });
  return words("insights.days", { count: Math.round(hours / 24) });
}

interface SheetProps {
  title: string;
  href: string;
  children: ReactNode;
}

function Sheet({ title, href, children }: SheetProps) {
  const words = translator("bookings", use(getLocale()));
  return (
    <Panel bare aria-label={title}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-4 pt-5 pb-3 md:px-6">
        <h2 className="text-lg">{title}</h2>
        <a href={href} className="text-sm" aria-label={words("insights.csvOf", { title })}>
          {words("insights.csv")}
        </a>
      </div>
      {children}
    </Panel>
  );
}

function Weeks({ insights: { weeks, total }, href }: { insights: Insights; href: string }) {
  const locale = use(getLocale());
  const words = translator("bookings", locale);
  const { booked, cancelled, noShows } = total;
  return (
    <Sheet title={words("insights.byWeek")} href={href}>
      <div className="px-4 pb-4 md:px-6">
        <WeekBars
          weeks={weeks}
          locale={locale}
          label={words("insights.weeksPicture", { booked, cancelled, noShows, count: weeks.length })}
          words={{
            kept: words("insights.kept"),
            noShows: words("insights.noShows"),
            cancelled: words("insights.cancelled"),
          }}
        />
      </div>
      <details className="border-t border-hairline">
        <summary className="min-h-11 cursor-pointer px-4 py-2.5 text-sm font-medium text-accent underline hover:text-accent-strong md:px-6">
          {words("insights.table")}
        </summary>
        <Table
          label={words("insights.byWeek")}
          columns={outcomeColumns(words("insights.week"), (row) => dateName(row.name, locale), locale)}
          rows={weeks.map((row) => ({ ...row, key: row.monday, name: row.monday }))}
          rowKey={({ key }) => key}
        />
      </details>
    </Sheet>
  );
}

interface OutcomeRow extends Outcomes {
  key: string;
  name: string;
}

function Outcome({
  title,
  head,
  rows,
  href,
}: {
  title: string;
  head: string;
  rows: OutcomeRow[];
  href: string;
}) {
  const locale = use(getLocale());
  if (rows.length === 0) return null;
  const most = Math.max(1, ...rows.map(({ booked }) => booked));
  const name = (row: OutcomeRow) => (
    <span className="grid gap-1.5">
      <span className="wrap-anywhere">{row.name}</span>
      <Share part={row.booked} whole={most} />
    </span>
  );
  return (
    <Sheet title={title} href={href}>
      <Table
        label={title}
        columns={outcomeColumns(head, name, locale)}
        rows={rows}
        rowKey={({ key }) => key}
      />
    </Sheet>
  );
}

/** A length beside the figures that say it. */
function Share({ part, whole }: { part: number; whole: number }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 100 6"
      preserveAspectRatio="none"
      className="h-1.5 w-full max-w-48 rtl:-scale-x-100"
    >
      <rect width="100" height="6" className="fill-sunken" />
      <rect width={whole === 0 ? 0 : (100 * part) / whole} height="6" className="fill-accent" />
    </svg>
  );
}

function outcomeColumns(
  head: string,
  name: (row: OutcomeRow) => ReactNode,
  locale: Locale,
): Column<OutcomeRow>[] {
  const words = translator("bookings", locale);
  const number = (key: "booked" | "cancelled" | "noShows"): Column<OutcomeRow> => ({
    key,
    head: words(`insights.${key}`),
    align: "end",
    block: "number",
    cell: (row) => numberOf(row[key], locale),
  });
  return [
    { key: "name", head, block: "full", cell: name },
    number("booked"),
    number("cancelled"),
    number("noShows"),
    {
      key: "lead",
      head: words("insights.lead"),
      align: "end",
      block: "number",
      cell: (row) => leadOf(row.leadHours, words),
    },
  ];
}

function Funnel({ insights: { funnel }, href }: { insights: Insights; href: string }) {
  const locale = use(getLocale());
  const words = translator("bookings", locale);
  const title = words("insights.funnel");
  type Row = Insights["funnel"][number];
  const columns: Column<Row>[] = [
    {
      key: "type",
      head: words("insights.type"),
      block: "full",
      cell: (row) => <span className="wrap-anywhere">{row.title}</span>,
    },
    ...funnelSteps.map(
      (step): Column<Row> => ({
        key: step,
        head: words(`insights.steps.${step}`),
        align: "end",
        block: "full",
        cell: (row) => (
          <span className="grid gap-1">
            <span>
              <span className="text-muted lg:hidden">{words(`insights.steps.${step}`)}: </span>
              {numberOf(row[step], locale)}
            </span>
            <Share part={row[step]} whole={Math.max(...funnelSteps.map((one) => row[one]))} />
          </span>
        ),
      }),
    ),
  ];
  return (
    <Sheet title={title} href={href}>
      <p className="px-4 pb-3 text-sm text-muted md:px-6">{words("insights.funnelLead")}</p>
      {funnel.length > 0 ? (
        <Table label={title} columns={columns} rows={funnel} rowKey={({ id }) => id} />
      ) : (
        <p className="px-4 pb-5 md:px-6">{words("insights.noVisits")}</p>
      )}
    </Sheet>
  );
}

function Connections({ insights: { connections }, href }: { insights: Insights; href: string }) {
  const locale = use(getLocale());
  const words = translator("bookings", locale);
  const title = words("insights.connections");
  if (connections.length === 0) return null;
  type Row = Insights["connections"][number] & { key: string };
  const columns: Column<Row>[] = [
    {
      key: "name",
      head: words("insights.host"),
      block: "lead",
      cell: (row) => <span className="wrap-anywhere">{row.name}</span>,
    },
    {
      key: "state",
      head: words("insights.state"),
      block: "state",
      cell: (row) => words(`insights.states.${row.state ?? "not_connected"}`),
    },
    {
      key: "outages",
      head: words("insights.outages"),
      align: "end",
      block: "named",
      cell: (row) => numberOf(row.outages, locale),
    },
  ];
  return (
    <Sheet title={title} href={href}>
      <Table
        label={title}
        columns={columns}
        rows={connections.map((row, place) => ({ ...row, key: `${place} ${row.name}` }))}
        rowKey={({ key }) => key}
      />
    </Sheet>
  );
}
