import { use } from "react";
import { AccountForm } from "@/components/accounts/account-form";
import { Card, End } from "@/components/connections/card-frame";
import { ConnectionFacts } from "@/components/connections/connection-facts";
import { Diagnose, type DiagnoseAction } from "@/components/connections/diagnose";
import { DisconnectTeams } from "@/components/connections/disconnect-teams";
import { FallbackHint } from "@/components/connections/fallback-hint";
import { MissingPermissions } from "@/components/connections/missing-permissions";
import type { Clockwork } from "@/components/connections/moment";
import { ButtonLink } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import type { FormAction } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormState } from "@/lib/auth/form-state";
import type { ConnectionView } from "@/lib/connections/queries";
import { endReasonOf, lackOf } from "@/lib/connections/reasons";
import type { TeamsUse } from "@/lib/connections/usage";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

const connectPath = "/api/teams/connect";
const selectAccountHref = `${connectPath}?account=select`;

type AnsweringAction = (state: FormState, formData: FormData) => Promise<FormState>;

interface ConnectedAccountProps {
  connection: ConnectionView;
  use: TeamsUse;
  /** The organizer chose that nothing is written to their calendar; not even a test then. */
  isReadOnly: boolean;
  /** False: the integration is not offered on this server any more, so no one signs in at Microsoft. */
  canSignIn: boolean;
  /** When a mail last asked the organizer back. */
  notifiedAt: Date | null;
  clockwork: Clockwork;
  actions: {
    disconnect: FormAction;
    check: AnsweringAction;
    test: AnsweringAction;
    diagnose: DiagnoseAction;
  };
}

/** An account that is connected: in order, with less than all, or no longer let in. */
export function ConnectedAccount(props: ConnectedAccountProps) {
  const { state, works } = props.connection;
  return (
    <Card badge={state === "reconnect_needed" ? null : state}>
      {!props.canSignIn && <Withdrawn />}
      {works?.state === "connected" && <Connected {...props} />}
      {works?.state === "limited" && <Limited {...props} lack={lackOf(works.reason)} />}
      {works === null && <Ended {...props} />}
      {/* Outside of what changes with the state: a look that finds the access ended has to stay readable. */}
      <div key="diagnose" className="border-t border-hairline pt-4">
        <Diagnose action={props.actions.diagnose} />
      </div>
    </Card>
  );
}

/** The offer was taken back: what is connected goes on, and can be ended. */
function Withdrawn() {
  const words = translator("connections", use(getLocale()));
  return (
    <Note tone="warning" title={words("withdrawn.title")}>
      {words("withdrawn.text")}
    </Note>
  );
}

function Connected(props: ConnectedAccountProps) {
  const { connection, actions } = props;
  return (
    <>
      <AccountName connection={connection} />
      <LaterScopes {...props} />
      <ConnectionFacts {...props} />
      {!props.isReadOnly && <TestBooking action={actions.test} />}
      <Ways {...props} />
    </>
  );
}

/** TEAMS_SCOPES has grown since this account was connected: it works on, and the organizer is asked to allow the rest. */
function LaterScopes({ connection, canSignIn }: ConnectedAccountProps) {
  const words = translator("connections", use(getLocale()));
  const { state, missingScopes: scopes } = connection;
  if (state !== "reconnect_needed" || !canSignIn) return null;
  return (
    <>
      <Note tone="danger" title={words("reconnectNeeded")}>
        <MissingPermissions lead={words("laterScopes.text", { count: scopes.length })} scopes={scopes} />
        <p className="mt-2">{words("laterScopes.effect")}</p>
      </Note>
      <ReconnectButton />
    </>
  );
}

