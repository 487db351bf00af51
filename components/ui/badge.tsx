import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import { type Glyph, Icon } from "@/components/ui/icon";

export type Tone = "success" | "warning" | "danger" | "calm" | "none";

const tones: Record<Tone, string> = {
  success: "border-transparent bg-success-tint text-success",
  warning: "border-transparent bg-warning-tint text-warning",
  danger: "border-transparent bg-danger-tint text-danger",
  calm: "border-transparent bg-accent-tint text-accent-strong",
  none: "border-hairline text-muted",
};

interface BadgeProps {
  tone: Tone;
  /** Always an icon beside the word: colour alone never shows a state. */
  glyph: Glyph;
  weight?: "regular" | "fill" | "bold";
  /** `status` where the state changes under the reader's eyes. */
  role?: "status";
  children: ReactNode;
}

/** A state in one or two words. */
export function Badge({
  tone,
  glyph,
  weight = tone === "none" ? "regular" : "fill",
  role,
  children,
}: BadgeProps) {
  return (
    <span
      role={role}
      className={classNames(
        "inline-flex min-h-6.5 w-fit items-center gap-1.5 rounded-sm border py-0.5 pe-2 ps-1.5 text-sm leading-5 font-semibold lg:whitespace-nowrap",
        tones[tone],
      )}
    >
      <Icon glyph={glyph} weight={weight} size={16} />
      {children}
    </span>
  );
}
