import type { ReactNode } from "react";

interface SaveBarProps {
  /** Save first, then the rest; buttons outside the form name it with `form`. */
  children: ReactNode;
  /** What still stops saving, or that it was saved. */
  status?: ReactNode;
}

/** Stays at the bottom of an editor, above the tabs on phones. Give it to the account shell as its `footer`. */
export function SaveBar({ children, status }: SaveBarProps) {
  return (
    <div className="sticky bottom-15 z-5 border-t border-hairline bg-surface md:bottom-0">
      <div className="wide flex flex-wrap items-center gap-x-4 gap-y-3 py-3">
        {children}
        <div role="status" className="text-sm font-semibold">
          {status}
        </div>
      </div>
    </div>
  );
}
