import type { ChangeEventHandler } from "react";
import { classNames } from "@/components/ui/class-names";

interface SegmentedProps {
  name: string;
  options: readonly { value: string; label: string }[];
  /** The chosen value, or the chosen ones where several may be. */
  defaultValue?: string | readonly string[] | undefined;
  /** Several may be chosen: checkboxes in place of radios. */
  multiple?: boolean;
  /** The name of the group, where no `FieldGroup` around it gives one. */
  label?: string;
  /** It shows what is chosen, and can't be used. */
  disabled?: boolean;
  onChange?: ChangeEventHandler<HTMLInputElement>;
}

/** A few short choices side by side: the browser's radios or checkboxes, drawn as one strip. */
export function Segmented({
  name,
  options,
  defaultValue,
  multiple = false,
  label,
  disabled = false,
  onChange,
}: SegmentedProps) {
  const chosen = typeof defaultValue === "string" ? [defaultValue] : (defaultValue ?? []);
  return (
    <div
      {...(label && { role: "group", "aria-label": label })}
      className="inline-flex w-fit max-w-full flex-wrap gap-0.5 rounded-md border border-control bg-raised p-[3px]"
    >
      {options.map((option) => (
        <label
          key={option.value}
          className={classNames(
            "relative grid min-h-9 place-items-center rounded-sm px-3 text-sm font-medium text-muted transition-colors hover:text-ink",
            "has-checked:bg-accent-tint has-checked:font-strong has-checked:text-accent-strong forced-colors:has-checked:underline",
            "has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-focus",
          )}
        >
          <input
            type={multiple ? "checkbox" : "radio"}
            name={name}
            value={option.value}
            defaultChecked={chosen.includes(option.value)}
            disabled={disabled}
            {...(onChange && { onChange })}
            className="absolute inset-0 m-0 cursor-pointer appearance-none disabled:cursor-not-allowed outline-none"
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}
