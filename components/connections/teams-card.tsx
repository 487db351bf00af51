import { type ComponentProps, use } from "react";
import { AskAdministrator } from "@/components/connections/ask-administrator";
import { Card, End } from "@/components/connections/card-frame";
import { ConnectInPopup } from "@/components/connections/connect-in-popup";
import { ConnectedAccount } from "@/components/connections/connected-account";
import { DisconnectTeams } from "@/components/connections/disconnect-teams";
import { formatMoment } from "@/components/connections/moment";
import { PermissionList } from "@/components/connections/permission-list";
import { ButtonLink } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import type { FormAction } from "@/components/ui/post-form";
import type { Approval } from "@/lib/connections/approval";
import type { ConnectionView } from "@/lib/connections/queries";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

const connectPath = "/api/teams/connect";
const pagePath = "/account/integrations";

interface TeamsCardProps extends Omit<ComponentProps<typeof ConnectedAccount>, "connection"> {
  isConfigured: boolean;
  /** Names of the variables that are not set; null for people who can't set them. */
  missingVariables: readonly string[] | null;
  connection: ConnectionView | null;
  approval: Pick<Approval, "answer" | "createdAt"> | null;
  /** The page to come back to once connected. */
  returnTo: string;
  /** What this server asks Microsoft for. */
  scopes: string;
  actions: ComponentProps<typeof ConnectedAccount>["actions"] & { askForApproval: FormAction };
}

/** What is true now of the organizer's Microsoft connection, what it means for bookings, and the one thing to do next. */
export function TeamsCard(props: TeamsCardProps) {
  const { isConfigured, connection, approval } = props;
  if (!isConfigured) return <NotConfigured {...props} />;
  if (!connection) return approval ? <Waiting {...props} approval={approval} /> : <NotConnected {...props} />;
  return <ConnectedAccount {...props} connection={connection} />;
}

function NotConfigured({ missingVariables, connection, use: teamsUse, actions }: TeamsCardProps) {
  const words = translator("connections", use(getLocale()));
  const end = connection && (
    <DisconnectTeams connection={connection} use={teamsUse} action={actions.disconnect} />
  );
  return (
    <Card badge="not_configured">
      <Note tone="warning" title={words("notConfigured.title")}>
        <p>{words("notConfigured.text")}</p>
        {missingVariables && (
          <p className="mt-2 font-semibold wrap-anywhere">
            {words("notConfigured.missing", {
              count: missingVariables.length,
              names: missingVariables.join(", "),
            })}
          </p>
        )}
      </Note>
      <p className="text-sm text-muted">{words("notConfigured.until")}</p>
      {(missingVariables || end) && (
        <End>
          {missingVariables && <ButtonLink href="/admin">{words("notConfigured.setUp")}</ButtonLink>}
          {end}
        </End>
      )}
    </Card>
  );
}

function NotConnected({ actions, returnTo, scopes }: TeamsCardProps) {
  const words = translator("connections", use(getLocale()));
  const connectHref =
    returnTo === pagePath ? connectPath : `${connectPath}?returnTo=${encodeURIComponent(returnTo)}`;
  return (
    <Card badge="not_connected">
      <PermissionList scopes={scopes} />
      <End>
        <ButtonLink kind="primary" block href={connectHref}>
          {words("connect")}
        </ButtonLink>
        <p className="text-sm text-muted">
          {words("permissions.promise", { mail: /\bMail\./i.test(scopes) ? "asked" : "unasked" })}
        </p>
      </End>
      <div className="needs-script">
        <ConnectInPopup
          kind="quiet"
          flush
          href={connectHref}
          waitingLabel={words("popup.waiting")}
          hereLabel={words("popup.hereInstead")}
        >
          {words("popup.open")}
        </ConnectInPopup>
      </div>
      <div className="border-t border-hairline pt-4 text-sm">
        <p className="text-muted">{words("approval.hint")}</p>
        <AskAdministrator action={actions.askForApproval} returnTo={pagePath} kind="quiet" flush />
      </div>
    </Card>
  );
}

function Waiting({
  approval,
  clockwork,
}: TeamsCardProps & { approval: NonNullable<TeamsCardProps["approval"]> }) {
  const locale = use(getLocale());
  const words = translator("connections", locale);
  const state = approval.answer ?? "waiting";
  const tone = { approved: "success", declined: "danger", waiting: "calm" } as const;
  return (
    <Card badge="approval_needed">
      <Note tone={tone[state]} title={words(`approval.${state}Title`)}>
        {words(`approval.${state}Text`, { moment: formatMoment(approval.createdAt, clockwork, locale) })}
      </Note>
      <End>
        <ButtonLink kind={state === "approved" ? "primary" : "second"} href={connectPath}>
          {words("connect")}
        </ButtonLink>
        <ButtonLink kind="quiet" href={`${pagePath}/approval`}>
          {words("approval.show")}
        </ButtonLink>
      </End>
    </Card>
  );
}
