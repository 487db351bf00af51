import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

interface SaveBarProps {
  /** Save first, then the rest; buttons outside the form name it with `form`. */
  children: ReactNode;
  /** What still stops saving, or that it was saved. */
  status?: ReactNode;
  /** For a bar inside the page's column, at the end of its form, rather than under the whole page. */
  inColumn?: boolean;
  /** There is something to save: on phones the bar stays in view from then on, and covers nothing before. */
  isNeeded?: boolean;
}

/** Stays at the bottom of an editor, above the tabs on phones. Give it to the account shell as its `footer`. */
export function SaveBar({ children, status, inColumn = false, isNeeded = true }: SaveBarProps) {
  return (
    <div
      className={classNames(
        "bottom-15 z-5 border-t border-hairline bg-surface md:sticky md:bottom-0",
        isNeeded && "sticky",
        inColumn && "md:rounded-t-lg md:border-x",
      )}
    >
      <div className="wide flex flex-wrap items-center gap-x-4 gap-y-3 py-3">
        {children}
        <div role="status" className="text-sm font-semibold">
          {status}
        </div>
      </div>
    </div>
  );
}
