import { use } from "react";
import { Instant } from "@/components/accounts/instant";
import { ConnectionBadge } from "@/components/connections/connection-badge";
import { type Column, Table } from "@/components/ui/table";
import type { FleetEntry } from "@/lib/connections/fleet";
import { endReasonOf, lackOf } from "@/lib/connections/reasons";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

const columns = (isChoosable: boolean, locale: Locale): Column<FleetEntry>[] => {
  const words = translator("admin", locale);
  return [
    {
      key: "organizer",
      head: words("connections.organizer"),
      cell: (entry) => <Organizer entry={entry} isChoosable={isChoosable} />,
      block: "lead",
    },
    {
      key: "state",
      head: words("connections.state"),
      cell: ({ state }) => <ConnectionBadge state={state} />,
      block: "state",
    },
    { key: "meaning", head: words("connections.meaning"), cell: Meaning, block: "full" },
    { key: "account", head: words("connections.account"), cell: Account, block: "full" },
    {
      key: "verified",
      head: words("connections.lastVerified"),
      cell: ({ lastVerifiedAt }) =>
        lastVerifiedAt ? (
          <span className="whitespace-nowrap">
            <Instant at={lastVerifiedAt} />
          </span>
        ) : (
          words("connections.never")
        ),
      align: "end",
      block: "named",
    },
  ];
};

interface FleetTableProps {
  entries: FleetEntry[];
  /** Those who have to reconnect can be ticked, inside a form. */
  isChoosable?: boolean;
}

/** Connections of organizers, one a row. */
export function FleetTable({ entries, isChoosable = false }: FleetTableProps) {
  const locale = use(getLocale());
  const words = translator("admin", locale);
  return (
    <Table
      label={words("connections.table")}
      columns={columns(isChoosable, locale)}
      rows={entries}
      rowKey={({ userId }) => userId}
    />
  );
}

function Organizer({ entry, isChoosable }: { entry: FleetEntry; isChoosable: boolean }) {
  const words = translator("admin", use(getLocale()));
  const { userId, name, email, state } = entry;
  const facts = (
    <span className="block min-w-0 lg:min-w-44">
      <a href={`/admin/connections/${userId}`} className="block font-semibold">
        {name}
      </a>
      <span className="text-muted break-words">{email}</span>
    </span>
  );
  if (!isChoosable) return facts;
  return (
    <span className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-3">
      {state === "reconnect_needed" ? (
        <input
          type="checkbox"
          name="userId"
          value={userId}
          aria-label={words("connections.choose", { name })}
          className="size-5 accent-accent"
        />
      ) : (
        <span />
      )}
      {facts}
    </span>
  );
}

function Meaning(entry: FleetEntry) {
  const locale = use(getLocale());
  const words = translator("admin", locale);
  const { missingScopes, lastError, managedStatus, state } = entry;
  return (
    <span className="text-muted">
      {meaningOf(entry, locale)}
      {missingScopes.length > 0 && (
        <span className="block break-words">
          {words("connections.lacks", { names: missingScopes.join(", ") })}
        </span>
      )}
      {managedStatus && (
        <span className="block break-words">{words(`managed.status.${managedStatus}.short`)}</span>
      )}
      {lastError && state !== "connected" && (
        <span className="block break-words">{words("connections.lastError", { error: lastError })}</span>
      )}
    </span>
  );
}

function Account({ accountEmail, accountKind, managed }: FleetEntry) {
  const words = translator("admin", use(getLocale()));
  if (!accountKind) return null;
  return (
    <>
      <span className="break-words">{accountEmail}</span>
      <span className="block text-muted">
        {words(`connections.kinds.${managed ? "managed" : accountKind}`)}
      </span>
    </>
  );
}

function meaningOf({ state, reason }: FleetEntry, locale: Locale): string {
  const words = translator("admin", locale);
  switch (state) {
    case "reconnect_needed":
      return words(`reasons.${endReasonOf(reason)}`);
    case "limited":
      return words(`reasons.${lackOf(reason)}`);
    default:
      return words(`reasons.${state}`);
  }
}
