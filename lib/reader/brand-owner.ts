import { notFound } from "next/navigation";
import { requireAdmin, requireOrganizer, type SignedIn } from "@/lib/auth/guards";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import type { BrandScope } from "@/lib/brand/save";
import { findTeamScope } from "@/lib/teams/scope";

export interface BrandOwner {
  /** Who acts. */
  scope: OwnerScope;
  brand: BrandScope;
  /** The page of this brand. */
  page: string;
}

/** Whose brand a form names: `me`, `server` or a team's id. Who may not see it finds nothing there; who may not change it is told when saving. */
export async function requireBrandOwner(name: string): Promise<BrandOwner> {
  if (name === "server") {
    const { scope } = await requireAdmin();
    return { scope, brand: "server", page: "/admin/brand" };
  }
  const organizer = await requireOrganizer();
  return (await findBrandOwner(organizer, name)) ?? notFound();
}

/** The same for someone who is signed in; null: there is none that they have a part in. */
export async function findBrandOwner(organizer: SignedIn, name: string): Promise<BrandOwner | null> {
  const { scope, role } = organizer;
  if (name === "server") return role === "admin" ? { scope, brand: "server", page: "/admin/brand" } : null;
  if (name === "me") return { scope, brand: scope, page: "/account/profile" };
  const team = await findTeamScope(organizer, name);
  return team && { scope, brand: team, page: `/account/teams/${name}?tab=settings` };
}
