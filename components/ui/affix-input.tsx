import type { ComponentProps } from "react";
import { classNames } from "@/components/ui/class-names";

interface AffixInputProps extends ComponentProps<"input"> {
  /** The fixed text before the typed part: "bellhop.example/ines/". */
  prefix?: string;
  /** The fixed text after it: "minutes". */
  suffix?: string;
}

/** A line of typing that completes something already there. */
export function AffixInput({ prefix, suffix, className, ...rest }: AffixInputProps) {
  const affix = "shrink-0 py-2 text-muted select-none";
  return (
    <span
      className={classNames(
        "flex min-h-11 min-w-0 overflow-clip rounded-md border border-control bg-raised transition-colors hover:border-ink",
        "has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-focus",
        "has-[input:read-only]:bg-surface",
        "has-aria-invalid:border-danger has-aria-invalid:inset-ring has-aria-invalid:inset-ring-danger",
        className,
      )}
    >
      {prefix && (
        <span aria-hidden="true" className={classNames(affix, "max-w-[60%] truncate ps-3")}>
          {prefix}
        </span>
      )}
      <input
        {...rest}
        className={classNames(
          "w-full min-w-0 bg-transparent py-2 text-md outline-none",
          prefix ? "ps-px" : "ps-3",
          suffix ? "pe-1" : "pe-3",
        )}
      />
      {suffix && (
        <span aria-hidden="true" className={classNames(affix, "pe-3")}>
          {suffix}
        </span>
      )}
    </span>
  );
}
