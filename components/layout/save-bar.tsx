import type { ReactNode } from "react";

interface SaveBarProps {
  /** Save first, then the rest. */
  children: ReactNode;
  /** Whether there is something to save. */
  status?: ReactNode;
}

/** The buttons of an editor, at its end or beside it. It has a place of its own: nothing scrolls under it. */
export function SaveBar({ children, status }: SaveBarProps) {
  return (
    <div data-save-bar className="grid gap-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">{children}</div>
      <p role="status" className="min-h-6 text-sm font-semibold text-muted">
        {status}
      </p>
    </div>
  );
}
