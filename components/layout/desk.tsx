import type { ReactNode } from "react";

interface DeskProps {
  /** Who it is and what is booked: the side column, above the rest on small screens. */
  side: ReactNode;
  /** The day and the time. */
  children: ReactNode;
  /** The tag with the visitor's choice, below the side; on small screens between choice and details. */
  choice?: ReactNode;
  /** The form. */
  details?: ReactNode;
}

/** The booking page's two columns: linen at the side, a sheet to write on. */
export function Desk({ side, children, choice, details }: DeskProps) {
  return (
    <div className="bg-surface lg:bg-transparent lg:bg-[linear-gradient(to_right,transparent_50%,var(--surface)_50%)] lg:rtl:bg-[linear-gradient(to_left,transparent_50%,var(--surface)_50%)]">
      <div className="mx-auto grid max-w-[73rem] grid-cols-[minmax(0,1fr)] lg:h-full lg:grid-cols-[19rem_minmax(0,1fr)] lg:grid-rows-[auto_1fr] lg:px-6">
        <div className="grid content-start gap-4 border-b border-hairline bg-background px-4 py-6 md:px-6 lg:gap-6 lg:border-0 lg:bg-transparent lg:px-0 lg:pt-12 lg:pe-10 lg:pb-8">
          {side}
        </div>
        <div className="px-4 pt-7 pb-8 md:px-6 lg:border-s lg:border-hairline lg:bg-surface lg:pt-12 lg:pe-0 lg:pb-10 lg:ps-12">
          {children}
        </div>
        <div className="px-4 [--tag-paper:var(--raised)] [--under-tag:var(--surface)] md:px-6 lg:px-0 lg:pt-10 lg:pe-10 lg:pb-12 lg:[--tag-paper:var(--surface)] lg:[--under-tag:var(--background)]">
          {choice}
        </div>
        <div className="px-4 pb-10 md:px-6 lg:border-s lg:border-hairline lg:bg-surface lg:pe-0 lg:pb-14 lg:ps-12">
          {details}
        </div>
      </div>
    </div>
  );
}
