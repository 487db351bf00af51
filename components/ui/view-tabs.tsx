import { classNames } from "@/components/ui/class-names";

export interface View {
  href: string;
  label: string;
  /** How many there are, if that is worth saying. */
  count?: number | undefined;
  current: boolean;
}

/** Views of one list: Upcoming, Past, Cancelled. Links, so that each has an address. */
export function ViewTabs({ label, views }: { label: string; views: readonly View[] }) {
  return (
    <nav aria-label={label} className="flex flex-wrap gap-x-6">
      {views.map((view) => (
        <a
          key={view.href}
          href={view.href}
          aria-current={view.current ? "page" : undefined}
          className={classNames(
            "relative inline-flex min-h-11 items-center gap-2 font-medium no-underline",
            view.current ? "font-strong text-ink hover:text-ink" : "text-muted hover:text-ink",
          )}
        >
          {view.label}
          {view.current && <span className="absolute inset-x-0 bottom-0 border-b-2 border-brass" />}
          {view.count !== undefined && <span className="text-sm font-medium text-muted">{view.count}</span>}
        </a>
      ))}
    </nav>
  );
}
