import { LockSimpleIcon, PlusIcon } from "@phosphor-icons/react/ssr";
import type { Editor } from "@/components/editor/editor-form";
import {
  mistakeOf,
  optionsOf,
  SelectField,
  TextareaField,
  TextField,
  TickField,
} from "@/components/editor/fields";
import { Fold } from "@/components/editor/fold";
import { isLocked, labelOf } from "@/components/editor/locked-field";
import { Section } from "@/components/editor/section";
import type { EventTypeWords } from "@/components/event-types/event-type-form";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { rowsOf } from "@/lib/input/form-values";

interface QuestionsPartProps {
  editor: Editor;
  words: EventTypeWords;
}

/** What visitors are asked besides name and address. */
export function QuestionsPart({ editor, words }: QuestionsPartProps) {
  const rows = rowsOf(editor.values, "questions").map((_, index) => `questions.${index}`);
  const areLocked = isLocked(editor, "questions");
  return (
    <Section
      editor={editor}
      name="questions"
      title={labelOf({ editor, name: "questions" }, words.sections.names.questions)}
      headingId="what-you-ask"
    >
      <ul className="grid border-y border-hairline">
        <li className="grid grid-cols-[1.25rem_minmax(0,1fr)_auto] items-center gap-3 py-2.5">
          <Icon glyph={LockSimpleIcon} className="text-muted" />
          <span>{words.nameAndEmail}</span>
          <span className="text-sm text-muted">{words.alwaysAsked}</span>
        </li>
        {rows.map((row) => (
          <Question key={row} editor={editor} words={words} row={row} />
        ))}
      </ul>
      {!areLocked && (
        <div>
          <Button
            type="submit"
            name="intent"
            value="add-question:"
            kind="quiet"
            flush
            data-adds="questions"
            icon={<Icon glyph={PlusIcon} />}
          >
            {words.addQuestion}
          </Button>
        </div>
      )}
    </Section>
  );
}

/** One that has no words yet is open. */
function Question({ editor, words, row }: QuestionsPartProps & { row: string }) {
  const { typed } = editor;
  const asked = typed[`${row}.label`] || words.question;
  const kind = optionsOf(words.kinds).find(({ value }) => value === typed[`${row}.kind`])?.label;
  const set = [kind, typed[`${row}.required`] && words.required, typed[`${row}.hint`]].filter(Boolean);
  return (
    <li data-row={row} className="group/question border-t border-hairline py-0.5">
      <input type="hidden" name={`${row}.id`} value={editor.values[`${row}.id`] ?? ""} />
      <Fold
        isRow
        title={asked}
        set={set.join(" · ")}
        isOpen={!editor.values[`${row}.label`] || mistakeOf(editor.errors, row) !== undefined}
      >
        <div className="grid items-start gap-4 md:grid-cols-[minmax(0,1fr)_14rem]">
          <TextField
            editor={editor}
            name={`${row}.label`}
            label={words.question}
            input={{ maxLength: 200 }}
          />
          <SelectField
            editor={editor}
            name={`${row}.kind`}
            label={words.kind}
            options={optionsOf(words.kinds)}
          />
        </div>
        <TextField
          editor={editor}
          name={`${row}.hint`}
          label={words.questionHint}
          hint={words.questionHintHint}
          optional={words.optional}
          input={{ maxLength: 300 }}
        />
        <div className="hidden group-has-[[value=select]:checked]/question:block">
          <TextareaField
            editor={editor}
            name={`${row}.options`}
            label={words.options}
            hint={words.optionsHint}
          />
        </div>
        <div className="flex flex-wrap items-center justify-between gap-4">
          <TickField editor={editor} name={`${row}.required`} label={words.required} />
          {!isLocked(editor, "questions") && (
            <Button type="submit" name="intent" value={`remove:${row}`} kind="quiet-danger" size="sm" flush>
              {words.removeQuestion}
              <span className="sr-only">{asked}</span>
            </Button>
          )}
        </div>
      </Fold>
    </li>
  );
}
