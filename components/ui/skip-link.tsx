interface SkipLinkProps {
  /** "Skip to content", "Skip to the calendar". */
  children: string;
  /** The id of the place to skip to. */
  to?: string;
}

/** The first stop of the Tab key, shown once it has the focus. */
export function SkipLink({ children, to = "main" }: SkipLinkProps) {
  return (
    <a
      href={`#${to}`}
      className="fixed top-3 start-4 z-20 rounded-md border border-control bg-raised px-4 py-2.5 not-focus:sr-only"
    >
      {children}
    </a>
  );
}
