import { type ReactNode, use } from "react";
import { BrandStyle } from "@/components/brand/brand-style";
import { Logo } from "@/components/brand/logo";
import { LanguageChoice } from "@/components/layout/language-choice";
import { ThemeChoice } from "@/components/layout/theme-choice";
import { Seal } from "@/components/ui/seal";
import { SkipLink } from "@/components/ui/skip-link";
import type { BookingView } from "@/lib/booking-record/queries";
import { showBrand } from "@/lib/brand/read";
import { translator } from "@/lib/i18n/translator";
import { brandOfPage } from "@/lib/reader/brand";
import { getLocale } from "@/lib/reader/locale";

interface PublicShellProps {
  /** Whose desk this is: the organizer's or team's name. It is in the footer, unless their brand has another. */
  host: string;
  /** Theirs, for their brand; left out: it's the product's own page. */
  handle?: string;
  /** Shows the host in a bar above the page. The booking page has none: its side column introduces the host. */
  bar?: boolean;
  /** Words of the skip link: "Skip to the calendar". */
  skip?: string;
  /** Where it is written what is stored about the visitor, if not in our own help. */
  privacyHref?: string | undefined;
  children: ReactNode;
}

/** Whose page a booking's is: the team's, or its organizer's. */
export function houseOf({ team, organizer }: Pick<BookingView, "team" | "organizer">) {
  const { name: host, handle } = team ?? organizer;
  return { host, handle };
}

/** The house of a visitor: nothing to click but what they came for. */
export function PublicShell({
  host,
  handle,
  bar = false,
  skip,
  privacyHref = "/help/visitor-data",
  children,
}: PublicShellProps) {
  const words = translator("common", use(getLocale()));
  const brand = handle === undefined ? showBrand(null, null, host) : use(brandOfPage(handle));
  const { name, logo, picture, palette, showsBellhop } = brand;
  const links = privacyHref && (
    <a className="text-inherit" href={privacyHref}>
      {words("whatIsStored")}
    </a>
  );
  return (
    <div className="grid min-h-dvh grid-rows-[auto_minmax(0,1fr)_auto]">
      <BrandStyle palette={palette} />
      <SkipLink>{skip ?? words("skip.content")}</SkipLink>
      {bar ? (
        <header className="border-b border-hairline bg-surface">
          <div className="wide flex h-14 items-center gap-3 font-semibold md:h-16">
            {logo ? (
              <Logo logo={logo} name={name} />
            ) : (
              <>
                <Seal name={name} pictureUrl={picture?.path} />
                {name}
              </>
            )}
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
          <span>{name}</span>
          <span className="flex flex-wrap items-center gap-x-6 gap-y-2">
            <span>
              {showsBellhop && words("keptBy")}
              {showsBellhop && links && " · "}
              {links}
            </span>
            <LanguageChoice />
            <ThemeChoice />
          </span>
        </div>
      </footer>
    </div>
  );
}
