import { CaretDownIcon } from "@phosphor-icons/react/ssr";
import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";

interface FoldProps {
  title: ReactNode;
  /** What is set in it, while it is shut. */
  set?: ReactNode;
  /** Comes open: something in it needs another look. */
  isOpen?: boolean;
  /** A row of a list, in place of a card. */
  isRow?: boolean;
  className?: string;
  children: ReactNode;
}

/** Settings that few change, under one line that says what they are set to. */
export function Fold({ title, set, isOpen = false, isRow = false, className, children }: FoldProps) {
  return (
    <details
      open={isOpen || undefined}
      className={classNames(
        "group/fold min-w-0",
        !isRow && "rounded-md border border-hairline bg-surface",
        className,
      )}
    >
      <summary
        className={classNames(
          "grid min-h-11 grid-cols-[1.25rem_minmax(0,1fr)] items-center gap-3 rounded-md hover:text-accent-strong",
          isRow ? "py-1.5 lg:min-h-9" : "px-3.5 py-2",
        )}
      >
        <Icon
          glyph={CaretDownIcon}
          className="-rotate-90 text-muted transition-transform group-open/fold:rotate-0 rtl:rotate-90 rtl:group-open/fold:rotate-0"
        />
        <span className="min-w-0 wrap-anywhere">
          <span className="font-medium">{title}</span>
          {set && (
            <span className="group-open/fold:hidden">
              {" "}
              <span className="line-clamp-2 text-sm text-muted">{set}</span>
            </span>
          )}
        </span>
      </summary>
      <div className={classNames("grid gap-4 pt-2 pb-4", !isRow && "px-3.5")}>{children}</div>
    </details>
  );
}

/** Names of settings, each with what it is set to. */
export function SetValues({ values }: { values: readonly { name: string; value: string }[] }) {
  return values.map(({ name, value }, at) => (
    <span key={name}>
      {at > 0 && " · "}
      {name} <span className="font-medium text-ink">{value}</span>
    </span>
  ));
}
