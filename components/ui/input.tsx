import type { ComponentProps } from "react";
import { classNames } from "@/components/ui/class-names";
import { controlClass } from "@/components/ui/control-class";

interface InputProps extends ComponentProps<"input"> {
  /** For ids, addresses and keys that are compared character by character. */
  mono?: boolean;
}

/** One line of typing. Spread a field's control into it. */
export function Input({ mono = false, className, ...rest }: InputProps) {
  return (
    <input
      {...rest}
      className={classNames(controlClass, "read-only:bg-surface", mono && "font-mono md:text-sm", className)}
    />
  );
}
