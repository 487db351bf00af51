import type { ChangeEventHandler, ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

export interface Choice {
  value: string;
  label: ReactNode;
  /** An icon before the words. */
  icon?: ReactNode;
  /** Said below the words. */
  hint?: ReactNode;
  /** At the end of the row: a badge. */
  end?: ReactNode;
}

interface ChoiceListProps {
  name: string;
  choices: readonly Choice[];
  defaultValue?: string | undefined;
  /** It shows what is chosen, and can't be used. */
  disabled?: boolean;
  onChange?: ChangeEventHandler<HTMLInputElement>;
}

/** One of several, each on a row of its own. Put it into a `FieldGroup`, whose legend asks the question. */
export function ChoiceList({ name, choices, defaultValue, disabled = false, onChange }: ChoiceListProps) {
  return (
    <div className="grid gap-2">
      {choices.map((choice) => (
        <label
          key={choice.value}
          className={classNames(
            "grid min-h-12 grid-cols-[1.25rem_minmax(0,1fr)] items-center gap-x-3 gap-y-1 rounded-md border border-hairline bg-surface px-3.5 py-2 transition-colors hover:border-control",
            "has-checked:border-accent has-checked:bg-raised has-checked:inset-ring has-checked:inset-ring-accent md:flex",
            "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus",
          )}
        >
          <input
            type="radio"
            name={name}
            value={choice.value}
            defaultChecked={choice.value === defaultValue}
            disabled={disabled}
            {...(onChange && { onChange })}
            className="m-0 size-4.5 shrink-0 accent-accent outline-none"
          />
          {choice.icon && <span className="hidden text-muted md:block">{choice.icon}</span>}
          <span className="min-w-0 grow">
            {choice.label}
            {choice.hint && <span className="block text-sm text-muted">{choice.hint}</span>}
          </span>
          {choice.end && <span className="col-start-2">{choice.end}</span>}
        </label>
      ))}
    </div>
  );
}
