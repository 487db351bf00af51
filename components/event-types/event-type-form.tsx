"use client";

import type { ReactNode } from "react";
import { type Editor, EditorForm } from "@/components/editor/editor-form";
import { AdvancedPart } from "@/components/event-types/advanced-part";
import { AvailabilityPart } from "@/components/event-types/availability-part";
import { CalendarPart } from "@/components/event-types/calendar-part";
import { EmbeddingPart } from "@/components/event-types/embedding-part";
import { EventTypePreview } from "@/components/event-types/event-type-preview";
import { LanguagesPart } from "@/components/event-types/languages-part";
import { LimitsPart } from "@/components/event-types/limits-part";
import type { MailSample } from "@/components/event-types/mail-words";
import { NotificationsPart } from "@/components/event-types/notifications-part";
import { PlacePart } from "@/components/event-types/place-part";
import { QuestionsPart } from "@/components/event-types/questions-part";
import { RoomsPart } from "@/components/event-types/rooms-part";
import { VisiblePart } from "@/components/event-types/visible-part";
import type { SelectOption } from "@/components/ui/select";
import type { FormState } from "@/lib/auth/form-state";
import { changeEventTypeValues } from "@/lib/event-types/form";
import { listSections, sectionOf } from "@/lib/event-types/form-sections";
import { columnOf, type LockName, lockedColumns, locksField } from "@/lib/event-types/locks";
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
  /** The rooms to choose from; left out or null: the organizer is in no organization that has any. */
  rooms?: readonly SelectOption[] | null;
  /** What a team has locked in its member's copy, and the words that say so. */
  locks?: { names: readonly LockName[]; words: string } | undefined;
  isTextSetUp: boolean;
  mailSample: MailSample;
  /** Where it is seen on a website; null for a new one. */
  sampleHref: string | null;
  /** Where its words in other languages are written; null for a new one. */
  languagesHref: string | null;
  /** The status of Microsoft Teams, beside its choice. */
  teams: ReactNode;
  /** What has to be allowed before times depend on who is available. */
  presence: ReactNode;
  /** The stored booking page as frames show it; null for a new one. */
  frameHref: string | null;
}

/** Everything about one event type, on one page, a section at a time. */
export function EventTypeForm(props: EventTypeFormProps) {
  const { action, values, isNew, words, subjectHint, organizerName, addressPrefix, schedules, teams } = props;
  const lockNames = props.locks?.names ?? [];
  const columns: readonly string[] = lockedColumns(lockNames);
  return (
    <EditorForm
      action={action}
      change={changeEventTypeValues}
      values={values}
      words={words}
      hidden={{ ...props.hidden, ...(props.locks ? { [locksField]: lockNames.join(" ") } : {}) }}
      locked={props.locks && { has: (field) => columns.includes(columnOf(field)), words: props.locks.words }}
      discardHref={props.discardHref ?? "/account/event-types"}
      sections={{
        list: listSections(props.hosts !== undefined).map((name) => ({
          name,
          label: words.sections.names[name],
        })),
        of: sectionOf,
        words: words.sections,
      }}
      aside={({ typed }) => (
        <EventTypePreview
          typed={typed}
          words={words}
          organizerName={organizerName}
          addressPrefix={addressPrefix}
          frameHref={props.frameHref}
        />
      )}
    >
      {(editor) => (
        <>
          <VisiblePart editor={editor} words={words} addressPrefix={addressPrefix} suggestSlug={isNew} />
          <PlacePart editor={editor} words={words} teams={teams}>
            {props.rooms && <RoomsPart editor={editor} words={words} rooms={props.rooms} />}
          </PlacePart>
          {props.hosts?.(editor)}
          <AvailabilityPart editor={editor} words={words} schedules={schedules} presence={props.presence} />
          <LimitsPart editor={editor} words={words} />
          <QuestionsPart editor={editor} words={words} />
          <LanguagesPart editor={editor} words={words} languagesHref={props.languagesHref} />
          <NotificationsPart
            editor={editor}
            words={words}
            isTextSetUp={props.isTextSetUp}
            mailSample={props.mailSample}
          />
          <CalendarPart editor={editor} words={words} subjectHint={subjectHint} />
          <EmbeddingPart editor={editor} words={words} sampleHref={props.sampleHref} />
          <AdvancedPart editor={editor} words={words} />
        </>
      )}
    </EditorForm>
  );
}
