import type { ReactNode } from "react";

/** The desk bell: dome in accent, base and button in brass. */
export function Bell({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 26 26" aria-hidden="true" className="shrink-0">
      <path className="fill-accent" d="M3 18.5a10 10 0 0 1 20 0zM12 5.6h2v3.6h-2z" />
      <path
        className="fill-brass"
        d="M2.3 20h21.4a1.3 1.3 0 0 1 0 2.6H2.3a1.3 1.3 0 0 1 0-2.6zM10.9 3.2h4.2a1.3 1.3 0 0 1 0 2.6h-4.2a1.3 1.3 0 0 1 0-2.6z"
      />
    </svg>
  );
}

interface MarkProps {
  href: string;
  /** The product's name. */
  name: string;
  /** A quiet word after the name: where in the house one is. */
  annex?: ReactNode;
}

/** The bell and the name, leading home. */
export function Mark({ href, name, annex }: MarkProps) {
  return (
    <a
      href={href}
      className="inline-flex min-h-11 items-center gap-2.5 text-lg font-strong tracking-xl text-ink no-underline hover:text-ink"
    >
      <Bell />
      <span>
        {name}
        {annex && <span className="ms-2 text-sm font-medium tracking-normal text-muted">{annex}</span>}
      </span>
    </a>
  );
}
