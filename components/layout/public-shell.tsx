import { type ReactNode, use } from "react";
import { ThemeChoice } from "@/components/layout/theme-choice";
import { Seal } from "@/components/ui/seal";
import { SkipLink } from "@/components/ui/skip-link";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface PublicShellProps {
  /** Whose desk this is: the business, or the organizer's own name. It is in the footer. */
  host: string;
  /** Shows the host in a bar above the page. The booking page has none: its side column introduces the host. */
  bar?: boolean;
  pictureUrl?: string | undefined;
  /** Words of the skip link: "Skip to the calendar". */
  skip?: string;
  /** Where it is written what is stored about the visitor, if not in our own help. */
  privacyHref?: string | undefined;
  children: ReactNode;
}

/** The house of a visitor: nothing to click but what they came for. */
export function PublicShell({
  host,
  bar = false,
  pictureUrl,
  skip,
  privacyHref = "/help/visitor-data",
  children,
}: PublicShellProps) {
  const words = translator("common", use(getLocale()));
  return (
    <div className="grid min-h-dvh grid-rows-[auto_minmax(0,1fr)_auto]">
      <SkipLink>{skip ?? words("skip.content")}</SkipLink>
      {bar ? (
        <header className="border-b border-hairline bg-surface">
          <div className="wide flex h-14 items-center gap-3 font-semibold md:h-16">
            <Seal name={host} pictureUrl={pictureUrl} />
            {host}
          </div>
        </header>
      ) : (
        <span />
      )}
      <main id="main" tabIndex={-1} className="grid min-w-0 outline-none">
        {children}
      </main>
      <footer className="border-t border-hairline bg-background text-sm text-muted">
        <div className="wide flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-4">
          <span>{host}</span>
          <span className="flex flex-wrap items-center gap-x-6 gap-y-2">
            <span>
              {words("keptBy")}
              {privacyHref && (
                <>
                  {" · "}
                  <a className="text-inherit" href={privacyHref}>
                    {words("whatIsStored")}
                  </a>
                </>
              )}
            </span>
            <ThemeChoice />
          </span>
        </div>
      </footer>
    </div>
  );
}
