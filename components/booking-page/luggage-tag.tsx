import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

interface LuggageTagProps {
  /** `sm` is the stub beside the form, `lg` the tag a visitor keeps. */
  size: "sm" | "lg";
  /** Below the line where the tag tears. */
  foot: ReactNode;
  children: ReactNode;
}

/** A luggage tag with a brass eyelet and a perforation: only for a time that a visitor holds. */
export function LuggageTag({ size, foot, children }: LuggageTagProps) {
  const small = size === "sm";
  return (
    <div
      className={classNames(
        "relative rounded-tag border border-hairline bg-surface",
        small && "max-lg:bg-raised",
      )}
    >
      <span
        aria-hidden="true"
        className={classNames(
          "absolute size-6 rounded-full border-3 border-brass bg-(--under-tag,var(--background))",
          small ? "top-4.5 end-4.5" : "top-5 end-5 md:top-6 md:end-6",
        )}
      />
      <div className={small ? "px-5 pt-5 pb-4" : "px-5 pt-6 pb-7 md:px-8 md:pt-8"}>{children}</div>
      <div aria-hidden="true" className="perforation mx-3.5" />
      <div className={small ? "px-5 pt-3.5 pb-4.5" : "px-5 py-7 md:px-8"}>{foot}</div>
    </div>
  );
}
