import { CalendarPlusIcon } from "@phosphor-icons/react/ssr";
import { OverrideMonth } from "@/components/availability/override-month";
import { RemoveRow } from "@/components/availability/remove-row";
import type { ScheduleWords } from "@/components/availability/schedule-form";
import { AddWindow, WindowRows } from "@/components/availability/window-rows";
import type { Editor } from "@/components/editor/editor-form";
import { Part, TextField } from "@/components/editor/fields";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import type { Clock } from "@/lib/format/wall-clock";
import { fillIn } from "@/lib/i18n/fill-in";
import { rowsOf } from "@/lib/input/form-values";

interface OverridesPartProps {
  editor: Editor;
  words: ScheduleWords;
  clock: Clock;
}

export interface Closings {
  /** Holidays by date. */
  closedDates: Readonly<Record<string, string>>;
  /** The organizer's today, `YYYY-MM-DD`. */
  today: string;
  /** The language of dates (BCP 47). */
  dateLanguage: string;
}

/** Dates with hours of their own, or with none. */
export function OverridesPart({
  editor,
  words,
  clock,
  closings,
}: OverridesPartProps & { closings: Closings }) {
  const rows = rowsOf(editor.values, "overrides").map((_, index) => `overrides.${index}`);
  return (
    <Part id="date-overrides" title={words.overrides}>
      <p className="-mt-3 text-sm text-muted">{rows.length > 0 ? words.overridesHint : words.noOverrides}</p>
      <OverrideMonth typed={editor.typed} words={words} {...closings} />
      {rows.length > 0 && (
        <ul className="rounded-lg border border-hairline bg-surface">
          {rows.map((row) => (
            <Override key={row} editor={editor} words={words} clock={clock} row={row} />
          ))}
        </ul>
      )}
      <div>
        <Button
          type="submit"
          name="intent"
          value="add-date:"
          data-adds="overrides"
          icon={<Icon glyph={CalendarPlusIcon} />}
        >
          {words.addDate}
        </Button>
      </div>
    </Part>
  );
}

function Override({ editor, words, clock, row }: OverridesPartProps & { row: string }) {
  const date = editor.typed[`${row}.date`] || words.date;
  const list = { editor, words, clock, list: `${row}.windows`, of: date };
  return (
    <li
      data-row={row}
      className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-2 gap-y-2 border-b border-hairline px-4 py-4 last:border-0 md:grid-cols-[11rem_minmax(0,1fr)_auto_auto] md:px-6"
    >
      <TextField
        editor={editor}
        name={`${row}.date`}
        mistakesAt={`${row}.date`}
        label={words.date}
        input={{ type: "date" }}
      />
      <div className="col-span-2 row-start-2 md:col-span-1 md:col-start-2 md:row-start-1 md:mt-6.5 md:ps-4">
        <WindowRows {...list} none={words.closedAllDay} />
      </div>
      <div className="col-start-1 row-start-3 md:col-start-3 md:row-start-1 md:mt-6.5 md:pt-1">
        <AddWindow {...list} />
      </div>
      <RemoveRow row={row} label={fillIn(words.removeDate, { date })} className="mt-6.5" />
    </li>
  );
}
