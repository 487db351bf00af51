/** The browsers that are signed in to an account. */
import { endAllSessions } from "@/lib/accounts/change-password";
import { record } from "@/lib/audit/record";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { db } from "@/lib/database/client";

export interface Device {
  id: string;
  /** What the browser calls itself; empty where it says nothing. */
  userAgent: string;
  /** The network it was last seen in, roughly; empty where that is not known. */
  network: string;
  createdAt: Date;
  /** To within five minutes. */
  lastSeenAt: Date;
}

/** What is signed in now, the last seen first. */
export async function listDevices(scope: OwnerScope, now = new Date()): Promise<Device[]> {
  const account = await db().user.findUnique({
    where: { id: scope.ownerId },
    select: {
      sessionEpoch: true,
      sessions: {
        where: { expiresAt: { gt: now } },
        select: {
          id: true,
          userAgent: true,
          network: true,
          createdAt: true,
          lastSeenAt: true,
          sessionEpoch: true,
        },
        orderBy: { lastSeenAt: "desc" },
      },
    },
  });
  const live = account?.sessions.filter((one) => one.sessionEpoch === account.sessionEpoch) ?? [];
  return live.map(({ sessionEpoch: _, ...device }) => device);
}

/** Signs one browser out. One that is out already, or another organizer's, is left alone. */
export async function signOutDevice(scope: OwnerScope, id: string): Promise<void> {
  await db().$transaction(async (tx) => {
    const { count } = await tx.session.deleteMany({ where: { id, userId: scope.ownerId } });
    if (count > 0) await record(tx, { action: "session.ended", accountId: scope.ownerId });
  });
}

/** Signs every browser out, this one too. */
export async function signOutEverywhere(scope: OwnerScope): Promise<void> {
  await db().$transaction(async (tx) => {
    await endAllSessions(tx, scope.ownerId);
    await record(tx, { action: "account.sessions_ended", accountId: scope.ownerId });
  });
}
