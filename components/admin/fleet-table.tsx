import { Instant } from "@/components/accounts/instant";
import { ConnectionBadge } from "@/components/connections/connection-badge";
import { type Column, Table } from "@/components/ui/table";
import type { FleetEntry } from "@/lib/connections/fleet";
import { translator } from "@/lib/i18n/translator";
import { endReasonOf, lackOf } from "@/lib/meetings/reasons";

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

function meaningOf({ state, reason }: FleetEntry): string {
  switch (state) {
    case "reconnect_needed":
      return words(`reasons.${endReasonOf(reason)}`);
    case "limited":
      return words(`reasons.${lackOf(reason)}`);
    default:
      return words(`reasons.${state}`);
  }
}
