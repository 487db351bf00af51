"use client";

import { type FormEvent, type ReactNode, startTransition, useActionState, useEffect, useRef } from "react";
import type { SetupState, ShownFinding } from "@/components/admin/setup-state";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { CheckedValue } from "@/components/ui/checked-value";
import { type Choice, ChoiceList } from "@/components/ui/choice-list";
import { Field, type FieldControl, FieldGroup } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select, type SelectOption } from "@/components/ui/select";
import { TextComparison } from "@/components/ui/text-comparison";
import { Textarea } from "@/components/ui/textarea";
import type { CheckedField } from "@/lib/registration/setup-input";

export interface SetupFormField {
  label: string;
  hint: ReactNode;
  /** What the environment says, to be read and not to be changed; null: the form's to say. */
  locked: string | null;
}

export interface SetupFormWords {
  optional: string;
  tenantId: string;
  dropNext: string;
  comparison: string;
  bellhopSends: string;
  entraHas: string;
  check: string;
  checking: string;
  save: string;
  saving: string;
}

interface SetupFormProps {
  action: (state: SetupState, formData: FormData) => Promise<SetupState>;
  initial: SetupState;
  fields: Record<CheckedField, SetupFormField>;
  tenantKinds: readonly Choice[];
  clouds: readonly SelectOption[];
  /** There is a saved second secret that can be forgotten. */
  hasNext: boolean;
  words: SetupFormWords;
}

/**
 * The values of the app registration. Each is looked at on leaving its field, where a script can run; `Check` and `Save` are
 * plain buttons of a plain form. Sent by script, the form keeps the secrets that were typed into it.
 */
export function SetupForm(props: SetupFormProps) {
  const { state, send, form, outcome, onSubmit, look, isWorking } = useSetup(props);
  return (
    <form
      ref={form}
      action={send}
      onSubmit={onSubmit}
      onBlur={look}
      noValidate
      autoComplete="off"
      className="grid gap-6"
    >
      <div ref={outcome} tabIndex={-1} className="grid outline-none empty:hidden">
        {state.message && (
          <Banner
            tone={state.status === "refused" ? "danger" : hasWrong(state) ? "warning" : "success"}
            role={state.status === "refused" ? "alert" : "status"}
            title={state.message}
          />
        )}
      </div>
      <Values {...props} state={state} look={look} />
      <Buttons words={props.words} isWorking={isWorking} />
    </form>
  );
}

/** What the form does where a script can run. */
function useSetup({ action, initial }: Pick<SetupFormProps, "action" | "initial">) {
  const [state, send, isPending] = useActionState(action, initial);
  const form = useRef<HTMLFormElement>(null);
  const outcome = useRef<HTMLDivElement>(null);
  const intent = useRef("look");
  const seen = useRef("");

  useEffect(() => {
    if (state.status === "open" || state.intent === "look") return;
    if (state.intent === "save") {
      for (const name of ["clientSecret", "nextSecret"]) {
        const input = form.current?.elements.namedItem(name);
        if (input instanceof HTMLInputElement) input.value = "";
      }
    }
    // What was just looked at needs no other look, which would take the sentence away again.
    seen.current = snapshot(form.current);
    outcome.current?.focus();
  }, [state]);

  const submit = (data: FormData, verb: string) => {
    intent.current = verb;
    data.set("intent", verb);
    startTransition(() => send(data));
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    if (isPending && intent.current !== "look") return;
    submit(new FormData(event.currentTarget), submitter?.getAttribute("value") ?? "check");
  };
  const look = () => {
    if (!form.current || isPending) return;
    const typed = snapshot(form.current);
    if (typed === seen.current) return;
    seen.current = typed;
    submit(new FormData(form.current), "look");
  };
  const isWorking = (verb: string) => isPending && intent.current === verb;
  return { state, send, form, outcome, onSubmit, look, isWorking };
}

interface ValuesProps extends SetupFormProps {
  state: SetupState;
  look: () => void;
}

function Values(props: ValuesProps) {
  return (
    <div>
      <Credentials {...props} />
      <Endpoints {...props} />
    </div>
  );
}

const secret = { mono: true, type: "password", autoComplete: "new-password" } as const;

/** What the app registration is known and trusted by. */
function Credentials(props: ValuesProps) {
  const { state, words } = props;
  return (
    <>
      <Part {...partOf(props, "clientId")}>
        {(control) => <Input {...control} {...textOf("clientId", state)} />}
      </Part>
      <Part {...partOf(props, "clientSecret")}>
        {(control) => <Input {...control} {...secret} name="clientSecret" />}
      </Part>
      <Part {...partOf(props, "expiresOn")}>
        {(control) => (
          <Input {...control} name="expiresOn" type="date" defaultValue={state.values.expiresOn ?? ""} />
        )}
      </Part>
      <Part {...partOf(props, "nextSecret")} optional={words.optional}>
        {(control) => (
          <>
            <Input {...control} {...secret} name="nextSecret" />
            {props.hasNext && (
              <Checkbox id="drop-next" name="dropNext" label={words.dropNext} className="mt-1 text-sm" />
            )}
          </>
        )}
      </Part>
    </>
  );
}