function Limited(props: ConnectedAccountProps & { lack: ReturnType<typeof lackOf> }) {
  const words = translator("connections", use(getLocale()));
  const { connection, use: teamsUse, actions, lack } = props;
  return (
    <>
      <AccountName connection={connection} />
      <Note tone="warning" title={words(`limited.${lack}.title`)}>
        {words(`limited.${lack}.text`)}
      </Note>
      <LaterScopes {...props} />
      <FallbackHint lack={lack} use={teamsUse} />
      <ConnectionFacts {...props} />
      {lack === "personal_account" ? (
        <>
          {!props.isReadOnly && <TestBooking action={actions.test} />}
          <Switching {...props} />
          <End>
            {props.canSignIn && <ButtonLink href={selectAccountHref}>{words("connectAccount")}</ButtonLink>}
            <Disconnect {...props} />
          </End>
        </>
      ) : (
        <>
          <AccountForm
            action={actions.check}
            fields={[]}
            submit={{ label: words("check.label"), workingLabel: words("check.working"), kind: "second" }}
          />
          <Switching {...props} />
          <End>
            {props.canSignIn && (
              <ButtonLink kind="quiet" flush href={selectAccountHref}>
                {words("connectAccount")}
              </ButtonLink>
            )}
            <Disconnect {...props} />
          </End>
        </>
      )}
    </>
  );
}

function Ended(props: ConnectedAccountProps) {
  const words = translator("connections", use(getLocale()));
  const { managed, reason, missingScopes } = props.connection;
  const end = endReasonOf(reason);
  return (
    <>
      <Note tone="danger" title={words("reconnectNeeded")}>
        <p>
          {words(`ended.${end}`)} {words("ended.effect")}
        </p>
        {managed && <p className="mt-2">{words("ended.managed")}</p>}
        {end === "missing_scopes" && (
          <MissingPermissions lead={words("missingList")} scopes={missingScopes} />
        )}
      </Note>
      <ConnectionFacts {...props} />
      <End>
        {props.canSignIn && (
          <>
            <ReconnectButton />
            <ButtonLink kind="quiet" href={selectAccountHref}>
              {words("useAnother")}
            </ButtonLink>
          </>
        )}
        <Disconnect {...props} />
      </End>
    </>
  );
}

function AccountName({ connection: { accountEmail, state } }: { connection: ConnectionView }) {
  const words = translator("connections", use(getLocale()));
  if (!accountEmail || state === "reconnect_needed") return null;
  return <p className="font-strong wrap-anywhere">{words("connectedAs", { email: accountEmail })}</p>;
}

function ReconnectButton() {
  const words = translator("connections", use(getLocale()));
  return (
    <form action={connectPath}>
      <input type="hidden" name="by" value="button" />
      <SubmitButton workingLabel={words("reconnect")}>{words("reconnect")}</SubmitButton>
    </form>
  );
}

function TestBooking({ action }: { action: AnsweringAction }) {
  const words = translator("connections", use(getLocale()));
  return (
    <div className="grid gap-2">
      <AccountForm
        action={action}
        fields={[]}
        submit={{ label: words("test.label"), workingLabel: words("test.working"), kind: "second" }}
      />
      <p className="text-sm text-muted">{words("test.hint")}</p>
    </div>
  );
}

function Ways(props: ConnectedAccountProps) {
  const words = translator("connections", use(getLocale()));
  return (
    <>
      <Switching {...props} />
      <End>
        {props.canSignIn && (
          <ButtonLink kind="quiet" flush href={selectAccountHref}>
            {words("useAnother")}
          </ButtonLink>
        )}
        <Disconnect {...props} />
      </End>
    </>
  );
}

/** What another account means for the bookings in this one's calendar. */
function Switching({ use: teamsUse, canSignIn }: ConnectedAccountProps) {
  const words = translator("connections", use(getLocale()));
  if (teamsUse.upcomingBookings === 0 || !canSignIn) return null;
  return <p className="text-sm text-muted">{words("switch.before", { count: teamsUse.upcomingBookings })}</p>;
}

function Disconnect({ connection, use: teamsUse, actions }: ConnectedAccountProps) {
  return <DisconnectTeams connection={connection} use={teamsUse} action={actions.disconnect} />;
}
