import type { Editor } from "@/components/editor/editor-form";
import { TextareaField } from "@/components/editor/fields";
import { Section } from "@/components/editor/section";
import type { EventTypeWords } from "@/components/event-types/event-type-form";

interface EmbeddingPartProps {
  editor: Editor;
  words: EventTypeWords;
  /** Where it is seen on a website, with the code to copy; null for one that isn't stored yet. */
  sampleHref: string | null;
}

/** Which websites may show the booking page. */
export function EmbeddingPart({ editor, words, sampleHref }: EmbeddingPartProps) {
  const { embedding } = words;
  return (
    <Section editor={editor} name="embedding" title={words.sections.names.embedding}>
      <TextareaField
        editor={editor}
        name="embedOrigins"
        label={embedding.origins}
        optional={words.optional}
        hint={embedding.originsHint}
        rows={2}
      />
      {sampleHref && (
        <p className="-mt-2 text-sm">
          <a href={sampleHref}>{embedding.sample}</a>
        </p>
      )}
    </Section>
  );
}
