import { isDuplicate } from "@/lib/database/errors";

/**
 * Makes a row for a request that may come twice, at the same moment or after a crash. `find` looks for what the request has made, by
 * a unique column; `make` writes that column.
 */
export async function madeOnce<Value>(
  find: () => Promise<Value | null>,
  make: () => Promise<Value>,
): Promise<Value> {
  const earlier = await find();
  if (earlier) return earlier;
  try {
    return await make();
  } catch (error) {
    const twins = isDuplicate(error) ? await find() : null;
    if (twins) return twins;
    throw error;
  }
}
