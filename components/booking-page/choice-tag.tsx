"use client";

import { useEffect, useState } from "react";
import { LuggageTag } from "@/components/booking-page/luggage-tag";

export interface Choice {
  day: string;
  range: string;
  host: string | null;
}

interface ChoiceTagProps {
  heading: string;
  /** "for you, in New York" */
  you: string;
  foot: string;
  /** What the page came with. */
  initial: Choice | null;
  /** When the list of times was made, epoch milliseconds: a new one is read again. */
  shown: number;
}

/** "Your choice": follows the chosen radio, wherever on the page it hangs. Before there is one, there is no tag. */
export function ChoiceTag({ heading, you, foot, initial, shown }: ChoiceTagProps) {
  const [choice, setChoice] = useState(initial);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new list of times may have lost the chosen one
  useEffect(() => {
    setChoice(readChoice());
    const follow = (event: Event) => {
      if (event.target instanceof HTMLInputElement && event.target.name === "start") setChoice(readChoice());
    };
    document.addEventListener("change", follow);
    return () => document.removeEventListener("change", follow);
  }, [shown]);

  if (!choice) return null;
  return (
    <section aria-labelledby="your-choice" className="pb-2 lg:pb-0 [@media(scripting:none)]:hidden">
      <LuggageTag size="sm" foot={<p className="text-sm text-muted">{foot}</p>}>
        <h2 id="your-choice" className="mb-3.5 pe-8 text-sm font-medium tracking-normal text-muted">
          {heading}
        </h2>
        <p className="font-semibold">{choice.day}</p>
        <p className="mt-3.5 text-xl font-semibold tracking-xl">{choice.range}</p>
        <p className="text-sm text-muted">{you}</p>
        {choice.host && <p className="mt-3.5 text-sm">{choice.host}</p>}
      </LuggageTag>
    </section>
  );
}

function readChoice(): Choice | null {
  const chosen = document.querySelector('input[name="start"]:checked')?.closest("label");
  if (!chosen) return null;
  const { day = "", range = "", host = null } = chosen.dataset;
  return { day, range, host };
}
