import type { Tokens } from "marked";
import { copiesOf, pictures } from "@/lib/help/pictures";

interface PictureProps {
  token: Tokens.Image;
  /** It is in sight as soon as the page is. */
  isFirst?: boolean | undefined;
}

/** A picture of ours. Its place is kept until it's there, and no more of it is loaded than the screen shows. */
export function Picture({ token: { href, text }, isFirst = false }: PictureProps) {
  const [, name = ""] = /^\.\.\/public\/images\/([\w-]+\.\w+)$/.exec(href) ?? [];
  const shown = pictures[name];
  if (!shown) return null;
  const copies = copiesOf(name);
  return (
    // biome-ignore lint/performance/noImgElement: it has its size and form already.
    <img
      src={`/images/${name}`}
      srcSet={copies.map((copy) => `/images/${copy.name} ${copy.width}w`).join(", ") || undefined}
      sizes={copies.length > 0 ? sizesOf(shown.width) : undefined}
      width={shown.width}
      height={shown.height}
      alt={text}
      loading={isFirst ? undefined : "lazy"}
      fetchPriority={isFirst ? "high" : undefined}
      decoding="async"
      className="h-auto max-w-full rounded-lg border border-hairline"
    />
  );
}

/** A line of text is some 38rem long, and the page has a margin of 1rem on either side. */
function sizesOf(width: number): string {
  return `(min-width: 40rem) min(${width}px, 38rem), min(${width}px, 100vw - 2rem)`;
}
