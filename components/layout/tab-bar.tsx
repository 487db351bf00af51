import Link from "next/link";
import { type Glyph, Icon } from "@/components/ui/icon";

export interface Tab {
  href: string;
  label: string;
  /** On phones, where the whole label would break. */
  shortLabel?: string;
  glyph: Glyph;
  current: boolean;
}

interface TabBarProps {
  /** The name of this navigation. */
  label: string;
  tabs: readonly Tab[];
}

/** Tabs in the top bar; on phones at the bottom, with icons. Brass marks where you are. */
export function TabBar({ label, tabs }: TabBarProps) {
  return (
    <nav
      aria-label={label}
      className="fixed inset-x-0 bottom-0 z-10 grid auto-cols-fr grid-flow-col border-t border-hairline bg-surface pb-[env(safe-area-inset-bottom)] md:static md:flex md:gap-6 md:self-stretch md:border-0 md:bg-transparent md:p-0"
    >
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          aria-current={tab.current ? "page" : undefined}
          className="group relative flex h-15 flex-col items-center justify-center gap-0.5 px-0.5 text-center text-xs/tight font-medium text-muted no-underline transition-colors hover:text-ink aria-[current]:font-semibold aria-[current]:text-ink md:h-auto md:px-0 md:text-md/normal md:focus-visible:-outline-offset-4"
        >
          <Icon glyph={tab.glyph} size={22} weight={tab.current ? "fill" : "regular"} className="md:hidden" />
          {tab.shortLabel && <span className="md:hidden">{tab.shortLabel}</span>}
          <span className={tab.shortLabel && "max-md:hidden"}>{tab.label}</span>
          <span className="absolute inset-x-1/5 -top-px hidden border-t-2 border-brass group-aria-[current]:block md:inset-x-0 md:top-auto md:-bottom-px" />
        </Link>
      ))}
    </nav>
  );
}
