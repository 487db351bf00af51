import { use } from "react";
import { type Article, inEnglish } from "@/lib/help/article";
import { findCode, searchHelp } from "@/lib/help/search";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface SearchHitsProps {
  articles: Article[];
  question: string;
}

/** What was found, or where to look instead. */
export function SearchHits({ articles, question }: SearchHitsProps) {
  const words = translator("help", use(getLocale()));
  const hits = searchHelp(articles, question);
  return (
    <section aria-labelledby="hits">
      <h2 id="hits" className="mb-4">
        {words("search.results", { count: hits.length, question })}
      </h2>
      {hits.length > 0 ? (
        <ul className="divide-y divide-hairline border-y border-hairline">
          {hits.map(({ href, title, page, excerpt }) => (
            <li key={href} className="py-4">
              <a href={href} {...inEnglish} className="font-semibold">
                {title}
              </a>
              {title !== page && <p className="text-sm text-muted">{words("search.on", { page })}</p>}
              {excerpt && (
                <p className="mt-1 max-w-[68ch]">
                  <span {...inEnglish}>{excerpt}</span>
                </p>
              )}
            </li>
          ))}
        </ul>
      ) : (
        <NothingFound code={findCode(question)} />
      )}
    </section>
  );
}

function NothingFound({ code }: { code: string | null }) {
  const words = translator("help", use(getLocale()));
  if (!code) return <p className="max-w-[62ch]">{words("search.none")}</p>;
  return (
    <p className="max-w-[62ch]">
      {words("search.unknownCode", { code })}{" "}
      <a href={`https://login.microsoftonline.com/error?code=${code}`}>
        {words("search.microsoft", { code })}
      </a>
    </p>
  );
}
