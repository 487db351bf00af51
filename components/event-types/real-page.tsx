interface RealPageProps {
  /** The page as frames show it. */
  href: string;
  words: { realPage: string; realPageHint: string };
}

/**
 * The booking page itself, a third of its size, to look at: nothing in it can be pressed, since a booking there would be a real one. It's
 * loaded once it's opened.
 */
export function RealPage({ href, words }: RealPageProps) {
  return (
    <details className="rounded-lg border border-hairline bg-surface">
      <summary className="min-h-11 px-4 py-2.5 text-sm font-semibold">{words.realPage}</summary>
      <div className="grid gap-2 px-4 pb-4">
        <div inert className="relative aspect-3/4 overflow-hidden rounded-md border border-hairline">
          <iframe
            src={href}
            title={words.realPage}
            loading="lazy"
            tabIndex={-1}
            className="absolute start-0 top-0 h-[300%] w-[300%] origin-top-left scale-[0.33333] rtl:origin-top-right"
          />
        </div>
        <p className="text-sm text-muted">{words.realPageHint}</p>
      </div>
    </details>
  );
}
