import type { ComponentProps } from "react";
import { classNames } from "@/components/ui/class-names";

interface PanelProps extends ComponentProps<"section"> {
  /** Without inner margins, for a list or table that brings its own. */
  bare?: boolean;
}

/** A sheet that lies on the linen: a hairline, no shadow. */
export function Panel({ bare = false, className, ...rest }: PanelProps) {
  return (
    <section
      {...rest}
      className={classNames(
        "rounded-lg border border-hairline bg-surface",
        bare ? "overflow-clip" : "px-4 py-5 md:p-6",
        className,
      )}
    />
  );
}
