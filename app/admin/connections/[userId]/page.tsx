import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { use } from "react";
import { diagnoseOrganizer, testManagedMailbox } from "@/app/admin/connections/actions";
import { fleetPath } from "@/app/admin/connections/fleet-query";
import { Instant } from "@/components/accounts/instant";
import { ManagedMailbox } from "@/components/admin/managed-mailbox";
import { CalendarFacts } from "@/components/calendars/calendar-facts";
import { ConnectionBadge } from "@/components/connections/connection-badge";
import { ConnectionHistory } from "@/components/connections/connection-history";
import { Diagnose } from "@/components/connections/diagnose";
import { KeyValueList } from "@/components/ui/key-value-list";
import { PageHead } from "@/components/ui/page-head";
import { Panel } from "@/components/ui/panel";
import { getUser } from "@/lib/accounts/users";
import { requireAdminOver } from "@/lib/auth/guards";
import { readClock } from "@/lib/booking-page/visitor";
import { getCalendarChoices } from "@/lib/calendars/choices";
import { getReadingPace } from "@/lib/calendars/reading-pace";
import { readManaged } from "@/lib/connections/managed";
import { type ConnectionView, getConnection } from "@/lib/connections/queries";
import { listStateChanges } from "@/lib/grants/health";
import { translator } from "@/lib/i18n/translator";
import { isId } from "@/lib/input/id";
import { getLocale } from "@/lib/reader/locale";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("admin", await getLocale());
  return { title: words("connections.detail.title") };
}

/** One organizer's connection, as the platform admin may know it. */
export default async function ConnectionPage({ params }: { params: Promise<{ userId: string }> }) {
  const locale = await getLocale();
  const words = translator("admin", locale);
  const { userId } = await params;
  const scope = await requireAdminOver(userId);
  const user = isId(userId) ? await getUser(userId) : null;
  if (!user) notFound();
  const [connection, calendars, changes, managed] = await Promise.all([
    getConnection(scope, "teams"),
    getCalendarChoices(scope),
    listStateChanges(scope, "teams"),
    readManaged(userId),
  ]);
  const pace = calendars && (await getReadingPace(calendars.connectionId, calendars.staleAfterMinutes));
  return (
    <>
      <PageHead
        title={user.name}
        lead={user.email}
        back={{ href: fleetPath, label: words("connections.back") }}
      />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,24rem)]">
        <Panel aria-labelledby="connection" className="grid content-start gap-5">
          <div className="flex flex-wrap items-center justify-between gap-3">
            <h2 id="connection" className="text-lg">
              {words("connections.detail.title")}
            </h2>
            <ConnectionBadge state={connection?.state ?? "not_connected"} />
          </div>
          {connection ? (
            <>
              <Facts connection={connection} />
              {calendars && pace && (
                <div className="grid gap-2">
                  <h3>{translator("calendars", locale)("admin.title")}</h3>
                  <CalendarFacts overview={calendars} pace={pace} />
                </div>
              )}
              <Diagnose action={diagnoseOrganizer} userId={userId} />
            </>
          ) : (
            <p className="text-muted">{words("connections.detail.none")}</p>
          )}
          {managed && <ManagedMailbox mailbox={managed} action={testManagedMailbox} />}
        </Panel>
        <ConnectionHistory
          changes={changes}
          clockwork={{ timeZone: "UTC", clock: await readClock(), now: Date.now() }}
          isOwn={false}
        />
      </div>
    </>
  );
}

function Facts({ connection }: { connection: ConnectionView }) {
  const words = translator("admin", use(getLocale()));
  const { accountEmail, accountKind, managed, tenantId, grantedScopes, missingScopes, lastError } =
    connection;
  const moment = (at: Date | null) => (at ? <Instant at={at} /> : words("connections.never"));
  const t = (
    key:
      | "account"
      | "kind"
      | "tenant"
      | "granted"
      | "missing"
      | "since"
      | "used"
      | "verified"
      | "expires"
      | "error",
  ) => words(`connections.detail.${key}`);
  return (
    <KeyValueList
      items={[
        { term: t("account"), detail: <span className="break-all">{accountEmail}</span> },
        { term: t("kind"), detail: words(`connections.kinds.${managed ? "managed" : accountKind}`) },
        { term: t("tenant"), detail: <code className="font-mono break-all">{tenantId}</code> },
        {
          term: t("granted"),
          detail: managed ? (
            words("managed.granted")
          ) : (
            <span className="wrap-anywhere">{grantedScopes.join(", ")}</span>
          ),
        },
        ...(missingScopes.length > 0 ? [{ term: t("missing"), detail: missingScopes.join(", ") }] : []),
        { term: t("since"), detail: moment(connection.createdAt) },
        { term: t("verified"), detail: moment(connection.lastVerifiedAt) },
        { term: t("used"), detail: moment(connection.lastUsedAt) },
        { term: t("expires"), detail: moment(connection.expiresAt) },
        {
          term: t("error"),
          detail: lastError ? (
            <code className="font-mono break-all">{lastError}</code>
          ) : (
            words("connections.detail.noError")
          ),
        },
      ]}
    />
  );
}
