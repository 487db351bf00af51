import { VideoCameraIcon } from "@phosphor-icons/react/ssr";
import type { ReactNode } from "react";
import { ConnectionBadge } from "@/components/connections/connection-badge";
import { ConnectionFacts } from "@/components/connections/connection-facts";
import { DisconnectTeams } from "@/components/connections/disconnect-teams";
import { PermissionList } from "@/components/connections/permission-list";
import { ButtonLink } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";
import { Note } from "@/components/ui/note";
import { Panel } from "@/components/ui/panel";
import type { FormAction } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ConnectionView } from "@/lib/connections/queries";
import { translator } from "@/lib/i18n/translator";
import type { TeamsUse } from "@/lib/meetings/usage";

const words = translator("connections");
const connectPath = "/api/teams/connect";
const selectAccountHref = `${connectPath}?account=select`;

interface TeamsCardProps {
  isConfigured: boolean;
  isAdmin: boolean;
  connection: ConnectionView | null;
  use: TeamsUse;
  disconnect: FormAction;
}

/** What is true now of the organizer's Microsoft connection, what it means for bookings, and the one thing to do next. */
export function TeamsCard({ isConfigured, isAdmin, connection, use, disconnect }: TeamsCardProps) {
  const end = connection && <DisconnectTeams connection={connection} use={use} action={disconnect} />;
  if (!isConfigured) return <NotConfigured isAdmin={isAdmin} end={end} />;
  if (!connection) return <NotConnected />;
  const facts = <ConnectionFacts connection={connection} use={use} />;
  if (connection.state === "reconnect_needed") {
    return (
      <Card badge={null}>
        <Note tone="danger" title={words("reconnectNeeded")}>
          {words(`ended.${knownEnd(connection.reason)}`)} {words("ended.effect")}
        </Note>
        {facts}
        <End>
          <form action={connectPath}>
            <input type="hidden" name="by" value="button" />
            <SubmitButton workingLabel={words("reconnect")}>{words("reconnect")}</SubmitButton>
          </form>
          {end}
        </End>
      </Card>
    );
  }
  const lack = connection.state === "limited" ? knownLack(connection.reason) : null;
  return (
    <Card badge={connection.state}>
      {connection.accountEmail && (
        <p className="font-strong">{words("connectedAs", { email: connection.accountEmail })}</p>
      )}
      {lack && (
        <Note tone="warning" title={words(`limited.${lack}.title`)}>
          {words(`limited.${lack}.text`)}
        </Note>
      )}
      {facts}
      <End>
        {lack && <ButtonLink href={selectAccountHref}>{words("connectAccount")}</ButtonLink>}
        {end}
      </End>
    </Card>
  );
}

function NotConfigured({ isAdmin, end }: { isAdmin: boolean; end: ReactNode }) {
  return (
    <Card badge="not_configured">
      <Note tone="warning" title={words("notConfigured.title")}>
        {words("notConfigured.text")}
      </Note>
      <p className="text-sm text-muted">{words("notConfigured.until")}</p>
      {(isAdmin || end) && (
        <End>
          {isAdmin && <ButtonLink href="/admin">{words("notConfigured.setUp")}</ButtonLink>}
          {end}
        </End>
      )}
    </Card>
  );
}

function NotConnected() {
  return (
    <Card badge="not_connected">
      <PermissionList />
      <End>
        <ButtonLink kind="primary" block href={connectPath}>
          {words("connect")}
        </ButtonLink>
        <p className="text-sm text-muted">{words("permissions.promise")}</p>
      </End>
    </Card>
  );
}

interface CardProps {
  /** Null where the card says its state in a note of its own. */
  badge: "connected" | "limited" | "not_connected" | "not_configured" | null;
  children: ReactNode;
}

function Card({ badge, children }: CardProps) {
  const isOff = badge === "not_configured";
  return (
    <Panel aria-labelledby="teams-card" className="grid max-w-112 content-start gap-4">
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
            {words("teams")}
          </h2>
          {badge && <ConnectionBadge state={badge} />}
        </div>
      </div>
      {children}
    </Panel>
  );
}

function End({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-3">{children}</div>;
}

const ends = ["grant_ended", "consent_removed", "sign_in_required", "missing_scopes"] as const;
const lacks = ["personal_account", "no_teams", "no_mailbox"] as const;

const knownEnd = (reason: string | null) => ends.find((end) => end === reason) ?? "other";
const knownLack = (reason: string | null) => lacks.find((lack) => lack === reason) ?? "other";
