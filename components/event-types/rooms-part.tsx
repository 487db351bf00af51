import type { Editor } from "@/components/editor/editor-form";
import {
  mistakeOf,
  NumberField,
  optionsOf,
  SelectField,
  TextField,
  TickField,
} from "@/components/editor/fields";
import { Fold } from "@/components/editor/fold";
import type { EventTypeWords } from "@/components/event-types/event-type-form";
import { FieldGroup } from "@/components/ui/field";
import type { SelectOption } from "@/components/ui/select";
import type { FormValues } from "@/lib/input/form-values";

interface RoomsPartProps {
  editor: Editor;
  words: EventTypeWords;
  /** The rooms of the organization, by their ids. */
  rooms: readonly SelectOption[];
}

/** What belongs to a choice shows with it, by style alone, so that it does before a script has come. */
const shown = {
  named: "hidden group-has-[[id='rooms.match']_[value^=a]:checked]/rooms:block",
  like: "hidden gap-4 group-has-[[id='rooms.match']_[value=any]:checked]/rooms:grid",
};

/** The rooms and equipment that each booking takes. */
export function RoomsPart({ editor, words, rooms }: RoomsPartProps) {
  const own = words.rooms;
  return (
    <Fold
      title={own.title}
      set={describeRooms(editor.typed, own, rooms)}
      isOpen={mistakeOf(editor.errors, "rooms") !== undefined}
    >
      <div className="group/rooms grid gap-4">
        <SelectField
          editor={editor}
          name="rooms.match"
          label={own.match}
          hint={own.matchHint}
          mistakesAt=""
          options={optionsOf(own.matches)}
        />
        <FieldGroup
          id="rooms.roomIds"
          legend={own.which}
          error={mistakeOf(editor.errors, "rooms.roomIds")}
          className={shown.named}
        >
          <div className="grid gap-x-6 gap-y-1.5 sm:grid-cols-2">
            {rooms.map(({ value, label }) => (
              <TickField key={value} editor={editor} name={`rooms.id.${value}`} label={label} />
            ))}
          </div>
        </FieldGroup>
        <div className={shown.like}>
          <p className="max-w-[68ch] text-sm text-muted">{own.anyHint}</p>
          <div className="grid gap-4 md:grid-cols-2 md:gap-6">
            <NumberField
              editor={editor}
              name="rooms.capacity"
              label={own.capacity}
              optional={words.optional}
              suffix={own.people}
              min={1}
            />
            <TextField editor={editor} name="rooms.building" label={own.building} optional={words.optional} />
          </div>
          <TextField
            editor={editor}
            name="rooms.features"
            label={own.features}
            optional={words.optional}
            hint={own.featuresHint}
          />
        </div>
      </div>
      <p className="text-sm">
        <a href="/account/event-types/rooms">{own.manage}</a>
      </p>
    </Fold>
  );
}

/** What is taken, in one line. */
function describeRooms(
  typed: FormValues,
  own: EventTypeWords["rooms"],
  rooms: readonly SelectOption[],
): string {
  const match = typed["rooms.match"] ?? "";
  const ticked = rooms.filter(({ value }) => typed[`rooms.id.${value}`] !== undefined);
  const names = match === "" ? [] : ticked.map(({ label }) => label);
  return [optionsOf(own.matches).find(({ value }) => value === match)?.label, ...names].join(" · ");
}
