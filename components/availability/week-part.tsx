import { CopySimpleIcon } from "@phosphor-icons/react/ssr";
import type { ScheduleWords } from "@/components/availability/schedule-form";
import { WeekGrid } from "@/components/availability/week-grid";
import { AddWindow, WindowRows } from "@/components/availability/window-rows";
import type { Editor } from "@/components/editor/editor-form";
import { Part } from "@/components/editor/fields";
import { Button, buttonClass } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import type { Clock } from "@/lib/format/wall-clock";
import { fillIn } from "@/lib/i18n/fill-in";
import { type Weekday, weekdays } from "@/lib/schedules/weekdays";

interface WeekPartProps {
  editor: Editor;
  words: ScheduleWords;
  clock: Clock;
}

/** The week, a calm row for each day. */
export function WeekPart({ editor, words, clock }: WeekPartProps) {
  return (
    <Part id="weekly-hours" title={words.weekly}>
      <WeekGrid typed={editor.typed} words={words} clock={clock} />
      <p className="-mt-1 text-sm text-muted">{words.weeklyHint}</p>
      <div className="rounded-lg border border-hairline bg-surface">
        {weekdays.map((day) => (
          <DayRow key={day} editor={editor} words={words} clock={clock} day={day} />
        ))}
      </div>
    </Part>
  );
}

/** Day, hours, and what can be done with them; on phones one below the other: not every language has room for them beside each other. */
function DayRow({ editor, words, clock, day }: WeekPartProps & { day: Weekday }) {
  const list = { editor, words, clock, list: `week.${day}`, of: words.days[day] };
  return (
    <fieldset className="relative grid min-w-0 grid-cols-[auto_auto_minmax(0,1fr)] items-start gap-x-2 border-b border-hairline px-4 py-3 last:border-0 md:grid-cols-[7rem_minmax(0,1fr)_auto_auto] md:px-6">
      <legend className="sr-only">{words.days[day]}</legend>
      <p aria-hidden="true" className="col-span-3 flex min-h-11 items-center font-semibold md:col-span-1">
        {words.days[day]}
      </p>
      <div className="col-span-3 md:col-span-1">
        <WindowRows {...list} none={words.closed} />
      </div>
      <div className="-ms-3 pt-1 md:ms-0">
        <AddWindow {...list} />
      </div>
      <CopyDay words={words} day={day} />
    </fieldset>
  );
}

/** Unfolds the other days to tick; needs no script. */
function CopyDay({ words, day }: { words: ScheduleWords; day: Weekday }) {
  return (
    <details className="pt-1">
      <summary
        className={buttonClass({ kind: "quiet", size: "sm" })}
        aria-label={fillIn(words.copyFrom, { day: words.days[day] })}
      >
        <Icon glyph={CopySimpleIcon} size={16} />
        {words.copy}
      </summary>
      <fieldset className="absolute end-4 z-10 md:top-13 grid w-52 gap-2 rounded-lg border border-hairline bg-raised p-4 shadow-float md:end-6">
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
