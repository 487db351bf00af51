import { AirplaneTiltIcon } from "@phosphor-icons/react/ssr";
import type { ReactNode } from "react";
import { RemoveRow } from "@/components/availability/remove-row";
import type { ScheduleWords } from "@/components/availability/schedule-form";
import type { Editor } from "@/components/editor/editor-form";
import { Part, SelectField, TextField } from "@/components/editor/fields";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { fillIn } from "@/lib/i18n/fill-in";
import { rowsOf } from "@/lib/input/form-values";

interface TravelPartProps {
  editor: Editor;
  words: ScheduleWords;
  /** Time zones in groups, as options. */
  zones: ReactNode;
}

/** Days on which the hours are meant in another zone. */
export function TravelPart({ editor, words, zones }: TravelPartProps) {
  const rows = rowsOf(editor.values, "travel").map((_, index) => `travel.${index}`);
  return (
    <Part id="travel" title={words.travel}>
      <p className="-mt-3 text-sm text-muted">{words.travelHint}</p>
      {rows.length > 0 && (
        <ul className="rounded-lg border border-hairline bg-surface">
          {rows.map((row, index) => (
            <Journey key={row} editor={editor} words={words} zones={zones} row={row} number={index + 1} />
          ))}
        </ul>
      )}
      <div>
        <Button
          type="submit"
          name="intent"
          value="add-travel:"
          data-adds="travel"
          icon={<Icon glyph={AirplaneTiltIcon} />}
        >
          {words.addTravel}
        </Button>
      </div>
    </Part>
  );
}

function Journey({ editor, words, zones, row, number }: TravelPartProps & { row: string; number: number }) {
  return (
    <li
      data-row={row}
      className="grid grid-cols-2 items-start gap-x-2 gap-y-3 border-b border-hairline px-4 py-4 last:border-0 md:grid-cols-[11rem_11rem_minmax(0,1fr)_auto] md:px-6"
    >
      <TextField editor={editor} name={`${row}.from`} label={words.travelFrom} input={{ type: "date" }} />
      <TextField editor={editor} name={`${row}.to`} label={words.travelTo} input={{ type: "date" }} />
      <SelectField
        editor={editor}
        name={`${row}.timeZone`}
        label={words.travelZone}
        className="col-span-2 md:col-span-1"
      >
        {zones}
      </SelectField>
      <RemoveRow
        row={row}
        label={fillIn(words.removeTravel, { number })}
        className="col-start-2 justify-self-end md:col-start-4 md:mt-6.5"
      />
    </li>
  );
}
