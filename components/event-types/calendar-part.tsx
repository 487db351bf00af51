import { CalendarPlusIcon, EnvelopeSimpleIcon, PaperclipIcon, ProhibitIcon } from "@phosphor-icons/react/ssr";
import type { Editor } from "@/components/editor/editor-form";
import { mistakeOf, TextField } from "@/components/editor/fields";
import { Fold } from "@/components/editor/fold";
import { isLocked, LockedValue, labelOf } from "@/components/editor/locked-field";
import { Section } from "@/components/editor/section";
import type { EventTypeWords } from "@/components/event-types/event-type-form";
import { ChoiceList } from "@/components/ui/choice-list";
import { type Fact, FactList } from "@/components/ui/fact-list";
import { FieldGroup } from "@/components/ui/field";
import { inviters, outlookPolicies } from "@/lib/event-types/form-mails";

interface CalendarPartProps {
  editor: Editor;
  words: EventTypeWords;
  /** What the subject reads like. */
  subjectHint: string;
}

/** What the event is called, who invites to it, and what changes made in Outlook do. */
export function CalendarPart({ editor, words, subjectHint }: CalendarPartProps) {
  const mails = words.mails;
  return (
    <Section
      editor={editor}
      name="calendar"
      title={words.sections.names.calendar}
      headingId="invitation-and-mails"
    >
      <TextField editor={editor} name="subjectTemplate" label={words.subject} hint={subjectHint} />
      <Invitations editor={editor} mails={mails} />
      <OutlookChanges editor={editor} mails={mails} />
    </Section>
  );
}

type MailWords = EventTypeWords["mails"];

interface MailFieldsProps {
  editor: Editor;
  mails: MailWords;
}

/** Who invites, and what a visitor then gets. */
function Invitations({ editor, mails }: MailFieldsProps) {
  const { values, errors } = editor;
  const field = { editor, name: "invitations" };
  return (
    <div className="group/invites grid gap-4">
      <FieldGroup
        id="invitations"
        legend={labelOf(field, mails.who)}
        error={mistakeOf(errors, "invitations")}
      >
        <ChoiceList
          key={values.invitations}
          name="invitations"
          disabled={isLocked(editor, "invitations")}
          defaultValue={values.invitations}
          choices={inviters.map((value) => ({
            value,
            label: mails.inviters[value],
            hint: mails.inviterHints[value],
          }))}
        />
        <LockedValue {...field} />
      </FieldGroup>
      <WhatVisitorsGet mails={mails} />
    </div>
  );
}

/** What becomes of a booking whose event was changed in Outlook. */
function OutlookChanges({ editor, mails }: MailFieldsProps) {
  const { values, errors } = editor;
  const field = { editor, name: "outlookChanges" };
  return (
    <FieldGroup
      id="outlookChanges"
      legend={labelOf(field, mails.outlookChanges)}
      hint={mails.outlookChangesHint}
      error={mistakeOf(errors, "outlookChanges")}
    >
      <ChoiceList
        key={values.outlookChanges}
        name="outlookChanges"
        disabled={isLocked(editor, "outlookChanges")}
        defaultValue={values.outlookChanges}
        choices={outlookPolicies.map((value) => ({
          value,
          label: mails.outlookPolicies[value],
          hint: mails.outlookPolicyHints[value],
        }))}
      />
      <LockedValue {...field} />
    </FieldGroup>
  );
}

/** The class names are spelled out, since Tailwind finds them in the source. */
const shownWith = {
  outlook: "hidden group-has-[[value=outlook]:checked]/invites:block",
  bellhop: "hidden group-has-[[value=bellhop]:checked]/invites:block",
};

/** The mails of one booking as its visitor finds them, for the choice that is ticked. */
function WhatVisitorsGet({ mails }: { mails: MailWords }) {
  const { gets } = mails;
  const facts: Record<(typeof inviters)[number], Fact[]> = {
    outlook: [
      { glyph: CalendarPlusIcon, text: gets.outlook.invitation, detail: gets.outlook.invitationDetail },
      { glyph: EnvelopeSimpleIcon, text: gets.outlook.confirmation, detail: gets.outlook.confirmationDetail },
    ],
    bellhop: [
      { glyph: EnvelopeSimpleIcon, text: gets.bellhop.confirmation, detail: gets.bellhop.confirmationDetail },
      { glyph: PaperclipIcon, text: gets.bellhop.invitation, detail: gets.bellhop.invitationDetail },
      { glyph: ProhibitIcon, text: gets.bellhop.outlook, detail: gets.bellhop.outlookDetail },
    ],
  };
  return (
    <Fold
      isRow
      title={mails.preview}
      set={inviters.map((inviter) => (
        <span key={inviter} className={shownWith[inviter]}>
          {facts[inviter].map(({ text }) => text).join(" · ")}
        </span>
      ))}
    >
      {inviters.map((inviter) => (
        <div key={inviter} className={shownWith[inviter]}>
          <FactList facts={facts[inviter]} />
        </div>
      ))}
    </Fold>
  );
}
