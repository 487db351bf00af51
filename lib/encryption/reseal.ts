/** Key rotation: seals stored values again under the first key of the ring, while everything else goes on. */

import { db } from "@/lib/database/client";
import { type Binding, isSealedWithOldKey, seal, unseal } from "@/lib/encryption/cipher";

/** A column with sealed values. Each domain that seals lists its own. */
export interface SealedColumn {
  table: string;
  column: string;
  /** The columns, with their types, that a row is found by and its binding is made from. */
  identity: Record<string, "uuid" | "text">;
  bind(row: Record<string, string>): Binding;
}

export interface Resealed {
  /** Values sealed again now. */
  resealed: number;
  /** Values that no key of the ring opens; they are left as they are. */
  unreadable: number;
}

type Row = Record<string, string> & { value: string };

const pageSize = 500;

/** Seals one column again. Safe to run twice and beside the application: a value that changes meanwhile is left alone. */
export async function resealColumn(sealed: SealedColumn): Promise<Resealed> {
  const done = { resealed: 0, unreadable: 0 };
  let after: string[] = [];
  for (;;) {
    const rows = await readPage(sealed, after);
    for (const row of rows) {
      if (!isSealedWithOldKey(row.value)) continue;
      const renewed = sealAnew(row.value, sealed.bind(row));
      if (renewed === null) done.unreadable += 1;
      else done.resealed += await replace(sealed, row, renewed);
    }
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return done;
    after = Object.keys(sealed.identity).map((name) => last[name] ?? "");
  }
}

/** Table and column names are ours, from the lists of the domains; only values come from the database. */
function readPage({ table, column, identity }: SealedColumn, after: string[]): Promise<Row[]> {
  const columns = Object.entries(identity);
  const names = columns.map(([name]) => `"${name}"`).join(", ");
  const shown = columns.map(([name]) => `"${name}"::text AS "${name}"`).join(", ");
  const bounds = columns.map(([, type], index) => `$${index + 1}::${type}`).join(", ");
  const beyond = after.length > 0 ? `AND (${names}) > (${bounds})` : "";
  return db().$queryRawUnsafe(
    `SELECT ${shown}, "${column}" AS "value" FROM "${table}"
     WHERE "${column}" IS NOT NULL ${beyond} ORDER BY ${names} LIMIT ${pageSize}`,
    ...after,
  );
}

function sealAnew(value: string, binding: Binding): string | null {
  try {
    return seal(unseal(value, binding), binding);
  } catch {
    return null;
  }
}

/** Only if the value is still the one that was read: one that was renewed meanwhile is newer than ours. */
function replace({ table, column, identity }: SealedColumn, row: Row, renewed: string): Promise<number> {
  const columns = Object.entries(identity);
  const same = columns.map(([name, type], index) => `"${name}" = $${index + 3}::${type}`).join(" AND ");
  return db().$executeRawUnsafe(
    `UPDATE "${table}" SET "${column}" = $1 WHERE "${column}" = $2 AND ${same}`,
    renewed,
    row.value,
    ...columns.map(([name]) => row[name]),
  );
}
