/** What pages and the API may know of connections. Tokens never pass through here. */

import type { OwnerScope } from "@/lib/auth/owner-scope";
import { db } from "@/lib/database/client";
import { connectionStatusOf } from "@/lib/grants/connection-status";
import { registration } from "@/lib/registration/registration";
import { listScopes } from "@/lib/registration/scopes";

const visible = {
  provider: true,
  state: true,
  reason: true,
  accountEmail: true,
  accountKind: true,
  tenantId: true,
  managed: true,
  scopes: true,
  teamsAvailable: true,
  expiresAt: true,
  lastUsedAt: true,
  lastVerifiedAt: true,
  lastError: true,
  createdAt: true,
  updatedAt: true,
} as const;

export type ConnectionView = Awaited<ReturnType<typeof listConnections>>[number];

/** An organizer's connections, each as it is. */
export async function listConnections({ ownerId: userId }: OwnerScope) {
  const [rows, { scopes: configured }] = await Promise.all([
    db().meetingProviderConnection.findMany({
      where: { userId },
      orderBy: { createdAt: "asc" },
      select: visible,
    }),
    registration(),
  ]);
  return rows.map(({ scopes, ...row }) => ({
    ...row,
    ...connectionStatusOf({ ...row, scopes }, configured),
    grantedScopes: listScopes(scopes),
  }));
}

/** One connection of an organizer, or null. */
export async function getConnection(scope: OwnerScope, provider: string): Promise<ConnectionView | null> {
  const connections = await listConnections(scope);
  return connections.find((connection) => connection.provider === provider) ?? null;
}
