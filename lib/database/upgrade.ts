/** What a start of this version would do to a database. Nothing is changed by asking. */
import { describeMisfit, listOwnSteps, readMigrationState } from "@/lib/database/migrate";
import { openSession } from "@/lib/database/session";

export interface UpgradeStep {
  name: string;
  /** What it is for, in the words of the migration. */
  purpose: string;
  /** Its statements in short, such as `CREATE TABLE "Booking"`. */
  changes: string[];
}

export interface Upgrade {
  /** The newest step that the database has had; null: it is empty. */
  migration: string | null;
  /** Steps that a start takes, in their order. */
  steps: UpgradeStep[];
  /** Why a start refuses this database; null: it does not. */
  problem: string | null;
}

/** Compares a database with this version. Throws the driver's error when it does not answer. */
export async function describeUpgrade(databaseUrl: string): Promise<Upgrade> {
  const own = await listOwnSteps();
  const session = await openSession(databaseUrl);
  try {
    const { rows } = await session.query<{ there: boolean }>(
      `SELECT to_regclass('"_prisma_migrations"') IS NOT NULL AS there`,
    );
    const state = rows[0]?.there
      ? await readMigrationState(async (sql) => (await session.query(sql)).rows)
      : { missing: own.map(({ name }) => name), newer: [], changed: [] };
    const missing = new Set(state.missing);
    const had = [...own.map(({ name }) => name).filter((name) => !missing.has(name)), ...state.newer];
    return {
      migration: had.sort().at(-1) ?? null,
      steps: own.filter(({ name }) => missing.has(name)).map(describeStep),
      problem: describeMisfit(state),
    };
  } finally {
    await session.end();
  }
}

const statement =
  /^(?:(?:CREATE|ALTER|DROP) (?:UNIQUE )?(?:TABLE|INDEX|TYPE|FUNCTION|TRIGGER|EXTENSION)|UPDATE|INSERT INTO|DELETE FROM)(?: IF (?:NOT )?EXISTS)? "?\w+"?/gm;

/** PURE. */
function describeStep({ name, sql }: { name: string; sql: string }): UpgradeStep {
  // Such as `-- CreateTable`, which says no more than the statement after it.
  const [purpose = ""] = [...sql.matchAll(/^-- (?!(?:Create|Alter|Drop|Add|Rename)[A-Z])(.+)$/gm)].map(
    ([, words = ""]) => words,
  );
  return { name, purpose, changes: [...new Set(sql.match(statement))] };
}
