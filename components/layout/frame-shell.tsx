import { type ReactNode, use } from "react";
import { BrandStyle } from "@/components/brand/brand-style";
import { translator } from "@/lib/i18n/translator";
import { brandOfPage } from "@/lib/reader/brand";
import { getLocale } from "@/lib/reader/locale";

interface FrameShellProps {
  /** Whose page it is, for their brand. */
  handle: string;
  /** The page itself, for those who would rather have a window of their own. */
  pageHref: string;
  /** What is in the frame, for those who go from landmark to landmark: the website around it has a main part too. */
  label: string;
  children: ReactNode;
}

/** The booking page in another website's frame: as high as what is in it, and every way out opens a window of its own. */
export function FrameShell({ handle, pageHref, label, children }: FrameShellProps) {
  const words = translator("common", use(getLocale()));
  const { palette, showsBellhop } = use(brandOfPage(handle));
  return (
    <div data-frame className="bg-background">
      <BrandStyle palette={palette} />
      <main id="main" tabIndex={-1} aria-label={label} className="grid min-w-0 outline-none">
        {children}
      </main>
      <footer className="border-t border-hairline text-sm text-muted">
        <div className="wide flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
          <a className="text-inherit" href={pageHref} target="_blank" rel="noopener">
            {words("ownWindow")}
          </a>
          <span>
            {showsBellhop && `${words("keptBy")} · `}
            <a className="text-inherit" href="/help/visitor-data" target="_blank" rel="noopener">
              {words("whatIsStored")}
            </a>
          </span>
        </div>
      </footer>
    </div>
  );
}
