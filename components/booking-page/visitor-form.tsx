"use client";

import { type FocusEvent, type FormEvent, useState } from "react";
import { KeepTyping } from "@/components/booking-page/keep-typing";
import { RememberDetails } from "@/components/booking-page/remember-details";
import { type SlotAction, SlotForm, type SlotFormWords } from "@/components/booking-page/slot-form";
import { Checkbox } from "@/components/ui/checkbox";
import { Field, FieldGroup } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { SlotFormState } from "@/lib/booking-page/slot-form-state";

/** A question of the event type, as the form needs it. */
export interface FormQuestion {
  id: string;
  label: string;
  /** Help that stands below it. */
  hint?: string;
  kind: string;
  required: boolean;
  options?: readonly string[];
  /** What they are called, one for each, where that isn't what they are. */
  optionLabels?: readonly string[];
}

export interface VisitorFormWords extends SlotFormWords {
  name: string;
  email: string;
  addGuests: string;
  guests: string;
  guestsHint: string;
  optional: string;
  choose: string;
  time: string;
  emailForm: string;
  emailEnding: string;
  remember: string;
  rememberHint: string;
}

interface VisitorFormProps {
  action: SlotAction;
  initial: SlotFormState | undefined;
  hidden: Readonly<Record<string, string>>;
  requestKey: string;
  prefill: { name: string; email: string; guests: string; answers: Readonly<Record<string, string>> };
  questions: readonly FormQuestion[];
  guestsIcon: React.ReactNode;
  words: VisitorFormWords;
  /** Their own details are typed in by visitors, who may have them remembered. */
  isOwn: boolean;
}

/** Who the visitor is and what the organizer asks. */
export function VisitorForm(props: VisitorFormProps) {
  const { action, initial, hidden, requestKey, questions, words } = props;
  const places = {
    start: { id: "times", label: words.time },
    name: { id: "visitor-name", label: words.name },
    email: { id: "visitor-email", label: words.email },
    ...Object.fromEntries(questions.map(({ id, label }) => [`answers.${id}`, { id: `answer-${id}`, label }])),
    guests: { id: "visitor-guests", label: words.guests },
  };
  return (
    <>
      <SlotForm
        id="book"
        action={action}
        initial={initial}
        hidden={hidden}
        requestKey={requestKey}
        words={words}
        places={places}
      >
        {(state) => <VisitorFields {...props} state={state} />}
      </SlotForm>
      <KeepTyping formId="book" name={[hidden.handle, hidden.slug, hidden.eventTypeId].join("/")} />
    </>
  );
}

function VisitorFields({
  state,
  prefill,
  questions,
  guestsIcon,
  words,
  isOwn,
}: VisitorFormProps & { state: SlotFormState }) {
  const [email, emailProps] = useEmailCheck(state, words);
  const { values, errors } = state;
  return (
    <>
      {/* No one sees it, and programs that fill in whatever they find do. */}
      <input name="homepage" hidden tabIndex={-1} autoComplete="off" />
      <Field id="visitor-name" label={words.name} error={errors.name}>
        {(control) => (
          <Input
            {...control}
            name="name"
            autoComplete="name"
            required
            maxLength={200}
            defaultValue={values.name ?? prefill.name}
          />
        )}
      </Field>
      <Field id="visitor-email" label={words.email} error={email}>
        {(control) => (
          <Input
            {...control}
            {...emailProps}
            name="email"
            type="email"
            autoComplete="email"
            required
            maxLength={254}
            defaultValue={values.email ?? prefill.email}
          />
        )}
      </Field>
      {questions.map((question) => (
        <Answer
          key={question.id}
          question={question}
          given={prefill.answers[question.id]}
          state={state}
          words={words}
        />
      ))}
      {isOwn && <RememberDetails formId="book" words={words} />}
      <Guests state={state} prefilled={prefill.guests} icon={guestsIcon} words={words} />
    </>
  );
}

interface GuestsProps {
  state: SlotFormState;
  /** What the address says already. */
  prefilled: string;
  icon: React.ReactNode;
  words: VisitorFormWords;
}

