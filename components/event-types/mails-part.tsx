import { CalendarPlusIcon, EnvelopeSimpleIcon, PaperclipIcon, ProhibitIcon } from "@phosphor-icons/react/ssr";
import type { Editor } from "@/components/editor/editor-form";
import { mistakeOf, NumberField, Part, SelectField, TickField } from "@/components/editor/fields";
import type { EventTypeWords } from "@/components/event-types/event-type-form";
import { describeSpan } from "@/components/event-types/span-words";
import { ChoiceList } from "@/components/ui/choice-list";
import { type Fact, FactList } from "@/components/ui/fact-list";
import { FieldGroup } from "@/components/ui/field";
import {
  followUpChoices,
  inviters,
  mailSwitches,
  outlookPolicies,
  reminderChoices,
  textSwitches,
} from "@/lib/event-types/form-mails";
import { fillIn } from "@/lib/i18n/fill-in";

interface MailsPartProps {
  editor: Editor;
  words: EventTypeWords;
  /** Whether this server can send text messages. */
  isTextSetUp: boolean;
}

/** Who invites, what a visitor then gets, and which mails go out besides. */
export function MailsPart({ editor, words, isTextSetUp }: MailsPartProps) {
  const mails = words.mails;
  return (
    <Part id="invitation-and-mails" title={mails.title}>
      <Invitations editor={editor} mails={mails} />
      <OutlookChanges editor={editor} mails={mails} />
      <Emails editor={editor} mails={mails} />
      <FieldGroup id="texts" legend={mails.texts} hint={isTextSetUp ? mails.textsHint : mails.textsNotSetUp}>
        {textSwitches.map((name) => (
          <TickField
            key={name}
            editor={editor}
            name={`notifications.${name}`}
            label={mails.textNames[name]}
          />
        ))}
      </FieldGroup>
      <AfterAndApproval editor={editor} words={words} />
    </Part>
  );
}

type MailWords = EventTypeWords["mails"];

interface MailFieldsProps {
  editor: Editor;
  mails: MailWords;
}

/** Who invites, and what a visitor then gets. */
function Invitations({ editor: { values, errors }, mails }: MailFieldsProps) {
  return (
    <div className="group/invites grid gap-4">
      <FieldGroup id="invitations" legend={mails.who} error={mistakeOf(errors, "invitations")}>
        <ChoiceList
          key={values.invitations}
          name="invitations"
          defaultValue={values.invitations}
          choices={inviters.map((value) => ({
            value,
            label: mails.inviters[value],
            hint: mails.inviterHints[value],
          }))}
        />
      </FieldGroup>
      <WhatVisitorsGet mails={mails} />
    </div>
  );
}

/** What becomes of a booking whose event was changed in Outlook. */
function OutlookChanges({ editor: { values, errors }, mails }: MailFieldsProps) {
  return (
    <FieldGroup
      id="outlookChanges"
      legend={mails.outlookChanges}
      hint={mails.outlookChangesHint}
      error={mistakeOf(errors, "outlookChanges")}
    >
      <ChoiceList
        key={values.outlookChanges}
        name="outlookChanges"
        defaultValue={values.outlookChanges}
        choices={outlookPolicies.map((value) => ({
          value,
          label: mails.outlookPolicies[value],
          hint: mails.outlookPolicyHints[value],
        }))}
      />
    </FieldGroup>
  );
}

/** Which emails go out, and when reminders do. */
function Emails({ editor, mails }: MailFieldsProps) {
  const { values, errors } = editor;
  return (
    <>
      <FieldGroup id="notifications" legend={mails.switches} hint={mails.switchesHint}>
        {mailSwitches.map((name) => (
          <TickField
            key={name}
            editor={editor}
            name={`notifications.${name}`}
            label={mails.switchNames[name]}
          />
        ))}
      </FieldGroup>
      <FieldGroup
        id="notifications.reminderMinutes"
        legend={mails.reminders}
        error={mistakeOf(errors, "notifications.reminderMinutes")}
      >
        {reminderChoices(values).map(({ name, minutes }) => (
          <TickField
            key={name}
            editor={editor}
            name={name}
            label={fillIn(mails.before, { span: describeSpan(minutes, mails.spans) })}
          />
        ))}
      </FieldGroup>
    </>
  );
}

/** The follow-up, and how long a request waits for approval. */
function AfterAndApproval({ editor, words }: Pick<MailsPartProps, "editor" | "words">) {
  const mails = words.mails;
  return (
    <div className="grid gap-4 md:grid-cols-2 md:gap-6">
      <SelectField
        editor={editor}
        name="notifications.followUp"
        mistakesAt="notifications.followUpMinutes"
        label={mails.followUp}
        options={[
          { value: "", label: mails.noFollowUp },
          ...followUpChoices(editor.values).map((minutes) => ({
            value: String(minutes),
            label: fillIn(mails.after, { span: describeSpan(minutes, mails.spans) }),
          })),
        ]}
      />
      <NumberField
        editor={editor}
        name="approvalHours"
        label={mails.approvalHours}
        hint={mails.approvalHoursHint}
        optional={words.optional}
        suffix={mails.hours}
        min={1}
      />
    </div>
  );
}

/** The class names are spelled out, since Tailwind finds them in the source. */
const shownWith = {
  outlook: "hidden group-has-[[name=invitations][value=outlook]:checked]/invites:block",
  bellhop: "hidden group-has-[[name=invitations][value=bellhop]:checked]/invites:block",
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
    <section aria-label={mails.preview} className="rounded-lg border border-hairline bg-surface p-4">
      <p className="mb-3 text-sm font-semibold">{mails.preview}</p>
      {inviters.map((inviter) => (
        <div key={inviter} className={shownWith[inviter]}>
          <FactList facts={facts[inviter]} />
        </div>
      ))}
    </section>
  );
}
