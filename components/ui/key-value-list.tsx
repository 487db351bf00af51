import { Fragment, type ReactNode } from "react";

interface KeyValueListProps {
  items: readonly { term: string; detail: ReactNode }[];
  /** Term above its detail, for a side column; otherwise beside it, in two columns. */
  stacked?: boolean;
}

/** What is known about one thing. */
export function KeyValueList({ items, stacked = false }: KeyValueListProps) {
  if (stacked) {
    return (
      <dl className="grid grid-cols-[repeat(auto-fill,minmax(10rem,1fr))] gap-3">
        {items.map(({ term, detail }) => (
          <div key={term}>
            <dt className="text-sm text-muted">{term}</dt>
            <dd>{detail}</dd>
          </div>
        ))}
      </dl>
    );
  }
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm">
      {items.map(({ term, detail }) => (
        <Fragment key={term}>
          <dt className="text-muted">{term}</dt>
          <dd className="min-w-0">{detail}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
