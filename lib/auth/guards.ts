import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { type OwnerScope, scopeOf } from "@/lib/auth/owner-scope";
import { safeReturnTo } from "@/lib/auth/return-to";
import { getSessionHash } from "@/lib/auth/session";
import { db } from "@/lib/database/client";

/** Set by our own HTTP server to the path that was asked for; one sent from outside is overwritten there. */
const pathHeader = "x-bellhop-path";

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

/** Who is signed in, or null. Asked of the database once a request. */
export const getOrganizer = cache(async (): Promise<Organizer | null> => {
  const idHash = await getSessionHash();
  if (!idHash) return null;
  const session = await db().session.findUnique({
    where: { idHash, expiresAt: { gt: new Date() } },
    select: {
      sessionEpoch: true,
      user: {
        select: {
          id: true,
          name: true,
          email: true,
          handle: true,
          role: true,
          locale: true,
          sessionEpoch: true,
        },
      },
    },
  });
  if (!session || session.sessionEpoch !== session.user.sessionEpoch) return null;
  const { sessionEpoch: _, ...organizer } = session.user;
  return { ...organizer, scope: scopeOf(organizer.id) };
});

/** Who is signed in; a stranger is sent to sign in and comes back to `returnTo` (left out: this page). */
export async function requireOrganizer(returnTo?: string): Promise<Organizer> {
  const organizer = await getOrganizer();
  if (organizer) return organizer;
  const path = safeReturnTo(returnTo ?? (await currentPath()));
  redirect(`/sign-in?returnTo=${encodeURIComponent(path)}`);
}

/** Path and query of the page that is asked for; empty where that is not known. */
export async function currentPath(): Promise<string> {
  return pageOf((await headers()).get(pathHeader));
}

/** The page behind a request of the router's own, which marks its requests with `_rsc`. */
function pageOf(path: string | null): string {
  return (path ?? "").replace(/([?&])_rsc=[^&]*&?/, "$1").replace(/[?&]$/, "");
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
