import type { Editor } from "@/components/editor/editor-form";
import {
  mistakeOf,
  NumberField,
  optionsOf,
  Part,
  SelectField,
  TextField,
  TickField,
} from "@/components/editor/fields";
import type { EventTypeWords } from "@/components/event-types/event-type-form";
import { AffixInput } from "@/components/ui/affix-input";
import { FieldGroup } from "@/components/ui/field";
import { Select, type SelectOption } from "@/components/ui/select";
import { limits, optionalNumbers } from "@/lib/event-types/numbers";

interface RulesPartProps {
  editor: Editor;
  words: EventTypeWords;
}

/** When it can be booked: schedule, notice, buffers, horizon, and rarer rules folded away. */
export function RulesPart({
  editor,
  words,
  schedules,
}: RulesPartProps & { schedules: readonly SelectOption[] | null }) {
  return (
    <Part id="when-you-can-be-booked" title={words.whenYouCanBeBooked}>
      <div className="grid gap-4 md:grid-cols-2 md:gap-6">
        {schedules && (
          <SelectField editor={editor} name="scheduleId" label={words.schedule} options={schedules} />
        )}
        <NoticeField editor={editor} words={words} />
        <NumberField
          editor={editor}
          name="bufferBeforeMinutes"
          label={words.bufferBefore}
          suffix={words.minutes}
        />
        <NumberField
          editor={editor}
          name="bufferAfterMinutes"
          label={words.bufferAfter}
          suffix={words.minutes}
        />
      </div>
      <WindowFields editor={editor} words={words} />
      <TickField editor={editor} name="requiresApproval" label={words.approval} hint={words.approvalHint} />
      <TickField
        editor={editor}
        name="rescheduleNeedsApproval"
        label={words.approvalAnew}
        hint={words.approvalAnewHint}
      />
      <TickField editor={editor} name="hidden" label={words.hidden} hint={words.hiddenHint} />
      <RareRules editor={editor} words={words} />
    </Part>
  );
}

function NoticeField({ editor, words }: RulesPartProps) {
  const { values, errors } = editor;
  const mistake = mistakeOf(errors, "minimumNoticeMinutes");
  return (
    <FieldGroup id="minimumNoticeMinutes" legend={words.notice} error={mistake}>
      <div className="grid grid-cols-[6rem_minmax(0,1fr)] gap-2">
        <AffixInput
          name="notice.amount"
          type="number"
          inputMode="numeric"
          min={0}
          aria-label={words.notice}
          {...(mistake ? { "aria-invalid": true } : {})}
          defaultValue={values["notice.amount"]}
        />
        <Select
          key={values["notice.unit"]}
          name="notice.unit"
          aria-label={words.noticeUnit}
          options={optionsOf(words.noticeUnits)}
          defaultValue={values["notice.unit"]}
        />
      </div>
    </FieldGroup>
  );
}

function WindowFields({ editor, words }: RulesPartProps) {
  return (
    <div className="group/window grid gap-4 md:grid-cols-2 md:gap-6">
      <SelectField
        editor={editor}
        name="window.kind"
        label={words.window}
        options={optionsOf(words.windows)}
      />
      <div className="hidden group-has-[[name='window.kind']_[value^=rolling]:checked]/window:block">
        <NumberField editor={editor} name="window.days" label={words.windowDays} suffix={words.days} />
      </div>
      <div className="hidden grid-cols-2 gap-2 group-has-[[name='window.kind']_[value=range]:checked]/window:grid">
        <TextField editor={editor} name="window.from" label={words.windowFrom} input={{ type: "date" }} />
        <TextField editor={editor} name="window.to" label={words.windowTo} input={{ type: "date" }} />
      </div>
    </div>
  );
}

function RareRules({ editor, words }: RulesPartProps) {
  const isOpen = optionalNumbers.some((name) => editor.values[name] || mistakeOf(editor.errors, name));
  const common = { editor, optional: words.optional };
  return (
    <details open={isOpen} className="group/more rounded-lg border border-hairline bg-surface">
      <summary className="flex min-h-11 items-center px-4 font-semibold text-accent hover:text-accent-strong">
        {words.moreRules}
      </summary>
      <div className="grid gap-4 px-4 pb-5 md:grid-cols-2 md:gap-6">
        <NumberField
          {...common}
          name="slotIntervalMinutes"
          label={words.interval}
          hint={words.intervalHint}
          suffix={words.minutes}
          min={1}
        />
        <NumberField {...common} name="slotOffsetMinutes" label={words.offset} suffix={words.minutes} />
        {limits.map((name) => (
          <NumberField
            key={name}
            {...common}
            name={name}
            label={words[name]}
            suffix={name.endsWith("Minutes") ? words.minutes : words.bookings}
            min={1}
          />
        ))}
        <NumberField {...common} name="seats" label={words.seats} hint={words.seatsHint} suffix="" min={1} />
      </div>
    </details>
  );
}
