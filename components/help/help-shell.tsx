import { type ReactNode, use } from "react";
import { HelpSearch } from "@/components/help/help-search";
import { LanguageChoice } from "@/components/layout/language-choice";
import { Mark } from "@/components/layout/mark";
import { ThemeChoice } from "@/components/layout/theme-choice";
import { ButtonLink } from "@/components/ui/button";
import { SkipLink } from "@/components/ui/skip-link";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface HelpShellProps {
  /** The page has a search of its own. */
  hasSearch?: boolean;
  children: ReactNode;
}

/** The house of the help: for everyone, signed in or not. */
export function HelpShell({ hasSearch = false, children }: HelpShellProps) {
  const locale = use(getLocale());
  const words = translator("help", locale);
  const common = translator("common", locale);
  return (
    <div className="grid min-h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)_auto]">
      <SkipLink>{common("skip.content")}</SkipLink>
      <header className="border-b border-hairline bg-surface">
        <div className="wide flex h-14 items-center gap-4 md:h-16 md:gap-8">
          <Mark href="/help" name={common("product")} annex={words("title")} />
          {!hasSearch && (
            <div className="hidden w-full max-w-96 md:block">
              <HelpSearch id="head-search" isCompact />
            </div>
          )}
          <nav aria-label={words("navigation")} className="ms-auto shrink-0">
            <ButtonLink href="/account/bookings" kind="quiet" flush>
              {words("bookings")}
            </ButtonLink>
          </nav>
        </div>
      </header>
      <main id="main" tabIndex={-1} className="wide w-full min-w-0 pt-6 pb-16 outline-none md:pt-12">
        {children}
      </main>
      <footer className="border-t border-hairline text-sm text-muted">
        <div className="wide flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-4">
          <span>{words("footer")}</span>
          <span className="flex flex-wrap items-center gap-x-6 gap-y-2">
            <LanguageChoice />
            <ThemeChoice />
          </span>
        </div>
      </footer>
    </div>
  );
}