/** Where people come back to, who may connect, and what for. */
function Endpoints(props: ValuesProps) {
  const { state, words, look } = props;
  const { tenantKind = "", tenantId = "", cloud = "" } = state.values;
  return (
    <>
      <Part {...partOf(props, "redirectUri")} optional={words.optional}>
        {(control) => <Input {...control} {...textOf("redirectUri", state)} />}
      </Part>
      <TenantPart
        {...props}
        kind={tenantKind}
        tenantId={tenantId}
        finding={state.findings.tenant}
        onChange={look}
      />
      <Part {...partOf(props, "scopes")} optional={words.optional}>
        {(control) => <Textarea {...control} {...textOf("scopes", state)} rows={2} />}
      </Part>
      <Part {...partOf(props, "cloud")}>
        {(control) => <Select {...control} name="cloud" options={props.clouds} defaultValue={cloud} />}
      </Part>
    </>
  );
}

const partOf = ({ state, fields, words }: ValuesProps, name: CheckedField) => ({
  name,
  field: fields[name],
  finding: state.findings[name],
  words,
});

const textOf = (name: CheckedField, { values }: SetupState) => ({
  name,
  mono: true,
  defaultValue: values[name] ?? "",
  spellCheck: false,
});

interface ButtonsProps {
  words: SetupFormWords;
  isWorking: (verb: string) => boolean;
}

function Buttons({ words, isWorking }: ButtonsProps) {
  return (
    <div className="flex flex-wrap gap-3">
      <Button
        type="submit"
        name="intent"
        value="save"
        kind="primary"
        workingLabel={words.saving}
        isWorking={isWorking("save")}
      >
        {words.save}
      </Button>
      <Button
        type="submit"
        name="intent"
        value="check"
        workingLabel={words.checking}
        isWorking={isWorking("check")}
      >
        {words.check}
      </Button>
    </div>
  );
}

/** What is in the form, to be compared. */
function snapshot(form: HTMLFormElement | null): string {
  const fields = form ? [...new FormData(form)] : [];
  return JSON.stringify(fields.filter(([name]) => !name.startsWith("$")));
}

const hasWrong = ({ findings }: SetupState) =>
  Object.values(findings).some((finding) => finding?.tone === "danger");

interface PartProps {
  name: CheckedField;
  field: SetupFormField;
  finding: ShownFinding | undefined;
  words: SetupFormWords;
  optional?: string;
  children: (control: FieldControl) => ReactNode;
}

/** One value with what was found about it. */
function Part({ name, field, finding, words, optional, children }: PartProps) {
  const outcomeId = `${name}-outcome`;
  const control = (given: FieldControl): FieldControl => ({
    ...given,
    "aria-describedby": [given["aria-describedby"], outcomeId].filter(Boolean).join(" "),
    ...(finding?.tone === "danger" && field.locked === null ? { "aria-invalid": true } : {}),
  });
  return (
    <CheckedValue outcomeId={outcomeId} outcome={finding} below={finding && compare(finding, words)}>
      <Field
        id={name}
        label={field.label}
        hint={field.hint}
        optional={field.locked === null ? optional : undefined}
      >
        {(given) =>
          field.locked === null ? (
            children(control(given))
          ) : (
            <Input {...control(given)} mono readOnly value={field.locked} />
          )
        }
      </Field>
    </CheckedValue>
  );
}

function compare({ comparison }: ShownFinding, words: SetupFormWords): ReactNode {
  if (!comparison) return undefined;
  return (
    <>
      <TextComparison
        label={words.comparison}
        rows={[
          { label: words.bellhopSends, parts: comparison.ours },
          { label: words.entraHas, parts: comparison.theirs },
        ]}
      />
      <ol className="grid list-decimal gap-1 ps-5 text-sm wrap-anywhere">
        {comparison.differences.map((difference) => (
          <li key={difference}>{difference}</li>
        ))}
      </ol>
    </>
  );
}

interface TenantPartProps extends Pick<SetupFormProps, "fields" | "tenantKinds" | "words"> {
  kind: string;
  tenantId: string;
  finding: ShownFinding | undefined;
  onChange: () => void;
}

/** Who may connect: a kind, and for one organization which. */
function TenantPart({ fields, tenantKinds, words, kind, tenantId, finding, onChange }: TenantPartProps) {
  const field = fields.tenant;
  if (field.locked !== null) {
    return (
      <Part name="tenant" field={field} finding={finding} words={words}>
        {() => null}
      </Part>
    );
  }
  return (
    <CheckedValue outcomeId="tenant-outcome" outcome={finding}>
      <div className="grid gap-4">
        <FieldGroup id="tenant" legend={field.label} hint={field.hint}>
          <ChoiceList name="tenantKind" choices={tenantKinds} defaultValue={kind} onChange={onChange} />
        </FieldGroup>
        <Field id="tenant-id" label={words.tenantId}>
          {(control) => (
            <Input
              {...control}
              mono
              name="tenantId"
              defaultValue={tenantId}
              spellCheck={false}
              aria-describedby="tenant-outcome"
            />
          )}
        </Field>
      </div>
    </CheckedValue>
  );
}
