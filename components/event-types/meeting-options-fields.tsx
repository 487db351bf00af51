import type { Editor } from "@/components/editor/editor-form";
import { mistakeOf, optionsOf, SelectField, TextareaField, TickField } from "@/components/editor/fields";
import { Fold, SetValues } from "@/components/editor/fold";
import { isLocked, labelOf } from "@/components/editor/locked-field";
import type { EventTypeWords } from "@/components/event-types/event-type-form";
import { classNames } from "@/components/ui/class-names";
import { FieldGroup, fieldRowsClass } from "@/components/ui/field";
import { newOptionValues, presetIn, presetNames } from "@/lib/event-types/form-options";
import { readAddressList } from "@/lib/input/addresses";
import type { FormValues } from "@/lib/input/form-values";
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
  const choices = choicesOf(editor, words);
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
      <Fold
        title={words.each}
        set={<SetValues values={valuesSet(editor.typed, words, choices)} />}
        isOpen={mistakeOf(editor.errors, "meetingOptions") !== undefined}
      >
        <div className={fieldRowsClass}>
          {choices.map((choice) => (
            <SelectField key={choice.name} editor={editor} {...choice} />
          ))}
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
      </Fold>
    </FieldGroup>
  );
}

type OptionWords = EventTypeWords["meetingOptions"];

const field = (name: string) => `meetingOptions.${name}`;

/** The options that are one of several, in the order in which they are shown. */
function choicesOf(editor: Editor, words: OptionWords) {
  const withPolicy = (choices: Readonly<Record<string, string>>) => [
    { value: "", label: words.asPolicy },
    ...optionsOf(choices),
  ];
  const languages = [
    { value: "", label: words.asTeams },
    ...languagesWith(editor.values[field("spokenLanguage")]),
  ];
  return [
    { name: field("lobby"), label: words.lobby, options: optionsOf(words.lobbies) },
    { name: field("allowedPresenters"), label: words.presenters, options: optionsOf(words.presenterChoices) },
    { name: field("chat"), label: words.chat, options: withPolicy(words.chats) },
    { name: field("transcription"), label: words.transcription, options: withPolicy(words.transcriptions) },
    { name: field("entryExitTones"), label: words.tones, options: withPolicy(words.toneChoices) },
    { name: field("attendeeMic"), label: words.mic, options: withPolicy(words.micChoices) },
    { name: field("attendeeCamera"), label: words.camera, options: withPolicy(words.micChoices) },
    { name: field("spokenLanguage"), label: words.spoken, hint: words.spokenHint, options: languages },
  ];
}

/** What is set to something else than for a new event type. */
function valuesSet(typed: FormValues, words: OptionWords, choices: ReturnType<typeof choicesOf>) {
  const isSet = (name: string) => (typed[name] ?? "") !== (newOptionValues[name] ?? "");
  const chosen = choices.map(({ name, label, options }) => ({
    name,
    label,
    value: options.find(({ value }) => value === typed[name])?.label ?? "",
  }));
  const people = [
    { name: field("coOrganizers"), label: words.coOrganizers },
    { name: field("presenters"), label: words.presentersByName },
  ].map(({ name, label }) => ({ name, label, value: readAddressList(typed[name] ?? "").join(", ") }));
  const recording = { name: field("recordAutomatically"), label: words.record, value: "" };
  return [recording, ...chosen, ...people]
    .filter(({ name }) => isSet(name))
    .map(({ label, value }) => ({ name: label, value }));
}

/** The languages that Teams can transcribe, each by its own name, with one that came by the API: Microsoft adds to them. */
function languagesWith(value = "") {
  const options = Object.entries(spokenLanguages).map(([tag, label]) => ({ value: tag, label, lang: tag }));
  const isKnown = value === "" || options.some((option) => option.value === value);
  return isKnown ? options : [...options, { value, label: value }];
}
