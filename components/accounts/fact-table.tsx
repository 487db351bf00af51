import type { ReactNode } from "react";

export interface Column<Row> {
  head: string;
  /** Read out, not shown: for a column of buttons. */
  hideHead?: boolean;
  cell: (row: Row) => ReactNode;
}

interface FactTableProps<Row extends { id: string }> {
  /** The id of the heading that names the table. */
  labelledBy: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  /** Said where there is no row. */
  none: string;
}

/** Records in rows; on small screens each row becomes a block of the same facts. */
export function FactTable<Row extends { id: string }>({
  labelledBy,
  rows,
  columns,
  none,
}: FactTableProps<Row>) {
  if (rows.length === 0) return <p className="px-4 pb-5 text-muted md:px-6">{none}</p>;
  return (
    <table aria-labelledby={labelledBy} className="block w-full text-sm lg:table">
      <thead className="sr-only lg:not-sr-only lg:table-header-group">
        <tr className="border-b border-hairline text-left text-muted">
          {columns.map(({ head, hideHead }) => (
            <th key={head} scope="col" className="px-3 py-2 font-medium first:pl-6 last:pr-6">
              {hideHead ? <span className="sr-only">{head}</span> : head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="block lg:table-row-group">
        {rows.map((row) => (
          <tr
            key={row.id}
            className="grid gap-1 border-b border-hairline px-4 py-3 last:border-0 md:px-6 lg:table-row lg:p-0"
          >
            {columns.map(({ head, hideHead, cell }) => (
              <td
                key={head}
                className="grid grid-cols-[7rem_minmax(0,1fr)] items-baseline gap-3 break-words lg:table-cell lg:px-3 lg:py-3 lg:align-middle lg:first:pl-6 lg:last:pr-6"
              >
                <span aria-hidden="true" className={hideHead ? "hidden" : "text-muted lg:hidden"}>
                  {head}
                </span>
                <span className={hideHead ? "col-start-2" : ""}>{cell(row)}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
