import { PlusIcon } from "@phosphor-icons/react/ssr";
import { RemoveRow } from "@/components/availability/remove-row";
import type { ScheduleWords } from "@/components/availability/schedule-form";
import type { Editor } from "@/components/editor/editor-form";
import { mistakeOf } from "@/components/editor/fields";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Input } from "@/components/ui/input";
import { usePageLanguage } from "@/components/ui/use-page-language";
import { type Clock, wallClock } from "@/lib/format/wall-clock";
import { fillIn } from "@/lib/i18n/fill-in";
import { rowsOf } from "@/lib/input/form-values";

interface WindowsProps {
  editor: Editor;
  words: ScheduleWords;
  clock: Clock;
  /** The list of windows, such as `week.1`. */
  list: string;
  /** Whose hours these are, for those who hear the fields one by one: "Monday". */
  of: string;
}

/** The open hours of one day, each from and to, with a button that takes it away. */
export function WindowRows({ editor, words, clock, list, of, none }: WindowsProps & { none: string }) {
  const rows = rowsOf(editor.values, list).map((_, index) => `${list}.${index}`);
  if (rows.length === 0) return <p className="flex min-h-11 items-center text-muted">{none}</p>;
  return (
    <div className="grid gap-2">
      {rows.map((row) => (
        <WindowRow key={row} editor={editor} words={words} clock={clock} row={row} of={of} />
      ))}
    </div>
  );
}

/** Brings one more window into a list. */
export function AddWindow({ words, list, of }: Omit<WindowsProps, "editor" | "clock">) {
  return (
    <Button
      type="submit"
      name="intent"
      value={`add-window:${list}`}
      data-adds={list}
      kind="quiet"
      size="sm"
      icon={<Icon glyph={PlusIcon} size={16} />}
      className="w-fit"
      aria-label={fillIn(words.addHoursTo, { day: of })}
    >
      {words.addHours}
    </Button>
  );
}

function WindowRow({ editor, words, clock, row, of }: Omit<WindowsProps, "list"> & { row: string }) {
  const tag = usePageLanguage();
  const mistake = mistakeOf(editor.errors, row);
  const time = (end: "start" | "end", label: string) => ({
    name: `${row}.${end}`,
    type: "time",
    step: 300,
    "aria-label": fillIn(label, { day: of }),
    defaultValue: editor.values[`${row}.${end}`],
    ...(mistakeOf(editor.errors, `${row}.${end}`)
      ? { "aria-invalid": true, "aria-describedby": `${row}-error` }
      : {}),
  });
  const showTyped = (time = "") => (/^\d\d:\d\d$/.test(time) ? wallClock(time, clock, tag) : time);
  const [from, to] = (["start", "end"] as const).map((end) => showTyped(editor.typed[`${row}.${end}`]));
  return (
    <div data-row={row}>
      <div className="grid max-w-96 grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)_auto] items-center gap-2">
        <Input {...time("start", words.from)} />
        <span aria-hidden="true" className="text-muted">
          –
        </span>
        <Input {...time("end", words.to)} />
        <RemoveRow
          row={row}
          label={fillIn(words.removeHours, { day: of, from: from ?? "", to: to ?? "" })}
          className="-me-3"
        />
      </div>
      {mistake && (
        <p id={`${row}-error`} className="mt-1 text-sm font-medium text-danger">
          {mistake}
        </p>
      )}
    </div>
  );
}
