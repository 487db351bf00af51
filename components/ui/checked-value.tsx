import { CheckCircleIcon, WarningIcon, XCircleIcon } from "@phosphor-icons/react/ssr";
import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";

export interface CheckOutcome {
  tone: "success" | "warning" | "danger";
  title: string;
  detail?: ReactNode;
}

const looks = {
  success: { glyph: CheckCircleIcon, colour: "text-success" },
  warning: { glyph: WarningIcon, colour: "text-warning" },
  danger: { glyph: XCircleIcon, colour: "text-danger" },
};

interface CheckedValueProps {
  /** The field. Its control names `outcomeId` in `aria-describedby`. */
  children: ReactNode;
  outcomeId: string;
  outcome?: CheckOutcome | undefined;
  /** What belongs below both: a comparison, a text to copy. The field then takes the whole width. */
  below?: ReactNode;
}

/** A value one enters, with what a check found beside it. */
export function CheckedValue({ children, outcomeId, outcome, below }: CheckedValueProps) {
  return (
    <div
      className={classNames(
        "grid gap-x-8 gap-y-2 border-hairline py-6 not-first:border-t first:pt-0",
        !below && "md:grid-cols-2",
      )}
    >
      {children}
      <div id={outcomeId} role="status" className={classNames("text-sm", !below && "md:pt-6.5")}>
        {outcome && (
          <div className="flex gap-2.5">
            <Icon glyph={looks[outcome.tone].glyph} weight="fill" className={looks[outcome.tone].colour} />
            <div>
              <p className={classNames("font-semibold", looks[outcome.tone].colour)}>{outcome.title}</p>
              {outcome.detail && <div className="text-muted">{outcome.detail}</div>}
            </div>
          </div>
        )}
      </div>
      {below && <div className="mt-1 grid gap-3">{below}</div>}
    </div>
  );
}
