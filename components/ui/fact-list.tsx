import type { ReactNode } from "react";
import type { Tone } from "@/components/ui/badge";
import { type Glyph, Icon } from "@/components/ui/icon";

const colours: Record<Tone, string> = {
  success: "text-success",
  warning: "text-warning",
  danger: "text-danger",
  calm: "text-accent-strong",
  none: "text-muted",
};

export interface Fact {
  glyph: Glyph;
  /** A state beside the words, drawn filled. */
  tone?: Tone;
  text: ReactNode;
  /** A second line in muted. */
  detail?: ReactNode;
}

/** Facts in a column, each with its drawing. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <ul className="grid gap-2.5 text-sm">
      {facts.map(({ glyph, tone = "none", text, detail }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: facts are a fixed list in a fixed order.
        <li key={index} className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-3">
          <Icon glyph={glyph} weight={tone === "none" ? "regular" : "fill"} className={colours[tone]} />
          <div>
            {text}
            {detail && <span className="block text-muted">{detail}</span>}
          </div>
        </li>
      ))}
    </ul>
  );
}
