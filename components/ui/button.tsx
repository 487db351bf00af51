import type { ComponentProps, ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import { Spinner } from "@/components/ui/spinner";

export type ButtonKind = "primary" | "second" | "quiet" | "quiet-danger" | "danger" | "danger-fill";

export interface ButtonLook {
  /** One primary in a view; `danger-fill` only inside a dialog that confirms. */
  kind?: ButtonKind;
  /** `sm` is 36 pixels high, for dense rows. */
  size?: "md" | "sm";
  /** As wide as its place. */
  block?: boolean;
  /** Square, for a lone icon; give the button an `aria-label`. */
  square?: boolean;
  /** Pulls a quiet button out by its padding, so that its text aligns with the edge of the column. */
  flush?: boolean;
}

const kinds: Record<ButtonKind, string> = {
  primary:
    "border-transparent bg-accent text-accent-ink hover:bg-accent-strong hover:text-accent-ink aria-disabled:bg-accent",
  second: "border-control bg-raised text-ink hover:border-ink hover:bg-surface hover:text-ink",
  quiet: "border-transparent text-accent hover:bg-accent-tint hover:text-accent-strong",
  "quiet-danger": "border-transparent text-danger hover:bg-danger-tint hover:text-danger",
  danger: "border-danger bg-raised text-danger hover:bg-danger-tint hover:text-danger",
  "danger-fill": "border-transparent bg-danger text-surface hover:text-surface hover:brightness-92",
};

/** The classes of a button, for a framework link that should look like one. */
export function buttonClass(look: ButtonLook = {}): string {
  const { kind = "second", size = "md", block, square, flush } = look;
  const quiet = kind === "quiet" || kind === "quiet-danger";
  const padding = square ? "" : size === "md" ? (quiet ? "px-2.5" : "px-4.5") : quiet ? "px-2" : "px-3";
  return classNames(
    "items-center justify-center gap-2 rounded-md border text-center font-semibold no-underline transition-colors aria-disabled:cursor-default",
    block ? "flex w-full wrap-anywhere" : "inline-flex",
    size === "md" ? "min-h-11 py-2" : "min-h-9 py-1 text-sm",
    square && (size === "md" ? "w-11" : "w-9"),
    padding,
    flush && (size === "md" ? "-mx-2.5" : "-mx-2"),
    kinds[kind],
  );
}

export interface ButtonProps extends ButtonLook, ComponentProps<"button"> {
  icon?: ReactNode;
  /** The verb in progress ("Saving"). Given, the button keeps one width at rest and at work, unless its text aligns with an edge. */
  workingLabel?: string | undefined;
  isWorking?: boolean | undefined;
}

/** A button. It is never `disabled`: while it works it says so, stays where it is and sends nothing when pressed. */
export function Button({
  kind,
  size,
  block,
  square,
  flush,
  icon,
  workingLabel,
  isWorking = false,
  className,
  children,
  type = "button",
  ...rest
}: ButtonProps) {
  const look = definedLook({ kind, size, block, square, flush });
  return (
    <button
      {...rest}
      type={isWorking ? "button" : type}
      {...(isWorking && { "aria-disabled": true, "aria-busy": true })}
      className={classNames(buttonClass(look), className)}
    >
      {workingLabel === undefined ? (
        <>
          {icon}
          {children}
        </>
      ) : (
        <span className="grid place-items-center">
          <span hidden={flush && isWorking} className={classNames(stacked, isWorking && "invisible")}>
            {icon}
            {children}
          </span>
          <span hidden={flush && !isWorking} className={classNames(stacked, !isWorking && "invisible")}>
            <Spinner />
            {workingLabel}
          </span>
        </span>
      )}
    </button>
  );
}

const stacked = "col-start-1 row-start-1 inline-flex items-center justify-center gap-2";

export interface ButtonLinkProps extends ButtonLook, ComponentProps<"a"> {
  href: string;
  icon?: ReactNode;
}

/** A link that looks like a button: it leads somewhere, a `Button` does something. */
export function ButtonLink({
  kind,
  size,
  block,
  square,
  flush,
  icon,
  className,
  children,
  ...rest
}: ButtonLinkProps) {
  const look = definedLook({ kind, size, block, square, flush });
  return (
    <a {...rest} className={classNames(buttonClass(look), className)}>
      {icon}
      {children}
    </a>
  );
}

function definedLook(look: { [Key in keyof ButtonLook]: ButtonLook[Key] | undefined }): ButtonLook {
  return Object.fromEntries(Object.entries(look).filter(([, value]) => value !== undefined));
}
