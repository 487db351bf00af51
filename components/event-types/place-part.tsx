import type { ReactNode } from "react";
import type { Editor } from "@/components/editor/editor-form";
import { optionsOf, SelectField, TextField } from "@/components/editor/fields";
import { Section } from "@/components/editor/section";
import type { EventTypeWords } from "@/components/event-types/event-type-form";
import { MeetingOptionsFields } from "@/components/event-types/meeting-options-fields";
import { classNames } from "@/components/ui/class-names";
import { fallbackKinds, locationKinds } from "@/lib/event-types/form";

interface PlacePartProps {
  editor: Editor;
  words: EventTypeWords;
  teams: ReactNode;
  /** The rooms it takes. */
  children?: ReactNode;
}

/**
 * What belongs to one choice shows with it, by style alone, so that it does before a script has come. The names stand here
 * whole, since styles are made from what is written.
 */
const shownWith = {
  location: {
    teams: "hidden group-has-[[id='location.kind']_[value=teams]:checked]/place:grid",
    link: "hidden group-has-[[id='location.kind']_[value=link]:checked]/place:block",
    phone: "hidden group-has-[[id='location.kind']_[value=phone]:checked]/place:block",
    in_person: "hidden group-has-[[id='location.kind']_[value^=in]:checked]/place:block",
  },
  fallbackLocation: {
    link: "hidden group-has-[[id='fallbackLocation.kind']_[value=link]:checked]/place:block",
    phone: "hidden group-has-[[id='fallbackLocation.kind']_[value=phone]:checked]/place:block",
    in_person: "hidden group-has-[[id='fallbackLocation.kind']_[value^=in]:checked]/place:block",
  },
};

/** Where the appointment takes place. */
export function PlacePart({ editor, words, teams, children }: PlacePartProps) {
  return (
    <Section editor={editor} name="location" title={words.sections.names.location} headingId="where-you-meet">
      <div className="group/place grid gap-4">
        <SelectField
          editor={editor}
          name="location.kind"
          label={words.location}
          options={optionsOf(words.choices, [...locationKinds])}
        />
        <PlaceFields editor={editor} words={words} field="location" />
        <div className={classNames("gap-4", shownWith.location.teams)}>
          {teams}
          <TeamsFields editor={editor} words={words} />
        </div>
      </div>
      {children}
    </Section>
  );
}

function TeamsFields({ editor, words }: Pick<PlacePartProps, "editor" | "words">) {
  return (
    <>
      <MeetingOptionsFields editor={editor} words={words} />
      <div className="grid items-start gap-4 md:grid-cols-2 md:gap-6">
        <SelectField
          editor={editor}
          name="fallbackLocation.kind"
          label={words.fallback}
          hint={words.fallbackHint}
          options={[
            { value: "", label: words.fallbackNone },
            ...optionsOf(words.choices, [...fallbackKinds]),
          ]}
        />
        <PlaceFields editor={editor} words={words} field="fallbackLocation" />
      </div>
    </>
  );
}

interface PlaceFieldsProps extends Pick<PlacePartProps, "editor" | "words"> {
  field: "location" | "fallbackLocation";
}

/** The address, number or place of whichever kind is chosen. */
function PlaceFields({ editor, words, field }: PlaceFieldsProps) {
  const kinds = [
    { kind: "link", input: { type: "url" } },
    { kind: "phone", input: { type: "tel" } },
    { kind: "in_person", input: {} },
  ] as const;
  return kinds.map(({ kind, input }) => (
    <div key={kind} className={shownWith[field][kind]}>
      <TextField
        editor={editor}
        name={`${field}.${kind}`}
        mistakesAt={editor.typed[`${field}.kind`] === kind ? `${field}.value` : ""}
        label={words.place[kind]}
        hint={words.place[`${kind}Hint`]}
        input={{ ...input, autoComplete: "off" }}
      />
    </div>
  ));
}
