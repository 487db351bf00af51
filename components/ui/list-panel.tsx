import type { ReactNode } from "react";
import { Panel } from "@/components/ui/panel";
import { type Column, Table } from "@/components/ui/table";

interface ListPanelProps<Row> {
  /** The heading's id: an anchor on the page. */
  id: string;
  title: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** What is there when there are no rows. */
  none: ReactNode;
}

/** A titled panel with a table, or with a line that says it is empty. */
export function ListPanel<Row>({ id, title, columns, rows, rowKey, none }: ListPanelProps<Row>) {
  return (
    <Panel bare aria-labelledby={id}>
      <h2 id={id} className="px-4 pt-5 pb-3 md:px-6">
        {title}
      </h2>
      {rows.length > 0 ? (
        <Table label={title} columns={columns} rows={rows} rowKey={rowKey} />
      ) : (
        <p className="px-4 pb-5 text-muted md:px-6">{none}</p>
      )}
    </Panel>
  );
}
