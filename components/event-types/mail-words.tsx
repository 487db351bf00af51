import type { Editor } from "@/components/editor/editor-form";
import { mistakeOf, TextareaField } from "@/components/editor/fields";
import { Fold } from "@/components/editor/fold";
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
  const { typed, errors } = editor;
  const names = { name: sample.organizer, visitor: sample.visitor, title: typed.title?.trim() ?? "" };
  const say = (name: string) => fillTemplate(typed[name]?.trim() ?? "", names);
  const greeting = say("mailGreeting") || sample.greeting;
  const closing = say("mailClosing");
  return (
    <Fold
      title={mails.ownWords}
      set={[greeting, closing].filter(Boolean).join(" … ")}
      isOpen={["mailGreeting", "mailClosing"].some((name) => mistakeOf(errors, name) !== undefined)}
    >
      <div className="grid items-start gap-4 md:grid-cols-2 md:gap-6">
        <TextareaField
          editor={editor}
          name="mailGreeting"
          label={mails.greeting}
          optional={optional}
          hint={mails.greetingHint}
        />
        <TextareaField
          editor={editor}
          name="mailClosing"
          label={mails.closing}
          optional={optional}
          hint={mails.closingHint}
        />
      </div>
      <figure className="grid gap-1.5">
        <figcaption className="text-sm font-semibold">{mails.sample}</figcaption>
        <div className="grid gap-4 rounded-md border border-hairline bg-raised p-4 wrap-anywhere">
          <p dir="auto" className="whitespace-pre-line">
            {greeting}
          </p>
          <p>{sample.lead}</p>
          <p aria-hidden="true" className="text-muted">
            …
          </p>
          {closing && (
            <p dir="auto" className="whitespace-pre-line">
              {closing}
            </p>
          )}
        </div>
      </figure>
    </Fold>
  );
}
