import { VideoCameraIcon } from "@phosphor-icons/react/ssr";
import { type ReactNode, use } from "react";
import { ConnectionBadge, type ConnectionState } from "@/components/connections/connection-badge";
import { classNames } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";
import { Panel } from "@/components/ui/panel";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface CardProps {
  /** Null where the card says its state in a note of its own. */
  badge: Exclude<ConnectionState, "reconnect_needed"> | null;
  children: ReactNode;
}

/** The sheet around each state of the connection. */
export function Card({ badge, children }: CardProps) {
  const isOff = badge === "not_configured";
  return (
    <Panel aria-labelledby="teams-card" className="grid content-start gap-4">
      <div className="grid grid-cols-[2.75rem_minmax(0,1fr)] items-center gap-x-3.5">
        <span
          className={classNames(
            "grid size-11 place-items-center rounded-md",
            isOff ? "bg-sunken text-muted" : "bg-accent-tint text-accent-strong",
          )}
        >
          <Icon glyph={VideoCameraIcon} size={24} />
        </span>
        <div className="grid gap-1">
          <h2 id="teams-card" className="text-lg">
            {translator("connections", use(getLocale()))("teams")}
          </h2>
          {badge && <ConnectionBadge state={badge} />}
        </div>
      </div>
      {children}
    </Panel>
  );
}

/** The ways on, at the end of the sheet. */
export function End({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-3">{children}</div>;
}
