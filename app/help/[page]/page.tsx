import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ArticleFacts } from "@/components/help/article-facts";
import { ArticleList } from "@/components/help/article-list";
import { Contents } from "@/components/help/contents";
import { HelpShell } from "@/components/help/help-shell";
import { Prose } from "@/components/help/prose";
import { PageHead } from "@/components/ui/page-head";
import { inEnglish } from "@/lib/help/article";
import { getArticle, listArticles } from "@/lib/help/library";
import { addressOf } from "@/lib/help/search";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface ArticlePageProps {
  params: Promise<{ page: string }>;
}

export async function generateMetadata({ params }: ArticlePageProps): Promise<Metadata> {
  const article = await getArticle((await params).page);
  if (!article) return { title: translator("errors", await getLocale())("notFound.title") };
  const { title, summary, slug } = article;
  return { title, description: summary, alternates: { canonical: addressOf(slug) } };
}

export default async function ArticlePage({ params }: ArticlePageProps) {
  const words = translator("help", await getLocale());
  const article = await getArticle((await params).page);
  if (!article) notFound();
  const articles = await listArticles();
  const related = articles.filter(({ slug }) => article.related.includes(slug));
  return (
    <HelpShell>
      <div className="grid gap-x-16 gap-y-8 lg:grid-cols-[minmax(0,1fr)_17rem]">
        <div className="min-w-0">
          <PageHead
            title={<span {...inEnglish}>{article.title}</span>}
            lead={<span {...inEnglish}>{article.summary}</span>}
            back={{ href: "/help", label: words("title") }}
          />
          <ArticleFacts article={article} />
        </div>
        <div className="lg:col-start-2 lg:row-span-2 lg:row-start-1">
          <Contents sections={article.sections} isFolded />
          <div className="lg:sticky lg:top-6 lg:max-h-[calc(100dvh-3rem)] lg:overflow-y-auto">
            <Contents sections={article.sections} />
          </div>
        </div>
        <article {...inEnglish} className="min-w-0">
          <Prose tokens={article.tokens} />
        </article>
      </div>
      <section aria-labelledby="related" className="mt-16">
        <h2 id="related" className="mb-4">
          {words("related")}
        </h2>
        <ArticleList articles={related} />
        <p className="mt-6 text-sm text-muted">
          {article.slug === "api"
            ? words.rich("generated", {
                file: () => <a href="/api/v1/openapi.json">/api/v1/openapi.json</a>,
              })
            : words.rich("source", {
                file: () => <code className="font-mono">docs/{article.slug}.md</code>,
              })}
        </p>
      </section>
    </HelpShell>
  );
}
