import type { KeyLine } from "@/components/keyboard/commands";

/** Keys and what they do. */
export function KeyList({ lines }: { lines: readonly KeyLine[] }) {
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-4 gap-y-2 text-sm">
      {lines.map(({ keys, does }) => (
        <div key={does} className="contents">
          <dt dir="ltr" className="flex gap-1">
            {keys.map((key) => (
              <kbd
                key={key}
                className="inline-grid min-h-7 min-w-7 place-items-center rounded-md border border-control bg-surface px-1.5 font-mono text-sm text-ink"
              >
                {key}
              </kbd>
            ))}
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  );
}
