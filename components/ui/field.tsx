import { WarningCircleIcon } from "@phosphor-icons/react/ssr";
import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";

/** What the control inside a field must carry, so that its hint and error are read with it. */
export interface FieldControl {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
}

interface FieldProps {
  /** The id of the control; those of hint and error follow from it. */
  id: string;
  label: ReactNode;
  /** The word "Optional", for a field that may stay empty. Required is the rule and has no mark. */
  optional?: string | undefined;
  hint?: ReactNode;
  /** One sentence with the cure. */
  error?: ReactNode;
  className?: string | undefined;
  children: (control: FieldControl) => ReactNode;
}

/** Fields side by side, whose controls stand in one line however many lines a label takes. */
export const fieldRowsClass =
  "grid gap-4 pb-2 md:grid-cols-2 md:gap-x-6 md:gap-y-1.5 md:pb-0 md:*:row-span-2 md:*:grid-rows-subgrid md:*:pb-2.5";

/** Label above, control, then hint and error. */
export function Field({ id, label, optional, hint, error, className, children }: FieldProps) {
  const describedBy = describe(id, hint, error);
  return (
    <div className={classNames("grid content-start gap-1.5", className)}>
      <label htmlFor={id} className="text-sm font-semibold">
        {label}
        {optional && <OptionalMark>{optional}</OptionalMark>}
      </label>
      <div className="grid min-w-0 content-start gap-1.5">
        {children({
          id,
          ...(describedBy && { "aria-describedby": describedBy }),
          ...(error ? { "aria-invalid": true } : {}),
        })}
        <FieldNotes id={id} hint={hint} error={error} />
      </div>
    </div>
  );
}

interface FieldGroupProps extends Omit<FieldProps, "children" | "label"> {
  legend: ReactNode;
  /** The legend is read out, not shown. */
  hideLegend?: boolean;
  children: ReactNode;
}

/** A field of several controls: radios, checkboxes, a time from and to. */
export function FieldGroup(props: FieldGroupProps) {
  const { id, legend, hideLegend = false, optional, hint, error, className, children } = props;
  return (
    <fieldset
      id={id}
      aria-describedby={describe(id, hint, error)}
      className={classNames("min-w-0", className)}
    >
      <legend className={hideLegend ? "sr-only" : "mb-1.5 text-sm font-semibold"}>
        {legend}
        {optional && <OptionalMark>{optional}</OptionalMark>}
      </legend>
      <div className="grid content-start gap-1.5">
        {children}
        <FieldNotes id={id} hint={hint} error={error} />
      </div>
    </fieldset>
  );
}

function OptionalMark({ children }: { children: string }) {
  return <span className="font-normal text-muted"> {children}</span>;
}

function FieldNotes({ id, hint, error }: Pick<FieldProps, "id" | "hint" | "error">) {
  return (
    <>
      {error && (
        <p id={`${id}-error`} className="flex gap-1.5 text-sm font-medium text-danger">
          <Icon glyph={WarningCircleIcon} weight="fill" size={18} className="mt-px" />
          <span>{error}</span>
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      )}
    </>
  );
}

function describe(id: string, hint: ReactNode, error: ReactNode): string | undefined {
  const parts = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean);
  return parts.length > 0 ? parts.join(" ") : undefined;
}
