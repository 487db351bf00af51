"use client";

import { useActionState, useEffect, useId, useRef } from "react";
import { SecretOnce, type SecretWords } from "@/components/accounts/secret-once";
import { TimeZoneField } from "@/components/accounts/time-zone-field";
import { AffixInput } from "@/components/ui/affix-input";
import { Banner } from "@/components/ui/banner";
import { Checkbox } from "@/components/ui/checkbox";
import { Field, FieldGroup } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { Select, type SelectOption } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import { type FormState, openForm } from "@/lib/auth/form-state";

export interface FormField {
  name: string;
  label: string;
  type?: "text" | "email" | "password";
  /** One of these is chosen instead of typing. */
  options?: readonly SelectOption[];
  autoComplete: string;
  hint?: string;
  /** What is stored now. */
  value?: string;
  /** The fixed text before the typed part. */
  prefix?: string;
  /** False: it may stay empty. */
  required?: boolean;
  /** Several lines of typing. */
  rows?: number;
  /** The language (BCP 47) that is typed, where it isn't the page's. */
  lang?: string;
  dir?: "ltr" | "rtl";
}

/** Things of which some are ticked; each is sent as `<name>.<value>`. */
export interface FormChoices {
  name: string;
  legend: string;
  choices: readonly { value: string; label: string }[];
  /** What is stored now. */
  chosen: readonly string[];
}

interface AccountFormProps {
  action: (state: FormState, formData: FormData) => Promise<FormState>;
  fields: readonly FormField[];
  /** Boxes to tick, below the fields. */
  choices?: FormChoices;
  /** Values that travel unseen. */
  hidden?: Readonly<Record<string, string>>;
  /** Also sends the browser's time zone, which takes a script. */
  sendTimeZone?: boolean;
  submit: { label: string; workingLabel: string; kind?: "primary" | "second"; block?: boolean };
  /** Words around a secret that is shown once; needed where the action answers with one. */
  secretWords?: SecretWords;
}

/** A form of a few lines of typing. It works before its script has come, keeps what was typed, and says what to fix. */
export function AccountForm(props: AccountFormProps) {
  const { action, fields, choices, hidden = {}, sendTimeZone = false, submit, secretWords } = props;
  const [state, send] = useActionState(action, openForm);
  const prefix = useId();
  const outcome = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (state.status !== "open") outcome.current?.focus();
  }, [state]);

  const idOf = (name: string) => `${prefix}-${name}`;
  return (
    <form action={send} noValidate className="grid gap-5">
      <div ref={outcome} tabIndex={-1} className="grid outline-none empty:hidden">
        {state.status === "refused" && (
          <Banner tone="danger" role="alert" title={state.message}>
            <MistakeList
              fields={choices ? [...fields, { name: choices.name, label: choices.legend }] : fields}
              errors={state.errors}
              idOf={idOf}
            />
          </Banner>
        )}
        {state.status === "done" && <Note tone="success" role="status" title={state.message} />}
      </div>
      {state.secret && secretWords && <SecretOnce secret={state.secret} words={secretWords} />}
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {sendTimeZone && <TimeZoneField />}
      {fields.map((field) => (
        <TypedField key={field.name} id={idOf(field.name)} field={field} state={state} />
      ))}
      {choices && <Ticks choices={choices} state={state} idOf={idOf} />}
      <SubmitButton
        kind={submit.kind ?? "primary"}
        workingLabel={submit.workingLabel}
        block={submit.block ?? false}
        className={submit.block ? "" : "justify-self-start"}
      >
        {submit.label}
      </SubmitButton>
    </form>
  );
}

interface TypedFieldProps {
  id: string;
  field: FormField;
  state: FormState;
}

function TypedField({ id, field, state }: TypedFieldProps) {
  const { name, label, type = "text", options, autoComplete, hint, value, prefix, required = true } = field;
  return (
    <Field id={id} label={label} hint={hint} error={state.errors[name]}>
      {(control) => {
        const stored = state.values[name] ?? value;
        // A form that was sent is reset to what its list was made with, so one that was saved is made again.
        if (options) {
          return <Select key={stored} {...control} name={name} options={options} defaultValue={stored} />;
        }
        const { lang, dir } = field;
        const language = { ...(lang && { lang }), ...(dir && { dir }) };
        if (field.rows) {
          const { rows } = field;
          return <Textarea {...control} {...language} name={name} rows={rows} defaultValue={stored} />;
        }
        const typing = { ...control, ...language, name, type, autoComplete, required };
        if (prefix === undefined) return <Input {...typing} defaultValue={stored} />;
        return (
          <AffixInput
            {...typing}
            prefix={prefix}
            defaultValue={stored}
            spellCheck={false}
            autoCapitalize="none"
          />
        );
      }}
    </Field>
  );
}

interface TicksProps {
  choices: FormChoices;
  state: FormState;
  idOf: (name: string) => string;
}

function Ticks({ choices: { name, legend, choices, chosen }, state, idOf }: TicksProps) {
  return (
    <FieldGroup id={idOf(name)} legend={legend} error={state.errors[name]}>
      <div className="grid gap-2">
        {choices.map(({ value, label }) => {
          const field = `${name}.${value}`;
          return (
            <Checkbox
              key={value}
              id={idOf(field)}
              name={field}
              label={label}
              defaultChecked={state.status === "refused" ? field in state.values : chosen.includes(value)}
            />
          );
        })}
      </div>
    </FieldGroup>
  );
}

interface MistakeListProps {
  fields: readonly Pick<FormField, "name" | "label">[];
  errors: FormState["errors"];
  idOf: (name: string) => string;
}

function MistakeList({ fields, errors, idOf }: MistakeListProps) {
  const mistaken = fields.filter((field) => errors[field.name]);
  if (mistaken.length === 0) return null;
  return (
    <ul>
      {mistaken.map((field) => (
        <li key={field.name}>
          <a href={`#${idOf(field.name)}`} className="inline-flex min-h-6 items-center">
            {field.label}
          </a>
        </li>
      ))}
    </ul>
  );
}
