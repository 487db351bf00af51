"use client";

import { PencilSimpleIcon, WarningCircleIcon } from "@phosphor-icons/react/ssr";
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import { findSettings, type Setting } from "@/components/editor/find-settings";
import { classNames } from "@/components/ui/class-names";
import { controlClass } from "@/components/ui/control-class";
import { Icon } from "@/components/ui/icon";

/** The address of all sections at once. */
export const allSections = "all-settings";

export interface SectionWords {
  label: string;
  search: string;
  none: string;
  all: string;
  unsaved: string;
  attention: string;
}

interface SectionListProps {
  form: RefObject<HTMLFormElement | null>;
  sections: readonly { name: string; label: string }[];
  words: SectionWords;
  /** Those with something in them that isn't stored. */
  unsaved: ReadonlySet<string>;
  /** Those with a mistake. */
  mistaken: ReadonlySet<string>;
  /** Called with the section that the address names. */
  onShow: (section: string) => void;
  /** Leads to a field, wherever it is. */
  onFollow: (id: string) => void;
}

/** The sections of a form, as links to their addresses, and a search for a setting. */
export function SectionList({
  form,
  sections,
  words,
  unsaved,
  mistaken,
  onShow,
  onFollow,
}: SectionListProps) {
  const [current, setCurrent] = useState<string | null>(null);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const look = () => {
      const named = namedIn(form.current);
      const shown = named ?? form.current?.querySelector("[data-section=shown]")?.id ?? null;
      setCurrent(shown);
      if (shown && shown !== allSections) onShow(shown);
      if (named) bringIntoView(list.current, named);
    };
    look();
    window.addEventListener("hashchange", look);
    return () => window.removeEventListener("hashchange", look);
  }, [form, onShow]);

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-4 lg:sticky lg:top-6">
      <Search form={form} words={words} onFollow={onFollow} />
      <nav aria-label={words.label}>
        <ul
          ref={list}
          className="relative flex gap-1 overflow-x-auto max-lg:-mx-4 max-lg:px-4 max-lg:pb-2 lg:grid lg:overflow-visible"
        >
          {[...sections, { name: allSections, label: words.all }].map(({ name, label }) => (
            <li key={name} className="shrink-0">
              <a
                href={`#${name}`}
                aria-current={current === name ? "true" : undefined}
                className={classNames(
                  "flex min-h-11 items-center gap-2 rounded-md px-3 text-ink no-underline hover:bg-accent-tint lg:min-h-9",
                  "aria-current:bg-accent-tint aria-current:font-strong aria-current:text-accent-strong forced-colors:aria-current:underline",
                )}
              >
                {label}
                <Mark isMistaken={mistaken.has(name)} isUnsaved={unsaved.has(name)} words={words} />
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  );
}

/** What there is to say of a section. */
function Mark(props: { isMistaken: boolean; isUnsaved: boolean; words: SectionWords }) {
  const { isMistaken, isUnsaved, words } = props;
  if (isMistaken) {
    return (
      <span className="ms-auto text-danger">
        <Icon glyph={WarningCircleIcon} weight="fill" size={18} />
        <span className="sr-only">{words.attention}</span>
      </span>
    );
  }
  if (!isUnsaved) return null;
  return (
    <span className="ms-auto text-accent" title={words.unsaved}>
      <Icon glyph={PencilSimpleIcon} weight="fill" size={16} />
      <span className="sr-only">{words.unsaved}</span>
    </span>
  );
}

/**
 * The section that the browser was led to; null for none. The address can't say: Next.js writes it anew when a page comes
 * alive, without a link that was followed in the meantime.
 */
function namedIn(form: HTMLFormElement | null): string | null {
  const target = form?.querySelector(":target");
  return target?.id === allSections ? allSections : (target?.closest("[data-section]")?.id ?? null);
}

/**
 * On phones the list is a strip that scrolls sideways, and the page stays where it is. What somebody can see doesn't move:
 * their finger may be on it.
 */
function bringIntoView(list: HTMLElement | null, section: string): void {
  const link = list?.querySelector(`[href="#${section}"]`);
  if (!list || !link) return;
  const [around, own] = [list.getBoundingClientRect(), link.getBoundingClientRect()];
  if (own.left >= around.left && own.right <= around.right) return;
  list.scrollLeft += own.left + own.width / 2 - (around.left + around.width / 2);
}

/** Finds settings by their words. Without a script, all of them on one page are what a browser can search. */
function Search({ form, words, onFollow }: Pick<SectionListProps, "form" | "words" | "onFollow">) {
  const [sought, setSought] = useState("");
  const found = sought.trim() && form.current ? findSettings(form.current, sought) : null;
  function follow({ id }: Setting) {
    setSought("");
    onFollow(id);
  }
  function press(event: KeyboardEvent) {
    const [first] = found ?? [];
    if (event.key === "Enter" && first) follow(first);
    if (event.key === "Escape") setSought("");
  }
  return (
    <search className="needs-script relative">
      <input
        type="search"
        aria-label={words.search}
        placeholder={words.search}
        autoComplete="off"
        value={sought}
        onChange={(event) => setSought(event.target.value)}
        onKeyDown={press}
        className={classNames(controlClass, "text-ellipsis lg:text-sm")}
      />
      {found && (
        <ul className="absolute inset-x-0 top-full z-10 mt-1 rounded-md border border-control bg-raised p-1 shadow-lg lg:w-72">
          {found.map((setting) => (
            <li key={setting.id}>
              <a
                href={`#${setting.id}`}
                onClick={(event) => {
                  event.preventDefault();
                  follow(setting);
                }}
                className="block rounded-sm px-3 py-2 text-ink no-underline hover:bg-accent-tint"
              >
                {setting.name}
                <span className="block text-sm text-muted">{setting.section}</span>
              </a>
            </li>
          ))}
          {found.length === 0 && <li className="px-3 py-2 text-muted">{words.none}</li>}
        </ul>
      )}
      <p role="status" className="sr-only">
        {found?.length === 0 && words.none}
      </p>
    </search>
  );
}
