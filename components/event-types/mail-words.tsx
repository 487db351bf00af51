import type { Editor } from "@/components/editor/editor-form";
import { TextareaField } from "@/components/editor/fields";
import type { EventTypeWords } from "@/components/event-types/event-type-form";
import { fillTemplate } from "@/lib/format/subject";

/** What a confirmation says between an organizer's own words, and of whom. */
export interface MailSample {
  greeting: string;
  lead: string;
  organizer: string;
  visitor: string;
}

interface MailWordsProps {
  editor: Editor;
  words: EventTypeWords;
  sample: MailSample;
}

/** What mails to visitors begin and end with, and how that reads. */
export function MailWords({ editor, words: { mails, optional }, sample }: MailWordsProps) {
  const { typed } = editor;
  const names = { name: sample.organizer, visitor: sample.visitor, title: typed.title?.trim() ?? "" };
  const say = (name: string) => fillTemplate(typed[name]?.trim() ?? "", names);
  return (
    <>
      <TextareaField
        editor={editor}
        name="mailGreeting"
        label={mails.greeting}
        optional={optional}
        hint={mails.greetingHint}
        rows={2}
      />
      <TextareaField
        editor={editor}
        name="mailClosing"
        label={mails.closing}
        optional={optional}
        hint={mails.closingHint}
        rows={3}
      />
      <figure className="grid gap-1.5">
        <figcaption className="text-sm font-semibold">{mails.sample}</figcaption>
        <div className="grid gap-4 rounded-md border border-hairline bg-surface p-4 wrap-anywhere">
          <p dir="auto" className="whitespace-pre-line">
            {say("mailGreeting") || sample.greeting}
          </p>
          <p>{sample.lead}</p>
          <p aria-hidden="true" className="text-muted">
            …
          </p>
          {say("mailClosing") && (
            <p dir="auto" className="whitespace-pre-line">
              {say("mailClosing")}
            </p>
          )}
        </div>
      </figure>
    </>
  );
}
