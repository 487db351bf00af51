"use client";

import { type ReactNode, useState } from "react";
import { Button, type ButtonLook } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";

export interface CopyWords {
  label: string;
  /** "Copied". */
  copiedLabel: string;
  /** Shown where the browser refuses: "Select it and copy". */
  failedLabel: string;
}

interface CopyButtonProps extends ButtonLook, CopyWords {
  /** What goes to the clipboard. */
  text: string;
  icon?: ReactNode;
  className?: string;
}

type Outcome = "none" | "copied" | "failed";

/** Copies, says so, and keeps its width. Where no script runs it is not there: show the text itself beside it. */
export function CopyButton({
  text,
  label,
  copiedLabel,
  failedLabel,
  icon,
  className,
  ...look
}: CopyButtonProps) {
  const [outcome, setOutcome] = useState<Outcome>("none");
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome("copied");
    } catch {
      setOutcome("failed");
    }
  }
  const said = outcome === "none" ? "" : outcome === "copied" ? copiedLabel : failedLabel;
  return (
    <>
      <Button {...look} icon={icon} className={classNames("needs-script", className)} onClick={copy}>
        <span className="grid place-items-center">
          <span className={classNames("col-start-1 row-start-1", said && "invisible")}>{label}</span>
          <span className={classNames("col-start-1 row-start-1", outcome !== "copied" && "invisible")}>
            {copiedLabel}
          </span>
          {outcome === "failed" && <span className="col-start-1 row-start-1">{failedLabel}</span>}
        </span>
      </Button>
      <span role="status" className="sr-only">
        {said}
      </span>
    </>
  );
}
