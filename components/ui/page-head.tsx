import type { ReactNode } from "react";

interface PageHeadProps {
  title: ReactNode;
  /** One or two sentences: what is true on this page now. */
  lead?: ReactNode;
  /** The page one level up. */
  back?: { href: string; label: string };
  actions?: ReactNode;
}

/** The page's one `h1`, what it says below, and what can be done with the whole page. */
export function PageHead({ title, lead, back, actions }: PageHeadProps) {
  return (
    <div className="mb-6">
      {back && (
        <p className="mb-2 text-sm">
          <a href={back.href}>{back.label}</a>
        </p>
      )}
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
        <div className="min-w-0">
          <h1>{title}</h1>
          {lead && <p className="mt-1 max-w-[68ch] text-muted">{lead}</p>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-3">{actions}</div>}
      </div>
    </div>
  );
}
