import type { ComponentProps, ReactNode } from "react";
import type { Editor } from "@/components/editor/editor-form";
import { isLocked, LockedValue, labelOf } from "@/components/editor/locked-field";
import { AffixInput } from "@/components/ui/affix-input";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select, type SelectOption } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";

interface CommonProps {
  editor: Editor;
  /** The field's name and id. */
  name: string;
  label: ReactNode;
  optional?: string;
  hint?: ReactNode;
  className?: string;
  /** Where its mistakes are named, if not after the field itself; empty: it has none. */
  mistakesAt?: string;
}

/** The first mistake of a field or of anything inside it. */
export function mistakeOf(errors: Editor["errors"], name: string): string | undefined {
  if (name === "") return undefined;
  const path = Object.keys(errors).find((key) => key === name || key.startsWith(`${name}.`));
  return path === undefined ? undefined : errors[path];
}

function fieldOf({ editor, name, label, optional, hint, className, mistakesAt = name }: CommonProps) {
  const error = mistakeOf(editor.errors, mistakesAt);
  return { id: name, label: labelOf({ editor, name }, label), optional, hint, className, error };
}

type InputProps = Omit<ComponentProps<"input">, "name" | "prefix" | "className">;

/** A line of typing. */
export function TextField({
  prefix,
  suffix,
  input,
  ...field
}: CommonProps & { prefix?: string; suffix?: string; input?: InputProps }) {
  return (
    <Field {...fieldOf(field)}>
      {(control) => {
        const typing = {
          ...input,
          ...control,
          name: field.name,
          readOnly: isLocked(field.editor, field.name),
          defaultValue: field.editor.values[field.name],
        };
        if (prefix === undefined && suffix === undefined) return <Input {...typing} />;
        return <AffixInput {...typing} {...(prefix ? { prefix } : {})} {...(suffix ? { suffix } : {})} />;
      }}
    </Field>
  );
}

/** A whole number, with its unit behind it. */
export function NumberField(props: CommonProps & { suffix: string; min?: number }) {
  const { min = 0, ...field } = props;
  return (
    <TextField
      {...field}
      input={{ inputMode: "numeric", autoComplete: "off", type: "number", min, step: 1 }}
    />
  );
}

/** Several lines of typing. */
export function TextareaField({ rows = 3, ...field }: CommonProps & { rows?: number }) {
  return (
    <Field {...fieldOf(field)}>
      {(control) => (
        <Textarea
          {...control}
          name={field.name}
          rows={rows}
          readOnly={isLocked(field.editor, field.name)}
          defaultValue={field.editor.values[field.name]}
        />
      )}
    </Field>
  );
}

/** One of several. A list does not take a new default by itself: its key makes it again. */
export function SelectField({
  options,
  children,
  ...field
}: CommonProps & { options?: readonly SelectOption[]; children?: ReactNode }) {
  const value = field.editor.values[field.name];
  return (
    <Field {...fieldOf(field)}>
      {(control) => (
        <>
          <Select
            {...control}
            key={value}
            name={field.name}
            disabled={isLocked(field.editor, field.name)}
            defaultValue={value}
            {...(options ? { options } : {})}
          >
            {children}
          </Select>
          <LockedValue {...field} />
        </>
      )}
    </Field>
  );
}

/** Something that is so or not. */
export function TickField({
  editor,
  name,
  label,
  hint,
}: Pick<CommonProps, "editor" | "name" | "label" | "hint">) {
  return (
    <>
      <Checkbox
        id={name}
        name={name}
        label={labelOf({ editor, name }, label)}
        hint={hint}
        disabled={isLocked(editor, name)}
        defaultChecked={editor.values[name] !== undefined}
      />
      <LockedValue editor={editor} name={name} />
    </>
  );
}

/** Choices of a list, from words by value. */
export function optionsOf(
  words: Readonly<Record<string, string>>,
  values = Object.keys(words),
): SelectOption[] {
  return values.map((value) => ({ value, label: words[value] ?? value }));
}

/** A part of a long form, under its own heading. */
export function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section
      aria-labelledby={id}
      className="grid gap-4 border-t border-hairline py-6 first:border-0 first:pt-0 md:gap-5 md:pt-6 md:pb-8"
    >
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
