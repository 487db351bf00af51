/** Which keys the sealed values of a backup need: by name, and by a value that only the same key opens. Never a key itself. */
import type pg from "pg";
import type { BackupHead } from "@/lib/backup/file";
import { env } from "@/lib/config/env";
import { CipherError, seal, unseal } from "@/lib/encryption/cipher";
import type { SealedColumn } from "@/lib/encryption/reseal";

type Key = BackupHead["keys"][number];

const binding = (id: string) => ({ purpose: "Backup.Key.v1", row: id });

/** The keys of this server that the session's database uses, and the one that it seals with now. */
export async function describeKeys(
  client: pg.ClientBase,
  tables: ReadonlySet<string>,
  sealed: readonly SealedColumn[],
): Promise<Key[]> {
  const used = new Set<string>();
  for (const { table, column } of sealed) {
    if (!tables.has(table)) continue;
    // Where an older step of the database lacks the column, nothing is sealed in it.
    const { rows: found } = await client.query(
      "SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass(quote_ident($1)) AND attname = $2 AND NOT attisdropped",
      [table, column],
    );
    if (found.length === 0) continue;
    const { rows } = await client.query<{ id: string }>(
      `SELECT DISTINCT split_part("${column}", '.', 2) AS id FROM "${table}" WHERE "${column}" IS NOT NULL`,
    );
    for (const { id } of rows) used.add(id);
  }
  const ring = env().TOKEN_ENCRYPTION_KEYS;
  return ring
    .filter(({ id }, place) => place === 0 || used.has(id))
    .map((key) => ({ id: key.id, check: seal("Bellhop", binding(key.id), [key]) }));
}

/** What this server's keys lack for a backup, as one sentence; null: they open all of it. */
export function findKeyProblem(keys: readonly Key[], ring = env().TOKEN_ENCRYPTION_KEYS): string | null {
  const missing = keys.filter(({ id }) => !ring.some((key) => key.id === id)).map(({ id }) => id);
  if (missing.length > 0) {
    return `needs the key ${missing.join(", ")}, which TOKEN_ENCRYPTION_KEYS doesn't have. Add it at the end of the list.`;
  }
  const others = keys.filter(({ id, check }) => !opens(id, check, ring)).map(({ id }) => id);
  if (others.length === 0) return null;
  return `needs another key named ${others.join(", ")} than the one in TOKEN_ENCRYPTION_KEYS. Put the key of the backup's server there.`;
}

function opens(id: string, check: string, ring: ReturnType<typeof env>["TOKEN_ENCRYPTION_KEYS"]): boolean {
  try {
    return unseal(check, binding(id), ring) === "Bellhop";
  } catch (error) {
    if (error instanceof CipherError) return false;
    throw error;
  }
}
