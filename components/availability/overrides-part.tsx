import { CalendarPlusIcon, TrashIcon } from "@phosphor-icons/react/ssr";
import type { ScheduleWords } from "@/components/availability/schedule-form";
import { WindowRows } from "@/components/availability/window-rows";
import type { Editor } from "@/components/editor/editor-form";
import { Part, TextField } from "@/components/editor/fields";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { rowsOf } from "@/lib/input/form-values";

interface OverridesPartProps {
  editor: Editor;
  words: ScheduleWords;
}

/** Dates with hours of their own, or with none. */
export function OverridesPart({ editor, words }: OverridesPartProps) {
  const rows = rowsOf(editor.values, "overrides").map((_, index) => `overrides.${index}`);
  return (
    <Part id="date-overrides" title={words.overrides}>
      <p className="-mt-3 text-sm text-muted">{rows.length > 0 ? words.overridesHint : words.noOverrides}</p>
      {rows.length > 0 && (
        <ul className="rounded-lg border border-hairline bg-surface">
          {rows.map((row) => (
            <Override key={row} editor={editor} words={words} row={row} />
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

function Override({ editor, words, row }: OverridesPartProps & { row: string }) {
  const date = editor.values[`${row}.date`] || words.date;
  return (
    <li
      data-row={row}
      className="grid items-start gap-x-6 gap-y-3 border-b border-hairline px-4 py-4 last:border-0 md:grid-cols-[12rem_minmax(0,1fr)_auto] md:px-6"
    >
      <TextField
        editor={editor}
        name={`${row}.date`}
        mistakesAt={`${row}.date`}
        label={words.date}
        input={{ type: "date" }}
      />
      <div className="md:mt-6.5">
        <WindowRows
          editor={editor}
          words={words}
          list={`${row}.windows`}
          of={date}
          none={words.closedAllDay}
        />
      </div>
      <Button
        type="submit"
        name="intent"
        value={`remove:${row}`}
        kind="quiet"
        className="w-fit text-muted md:mt-6.5"
        icon={<Icon glyph={TrashIcon} />}
      >
        {words.removeDate}
        <span className="sr-only">: {date}</span>
      </Button>
    </li>
  );
}
