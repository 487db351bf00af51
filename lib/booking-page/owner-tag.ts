import { isReservedHandle } from "@/lib/accounts/handles";
import { db } from "@/lib/database/client";
import { isAddressPart } from "@/lib/input/id";

const keptMs = 60_000;
const keptMax = 1000;

/** Those who were asked for lately; a program that asks for no language would ask the database for each page. */
const kept = new Map<string, { tag: string | undefined; until: number }>();

/**
 * The language (BCP 47) of the organizer whose page is at this path (`/{handle}`, `/{handle}/{slug}`, the same below `/embed`); undefined where
 * it is no one's, or a team's. May be a minute old.
 */
export async function ownerTagOf(path: string): Promise<string | undefined> {
  const handle = /^\/(?:embed\/)?([^/?]+)/.exec(path)?.[1]?.toLowerCase() ?? "";
  if (!isAddressPart(handle) || isReservedHandle(handle)) return undefined;
  const now = Date.now();
  const known = kept.get(handle);
  if (known && known.until > now) return known.tag;
  const owner = await db().user.findUnique({ where: { handle }, select: { locale: true } });
  if (kept.size >= keptMax) kept.clear();
  kept.set(handle, { tag: owner?.locale, until: now + keptMs });
  return owner?.locale;
}
