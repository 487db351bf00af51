import type { Editor } from "@/components/editor/editor-form";
import { mistakeOf, SelectField, TickField } from "@/components/editor/fields";
import { Section } from "@/components/editor/section";
import type { EventTypeWords } from "@/components/event-types/event-type-form";
import { type MailSample, MailWords } from "@/components/event-types/mail-words";
import { describeSpan } from "@/components/event-types/span-words";
import { FieldGroup } from "@/components/ui/field";
import { followUpChoices, mailSwitches, reminderChoices, textSwitches } from "@/lib/event-types/form-mails";
import { fillIn } from "@/lib/i18n/fill-in";

interface NotificationsPartProps {
  editor: Editor;
  words: EventTypeWords;
  /** Whether this server can send text messages. */
  isTextSetUp: boolean;
  mailSample: MailSample;
}

/** Which emails and text messages go out besides the invitation, and when. */
export function NotificationsPart({ editor, words, isTextSetUp, mailSample }: NotificationsPartProps) {
  const mails = words.mails;
  return (
    <Section editor={editor} name="notifications" title={words.sections.names.notifications}>
      <Emails editor={editor} mails={mails} />
      <div className="grid items-start gap-4 md:grid-cols-2 md:gap-6">
        <Reminders editor={editor} mails={mails} />
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
      </div>
      <MailWords editor={editor} words={words} sample={mailSample} />
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
    </Section>
  );
}

interface EmailsProps {
  editor: Editor;
  mails: EventTypeWords["mails"];
}

function Emails({ editor, mails }: EmailsProps) {
  return (
    <FieldGroup id="emails" legend={mails.switches} hint={mails.switchesHint}>
      {mailSwitches.map((name) => (
        <TickField
          key={name}
          editor={editor}
          name={`notifications.${name}`}
          label={mails.switchNames[name]}
        />
      ))}
    </FieldGroup>
  );
}

function Reminders({ editor, mails }: EmailsProps) {
  const { values, errors } = editor;
  return (
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
  );
}
