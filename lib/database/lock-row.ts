import type { Tx } from "@/lib/database/client";
import { Prisma } from "@/lib/database/generated/client";
import { isId } from "@/lib/input/id";

type Columns<Model extends Prisma.ModelName> = Prisma.TypeMap["model"][Model]["payload"]["scalars"];

/**
 * Holds a row until the transaction ends: what else wants to change or hold it waits. Prisma has no words for that. False: there is
 * no such row.
 */
export async function lockRow<Model extends Prisma.ModelName>(
  tx: Tx,
  model: Model,
  key: Partial<Columns<Model>>,
): Promise<boolean> {
  const conditions = Object.entries(key).map(([column, value]) => {
    const cast = Prisma.raw(typeof value === "string" && isId(value) ? "::uuid" : "");
    return Prisma.sql`${Prisma.raw(`"${column}"`)} = ${value}${cast}`;
  });
  const where = Prisma.join(conditions, " AND ");
  const found = await tx.$queryRaw<object[]>`
    SELECT 1 FROM ${Prisma.raw(`"${model}"`)} WHERE ${where} FOR UPDATE`;
  return found.length > 0;
}
