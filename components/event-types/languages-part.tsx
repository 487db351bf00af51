import type { Editor } from "@/components/editor/editor-form";
import { labelOf } from "@/components/editor/locked-field";
import { Section } from "@/components/editor/section";
import type { EventTypeWords } from "@/components/event-types/event-type-form";

interface LanguagesPartProps {
  editor: Editor;
  words: EventTypeWords;
  /** Where they are written; null for one that isn't stored yet. */
  languagesHref: string | null;
}

/** What visitors read in other languages is on a page of its own: each language is a form. */
export function LanguagesPart({ editor, words, languagesHref }: LanguagesPartProps) {
  const { languages } = words;
  return (
    <Section
      editor={editor}
      name="languages"
      title={labelOf({ editor, name: "translations" }, words.sections.names.languages)}
    >
      <p className="max-w-[68ch] text-muted">{languages.which}</p>
      <p>{languagesHref ? <a href={languagesHref}>{languages.open}</a> : languages.later}</p>
    </Section>
  );
}
