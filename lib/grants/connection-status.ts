/** A connection's status, decided here for every page, email, metric and API response. */

import { db } from "@/lib/database/client";
import { type ConnectionState, Prisma } from "@/lib/database/generated/client";
import { registration } from "@/lib/registration/registration";
import { listScopes, missingScopes, namesThatGrant, requiredScopes } from "@/lib/registration/scopes";

/** The server asks for a permission that it did not ask for when the account was connected. */
export const scopesAdded = "scopes_added";

/** What the stored tokens can do. */
export interface Working {
  state: "connected" | "limited";
  reason: string | null;
}

export interface ConnectionStatus {
  state: ConnectionState;
  /** Why the state is what it is, as a stable code. */
  reason: string | null;
  /** Permissions that this server asks for today and the account has not given. */
  missingScopes: string[];
  /** What still works, even while the organizer is asked to reconnect; null: nothing. */
  works: Working | null;
}

interface Row {
  state: ConnectionState;
  reason: string | null;
  accountKind: "work" | "personal";
  /** As granted. */
  scopes: string;
}

/** The status of a stored connection; `configured` are the scopes that this server asks for today. */
export function connectionStatusOf(
  { state, reason, accountKind, scopes }: Row,
  configured: string,
): ConnectionStatus {
  const missing = missingScopes(requiredScopes(accountKind, configured), scopes);
  if (state === "reconnect_needed") return { state, reason, missingScopes: missing, works: null };
  const works = { state, reason };
  return missing.length > 0
    ? { state: "reconnect_needed", reason: scopesAdded, missingScopes: missing, works }
    : { state, reason, missingScopes: missing, works };
}

/** The same in SQL, over a connection's row `c`; all are null where there is none. */
export function connectionStatusSql(configured: string) {
  const lacks = lacksScope(configured);
  const isAdded = Prisma.sql`(c.state <> 'reconnect_needed' AND ${lacks})`;
  return {
    state: Prisma.sql`(CASE WHEN ${isAdded} THEN 'reconnect_needed' ELSE c.state::text END)`,
    reason: Prisma.sql`(CASE WHEN ${isAdded} THEN ${scopesAdded} ELSE c.reason END)`,
    lacks,
  };
}

/** The same comparison as `missingScopes`: short names, without regard to case. */
function lacksScope(configured: string): Prisma.Sql {
  const lacks = (kind: "work" | "personal") => {
    const granted = Prisma.sql`regexp_split_to_array(
      regexp_replace(lower(c.scopes), 'https?://[^/[:space:]]+/+', '', 'g'), '[[:space:]]+')`;
    const has = listScopes(requiredScopes(kind, configured).join(" ")).map(
      (scope) => Prisma.sql`${granted} && ${namesThatGrant(scope)}::text[]`,
    );
    const hasAll = has.length > 0 ? Prisma.join(has, " AND ") : Prisma.sql`true`;
    return Prisma.sql`(c."accountKind" = ${kind}::"AccountKind" AND NOT (${hasAll}))`;
  };
  return Prisma.sql`(${lacks("work")} OR ${lacks("personal")})`;
}

/** How many connections there are, by provider and state. */
export async function countConnectionStatuses(): Promise<
  { provider: string; state: ConnectionState; count: number }[]
> {
  const { state } = connectionStatusSql((await registration()).scopes);
  return db().$queryRaw`
    SELECT provider, state, count(*)::int AS count
    FROM (SELECT c.provider, ${state} AS state FROM "MeetingProviderConnection" c) AS connections
    GROUP BY provider, state`;
}

/** Keeps two workers from writing the same entry. */
const notingLock = 5_174_203;

/**
 * Writes into the history whose connection asks for a reconnect because the server's scopes have grown, and whose does so
 * no longer: a change of scopes touches no connection itself.
 */
export async function noteScopeChanges(): Promise<void> {
  const { state, reason, lacks } = connectionStatusSql((await registration()).scopes);
  await db().$transaction([
    db().$executeRaw`SELECT pg_advisory_xact_lock(${notingLock}::bigint)`,
    db().$executeRaw`
      INSERT INTO "ConnectionStateChange" ("userId", provider, state, reason)
      SELECT c."userId", c.provider, ${state}, ${reason}
      FROM "MeetingProviderConnection" c
      LEFT JOIN LATERAL (
        SELECT s.reason FROM "ConnectionStateChange" s
        WHERE s."userId" = c."userId" AND s.provider = c.provider ORDER BY s.id DESC LIMIT 1) last ON true
      WHERE (c.state <> 'reconnect_needed' AND ${lacks}) <> coalesce(last.reason = ${scopesAdded}, false)`,
  ]);
}
