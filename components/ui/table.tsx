import { CaretDownIcon, CaretUpDownIcon, CaretUpIcon } from "@phosphor-icons/react/ssr";
import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";

export interface Column<Row> {
  key: string;
  /** The head. For a column of buttons give it too, with `hideHead`. */
  head: string;
  hideHead?: boolean;
  cell: (row: Row) => ReactNode;
  /** Numbers and dates align at the end. */
  align?: "start" | "end";
  /** The address that sorts by this column, and how it is sorted now. */
  sort?: { href: string; direction: "ascending" | "descending" | "none" };
  /**
   * Its place in the block a row becomes under 1024 pixels: `lead` and `state` share the first line, on phones they are below each other, `full` takes a line,
   * `named` takes one with its head before it, `number` does and shares it with the next number, `end` is at the end, `drop` is left out.
   */
  block: "lead" | "state" | "full" | "named" | "number" | "end" | "drop";
}

interface TableProps<Row> {
  /** What the table holds, read out before it. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
}

const blocks: Record<Column<unknown>["block"], string> = {
  lead: "",
  state: "max-sm:col-span-2 sm:justify-self-end",
  full: "col-span-2",
  named: "col-span-2 text-muted",
  number: "text-muted",
  end: "justify-self-end empty:hidden",
  drop: "hidden",
};

const carets = { ascending: CaretUpIcon, descending: CaretDownIcon, none: CaretUpDownIcon };

/** A table on wide screens, blocks of the same facts on narrow ones. Roles are spelled out: blocks would lose them. */
export function Table<Row>({ label, columns, rows, rowKey }: TableProps<Row>) {
  return (
    // biome-ignore-start lint/a11y: a table whose boxes are not table boxes keeps its meaning through explicit roles only.
    <table role="table" aria-label={label} className="block w-full text-sm lg:table">
      <thead role="rowgroup" className="sr-only lg:not-sr-only lg:table-header-group">
        <tr role="row">
          {columns.map((column) => (
            <th
              key={column.key}
              role="columnheader"
              scope="col"
              aria-sort={column.sort && column.sort.direction !== "none" ? column.sort.direction : undefined}
              className={classNames(
                "border-b border-hairline px-3 py-2.5 font-medium whitespace-nowrap text-muted first:ps-6 last:pe-6",
                column.align === "end" ? "text-end" : "text-start",
              )}
            >
              <Head column={column} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="block divide-y divide-hairline lg:table-row-group">
        {rows.map((row) => (
          <tr
            key={rowKey(row)}
            role="row"
            className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-1.5 px-4 py-3.5 md:px-6 lg:table-row"
          >
            {columns.map((column) => (
              <td
                key={column.key}
                role="cell"
                className={classNames(
                  "max-lg:wrap-anywhere lg:table-cell lg:px-3 lg:py-2.5 lg:align-middle lg:first:ps-6 lg:last:pe-6",
                  column.align === "end" && "lg:text-end",
                  blocks[column.block],
                )}
              >
                {(column.block === "named" || column.block === "number") && (
                  <span className="lg:hidden">{column.head}: </span>
                )}
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
    // biome-ignore-end lint/a11y: see above.
  );
}

function Head<Row>({ column }: { column: Column<Row> }) {
  if (column.hideHead) return <span className="sr-only">{column.head}</span>;
  if (!column.sort) return column.head;
  return (
    <a
      href={column.sort.href}
      className="inline-flex min-h-6 items-center gap-1 font-semibold text-ink no-underline hover:text-ink hover:underline"
    >
      {column.head}
      <Icon glyph={carets[column.sort.direction]} size={16} />
    </a>
  );
}
