import { run } from "@/lib/database/direct";
import { isAtAddress, readAddress } from "@/lib/offers/offer";

const originsByAddress = `SELECT e."embedOrigins" AS origins FROM "EventType" e LEFT JOIN "User" o ON o.id = e."userId" WHERE ${isAtAddress}`;

/** The websites (origins) that may show the booking page at `/{handle}/{slug}` in a frame; none where nothing is offered. */
export async function listEmbedOrigins(handle: string, slug: string): Promise<readonly string[]> {
  const address = readAddress(handle, slug);
  if (!address) return [];
  const [row] = await run<{ origins: string[] }>(originsByAddress, address);
  return row?.origins ?? [];
}
