import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

interface SkeletonProps {
  /** What is being waited for, as one sentence: "Looking for times". */
  label: string;
  /** The bones, laid out as the real thing will be. */
  children: ReactNode;
  className?: string;
}

/** The layout to come. It waits 300 ms before it shows, so that what is quick does not flicker. */
export function Skeleton({ label, children, className }: SkeletonProps) {
  return (
    <div aria-busy="true">
      <p role="status" className="sr-only">
        {label}
      </p>
      <div
        aria-hidden="true"
        className={classNames(
          "animate-appear [animation-delay:300ms] [animation-fill-mode:backwards]",
          className,
        )}
      >
        {children}
      </div>
    </div>
  );
}

/** One bone; its size comes from its classes. */
export function Bone({ className = "h-3.5" }: { className?: string }) {
  return <span className={classNames("block animate-breathe rounded-sm bg-sunken", className)} />;
}
