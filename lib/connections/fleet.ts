/** All organizers and the status of their connections: what the platform admin looks after. */

import { managedTenants } from "@/lib/connections/managed";
import { db } from "@/lib/database/client";
import { Prisma } from "@/lib/database/generated/client";
import {
  connectionStatusOf,
  connectionStatusSql,
  countConnectionStatuses,
} from "@/lib/grants/connection-status";
import type { ManagedStatus } from "@/lib/meetings/sign-in-port";
import { registration } from "@/lib/registration/registration";

export const fleetStates = ["reconnect_needed", "limited", "not_connected", "connected"] as const;

export const managedFilters = [
  "any",
  "allowed",
  "refused",
  "no_mailbox",
  "no_teams",
  "no_teams_policy",
  "unavailable",
  "none",
] as const satisfies readonly (ManagedStatus | "any" | "none")[];

export interface FleetEntry {
  userId: string;
  name: string;
  email: string;
  state: (typeof fleetStates)[number];
  /** Why the state is what it is, as a stable code. */
  reason: string | null;
  accountEmail: string | null;
  accountKind: "work" | "personal" | null;
  tenantId: string | null;
  /** Permissions that this server asks for today and the account has not given. */
  missingScopes: string[];
  lastVerifiedAt: Date | null;
  /** The provider's error and number. */
  lastError: string | null;
  /** The connection is made with this server's own permission. */
  managed: boolean;
  /** What the last test of their managed mailbox found; null where it isn't managed. */
  managedStatus: ManagedStatus | null;
}

/** What to show; a filter that is left out doesn't apply. */
export interface FleetFilter {
  state?: FleetEntry["state"];
  accountKind?: "work" | "personal";
  tenantId?: string;
  /** Accounts that lack a permission. */
  missing?: boolean;
  /** When they were verified last, in days. */
  verified?: "week" | "longer" | "never";
  /** Connections with an error. */
  failed?: boolean;
  /** What the last test of their managed mailbox found; `any`: it is managed at all, `none`: it isn't. */
  managed?: (typeof managedFilters)[number];
  /** Part of a name or address. */
  search?: string;
}

type Row = Omit<FleetEntry, "missingScopes" | "state"> & {
  /** As stored; null where there is no connection. */
  state: Exclude<FleetEntry["state"], "not_connected"> | null;
  scopes: string | null;
};

const fleet = Prisma.sql`"User" u LEFT JOIN "MeetingProviderConnection" c ON c."userId" = u.id AND c.provider = 'teams'
  LEFT JOIN "ManagedMailbox" m ON m."userId" = u.id`;

/** What the last test found, of mailboxes in an organization that is managed now. */
const managedStatus = () =>
  Prisma.sql`CASE WHEN m."tenantId" = ANY(${[...managedTenants()]}::text[]) THEN m.status END`;

/** Organizers with their connections, those that need someone first. */
export async function listFleet({
  filter = {},
  skip = 0,
  take = 50,
}: {
  filter?: FleetFilter;
  skip?: number;
  take?: number;
} = {}): Promise<FleetEntry[]> {
  const { scopes: configured } = await registration();
  const { state } = connectionStatusSql(configured);
  const rows = await db().$queryRaw<Row[]>`
    SELECT u.id::text AS "userId", u.name, u.email, c.state::text, c.reason,
           c."accountEmail", c."accountKind"::text, c."tenantId", c.scopes, c."lastVerifiedAt", c."lastError",
           coalesce(c.managed, false) AS managed,
           ${managedStatus()} AS "managedStatus"
    FROM ${fleet} WHERE ${whereOf(filter, configured)}
    ORDER BY array_position(${[...fleetStates]}::text[], coalesce(${state}, 'not_connected')), lower(u.name), u.id
    LIMIT ${take} OFFSET ${skip}`;
  return rows.map((row) => toEntry(row, configured));
}

function toEntry({ state, scopes, ...row }: Row, configured: string): FleetEntry {
  const { reason, accountKind } = row;
  if (!state || !accountKind || scopes === null) return { ...row, state: "not_connected", missingScopes: [] };
  const { works: _works, ...status } = connectionStatusOf({ state, reason, accountKind, scopes }, configured);
  return { ...row, ...status };
}

