"use client";

import { useActionState, useEffect, useId, useRef, useState } from "react";
import { AccentPreview } from "@/components/brand/accent-preview";
import { Banner } from "@/components/ui/banner";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import { type FormState, openForm } from "@/lib/auth/form-state";
import { defaultPaletteOf, type Palette, paletteOf } from "@/lib/brand/palette";
import { fillIn } from "@/lib/i18n/fill-in";

export interface BrandFormWords {
  name: string;
  nameHint: string;
  accent: string;
  accentHint: string;
  accentPick: string;
  preview: string;
  light: string;
  dark: string;
  sampleButton: string;
  sampleLink: string;
  kept: string;
  movedLight: string;
  movedDark: string;
  movedBoth: string;
  welcome: string;
  welcomeHint: string;
  showsBellhop: string;
  save: string;
  saving: string;
  optional: string;
}

interface BrandFormProps {
  action: (state: FormState, formData: FormData) => Promise<FormState>;
  /** Whose brand: `me`, `server` or a team's id. */
  owner: string;
  /** The server has no name of its own to show. */
  hasName: boolean;
  stored: { name: string; accent: string; welcome: string; showsBellhop: boolean };
  /** What is shown where no accent is chosen: the server's default, or the product's own. */
  defaultAccent: string;
  words: BrandFormWords;
}

/** Name, accent, welcome and signature. The accent is shown as pages will have it, while it's being chosen. */
export function BrandForm({ action, owner, hasName, stored, defaultAccent, words }: BrandFormProps) {
  const [state, send] = useActionState(action, openForm);
  const typed = { ...stored, ...state.values };
  const [accent, setAccent] = useState(typed.accent);
  const outcome = useRef<HTMLDivElement>(null);
  const accentField = useRef<HTMLInputElement>(null);
  const id = useId();
  const own = readAccent(accent);
  const chosen = own ?? defaultAccent;
  const palette = own ? paletteOf(own) : defaultPaletteOf(defaultAccent);

  // Typed before the script came.
  useEffect(() => {
    if (accentField.current) setAccent(accentField.current.value);
  }, []);

  useEffect(() => {
    if (state.status !== "open") outcome.current?.focus();
  }, [state]);

  return (
    <form action={send} noValidate className="grid gap-5">
      <div ref={outcome} tabIndex={-1} className="grid outline-none empty:hidden">
        {state.status === "refused" && <Banner tone="danger" role="alert" title={state.message} />}
        {state.status === "done" && <Note tone="success" role="status" title={state.message} />}
      </div>
      <input type="hidden" name="owner" value={owner} />
      {hasName && (
        <Field
          id={`${id}-name`}
          label={words.name}
          optional={words.optional}
          hint={words.nameHint}
          error={state.errors.name}
        >
          {(control) => (
            <Input {...control} name="name" autoComplete="organization" defaultValue={typed.name} />
          )}
        </Field>
      )}
      <Field
        id={`${id}-accent`}
        label={words.accent}
        optional={words.optional}
        hint={words.accentHint}
        error={state.errors.accent}
      >
        {(control) => (
          <span className="flex items-center gap-3">
            <Input
              {...control}
              ref={accentField}
              name="accent"
              mono
              autoComplete="off"
              spellCheck={false}
              placeholder="#7a1fa2"
              value={accent}
              onChange={(event) => setAccent(event.target.value)}
              className="max-w-40"
            />
            <input
              type="color"
              aria-label={words.accentPick}
              value={chosen}
              onChange={(event) => setAccent(event.target.value)}
              className="needs-script h-11 w-14 shrink-0 rounded-md border border-control bg-raised p-1"
            />
          </span>
        )}
      </Field>
      <div className="grid gap-2">
        <AccentPreview
          palette={palette}
          words={{
            label: words.preview,
            light: words.light,
            dark: words.dark,
            button: words.sampleButton,
            link: words.sampleLink,
          }}
        />
        {own && <p className="text-sm text-muted">{describe(own, palette, words)}</p>}
      </div>
      <Field
        id={`${id}-welcome`}
        label={words.welcome}
        optional={words.optional}
        hint={words.welcomeHint}
        error={state.errors.welcome}
      >
        {(control) => <Textarea {...control} name="welcome" defaultValue={typed.welcome} />}
      </Field>
      <Checkbox
        id={`${id}-shows`}
        name="showsBellhop"
        label={words.showsBellhop}
        defaultChecked={state.status === "refused" ? "showsBellhop" in state.values : stored.showsBellhop}
      />
      <SubmitButton workingLabel={words.saving} className="justify-self-start">
        {words.save}
      </SubmitButton>
    </form>
  );
}

/** What was typed as `#rrggbb`; null while it is no colour yet. */
function readAccent(typed: string): string | null {
  const hex = typed.trim().toLowerCase();
  if (/^#[0-9a-f]{6}$/.test(hex)) return hex;
  if (!/^#[0-9a-f]{3}$/.test(hex)) return null;
  return `#${[...hex.slice(1)].map((digit) => digit + digit).join("")}`;
}

function describe(chosen: string, palette: Palette, words: BrandFormWords): string {
  const [light, dark] = [palette.light.accent, palette.dark.accent];
  const moved = [light !== chosen, dark !== chosen];
  if (moved[0] && moved[1]) return fillIn(words.movedBoth, { light, dark });
  if (moved[0]) return fillIn(words.movedLight, { light });
  return moved[1] ? fillIn(words.movedDark, { dark }) : words.kept;
}
