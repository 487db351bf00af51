import { ArticleFacts } from "@/components/help/article-facts";
import { type Article, inEnglish } from "@/lib/help/article";
import { addressOf } from "@/lib/help/search";

/** Pages of the help as a ruled list. */
export function ArticleList({ articles }: { articles: readonly Article[] }) {
  return (
    <ul className="divide-y divide-hairline border-y border-hairline">
      {articles.map((article) => (
        <li key={article.slug} className="grid gap-x-8 gap-y-2 py-5 md:grid-cols-12">
          <h3 className="md:col-span-4">
            <a href={addressOf(article.slug)} {...inEnglish}>
              {article.title}
            </a>
          </h3>
          <div className="grid gap-2 md:col-span-8">
            <p className="max-w-[62ch]">
              <span {...inEnglish}>{article.summary}</span>
            </p>
            <ArticleFacts article={article} />
          </div>
        </li>
      ))}
    </ul>
  );
}
