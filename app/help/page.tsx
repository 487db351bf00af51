import type { Metadata } from "next";
import { readParameter, type SearchParameters } from "@/app/search-parameters";
import { ArticleList } from "@/components/help/article-list";
import { HelpSearch } from "@/components/help/help-search";
import { HelpShell } from "@/components/help/help-shell";
import { SearchHits } from "@/components/help/search-hits";
import { Symptoms } from "@/components/help/symptoms";
import { listArticles } from "@/lib/help/library";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface HelpPageProps {
  searchParams: SearchParameters;
}

const readQuestion = async (parameters: SearchParameters) => (await readParameter(parameters, "q")).trim();

export async function generateMetadata({ searchParams }: HelpPageProps): Promise<Metadata> {
  const words = translator("help", await getLocale());
  const question = await readQuestion(searchParams);
  if (question) return { title: words("search.title", { question }), robots: { index: false } };
  return { title: words("title"), description: words("description"), alternates: { canonical: "/help" } };
}

export default async function HelpPage({ searchParams }: HelpPageProps) {
  const words = translator("help", await getLocale());
  const question = await readQuestion(searchParams);
  const articles = await listArticles();
  const troubleshooting = articles.find(({ slug }) => slug === "troubleshooting");
  return (
    <HelpShell hasSearch>
      <div className="grid gap-12">
        <div className="grid items-end gap-x-8 gap-y-6 lg:grid-cols-12">
          <div className="lg:col-span-5">
            <h1>{words("title")}</h1>
            <p className="mt-1 max-w-[48ch] text-muted">{words("lead")}</p>
          </div>
          <div className="lg:col-span-7">
            <HelpSearch id="search" question={question} />
          </div>
        </div>
        {question && <SearchHits articles={articles} question={question} />}
        <section aria-labelledby="pages">
          <h2 id="pages" className="mb-4">
            {words("pages")}
          </h2>
          <ArticleList articles={articles} />
        </section>
        {!question && troubleshooting && <Symptoms article={troubleshooting} />}
      </div>
    </HelpShell>
  );
}
