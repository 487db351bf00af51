import type { Editor } from "@/components/editor/editor-form";
import { mistakeOf, NumberField, SelectField, TextField, TickField } from "@/components/editor/fields";
import { isLocked, LockedValue, labelOf } from "@/components/editor/locked-field";
import { Section } from "@/components/editor/section";
import type { EventTypeWords } from "@/components/event-types/event-type-form";
import { describeSpan } from "@/components/event-types/span-words";
import { FieldGroup } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import { emailChecks } from "@/lib/booking-record/awaits";
import { reasonRules } from "@/lib/booking-record/change-policy";
import { limitChoices, limitedChanges, never } from "@/lib/event-types/form-visitors";
import { fillIn } from "@/lib/i18n/fill-in";

interface AdvancedPartProps {
  editor: Editor;
  words: EventTypeWords;
}

/** What waits for approval, what visitors may still change, where they go after booking, and whether they need a link of their own. */
export function AdvancedPart({ editor, words }: AdvancedPartProps) {
  const { changes } = words;
  const { values, errors } = editor;
  const reason = { editor, name: "changePolicy.reason" };
  const check = { editor, name: "emailCheck" };
  return (
    <Section
      editor={editor}
      name="advanced"
      title={words.sections.names.advanced}
      headingId="changes-by-visitors"
    >
      <Approval editor={editor} words={words} />
      <div className="grid gap-4 md:grid-cols-2 md:gap-6">
        {limitedChanges.map((name) => (
          <SelectField
            key={name}
            editor={editor}
            name={`changePolicy.${name}`}
            label={changes[name]}
            options={[
              ...limitChoices(values, name).map((minutes) => ({
                value: String(minutes),
                label:
                  minutes === 0
                    ? changes.always[name]
                    : fillIn(changes.until, { span: describeSpan(minutes, words.mails.spans) }),
              })),
              { value: never, label: changes.never },
            ]}
          />
        ))}
      </div>
      <p className="-mt-2 text-sm text-muted">{changes.hint}</p>
      <div className="grid items-start gap-4 md:grid-cols-2 md:gap-6">
        <FieldGroup
          id="changePolicy.reason"
          legend={labelOf(reason, changes.reason)}
          error={mistakeOf(errors, "changePolicy.reason")}
        >
          <Segmented
            key={values["changePolicy.reason"]}
            name="changePolicy.reason"
            disabled={isLocked(editor, reason.name)}
            defaultValue={values["changePolicy.reason"]}
            options={reasonRules.map((value) => ({ value, label: changes.reasons[value] }))}
          />
          <LockedValue {...reason} />
        </FieldGroup>
        <FieldGroup
          id="emailCheck"
          legend={labelOf(check, changes.emailCheck)}
          hint={changes.emailCheckHint}
          error={mistakeOf(errors, "emailCheck")}
        >
          <Segmented
            key={values.emailCheck}
            name="emailCheck"
            disabled={isLocked(editor, check.name)}
            defaultValue={values.emailCheck}
            options={emailChecks.map((value) => ({ value, label: changes.emailChecks[value] }))}
          />
          <LockedValue {...check} />
        </FieldGroup>
      </div>
      <TickField
        editor={editor}
        name="requiresLink"
        label={changes.requiresLink}
        hint={changes.requiresLinkHint}
      />
      <TextField
        editor={editor}
        name="redirectUrl"
        label={changes.redirect}
        optional={words.optional}
        hint={changes.redirectHint}
        input={{
          type: "url",
          inputMode: "url",
          autoComplete: "off",
          placeholder: "https://",
          maxLength: 2000,
        }}
      />
    </Section>
  );
}

/** Whether bookings wait for a decision, and how long. */
function Approval({ editor, words }: AdvancedPartProps) {
  return (
    <div className="grid gap-4 border-b border-hairline pb-5">
      <div className="grid items-center gap-4 md:grid-cols-2 md:gap-6">
        <div>
          <TickField
            editor={editor}
            name="requiresApproval"
            label={words.approval}
            hint={words.approvalHint}
          />
        </div>
        <NumberField
          editor={editor}
          name="approvalHours"
          label={words.mails.approvalHours}
          hint={words.mails.approvalHoursHint}
          optional={words.optional}
          suffix={words.mails.hours}
          min={1}
        />
      </div>
      <TickField
        editor={editor}
        name="rescheduleNeedsApproval"
        label={words.approvalAnew}
        hint={words.approvalAnewHint}
      />
    </div>
  );
}
