"use client";

import type { ReactNode } from "react";
import { type Closings, OverridesPart } from "@/components/availability/overrides-part";
import { TravelPart } from "@/components/availability/travel-part";
import { WeekPart } from "@/components/availability/week-part";
import { ZoneClock } from "@/components/availability/zone-clock";
import { EditorForm } from "@/components/editor/editor-form";
import { SelectField, TextField } from "@/components/editor/fields";
import type { FormState } from "@/lib/auth/form-state";
import type { Clock } from "@/lib/format/wall-clock";
import type { Messages } from "@/lib/i18n/messages";
import type { FormValues } from "@/lib/input/form-values";
import { changeScheduleValues } from "@/lib/schedules/form-rows";

export type ScheduleWords = Messages["availability"]["form"];

interface ScheduleFormProps {
  action: (state: FormState, formData: FormData) => Promise<FormState>;
  values: FormValues;
  words: ScheduleWords;
  /** Time zones in groups, as options. */
  zones: ReactNode;
  clock: Clock;
  /** "It is {time} there now", and the time as the page was made. */
  nowThere: { pattern: string; time: string };
  closings: Closings;
  /** Which holidays are closed, and the way to choose them. */
  holidays: ReactNode;
  discardHref: string;
}

/** One schedule: its zone, its week, the dates that differ, and travels. */
export function ScheduleForm(props: ScheduleFormProps) {
  const { action, values, words, zones, clock, nowThere, closings, holidays, discardHref } = props;
  return (
    <EditorForm
      action={action}
      change={changeScheduleValues}
      values={values}
      words={words}
      discardHref={discardHref}
    >
      {(editor) => (
        <>
          <div className="grid items-start gap-4 pb-8 md:grid-cols-2 md:gap-6">
            <TextField
              editor={editor}
              name="name"
              label={words.name}
              input={{ autoComplete: "off", maxLength: 100 }}
            />
            <SelectField
              editor={editor}
              name="timeZone"
              label={words.timeZone}
              hint={<ZoneClock timeZone={editor.typed.timeZone ?? "UTC"} clock={clock} {...nowThere} />}
            >
              {zones}
            </SelectField>
          </div>
          <WeekPart editor={editor} words={words} clock={clock} />
          <OverridesPart editor={editor} words={words} clock={clock} closings={closings} />
          {holidays}
          <TravelPart editor={editor} words={words} zones={zones} />
        </>
      )}
    </EditorForm>
  );
}
