import type { ComponentProps } from "react";
import { classNames } from "@/components/ui/class-names";
import { controlClass } from "@/components/ui/control-class";

interface TextareaProps extends Omit<ComponentProps<"textarea">, "value" | "defaultValue" | "children"> {
  defaultValue?: string | undefined;
  mono?: boolean;
}

/** Several lines of typing; it grows with what is written where the browser can do that. */
export function Textarea({ mono = false, rows = 3, defaultValue, className, ...rest }: TextareaProps) {
  return (
    <textarea
      {...rest}
      defaultValue={asGiven(defaultValue)}
      rows={rows}
      className={classNames(
        controlClass,
        "min-h-23 resize-y read-only:bg-surface field-sizing-content",
        mono && "font-mono md:text-sm",
        className,
      )}
    />
  );
}

/**
 * When React takes over a page, it puts a text area's first words back over what was typed before its script came, unless the words
 * are anything but a string. One word in a list reads the same. A leading line feed is kept for strings alone.
 */
function asGiven(text: string | undefined): string | string[] | undefined {
  return text === undefined || text.startsWith("\n") ? text : [text];
}
