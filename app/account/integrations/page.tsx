import type { Metadata } from "next";
import {
  askAdministrator,
  checkConnection,
  diagnoseConnection,
  disconnectTeams,
  forgetMailbox,
  saveAutomaticReplies,
  saveCalendars,
  shareCalendar,
  takeMailboxZone,
  testConnection,
  unshareCalendar,
} from "@/app/account/integrations/actions";
import { readParkedCookie } from "@/app/account/integrations/parked-cookie";
import { OwnAddress } from "@/components/accounts/own-address";
import { CalendarsPanel } from "@/components/calendars/calendars-panel";
import { SharedCalendars } from "@/components/calendars/shared-calendars";
import { ConnectionHistory } from "@/components/connections/connection-history";
import { FormerMailboxes } from "@/components/connections/former-mailboxes";
import { MailboxPanel } from "@/components/connections/mailbox-panel";
import { OptionalFeatures } from "@/components/connections/optional-features";
import { TeamsCard } from "@/components/connections/teams-card";
import { WaitingSwitch } from "@/components/connections/waiting-switch";
import { PageHead } from "@/components/ui/page-head";
import { requireOrganizer } from "@/lib/auth/guards";
import { readClock } from "@/lib/booking-page/visitor";
import { areRepliesRead, getAutomaticReplies } from "@/lib/calendars/automatic-replies";
import { getCalendarChoices, sharedOf } from "@/lib/calendars/choices";
import { getReadingPace } from "@/lib/calendars/reading-pace";
import { getApproval } from "@/lib/connections/approval";
import { connectReturnTo, integrationsPath } from "@/lib/connections/connect-return";
import { getConnection } from "@/lib/connections/queries";
import { readSwitch } from "@/lib/connections/switch-account";
import { countTeamsUse } from "@/lib/connections/usage";
import { listStateChanges, type StateChange } from "@/lib/grants/health";
import { translator } from "@/lib/i18n/translator";
import { listFormerMailboxes } from "@/lib/meetings/out-of-reach";
import { getLocale } from "@/lib/reader/locale";
import { isAllowed } from "@/lib/registration/optional-scopes";
import { readTeamsSetup } from "@/lib/registration/setup-facts";
import { getOwnTimeZone } from "@/lib/schedules/queries";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("connections", await getLocale());
  return { title: words("title") };
}

const actions = {
  disconnect: disconnectTeams,
  askForApproval: askAdministrator,
  check: checkConnection,
  test: testConnection,
  diagnose: diagnoseConnection,
};

interface IntegrationsPageProps {
  searchParams: Promise<{ returnTo?: string | string[] }>;
}

export default async function IntegrationsPage({ searchParams }: IntegrationsPageProps) {
  const words = translator("connections", await getLocale());
  const organizer = await requireOrganizer(integrationsPath);
  const now = Date.now();
  const setup = await readTeamsSetup(now);
  const [connection, approval, use, changes, timeZone, calendars, formers, waiting] = await Promise.all([
    getConnection(organizer.scope, "teams"),
    getApproval(organizer.scope),
    countTeamsUse(organizer.scope),
    listStateChanges(organizer.scope, "teams"),
    getOwnTimeZone(organizer.scope),
    getCalendarChoices(organizer.scope),
    listFormerMailboxes(organizer.scope),
    readSwitch(organizer.scope, await readParkedCookie()),
  ]);
  const canSignIn = setup.state === "ready";
  // Connected organizers keep all that there is to a connection, though no one new is offered one.
  const isHidden = setup.state === "hidden" && !connection;
  if (isHidden && formers.length === 0) return <PageHead title={words("title")} lead={words("hidden")} />;
  const pace = calendars && (await getReadingPace(calendars.connectionId, calendars.staleAfterMinutes));
  // An account without a mailbox has none, and one that is not let in any more shows what it last had to no one.
  const showsCalendars = connection?.works && connection.works.reason !== "no_mailbox";
  const showsMailbox = showsCalendars && areRepliesRead(connection);
  const shared = calendars ? sharedOf(calendars) : [];
  const canShare = connection?.accountKind === "work" && !connection.managed;
  const replies = showsMailbox ? await getAutomaticReplies(organizer.scope) : null;
  const clockwork = { timeZone, clock: await readClock(), now };
  return (
    <>
      <PageHead title={words("title")} lead={words(isHidden ? "hidden" : "lead")} />
      <OwnAddress path="/account/integrations" />
      <WaitingSwitch waiting={waiting} connection={connection} />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,32rem)_minmax(0,1fr)]">
        <div className="grid gap-6">
          {!isHidden && (
            <TeamsCard
              isConfigured={setup.state !== "not_configured"}
              canSignIn={canSignIn}
              missingVariables={organizer.role === "admin" ? setup.missing : null}
              connection={connection}
              scopes={setup.scopes.join(" ")}
              approval={approval}
              use={use}
              isReadOnly={calendars?.isReadOnly ?? false}
              notifiedAt={notifiedInOutage(changes)}
              clockwork={clockwork}
              returnTo={connectReturnTo((await searchParams).returnTo)}
              actions={actions}
            />
          )}
          <FormerMailboxes
            mailboxes={formers}
            canSignIn={canSignIn}
            clockwork={clockwork}
            forget={forgetMailbox}
          />
        </div>
        <div className="grid gap-6">
          {showsCalendars && calendars && pace && (
            <CalendarsPanel overview={calendars} pace={pace} action={saveCalendars} clockwork={clockwork} />
          )}
          {showsCalendars && calendars && pace && (canShare || shared.length > 0) && (
            <SharedCalendars
              calendars={shared}
              pace={pace}
              isAllowed={isAllowed("shared", connection.grantedScopes)}
              canSignIn={canSignIn && canShare}
              clockwork={clockwork}
              actions={{ add: shareCalendar, remove: unshareCalendar }}
            />
          )}
          {showsMailbox && replies && (
            <MailboxPanel
              replies={replies}
              clockwork={clockwork}
              actions={{ replies: saveAutomaticReplies, zone: takeMailboxZone }}
            />
          )}
          {connection && (
            <OptionalFeatures connection={connection} canSignIn={canSignIn} path={integrationsPath} />
          )}
          <ConnectionHistory changes={changes} clockwork={clockwork} />
        </div>
      </div>
    </>
  );
}

/** When a mail last asked the organizer back in the outage that goes on; null when none did, or nothing is out. */
function notifiedInOutage(changes: StateChange[]): Date | null {
  const end = changes.findIndex(({ state }) => state !== "reconnect_needed");
  const outage = end === -1 ? changes : changes.slice(0, end);
  return (
    outage.flatMap(({ nudges }) => nudges.map(({ sentAt }) => sentAt)).sort((a, b) => +b - +a)[0] ?? null
  );
}
