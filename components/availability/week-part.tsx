import { CopySimpleIcon } from "@phosphor-icons/react/ssr";
import type { ScheduleWords } from "@/components/availability/schedule-form";
import { WindowRows } from "@/components/availability/window-rows";
import type { Editor } from "@/components/editor/editor-form";
import { Part } from "@/components/editor/fields";
import { Button, buttonClass } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { type Weekday, weekdays } from "@/lib/schedules/weekdays";

interface WeekPartProps {
  editor: Editor;
  words: ScheduleWords;
}

/** The week, a calm row for each day. */
export function WeekPart({ editor, words }: WeekPartProps) {
  return (
    <Part id="weekly-hours" title={words.weekly}>
      <p className="-mt-3 text-sm text-muted">{words.weeklyHint}</p>
      <div className="rounded-lg border border-hairline bg-surface">
        {weekdays.map((day) => (
          <fieldset
            key={day}
            className="grid min-w-0 items-start gap-x-6 gap-y-1 border-b border-hairline px-4 py-3 last:border-0 md:grid-cols-[8rem_minmax(0,1fr)_auto] md:px-6"
          >
            <legend className="sr-only">{words.days[day]}</legend>
            <p aria-hidden="true" className="flex min-h-11 items-center font-semibold">
              {words.days[day]}
            </p>
            <WindowRows
              editor={editor}
              words={words}
              list={`week.${day}`}
              of={words.days[day]}
              none={words.closed}
            />
            <CopyDay words={words} day={day} />
          </fieldset>
        ))}
      </div>
    </Part>
  );
}

/** Unfolds the other days to tick; needs no script. */
function CopyDay({ words, day }: { words: ScheduleWords; day: Weekday }) {
  return (
    <details className="group/copy md:relative">
      <summary className={`${buttonClass({ kind: "quiet", size: "sm", flush: true })} mt-1 w-fit`}>
        <Icon glyph={CopySimpleIcon} size={16} />
        {words.copy}
        <span className="sr-only">: {words.days[day]}</span>
      </summary>
      <fieldset className="mt-1 grid gap-2 rounded-lg border border-hairline bg-raised p-4 md:absolute md:right-0 md:z-10 md:w-52 md:shadow-float">
        <legend className="sr-only">{words.copyDays}</legend>
        {weekdays
          .filter((other) => other !== day)
          .map((other) => (
            <label key={other} className="flex min-h-6 items-center gap-3">
              <input type="checkbox" name={`copy.${day}.${other}`} className="size-5 accent-accent" />
              {words.days[other]}
            </label>
          ))}
        <Button type="submit" name="intent" value={`copy:${day}`} size="sm" className="mt-1">
          {words.copyNow}
        </Button>
      </fieldset>
    </details>
  );
}
