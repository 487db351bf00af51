import { statfs } from "node:fs/promises";

/** Less than this on the database's disk, and it is a matter of time. */
export const lowBytes = 500_000_000;

/** Less than this, and PostgreSQL can't add to its log of changes (16 MB a file), without which it writes nothing. */
export const fullBytes = 50_000_000;

/** How much this user may still write where a folder is; null where there is none. */
export async function readFreeBytes(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}
