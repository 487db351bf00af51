import { type ReactNode, use } from "react";
import { ConnectInPopup } from "@/components/connections/connect-in-popup";
import { ConnectionBadge } from "@/components/connections/connection-badge";
import { Note } from "@/components/ui/note";
import type { ConnectionView } from "@/lib/connections/queries";
import { endReasonOf, lackOf } from "@/lib/connections/reasons";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface TeamsStateProps {
  connection: ConnectionView | null;
  /** The organizer chose that nothing is written to their calendar. */
  isReadOnly: boolean;
  /** Whether a Microsoft account can be connected here. */
  mayConnect: boolean;
  /** The page to come back to once connected. */
  path: string;
}

const integrations = "/account/integrations";

/** What the organizer's connection means for an event type that asks for Teams, and the way to fix it. */
export function TeamsState({ connection, isReadOnly, mayConnect, path }: TeamsStateProps) {
  const locale = use(getLocale());
  const words = translator("event-types", locale);
  if (!connection) return <NotConnected mayConnect={mayConnect} path={path} />;
  if (connection.state === "reconnect_needed") {
    return <Reconnect connection={connection} mayConnect={mayConnect} path={path} />;
  }
  if (connection.state === "limited") {
    return (
      <Warning
        title={translator("connections", locale)(`limited.${lackOf(connection.reason)}.title`)}
        action={words("teams.look")}
      >
        {words(connection.reason === "read_only" ? "teams.withoutEvent" : "teams.withoutTeams")}
      </Warning>
    );
  }
  if (isReadOnly) {
    return (
      <Warning title={words("teams.readOnly")} action={words("teams.readOnlyAction")} href="#calendars">
        {words("teams.withoutEvent")}
      </Warning>
    );
  }
  return (
    <div className="justify-self-start text-sm">
      <ConnectionBadge state={connection.state} />
    </div>
  );
}

function Reconnect({
  connection,
  mayConnect,
  path,
}: Pick<TeamsStateProps, "mayConnect" | "path"> & { connection: ConnectionView }) {
  const locale = use(getLocale());
  const words = translator("event-types", locale);
  const connections = translator("connections", locale);
  return (
    <Note tone="warning" title={connections("reconnectNeeded")}>
      <p>
        {connections(`ended.${endReasonOf(connection.reason)}`)}{" "}
        {connection.works ? connections("laterScopes.effect") : words("teams.reconnectText")}
      </p>
      {mayConnect && <Connect label={connections("reconnect")} path={path} />}
    </Note>
  );
}

interface WarningProps {
  title: string;
  action: string;
  /** Where on the page of connections it is fixed. */
  href?: string;
  children: ReactNode;
}

function Warning({ title, action, href = "", children }: WarningProps) {
  return (
    <Note tone="warning" title={title}>
      <p>
        {children} <a href={`${integrations}${href}`}>{action}</a>.
      </p>
    </Note>
  );
}

function NotConnected({ mayConnect, path }: Pick<TeamsStateProps, "mayConnect" | "path">) {
  const locale = use(getLocale());
  const words = translator("event-types", locale);
  const connections = translator("connections", locale);
  return (
    <div className="grid justify-items-start gap-1 text-sm">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <ConnectionBadge state="not_connected" />
        <p className="text-muted">{words("teams.notConnected")}</p>
      </div>
      {mayConnect && <Connect label={connections("connect")} path={path} />}
    </div>
  );
}

function Connect({ label, path }: { label: string; path: string }) {
  const connections = translator("connections", use(getLocale()));
  return (
    <ConnectInPopup
      kind="quiet"
      size="sm"
      flush
      href={`/api/teams/connect?returnTo=${encodeURIComponent(path)}`}
      waitingLabel={connections("popup.waiting")}
      hereLabel={connections("popup.hereInstead")}
    >
      {label}
    </ConnectInPopup>
  );
}
