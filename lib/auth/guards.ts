import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { type OwnerScope, scopeOf } from "@/lib/auth/owner-scope";
import { pathHeader } from "@/lib/auth/path-header";
import { safeReturnTo } from "@/lib/auth/return-to";
import { getSessionHash, noteSeen } from "@/lib/auth/session";
import { db } from "@/lib/database/client";

export interface Organizer {
  id: string;
  name: string;
  email: string;
  handle: string;
  role: "organizer" | "admin";
  /** What they may read and change: their own. */
  scope: OwnerScope;
  /** BCP 47: the language they read in. */
  locale: string;
}

/** An organizer at a browser. */
export interface SignedIn extends Organizer {
  sessionId: string;
  /** When this browser last proved who it is. */
  authenticatedAt: Date;
}

/** Who is signed in, or null. Queries the database once per request. */
export const getOrganizer = cache(async (): Promise<SignedIn | null> => {
  const idHash = await getSessionHash();
  if (!idHash) return null;
  const session = await db().session.findUnique({
    where: { idHash, expiresAt: { gt: new Date() } },
    select: {
      id: true,
      sessionEpoch: true,
      authenticatedAt: true,
      lastSeenAt: true,
      user: {
        select: {
          id: true,
          name: true,
          email: true,
          handle: true,
          role: true,
          locale: true,
          sessionEpoch: true,
          disabledAt: true,
        },
      },
    },
  });
  if (!session || session.sessionEpoch !== session.user.sessionEpoch || session.user.disabledAt) return null;
  await noteSeen({ idHash, lastSeenAt: session.lastSeenAt });
  const { sessionEpoch: _, disabledAt: __, ...organizer } = session.user;
  const { id: sessionId, authenticatedAt } = session;
  return { ...organizer, scope: scopeOf(organizer.id), sessionId, authenticatedAt };
});

/** Who is signed in; a stranger is sent to sign in and comes back to `returnTo` (left out: this page). */
export async function requireOrganizer(returnTo?: string): Promise<SignedIn> {
  const organizer = await getOrganizer();
  if (organizer) return organizer;
  const path = safeReturnTo(returnTo ?? (await currentPath()));
  redirect(`/sign-in?returnTo=${encodeURIComponent(path)}`);
}

/** Path and query of the requested page; empty if unknown. */
export async function currentPath(): Promise<string> {
  return pageOf((await headers()).get(pathHeader));
}

/** The page behind a request of the router's own, which marks its requests with `_rsc`. */
function pageOf(path: string | null): string {
  return (path ?? "").replace(/([?&])_rsc=[^&]*&?/, "$1").replace(/[?&]$/, "");
}

const recentMs = 15 * 60_000;

/**
 * Who is signed in and has proved it within a quarter of an hour; anyone else proves it once more and comes back to `returnTo`. For what
 * a borrowed browser must not do.
 */
export async function requireRecentSignIn(returnTo: string): Promise<SignedIn> {
  const organizer = await requireOrganizer(returnTo);
  if (isRecent(organizer)) return organizer;
  redirect(`/account/security/confirm?returnTo=${encodeURIComponent(returnTo)}`);
}

/** Whether this browser proved within a quarter of an hour who it is. */
export function isRecent({ authenticatedAt }: SignedIn, now = Date.now()): boolean {
  return now - authenticatedAt.getTime() < recentMs;
}

/** The signed-in platform admin; for an organizer the page is not there. */
export async function requireAdmin(): Promise<Organizer> {
  const organizer = await requireOrganizer();
  if (organizer.role !== "admin") notFound();
  return organizer;
}

/** What a platform admin may read and change of one organizer's; for anyone else the page is not there. */
export async function requireAdminOver(ownerId: string): Promise<OwnerScope> {
  const { id } = await requireAdmin();
  return scopeOf(id, ownerId);
}
