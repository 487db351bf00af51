import { CheckIcon, ProhibitIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { laneWords, type WhoseDay } from "@/components/event-types/lane-words";
import type { Lane } from "@/components/event-types/troubleshoot-lanes";
import { Badge } from "@/components/ui/badge";
import { type Column, Table } from "@/components/ui/table";
import { listOf } from "@/lib/format/lists";
import { type Clock, clockRange, clockTime } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import type { ExplainedStart } from "@/lib/offers/troubleshoot";
import { getLocale } from "@/lib/reader/locale";

interface ReadIn {
  timeZone: string;
  clock: Clock;
}

/** The strip in words: each rule, and when it holds. */
export function LaneTable({
  lanes,
  timeZone,
  clock,
  label,
  whose,
}: ReadIn & { lanes: readonly Lane[]; label: string; whose: WhoseDay }) {
  const locale = use(getLocale());
  const words = translator("troubleshoot", locale);
  const columns: Column<Lane>[] = [
    {
      key: "part",
      head: words("table.part"),
      cell: ({ name }) => laneWords(name, whose, locale),
      block: "full",
    },
    {
      key: "when",
      head: words("table.when"),
      cell: ({ name, marks }) =>
        name === "offered"
          ? listOf(
              marks.map(({ start }) => clockTime(start, timeZone, clock, locale)),
              locale,
            ) || words("lanes.none")
          : listOf(
              marks.map(({ start, end }) => clockRange(start, end, timeZone, clock, locale)),
              locale,
            ) || words("lanes.none"),
      block: "full",
    },
  ];
  return <Table label={label} columns={columns} rows={lanes} rowKey={({ name }) => name} />;
}

interface StartTableProps extends ReadIn {
  slots: readonly ExplainedStart[];
  label: string;
  hrefOf: (start: number) => string;
}

/** Every start of the day's grid, offered or not, each a question of its own. */
export function StartTable({ slots, label, timeZone, clock, hrefOf }: StartTableProps) {
  const locale = use(getLocale());
  const words = translator("troubleshoot", locale);
  const columns: Column<ExplainedStart>[] = [
    {
      key: "time",
      head: words("table.time"),
      cell: ({ start, end }) => (
        <a href={hrefOf(start)} className="font-semibold">
          {clockRange(start, end, timeZone, clock, locale)}
        </a>
      ),
      block: "lead",
    },
    {
      key: "verdict",
      head: words("table.verdict"),
      cell: ({ reasons }) =>
        reasons.length === 0 ? (
          <Badge tone="success" glyph={CheckIcon} weight="bold">
            {words("table.yes")}
          </Badge>
        ) : (
          <Badge tone="none" glyph={ProhibitIcon}>
            {words("table.no")}
          </Badge>
        ),
      block: "state",
    },
    {
      key: "why",
      head: words("table.why"),
      cell: ({ reasons }) => [...new Set(reasons.map(({ code }) => words(`short.${code}`)))].join(" · "),
      block: "full",
    },
  ];
  return <Table label={label} columns={columns} rows={slots} rowKey={({ start }) => String(start)} />;
}
