import type { ReactNode } from "react";
import type { Editor } from "@/components/editor/editor-form";
import {
  mistakeOf,
  NumberField,
  optionsOf,
  SelectField,
  TextField,
  TickField,
} from "@/components/editor/fields";
import { isLocked, LockedValue, labelOf } from "@/components/editor/locked-field";
import { Section } from "@/components/editor/section";
import type { EventTypeWords } from "@/components/event-types/event-type-form";
import { AffixInput } from "@/components/ui/affix-input";
import { FieldGroup } from "@/components/ui/field";
import { Select, type SelectOption } from "@/components/ui/select";

interface AvailabilityPartProps {
  editor: Editor;
  words: EventTypeWords;
}

/** When it can be booked: schedule, notice, buffers and horizon. */
export function AvailabilityPart({
  editor,
  words,
  schedules,
  presence,
}: AvailabilityPartProps & { schedules: readonly SelectOption[] | null; presence: ReactNode }) {
  return (
    <Section
      editor={editor}
      name="availability"
      title={words.sections.names.availability}
      headingId="when-you-can-be-booked"
    >
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
      <div className="grid gap-2">
        <NumberField
          editor={editor}
          name="availableNowMinutes"
          label={words.availableNow}
          hint={words.availableNowHint}
          optional={words.optional}
          suffix={words.minutes}
          min={5}
        />
        {presence}
      </div>
      <TickField
        editor={editor}
        name="preferAdjacentTimes"
        label={words.adjacent}
        hint={words.adjacentHint}
      />
    </Section>
  );
}

function NoticeField({ editor, words }: AvailabilityPartProps) {
  const { values, errors } = editor;
  const mistake = mistakeOf(errors, "minimumNoticeMinutes");
  const unit = { editor, name: "notice.unit" };
  return (
    <FieldGroup id="minimumNoticeMinutes" legend={labelOf(unit, words.notice)} error={mistake}>
      <div className="grid grid-cols-[6rem_minmax(0,1fr)] gap-2">
        <AffixInput
          name="notice.amount"
          type="number"
          inputMode="numeric"
          min={0}
          aria-label={words.notice}
          {...(mistake ? { "aria-invalid": true } : {})}
          readOnly={isLocked(editor, "notice.amount")}
          defaultValue={values["notice.amount"]}
        />
        <Select
          key={values["notice.unit"]}
          name="notice.unit"
          aria-label={words.noticeUnit}
          options={optionsOf(words.noticeUnits)}
          disabled={isLocked(editor, unit.name)}
          defaultValue={values["notice.unit"]}
        />
        <LockedValue {...unit} />
      </div>
    </FieldGroup>
  );
}

function WindowFields({ editor, words }: AvailabilityPartProps) {
  return (
    <div className="group/window grid gap-4 md:grid-cols-2 md:gap-6">
      <SelectField
        editor={editor}
        name="window.kind"
        label={words.window}
        options={optionsOf(words.windows)}
      />
      <div className="hidden group-has-[[id='window.kind']_[value^=rolling]:checked]/window:block">
        <NumberField editor={editor} name="window.days" label={words.windowDays} suffix={words.days} />
      </div>
      <div className="hidden grid-cols-2 gap-2 group-has-[[id='window.kind']_[value=range]:checked]/window:grid">
        <TextField editor={editor} name="window.from" label={words.windowFrom} input={{ type: "date" }} />
        <TextField editor={editor} name="window.to" label={words.windowTo} input={{ type: "date" }} />
      </div>
    </div>
  );
}
