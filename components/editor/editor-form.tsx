"use client";

import {
  type FormEvent,
  type ReactNode,
  startTransition,
  useActionState,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { focusMistake, listMistakes, type Mistake } from "@/components/editor/mistakes";
import { allSections, SectionList, type SectionWords } from "@/components/editor/section-list";
import { SaveBar } from "@/components/layout/save-bar";
import { Banner } from "@/components/ui/banner";
import { Button, ButtonLink } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { useHydrated } from "@/components/ui/use-hydrated";
import { type FormState, openForm } from "@/lib/auth/form-state";
import { changedFields } from "@/lib/input/form-changes";
import { type FormValues, toFormValues } from "@/lib/input/form-values";

/** Fields that others decide about. */
export interface Locked {
  has: (field: string) => boolean;
  /** Who does, in a few words for those who can't see the lock. */
  words: string;
}

/** What the fields of an editor are drawn from. */
export interface Editor {
  /** What was stored or typed before, by the names of the fields. */
  values: FormValues;
  /** One sentence for each field that needs another look. */
  errors: FormState["errors"];
  /** What is typed at this moment; the same as `values` until a script runs. */
  typed: FormValues;
  /** The section that shows where the address names none. */
  section?: string | undefined;
  /** The sections with a mistake, until a script can lead there. */
  mistaken?: ReadonlySet<string> | undefined;
  /** Left out: every field is the reader's to change. */
  locked?: Locked | undefined;
}

/** Sections that a form is shown in, one at a time. */
export interface Sections {
  /** In their order, the first of which shows first. */
  list: readonly { name: string; label: string }[];
  /** Where a field is, by its name; undefined for one that isn't shown. */
  of: (field: string) => string | undefined;
  words: SectionWords;
}

interface EditorFormProps {
  /** Saves. Given an `intent`, it answers with the fields that `change` makes of them. */
  action: (state: FormState, formData: FormData) => Promise<FormState>;
  /** What a button named `intent` does to the fields: a row more or less. */
  change: (values: FormValues, intent: string) => FormValues;
  values: FormValues;
  words: { save: string; saving: string; discard: string; unsaved: string };
  /** Where discarding leads. */
  discardHref: string;
  /** Values that travel unseen. */
  hidden?: Readonly<Record<string, string>> | undefined;
  /** Left out: the form is short enough to be one. */
  sections?: Sections;
  locked?: Locked | undefined;
  children: (editor: Editor) => ReactNode;
  /** What stands beside the fields, under the buttons. */
  aside?: (editor: Editor) => ReactNode;
}

/**
 * A long form with one Save. Before a script has come, every button sends it and it comes back changed; afterwards only
 * Save does, and what is typed while it is on its way stays.
 */
export function EditorForm({
  action,
  change,
  values: stored,
  words,
  discardHref,
  hidden = {},
  sections,
  locked,
  children,
  aside,
}: EditorFormProps) {
  const [state, send, isSaving] = useActionState(action, { ...openForm, values: stored });
  const [values, setValues] = useState(state.values);
  const [typed, setTyped] = useState(state.values);
  const [outdated, setOutdated] = useState<FormState | null>(null);
  const [mistakes, setMistakes] = useState<Mistake[]>([]);
  const [shown, setShown] = useState<string>();
  const isHydrated = useHydrated();
  const form = useRef<HTMLFormElement>(null);
  const intent = useRef("");

  // People type before the script has come, and a browser may have filled in what they typed last time.
  useEffect(() => {
    if (form.current && hasTyping(form.current)) setTyped(toFormValues(new FormData(form.current)));
  }, []);

  useEffect(() => {
    if (!form.current || state.status !== "refused") return;
    setMistakes(listMistakes(form.current));
    focusMistake(form.current);
  }, [state]);

  // Fields keep what was typed in them, whatever row they have become: they are set back to what their row holds.
  useLayoutEffect(() => {
    if (!form.current || !intent.current || values === stored) return;
    form.current.reset();
    focusAfter(form.current, intent.current);
    intent.current = "";
  }, [values, stored]);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isSaving) return;
    const { submitter } = event.nativeEvent as SubmitEvent;
    const formData = new FormData(event.currentTarget);
    if (submitter instanceof HTMLButtonElement && submitter.name === "intent") {
      intent.current = submitter.value;
      const changed = change(toFormValues(formData), submitter.value);
      setValues(changed);
      setTyped(changed);
      // Mistakes are named by row, and the rows have moved.
      setOutdated(state);
    } else {
      startTransition(() => send(formData));
    }
  }
  const isRefused = state.status === "refused" && state !== outdated;
  const errors = isRefused ? state.errors : {};
  const unsaved = changedFields(stored, typed).filter((name) => name !== "intent" && !(name in hidden));
  const sectionsOf = (names: string[]) => new Set(names.flatMap((name) => sections?.of(name) ?? []));
  const mistaken = sectionsOf(Object.keys(errors));
  const editor = {
    values: locked ? withStored(values, stored, locked) : values,
    errors,
    typed,
    locked,
    mistaken: isHydrated ? undefined : mistaken,
    section: shown ?? sections?.list.find(({ name }) => mistaken.has(name))?.name ?? sections?.list[0]?.name,
  };
  return (
    <div
      className={classNames(
        sections && "grid grid-cols-[minmax(0,1fr)] gap-6 lg:grid-cols-[13rem_minmax(0,1fr)] lg:gap-8",
      )}
    >
      {sections && (
        <SectionList
          form={form}
          sections={sections.list}
          words={sections.words}
          unsaved={sectionsOf(unsaved)}
          mistaken={mistaken}
          onShow={setShown}
          onFollow={(id) => form.current && focusMistake(form.current, id)}
        />
      )}
      <form
        ref={form}
        action={send}
        noValidate
        onSubmit={submit}
        onInput={({ currentTarget }) => setTyped(toFormValues(new FormData(currentTarget)))}
        className={classNames(
          "grid grid-cols-[minmax(0,1fr)] gap-8",
          aside && "items-start lg:grid-cols-[minmax(0,1fr)_18rem] lg:gap-10",
        )}
      >
        {/* Enter in a field presses a form's first button: let that be Save. */}
        <button type="submit" tabIndex={-1} aria-hidden="true" className="sr-only" />
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <div className="min-w-0">
          {isRefused && (
            <div className="mb-6">
              <Banner tone="danger" role="alert" title={state.message}>
                <MistakeLinks
                  mistakes={mistakes}
                  onFollow={(id) => form.current && focusMistake(form.current, id)}
                />
              </Banner>
            </div>
          )}
          {sections ? (
            <div className="sections">
              <span id={allSections} className="absolute scroll-mt-64" />
              {children(editor)}
            </div>
          ) : (
            children(editor)
          )}
        </div>
        <div className={classNames(aside && "grid grid-cols-[minmax(0,1fr)] gap-6 lg:sticky lg:top-6")}>
          <SaveBar status={unsaved.length > 0 && words.unsaved}>
            <Button type="submit" kind="primary" workingLabel={words.saving} isWorking={isSaving}>
              {words.save}
            </Button>
            <ButtonLink href={discardHref}>{words.discard}</ButtonLink>
          </SaveBar>
          {aside?.(editor)}
        </div>
      </form>
    </div>
  );
}

