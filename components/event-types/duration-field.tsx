"use client";

import type { Editor } from "@/components/editor/editor-form";
import { TextField } from "@/components/editor/fields";
import { isLocked } from "@/components/editor/locked-field";
import type { EventTypeWords } from "@/components/event-types/event-type-form";
import { classNames } from "@/components/ui/class-names";

const common = [15, 30, 45, 60, 90];

/** Durations as typed, in minutes; beside them the common ones to press, where a script runs. */
export function DurationField({ editor, words }: { editor: Editor; words: EventTypeWords }) {
  const chosen = listOf(editor.typed.durationsMinutes);
  function toggle(minutes: string) {
    const next = chosen.includes(minutes) ? chosen.filter((one) => one !== minutes) : [...chosen, minutes];
    const input = document.getElementById("durationsMinutes");
    if (!(input instanceof HTMLInputElement)) return;
    input.value = next.toSorted((a, b) => Number(a) - Number(b)).join(", ");
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return (
    <div className="grid items-start gap-x-6 gap-y-2 md:grid-cols-2">
      <TextField
        editor={editor}
        name="durationsMinutes"
        label={words.durations}
        suffix={words.minutes}
        hint={words.durationsHint}
        input={{ autoComplete: "off" }}
      />
      <fieldset
        aria-label={words.commonLengths}
        hidden={isLocked(editor, "durationsMinutes")}
        className="needs-script flex w-fit flex-wrap gap-0.5 rounded-md border border-control bg-raised p-[3px] md:mt-6.5"
      >
        {common.map(String).map((minutes) => (
          <button
            key={minutes}
            type="button"
            aria-pressed={chosen.includes(minutes)}
            onClick={() => toggle(minutes)}
            className={classNames(
              "min-h-9 rounded-sm border border-transparent px-3 text-sm font-medium text-muted transition-colors hover:text-ink",
              "aria-pressed:bg-accent-tint aria-pressed:font-strong aria-pressed:text-accent-strong forced-colors:aria-pressed:border-current",
            )}
          >
            {minutes}
          </button>
        ))}
      </fieldset>
    </div>
  );
}

function listOf(text = ""): string[] {
  return text.split(/[\s,;]+/).filter(Boolean);
}
