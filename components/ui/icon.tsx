import type { Icon as Glyph, IconWeight } from "@phosphor-icons/react";
import { classNames } from "@/components/ui/class-names";

export type { Glyph };

interface IconProps {
  /** From `@phosphor-icons/react/ssr`. */
  glyph: Glyph;
  /** In pixels: 20 beside text, 16 in badges and small print. */
  size?: number;
  /** `fill` for states, `bold` for checks and main buttons. */
  weight?: IconWeight;
  /** It points forwards or back, so it turns round where text runs from right to left. */
  turns?: boolean;
  className?: string | undefined;
}

/** A drawing beside words. Assistive tools skip it, so the words must say it all. */
export function Icon({
  glyph: GlyphSvg,
  size = 20,
  weight = "regular",
  turns = false,
  className,
}: IconProps) {
  return (
    <GlyphSvg
      aria-hidden="true"
      focusable="false"
      size={size}
      weight={weight}
      className={classNames("shrink-0", turns && "rtl:-scale-x-100", className)}
    />
  );
}