/** What was typed in a field before it was locked isn't what is kept. */
function withStored(values: FormValues, stored: FormValues, locked: Locked): FormValues {
  const own = Object.entries(values).filter(([name]) => !locked.has(name));
  return Object.fromEntries([...own, ...Object.entries(stored).filter(([name]) => locked.has(name))]);
}

/** As a browser gives what is in a field. */
const withLineFeeds = (text: string) => text.replace(/\r\n?/g, "\n");

/** Whether a field has something else in it than it came with. */
function hasTyping({ elements }: HTMLFormElement): boolean {
  return Array.from(elements).some((field) => {
    if (field instanceof HTMLSelectElement) {
      const options = Array.from(field.options);
      return field.selectedOptions[0] !== (options.find((option) => option.defaultSelected) ?? options[0]);
    }
    if (field instanceof HTMLTextAreaElement) return field.value !== withLineFeeds(field.defaultValue);
    if (!(field instanceof HTMLInputElement)) return false;
    return field.value !== field.defaultValue || field.checked !== field.defaultChecked;
  });
}

interface MistakeLinksProps {
  mistakes: readonly Mistake[];
  onFollow: (id: string) => void;
}

/** Where to look: each leads to its field, out of whatever it is folded into. */
function MistakeLinks({ mistakes, onFollow }: MistakeLinksProps) {
  if (mistakes.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-x-4">
      {mistakes.map(({ id, name }) => (
        <li key={id}>
          <a
            href={`#${id}`}
            className="inline-flex min-h-6 items-center"
            onClick={(event) => {
              event.preventDefault();
              onFollow(id);
            }}
          >
            {name}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** After a row came, its first field; after one went, the button that would bring another; after copying, its menu, closed. */
function focusAfter(form: HTMLFormElement, intent: string) {
  const [verb = "", target = ""] = intent.split(":");
  const list = {
    "add-window": target,
    "add-date": "overrides",
    "add-travel": "travel",
    "add-question": "questions",
  }[verb];
  if (list) {
    const rows = form.querySelectorAll<HTMLElement>(`[data-row^="${list}."]`);
    rows[rows.length - 1]?.querySelector<HTMLElement>("input:not([type=hidden])")?.focus();
    return;
  }
  if (verb === "up" || verb === "down") {
    const moved = target.replace(/\d+$/, (index) => String(Number(index) + (verb === "up" ? -1 : 1)));
    // At either end, only the other button is left.
    const button = ["up", "down"].map((one) => form.querySelector<HTMLElement>(`[value="${one}:${moved}"]`));
    (verb === "up" ? button : button.toReversed()).find((one) => one !== null)?.focus();
    return;
  }
  if (verb === "copy") {
    const menu = form.querySelector(`[value="${intent}"]`)?.closest("details");
    menu?.removeAttribute("open");
    menu?.querySelector("summary")?.focus();
    return;
  }
  const left = target.slice(0, target.lastIndexOf("."));
  form.querySelector<HTMLElement>(`[data-adds="${left}"]`)?.focus();
}
