import type { ComponentProps, ReactNode } from "react";

interface CheckboxProps extends Omit<ComponentProps<"input">, "type"> {
  id: string;
  label: ReactNode;
  hint?: ReactNode;
}

/** One thing that is so or not. Its words are part of the target. */
export function Checkbox({ id, label, hint, className, ...rest }: CheckboxProps) {
  return (
    <div className={className}>
      <label htmlFor={id} className="grid min-h-6 grid-cols-[1.25rem_minmax(0,1fr)] gap-x-3">
        <input
          {...rest}
          id={id}
          type="checkbox"
          {...(hint ? { "aria-describedby": `${id}-hint` } : {})}
          className="mt-0.5 size-5 accent-accent"
        />
        <span>{label}</span>
      </label>
      {hint && (
        <p id={`${id}-hint`} className="ps-8 text-sm text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}
