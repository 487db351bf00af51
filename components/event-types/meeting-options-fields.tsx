import type { Editor } from "@/components/editor/editor-form";
import { optionsOf, SelectField, TextareaField, TickField } from "@/components/editor/fields";
import { isLocked, labelOf } from "@/components/editor/locked-field";
import type { EventTypeWords } from "@/components/event-types/event-type-form";
import { classNames } from "@/components/ui/class-names";
import { FieldGroup, fieldRowsClass } from "@/components/ui/field";
import { presetIn, presetNames } from "@/lib/event-types/form-options";
import spokenLanguages from "@/lib/meetings/spoken-languages.json";

interface MeetingOptionsFieldsProps {
  editor: Editor;
  words: EventTypeWords;
}

/** How the Teams meeting is set up: common sets at a press, each option by itself below. */
export function MeetingOptionsFields({
  editor,
  words: { meetingOptions: words, optional },
}: MeetingOptionsFieldsProps) {
  const current = presetIn(editor.typed);
  const asPolicy = { value: "", label: words.asPolicy };
  return (
    <FieldGroup id="meeting-options" legend={labelOf({ editor, name: "meetingOptions" }, words.title)}>
      <div className="flex flex-wrap gap-1 rounded-md border border-control bg-raised p-[3px] sm:w-fit">
        {presetNames.map((name) => (
          <button
            key={name}
            type="submit"
            name="intent"
            value={`preset:${name}`}
            aria-pressed={current === name}
            disabled={isLocked(editor, "meetingOptions")}
            className={classNames(
              "min-h-9 rounded-sm border border-transparent px-3 text-sm font-medium text-muted transition-colors hover:text-ink",
              "aria-pressed:bg-accent-tint aria-pressed:font-strong aria-pressed:text-accent-strong forced-colors:aria-pressed:border-current",
            )}
          >
            {words.presets[name]}
          </button>
        ))}
      </div>
      <p aria-live="polite" className="mb-2 text-sm text-muted">
        {current ? words.presetHints[current] : words.ownHint}
      </p>
      <div className={fieldRowsClass}>
        <SelectField
          editor={editor}
          name="meetingOptions.lobby"
          label={words.lobby}
          options={optionsOf(words.lobbies)}
        />
        <SelectField
          editor={editor}
          name="meetingOptions.allowedPresenters"
          label={words.presenters}
          options={optionsOf(words.presenterChoices)}
        />
        <SelectField
          editor={editor}
          name="meetingOptions.chat"
          label={words.chat}
          options={[asPolicy, ...optionsOf(words.chats)]}
        />
        <SelectField
          editor={editor}
          name="meetingOptions.transcription"
          label={words.transcription}
          options={[asPolicy, ...optionsOf(words.transcriptions)]}
        />
        <SelectField
          editor={editor}
          name="meetingOptions.entryExitTones"
          label={words.tones}
          options={[asPolicy, ...optionsOf(words.toneChoices)]}
        />
        <SelectField
          editor={editor}
          name="meetingOptions.attendeeMic"
          label={words.mic}
          options={[asPolicy, ...optionsOf(words.micChoices)]}
        />
        <SelectField
          editor={editor}
          name="meetingOptions.attendeeCamera"
          label={words.camera}
          options={[asPolicy, ...optionsOf(words.micChoices)]}
        />
        <SelectField
          editor={editor}
          name="meetingOptions.spokenLanguage"
          label={words.spoken}
          hint={words.spokenHint}
          options={[
            { value: "", label: words.asTeams },
            ...languagesWith(editor.values["meetingOptions.spokenLanguage"]),
          ]}
        />
      </div>
      <div className={fieldRowsClass}>
        <TextareaField
          editor={editor}
          name="meetingOptions.coOrganizers"
          label={words.coOrganizers}
          optional={optional}
          hint={words.coOrganizersHint}
          rows={2}
        />
        <TextareaField
          editor={editor}
          name="meetingOptions.presenters"
          label={words.presentersByName}
          optional={optional}
          hint={words.presentersByNameHint}
          rows={2}
        />
      </div>
      <TickField
        editor={editor}
        name="meetingOptions.recordAutomatically"
        label={words.record}
        hint={words.recordHint}
      />
      <p className="text-sm text-muted">{words.passcode}</p>
    </FieldGroup>
  );
}

/** The languages that Teams can transcribe, each by its own name, with one that came by the API: Microsoft adds to them. */
function languagesWith(value = "") {
  const options = Object.entries(spokenLanguages).map(([tag, label]) => ({ value: tag, label, lang: tag }));
  const isKnown = value === "" || options.some((option) => option.value === value);
  return isKnown ? options : [...options, { value, label: value }];
}