/** Folded away, since few visitors bring anyone. */
function Guests({ state: { values, errors }, prefilled, icon, words }: GuestsProps) {
  return (
    <details
      className="col-span-full"
      open={Boolean(values.guests || prefilled || errors.guests) || undefined}
    >
      <summary className="-mx-2.5 inline-flex min-h-11 w-fit items-center gap-2 rounded-md px-2.5 font-semibold text-accent transition-colors hover:bg-accent-tint hover:text-accent-strong">
        {icon}
        {words.addGuests}
      </summary>
      <Field
        id="visitor-guests"
        label={words.guests}
        optional={words.optional}
        hint={words.guestsHint}
        error={errors.guests}
        className="mt-3"
      >
        {(control) => (
          <Textarea
            {...control}
            name="guests"
            rows={2}
            autoComplete="off"
            defaultValue={values.guests ?? prefilled}
          />
        )}
      </Field>
    </details>
  );
}

interface AnswerProps {
  question: FormQuestion;
  /** What the address says already. */
  given: string | undefined;
  state: SlotFormState;
  words: VisitorFormWords;
}

function Answer({ question, given, state, words }: AnswerProps) {
  const { id, kind, required, options, optionLabels } = question;
  // Whoever asks may do so in a language that is written in another direction than the page's.
  const label = <bdi>{question.label}</bdi>;
  const hint = question.hint && <bdi>{question.hint}</bdi>;
  const name = `answers.${id}`;
  const shared = { name, required, defaultValue: state.values[name] ?? fitting(question, given) };
  const error = state.errors[name];
  if (kind === "checkbox") {
    return (
      <FieldGroup id={`answer-${id}-group`} legend={label} hideLegend error={error} className="col-span-full">
        <Checkbox
          id={`answer-${id}`}
          name={name}
          label={
            required ? (
              label
            ) : (
              <>
                {label} <span className="text-muted">{words.optional}</span>
              </>
            )
          }
          hint={hint}
          required={required}
          defaultChecked={(state.status === "open" ? given : state.values[name]) === "on"}
        />
      </FieldGroup>
    );
  }
  return (
    <Field
      id={`answer-${id}`}
      label={label}
      optional={required ? undefined : words.optional}
      hint={hint}
      error={error}
      className="col-span-full"
    >
      {(control) => {
        if (kind === "multiline") return <Textarea {...control} {...shared} />;
        if (kind === "select") {
          return (
            <Select {...control} {...shared} defaultValue={shared.defaultValue ?? ""}>
              <option value="">{words.choose}</option>
              {options?.map((option, index) => (
                <option key={option} value={option}>
                  {optionLabels?.[index] ?? option}
                </option>
              ))}
            </Select>
          );
        }
        return <Input {...control} {...shared} {...inputKinds[kind]} />;
      }}
    </Field>
  );
}

/** A choice that is not offered is no answer. */
function fitting({ kind, options = [] }: FormQuestion, given: string | undefined): string | undefined {
  return kind === "select" && given !== undefined && !options.includes(given) ? undefined : given;
}

const inputKinds: Record<string, { type: string; autoComplete?: string; placeholder?: string }> = {
  phone: { type: "tel", autoComplete: "tel" },
  url: { type: "url", autoComplete: "url", placeholder: "https://" },
};

/** Looks at the address when the visitor leaves the field, and is silent again while they type. */
function useEmailCheck(state: SlotFormState, words: VisitorFormWords) {
  const [seen, setSeen] = useState<{ of: SlotFormState; error: string | undefined } | null>(null);
  const error = seen?.of === state ? seen.error : state.errors.email;
  const judge = (text: string) => {
    if (text === "") return undefined;
    if (!/^\S+@\S+$/.test(text)) return words.emailForm;
    return /\.[^.]{2,}$/.test(text) ? undefined : words.emailEnding;
  };
  return [
    error,
    {
      onBlur: ({ target }: FocusEvent<HTMLInputElement>) =>
        afterPress(() => setSeen({ of: state, error: judge(target.value.trim()) })),
      onInput: (_: FormEvent) => error && setSeen({ of: state, error: undefined }),
    },
  ] as const;
}

/** A sentence that appears between press and release would push the pressed button away from under the pointer. */
function afterPress(run: () => void): void {
  if (!document.documentElement.matches(":active")) run();
  else addEventListener("mouseup", () => setTimeout(run), { once: true });
}
