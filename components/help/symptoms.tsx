import type { Article, Section } from "@/lib/help/article";
import { addressOf } from "@/lib/help/search";
import { translator } from "@/lib/i18n/translator";

/** The headings of the troubleshooting page: what people see, and the codes that Microsoft gives. */
export function Symptoms({ article: { slug, sections } }: { article: Article }) {
  const words = translator("help");
  const entries = sections.filter(({ depth }) => depth === 3);
  const isCode = ({ id }: Section) => id.startsWith("aadsts");
  const listOf = (chosen: Section[], className: string) => (
    <ul className={className}>
      {chosen.map(({ id, title }) => (
        <li key={id}>
          <a href={addressOf(slug, id)} className="inline-block py-1">
            {title}
          </a>
        </li>
      ))}
    </ul>
  );
  return (
    <section className="grid gap-x-8 gap-y-12 lg:grid-cols-12">
      <div className="lg:col-span-7">
        <h2>{words("symptoms")}</h2>
        <p className="mt-1 mb-3 text-muted">{words("symptomsLead")}</p>
        {listOf(
          entries.filter((entry) => !isCode(entry)),
          "grid gap-0.5",
        )}
      </div>
      <div className="lg:col-span-5">
        <h2>{words("codes")}</h2>
        <p className="mt-1 mb-3 text-muted">{words("codesLead")}</p>
        {listOf(entries.filter(isCode), "grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-x-4")}
      </div>
    </section>
  );
}
