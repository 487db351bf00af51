import type { ComponentProps } from "react";
import { classNames } from "@/components/ui/class-names";
import { controlClass } from "@/components/ui/control-class";

interface TextareaProps extends ComponentProps<"textarea"> {
  mono?: boolean;
}

/** Several lines of typing; it grows with what is written where the browser can do that. */
export function Textarea({ mono = false, rows = 3, className, ...rest }: TextareaProps) {
  return (
    <textarea
      {...rest}
      rows={rows}
      className={classNames(
        controlClass,
        "min-h-23 resize-y field-sizing-content",
        mono && "font-mono md:text-sm",
        className,
      )}
    />
  );
}
