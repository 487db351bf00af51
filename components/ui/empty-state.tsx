import { CallBellIcon } from "@phosphor-icons/react/ssr";
import type { ReactNode } from "react";
import { Icon } from "@/components/ui/icon";

interface EmptyStateProps {
  /** What is not here yet. */
  title: ReactNode;
  /** What will be here, and how it comes. */
  children: ReactNode;
  /** The one button that makes it so. */
  action?: ReactNode;
}

/** Nothing here yet, said by the desk bell. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="grid justify-items-center gap-2 px-6 py-12 text-center">
      <Icon glyph={CallBellIcon} size={32} className="text-brass" />
      <h2 className="text-lg">{title}</h2>
      <div className="max-w-[44ch] text-muted">{children}</div>
      {action && <div className="mt-2">{action}</div>}
    </div>
  );
}
