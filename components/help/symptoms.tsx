import { use } from "react";
import { type Article, inEnglish, type Section } from "@/lib/help/article";
import { addressOf } from "@/lib/help/search";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface Group {
  title: string;
  entries: Section[];
}

/** The headings of the troubleshooting page: what people see, and the codes that Microsoft gives. */
export function Symptoms({ article: { slug, sections } }: { article: Article }) {
  const words = translator("help", use(getLocale()));
  const isCode = ({ id }: Section) => id.startsWith("aadsts");
  const groups = groupUp(sections.filter((section) => !isCode(section)));
  const codes = sections.filter(isCode).sort((a, b) => numberOf(a) - numberOf(b));
  return (
    <>
      <section aria-labelledby="symptoms">
        <h2 id="symptoms">{words("symptoms")}</h2>
        <p className="mt-1 text-muted">{words("symptomsLead")}</p>
        <div className="mt-4 columns-1 gap-8 md:columns-2">
          {groups.map(({ title, entries }) => (
            <div key={title} className="break-inside-avoid pb-6">
              <h3 {...inEnglish} className="mb-1">
                {title}
              </h3>
              <HeadingLinks slug={slug} sections={entries} className="grid justify-items-start" />
            </div>
          ))}
        </div>
      </section>
      <section aria-labelledby="codes">
        <h2 id="codes">{words("codes")}</h2>
        <p className="mt-1 mb-3 text-muted">{words("codesLead")}</p>
        <HeadingLinks
          slug={slug}
          sections={codes}
          className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] justify-items-start gap-x-4"
        />
      </section>
    </>
  );
}

interface HeadingLinksProps {
  slug: string;
  sections: readonly Section[];
  className: string;
}

function HeadingLinks({ slug, sections, className }: HeadingLinksProps) {
  return (
    <ul {...inEnglish} className={className}>
      {sections.map(({ id, title }) => (
        <li key={id}>
          <a href={addressOf(slug, id)} className="inline-block py-1">
            {title}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Entries grouped by their heading; headings without entries are left out. */
function groupUp(sections: Section[]): Group[] {
  const groups: Group[] = [];
  for (const section of sections) {
    if (section.depth === 2) groups.push({ title: section.title, entries: [] });
    if (section.depth === 3) groups.at(-1)?.entries.push(section);
  }
  return groups.filter(({ entries }) => entries.length > 0);
}

const numberOf = ({ id }: Section) => Number(id.replace(/\D/g, ""));