const isNeeding = (configured: string) =>
  Prisma.sql`${connectionStatusSql(configured).state} = 'reconnect_needed'`;

/** Everyone who matches the filter and has to reconnect, on any page of the list. */
export async function listNeeding(filter: FleetFilter): Promise<string[]> {
  const { scopes: configured } = await registration();
  const rows = await db().$queryRaw<{ userId: string }[]>`
    SELECT u.id::text AS "userId" FROM ${fleet}
    WHERE ${whereOf(filter, configured)} AND ${isNeeding(configured)} ORDER BY u.id`;
  return rows.map(({ userId }) => userId);
}

/** How many `listNeeding` finds. */
export function countNeeding(filter: FleetFilter): Promise<number> {
  return countThose(filter, isNeeding);
}

/** How many organizers match the filter. */
export function countMatching(filter: FleetFilter): Promise<number> {
  return countThose(filter, () => Prisma.sql`true`);
}

async function countThose(
  filter: FleetFilter,
  condition: (configured: string) => Prisma.Sql,
): Promise<number> {
  const { scopes: configured } = await registration();
  const [found] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM ${fleet} WHERE ${whereOf(filter, configured)} AND ${condition(configured)}`;
  return found?.count ?? 0;
}

function whereOf(filter: FleetFilter, configured: string): Prisma.Sql {
  const { state, accountKind, tenantId, missing, verified, failed, managed, search } = filter;
  const status = connectionStatusSql(configured);
  const parts = [Prisma.sql`true`];
  if (state === "not_connected") parts.push(Prisma.sql`c.id IS NULL`);
  else if (state) parts.push(Prisma.sql`${status.state} = ${state}`);
  if (accountKind) parts.push(Prisma.sql`c."accountKind" = ${accountKind}::"AccountKind"`);
  if (tenantId) parts.push(Prisma.sql`c."tenantId" = ${tenantId}`);
  if (missing) parts.push(status.lacks);
  if (verified === "week") parts.push(Prisma.sql`c."lastVerifiedAt" > now() - interval '7 days'`);
  if (verified === "longer") parts.push(Prisma.sql`c."lastVerifiedAt" <= now() - interval '7 days'`);
  if (verified === "never") parts.push(Prisma.sql`c."lastVerifiedAt" IS NULL`);
  if (failed) parts.push(Prisma.sql`c."lastError" IS NOT NULL`);
  if (managed === "any") parts.push(Prisma.sql`${managedStatus()} IS NOT NULL`);
  else if (managed === "none") parts.push(Prisma.sql`${managedStatus()} IS NULL`);
  else if (managed) parts.push(Prisma.sql`${managedStatus()} = ${managed}`);
  if (search) {
    const like = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
    parts.push(Prisma.sql`(u.name ILIKE ${like} OR u.email ILIKE ${like} OR c."accountEmail" ILIKE ${like})`);
  }
  return Prisma.join(parts, " AND ");
}

/** Organizations that accounts belong to, the largest first. */
export function listTenants(most = 50): Promise<{ tenantId: string; accounts: number }[]> {
  return db().$queryRaw`
    SELECT "tenantId", count(*)::int AS accounts FROM "MeetingProviderConnection" WHERE provider = 'teams'
    GROUP BY "tenantId" ORDER BY count(*) DESC, "tenantId" LIMIT ${most}`;
}

export type FleetCounts = Record<FleetEntry["state"], number>;

/** How many organizers there are in each state. */
export async function countFleet(): Promise<FleetCounts> {
  const [organizers, groups] = await Promise.all([db().user.count(), countConnectionStatuses()]);
  const counts: FleetCounts = { connected: 0, limited: 0, reconnect_needed: 0, not_connected: organizers };
  for (const { provider, state, count } of groups) {
    if (provider !== "teams") continue;
    counts[state] = count;
    counts.not_connected -= count;
  }
  return counts;
}
