import { notFound } from "next/navigation";
import { requireOrganizer } from "@/lib/auth/guards";
import { findTeamScope } from "@/lib/teams/scope";

/** Who is signed in, and what they may do in a team; for anyone who has no part in it the page is not there. */
export async function requireTeam(id: string, returnTo?: string) {
  const organizer = await requireOrganizer(returnTo);
  const team = (await findTeamScope(organizer, id)) ?? notFound();
  return { organizer, scope: organizer.scope, team };
}
