import { Instant } from "@/components/accounts/instant";
import { ConnectionBadge } from "@/components/connections/connection-badge";
import { type Column, Table } from "@/components/ui/table";
import type { FleetEntry } from "@/lib/connections/fleet";
import { translator } from "@/lib/i18n/translator";

const words = translator("admin");

const columns: Column<FleetEntry>[] = [
  {
    key: "organizer",
    head: words("connections.organizer"),
    cell: ({ name, email }) => (
      <>
        <span className="block font-semibold">{name}</span>
        <span className="text-muted max-lg:break-all">{email}</span>
      </>
    ),
    block: "lead",
  },
  {
    key: "state",
    head: words("connections.state"),
    cell: ({ state }) => <ConnectionBadge state={state} />,
    block: "state",
  },
  {
    key: "meaning",
    head: words("connections.meaning"),
    cell: (entry) => <span className="text-muted">{meaningOf(entry)}</span>,
    block: "full",
  },
  {
    key: "account",
    head: words("connections.account"),
    cell: ({ accountEmail }) => <span className="max-lg:break-all">{accountEmail}</span>,
    block: "full",
  },
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
    align: "right",
    block: "named",
  },
];

/** Connections of organizers, one a row. */
export function FleetTable({ entries }: { entries: FleetEntry[] }) {
  return (
    <Table
      label={words("connections.table")}
      columns={columns}
      rows={entries}
      rowKey={({ userId }) => userId}
    />
  );
}

const reasons = [
  "grant_ended",
  "consent_removed",
  "sign_in_required",
  "missing_scopes",
  "calendar_denied",
  "personal_account",
  "no_teams",
  "no_mailbox",
] as const;

function meaningOf({ state, reason }: FleetEntry): string {
  if (state === "connected" || state === "not_connected") return words(`reasons.${state}`);
  return words(`reasons.${reasons.find((known) => known === reason) ?? "other"}`);
}
