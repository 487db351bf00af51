import { CaretDownIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { classNames } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";
import { inEnglish, type Section } from "@/lib/help/article";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface ContentsProps {
  sections: readonly Section[];
  /** Folded up above the text, for screens without a side column. */
  isFolded?: boolean;
}

/** The headings of a page, each a way to it. */
export function Contents({ sections, isFolded = false }: ContentsProps) {
  const title = translator("help", use(getLocale()))("contents");
  const list = <HeadingList sections={sections} />;
  if (isFolded) {
    return (
      <details className="group rounded-lg border border-hairline bg-surface lg:hidden">
        <summary className="flex min-h-11 items-center justify-between px-4 font-semibold">
          {title}
          <Icon glyph={CaretDownIcon} className="text-muted group-open:rotate-180" />
        </summary>
        <nav aria-label={title} className="border-t border-hairline px-4 py-3">
          {list}
        </nav>
      </details>
    );
  }
  return (
    <nav aria-label={title} className="hidden lg:block">
      <p className="mb-2 text-sm font-semibold">{title}</p>
      {list}
    </nav>
  );
}

function HeadingList({ sections }: Pick<ContentsProps, "sections">) {
  return (
    <ul {...inEnglish} className="text-sm">
      {sections
        .filter(({ id }) => id)
        .map(({ id, depth, title }) => (
          <li key={id} className={classNames(depth > 2 && "ps-4")}>
            <a
              href={`#${id}`}
              className={classNames(
                "block py-1 no-underline hover:underline",
                depth > 2 ? "text-muted" : "text-ink",
              )}
            >
              {title}
            </a>
          </li>
        ))}
    </ul>
  );
}
