import type { Editor } from "@/components/editor/editor-form";
import { TextareaField, TextField, TickField } from "@/components/editor/fields";
import { Section } from "@/components/editor/section";
import { DurationField } from "@/components/event-types/duration-field";
import type { EventTypeWords } from "@/components/event-types/event-type-form";
import { toSlug } from "@/lib/input/slug";

interface VisiblePartProps {
  editor: Editor;
  words: EventTypeWords;
  addressPrefix: string;
  /** Shows the link that the title would make, until one is written. */
  suggestSlug: boolean;
}

/** Title, link, description and durations, and whether it is listed. */
export function VisiblePart({ editor, words, addressPrefix, suggestSlug }: VisiblePartProps) {
  const suggestion = suggestSlug ? toSlug(editor.typed.title ?? "") : undefined;
  return (
    <Section
      editor={editor}
      name="general"
      title={words.sections.names.general}
      headingId="what-visitors-see"
    >
      <div className="grid gap-4 md:grid-cols-2 md:gap-6">
        <TextField
          editor={editor}
          name="title"
          label={words.title}
          input={{ maxLength: 120, autoComplete: "off" }}
        />
        <TextField
          editor={editor}
          name="slug"
          label={words.slug}
          prefix={`…/${addressPrefix.split("/").at(-2)}/`}
          {...(suggestSlug ? { hint: words.slugHint } : {})}
          input={{ autoComplete: "off", autoCapitalize: "none", spellCheck: false, placeholder: suggestion }}
        />
      </div>
      <TextareaField editor={editor} name="description" label={words.description} optional={words.optional} />
      <DurationField editor={editor} words={words} />
      <TickField editor={editor} name="hidden" label={words.hidden} hint={words.hiddenHint} />
    </Section>
  );
}
