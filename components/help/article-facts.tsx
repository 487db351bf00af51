import { CalendarCheckIcon, CodeIcon, UserIcon, WrenchIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { Badge } from "@/components/ui/badge";
import type { Glyph } from "@/components/ui/icon";
import { longDateName } from "@/lib/format/spoken-time";
import type { Article, Audience } from "@/lib/help/article";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

const glyphs: Record<Audience, Glyph> = {
  "platform admin": WrenchIcon,
  organizer: CalendarCheckIcon,
  developer: CodeIcon,
  visitor: UserIcon,
};

/** For whom a page is, how long it takes and how fresh it is. */
export function ArticleFacts({ article }: { article: Article }) {
  const locale = use(getLocale());
  const words = translator("help", locale);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm text-muted">
      <ul aria-label={words("for")} className="flex flex-wrap gap-2">
        {article.audience.map((audience) => (
          <li key={audience}>
            <Badge tone="none" glyph={glyphs[audience]}>
              {words(`audience.${audience}`)}
            </Badge>
          </li>
        ))}
      </ul>
      <span>{words("minutes", { minutes: article.readingMinutes })}</span>
      <span>
        {words.rich("updated", {
          date: () => <time dateTime={article.updated}>{longDateName(article.updated, locale)}</time>,
        })}
      </span>
    </div>
  );
}
