"use client";

import { useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useId, useState } from "react";
import { type Command, type Commands, findCommands } from "@/components/keyboard/commands";
import { Sheet } from "@/components/keyboard/sheet";
import { classNames } from "@/components/ui/class-names";
import { Input } from "@/components/ui/input";

interface PaletteProps {
  commands: Commands;
  close: () => void;
}

/** Leads to any page, event type or page of the help by a part of its name. */
export function Palette({ commands: { groups, words }, close }: PaletteProps) {
  const router = useRouter();
  const id = useId();
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState(0);
  const found = findCommands(groups, query);
  const asked = query.trim();
  const help = {
    href: `/help?q=${encodeURIComponent(asked)}`,
    label: words.help.replace("{query}", () => asked),
  };
  const list = [...found.flatMap(({ commands }) => commands), ...(asked ? [help] : [])];
  const current = Math.min(chosen, list.length - 1);
  const optionId = (index: number) => `${id}-${index}`;

  useEffect(() => {
    document.getElementById(`${id}-${current}`)?.scrollIntoView({ block: "nearest" });
  }, [id, current]);

  const go = ({ href }: Command) => {
    close();
    router.push(href);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const to = { ArrowDown: current + 1, ArrowUp: current - 1 + list.length }[event.key];
    const command = list[current];
    if (to !== undefined) setChosen(to % list.length);
    else if (event.key === "Enter" && command) go(command);
    else return;
    event.preventDefault();
  };
  const option = (command: Command) => {
    const index = list.indexOf(command);
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, which stays in focus
      // biome-ignore lint/a11y/useFocusableInteractive: see above
      <div
        key={command.href}
        id={optionId(index)}
        role="option"
        aria-selected={index === current}
        lang={command.lang}
        onClick={() => go(command)}
        className={classNames(
          "flex min-h-11 cursor-pointer items-center rounded-md border px-3 py-1.5 text-sm font-medium wrap-anywhere hover:bg-accent-tint",
          index === current ? "border-accent bg-accent-tint" : "border-transparent",
        )}
      >
        {command.label}
      </div>
    );
  };
  return (
    <Sheet label={words.title} close={close}>
      <div className="grid min-h-0 grid-rows-[auto_minmax(0,1fr)]">
        <div className="border-b border-hairline p-3">
          <Input
            type="text"
            role="combobox"
            aria-label={words.search}
            aria-expanded={list.length > 0}
            aria-controls={`${id}-list`}
            aria-activedescendant={list.length > 0 ? optionId(current) : undefined}
            aria-autocomplete="list"
            autoComplete="off"
            spellCheck={false}
            placeholder={words.search}
            maxLength={100}
            value={query}
            onChange={(event) => {
              setQuery(event.target.value);
              setChosen(0);
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        <div className="overflow-y-auto p-2">
          <p role="status" className={found.length > 0 ? "sr-only" : "px-3 py-2 text-sm text-muted"}>
            {found.length === 0 && words.none}
          </p>
          <div id={`${id}-list`} role="listbox" aria-label={words.title}>
            {found.map((group) => (
              // biome-ignore lint/a11y/useSemanticElements: a fieldset is none of a listbox
              <div key={group.id} role="group" aria-labelledby={`${id}-${group.id}`}>
                <p id={`${id}-${group.id}`} className="px-3 pt-2 pb-1 text-xs font-semibold text-muted">
                  {group.label}
                </p>
                {group.commands.map(option)}
              </div>
            ))}
            {asked && option(help)}
          </div>
        </div>
      </div>
    </Sheet>
  );
}
