import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

interface TagProps {
  children: ReactNode;
  /** What hangs below the perforation. */
  below?: ReactNode;
  /** `sm` in a side column. */
  size?: "sm" | "lg";
  className?: string;
}

/**
 * The luggage tag with its brass eyelet, only for a booking a visitor holds: the time they chose, the booking they made.
 * On another ground than the page's, set `--under-tag` (and `--tag-paper`) around it.
 */
export function Tag({ children, below, size = "lg", className }: TagProps) {
  const small = size === "sm";
  return (
    <div
      className={classNames(
        "relative rounded-tag border border-hairline bg-[var(--tag-paper,var(--surface))]",
        className,
      )}
    >
      <span
        aria-hidden="true"
        className={classNames(
          "absolute size-6 rounded-full border-3 border-brass bg-[var(--under-tag,var(--background))]",
          small ? "top-4.5 end-4.5" : "top-5 end-5 md:top-6 md:end-6",
        )}
      />
      <div className={small ? "p-5 pe-12" : "px-5 py-6 md:px-8 md:pt-8 md:pb-7"}>{children}</div>
      {below && (
        <>
          <div aria-hidden="true" className="perforation mx-3.5" />
          <div className={small ? "px-5 pt-4 pb-4.5" : "px-5 py-6 md:px-8 md:py-7"}>{below}</div>
        </>
      )}
    </div>
  );
}

interface TwoClocksProps {
  clocks: readonly { place: ReactNode; clock: string }[];
}

/** The same time in two places, side by side. */
export function TwoClocks({ clocks }: TwoClocksProps) {
  return (
    <dl className="grid grid-cols-2 items-end gap-4 md:gap-6">
      {clocks.map(({ place, clock }) => (
        <div key={clock}>
          <dt className="text-sm text-muted">{place}</dt>
          <dd className="text-xl font-numeral tracking-xl whitespace-nowrap sm:text-2xl">{clock}</dd>
        </div>
      ))}
    </dl>
  );
}
