import { PlusIcon, TrashIcon } from "@phosphor-icons/react/ssr";
import type { ScheduleWords } from "@/components/availability/schedule-form";
import type { Editor } from "@/components/editor/editor-form";
import { mistakeOf } from "@/components/editor/fields";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Input } from "@/components/ui/input";
import { rowsOf } from "@/lib/input/form-values";

interface WindowRowsProps {
  editor: Editor;
  words: ScheduleWords;
  /** The list of windows, such as `week.1`. */
  list: string;
  /** Whose hours these are, for those who hear the fields one by one: "Monday". */
  of: string;
  /** Said where there are none. */
  none: string;
}

/** The open hours of one day, from and to, with one more or one less. */
export function WindowRows({ editor, words, list, of, none }: WindowRowsProps) {
  const rows = rowsOf(editor.values, list).map((_, index) => `${list}.${index}`);
  return (
    <div className="grid gap-2">
      {rows.length === 0 && <p className="flex min-h-11 items-center text-muted">{none}</p>}
      {rows.map((row) => (
        <WindowRow key={row} editor={editor} words={words} row={row} of={of} />
      ))}
      <div>
        <Button
          type="submit"
          name="intent"
          value={`add-window:${list}`}
          data-adds={list}
          kind="quiet"
          size="sm"
          flush
          icon={<Icon glyph={PlusIcon} size={16} />}
        >
          {words.addHours}
          <span className="sr-only">: {of}</span>
        </Button>
      </div>
    </div>
  );
}

function WindowRow({
  editor,
  words,
  row,
  of,
}: Pick<WindowRowsProps, "editor" | "words" | "of"> & { row: string }) {
  const mistake = mistakeOf(editor.errors, row);
  const time = (end: "start" | "end", word: string) => ({
    name: `${row}.${end}`,
    type: "time",
    step: 300,
    "aria-label": `${of}, ${word}`,
    defaultValue: editor.values[`${row}.${end}`],
    className: "w-auto",
    ...(mistakeOf(editor.errors, `${row}.${end}`)
      ? { "aria-invalid": true, "aria-describedby": `${row}-error` }
      : {}),
  });
  return (
    <div data-row={row}>
      <div className="flex items-center gap-2">
        <Input {...time("start", words.from)} />
        <span aria-hidden="true" className="text-muted">
          –
        </span>
        <Input {...time("end", words.to)} />
        <Button
          type="submit"
          name="intent"
          value={`remove:${row}`}
          kind="quiet"
          square
          aria-label={`${words.removeHours}: ${of}, ${editor.values[`${row}.start`]}–${editor.values[`${row}.end`]}`}
          className="text-muted"
        >
          <Icon glyph={TrashIcon} />
        </Button>
      </div>
      {mistake && (
        <p id={`${row}-error`} className="mt-1 text-sm font-medium text-danger">
          {mistake}
        </p>
      )}
    </div>
  );
}
