"use client";

import type { ReactNode } from "react";
import { type Editor, EditorForm } from "@/components/editor/editor-form";
import { ChangesPart } from "@/components/event-types/changes-part";
import { EmbeddingPart } from "@/components/event-types/embedding-part";
import { EventTypePreview } from "@/components/event-types/event-type-preview";
import { MailsPart } from "@/components/event-types/mails-part";
import { PlacePart } from "@/components/event-types/place-part";
import { QuestionsPart } from "@/components/event-types/questions-part";
import { RulesPart } from "@/components/event-types/rules-part";
import { VisiblePart } from "@/components/event-types/visible-part";
import type { SelectOption } from "@/components/ui/select";
import type { FormState } from "@/lib/auth/form-state";
import { changeEventTypeValues } from "@/lib/event-types/form";
import type { Messages } from "@/lib/i18n/messages";
import type { FormValues } from "@/lib/input/form-values";

export type EventTypeWords = Messages["event-types"]["form"] & Pick<Messages["event-types"], "places">;

interface EventTypeFormProps {
  action: (state: FormState, formData: FormData) => Promise<FormState>;
  values: FormValues;
  isNew: boolean;
  words: EventTypeWords;
  /** What the subject reads like; its words come made. */
  subjectHint: string;
  organizerName: string;
  /** The public address up to the event type's own part: `book.example.com/ines/`. */
  addressPrefix: string;
  /** Null: a team's, whose hosts have their own. */
  schedules: readonly SelectOption[] | null;
  /** Where discarding leads; left out: to the organizer's own event types. */
  discardHref?: string;
  /** Values that travel unseen. */
  hidden?: Readonly<Record<string, string>>;
  /** Who takes part. */
  hosts?: (editor: Editor) => ReactNode;
  isTextSetUp: boolean;
  /** Where it is seen on a website; null for a new one. */
  sampleHref: string | null;
  /** The status of Microsoft Teams, beside its choice. */
  teams: ReactNode;
  /** Days with times, as stored; null for a new one. */
  month: ReactNode;
}

/** Everything about one event type, on one page. */
export function EventTypeForm(props: EventTypeFormProps) {
  const { action, values, isNew, words, subjectHint, organizerName, addressPrefix, schedules, teams, month } =
    props;
  return (
    <EditorForm
      action={action}
      change={changeEventTypeValues}
      values={values}
      words={words}
      hidden={props.hidden}
      discardHref={props.discardHref ?? "/account/event-types"}
    >
      {(editor) => (
        <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_24rem] lg:gap-14">
          <div>
            <VisiblePart editor={editor} words={words} addressPrefix={addressPrefix} suggestSlug={isNew} />
            <PlacePart editor={editor} words={words} subjectHint={subjectHint} teams={teams} />
            {props.hosts?.(editor)}
            <RulesPart editor={editor} words={words} schedules={schedules} />
            <QuestionsPart editor={editor} words={words} />
            <ChangesPart editor={editor} words={words} />
            <MailsPart editor={editor} words={words} isTextSetUp={props.isTextSetUp} />
            <EmbeddingPart editor={editor} words={words} sampleHref={props.sampleHref} />
          </div>
          <EventTypePreview
            typed={editor.typed}
            words={words}
            organizerName={organizerName}
            addressPrefix={addressPrefix}
            isNew={isNew}
            month={month}
          />
        </div>
      )}
    </EditorForm>
  );
}
