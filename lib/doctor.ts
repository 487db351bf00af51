/** Checks everything an installation needs and reports what is wrong, without changing anything. */
import { EnvError, env, setDatabaseUrl } from "@/lib/config/env";
import { closeDatabase, db } from "@/lib/database/client";
import { type EmbeddedDatabase, openEmbeddedDatabase } from "@/lib/database/embedded";
import { describeMisfit, readMigrationState } from "@/lib/database/migrate";
import { requireUsable } from "@/lib/database/open";
import { describeLost, listLostSettings, SessionError } from "@/lib/database/session";
import { lowBytes, readFreeBytes } from "@/lib/health/disk";
import { findConstraintProblem } from "@/lib/health/readiness";
import { isWorkerAlive } from "@/lib/jobs/runner";
import { findSmtpProblem } from "@/lib/outbox/mailer";
import { mergeRegistration, type Registration, registration } from "@/lib/registration/registration";
import { isDraft, setupOf } from "@/lib/registration/setup-state";

export interface Check {
  name:
    | "environment"
    | "disk"
    | "database"
    | "clock"
    | "migrations"
    | "constraint"
    | "worker"
    | "mail"
    | "microsoft";
  ok: boolean;
  /** One line: what was found and, where something is wrong, how to fix it. */
  message: string;
}

export interface Report {
  /** True when every check is. */
  ok: boolean;
  checks: Check[];
}

/** Runs all checks that can be run: without an environment none of the others, without a database none that asks it. */
export async function examine(): Promise<Report> {
  const environment = checkEnvironment();
  if (!environment.ok) return { ok: false, checks: [environment] };
  let embedded: EmbeddedDatabase | null = null;
  // Where there is no database to ask, what the environment says is all there is.
  let app = mergeRegistration(env(), null);
  const checks = [environment];
  const given = env().DATABASE_URL;
  // Where nothing of the database is on this machine, its disk is not ours to judge.
  if (!given) checks.push(await checkDisk());
  try {
    if (given) {
      await requireUsable(given, 0);
    } else {
      embedded = await openEmbeddedDatabase(env().DATA_DIR);
      setDatabaseUrl(embedded.url);
    }
    await requireSettings();
    checks.push({ name: "database", ok: true, message: "The database answers, and keeps time in UTC." });
    checks.push(await checkClock());
    checks.push(await checkMigrations(), await checkConstraint(), await checkWorker());
    app = await registration().catch(() => app);
  } catch (error) {
    checks.push({ name: "database", ok: false, message: describeDatabaseFailure(error) });
  } finally {
    await closeDatabase();
    await embedded?.release();
  }
  checks.push(await checkMail(), checkMicrosoft(app));
  return { ok: checks.every((check) => check.ok), checks };
}

function checkEnvironment(): Check {
  const name = "environment";
  try {
    env();
    return { name, ok: true, message: "Every variable is in order." };
  } catch (error) {
    if (error instanceof EnvError) return { name, ok: false, message: error.lines.join(" ") };
    throw error;
  }
}

async function checkDisk(): Promise<Check> {
  const name = "disk";
  const free = await readFreeBytes(env().DATA_DIR);
  // A folder that is still to be made.
  if (free === null) return { name, ok: true, message: "DATA_DIR is not there yet." };
  const megabytes = Math.floor(free / 1_000_000);
  return free > lowBytes
    ? { name, ok: true, message: `DATA_DIR has ${megabytes} MB left.` }
    : {
        name,
        ok: false,
        message: `The disk of DATA_DIR is nearly full (${megabytes} MB left). Make room, or the database stops.`,
      };
}

/** Above this, links and codes that are valid for minutes still are; people notice nothing. */
const clockToleranceMs = 5_000;

/** Of its own clock a process uses little, since the database's decides, but tokens from Microsoft are judged by it. */
async function checkClock(): Promise<Check> {
  const name = "clock";
  const before = Date.now();
  const [row] = await db().$queryRaw<{ now: number }[]>`
    SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float AS now`;
  const after = Date.now();
  const theirs = row?.now ?? before;
  // The answer was made at some moment in between.
  const differenceMs = Math.max(theirs - after, before - theirs, 0);
  return differenceMs <= clockToleranceMs
    ? { name, ok: true, message: "This machine and the database agree on the time." }
    : {
        name,
        ok: false,
        message: `The clocks of this machine and of the database differ by ${Math.round(differenceMs / 1000)} seconds. Set both by a time server (NTP).`,
      };
}

async function requireSettings(): Promise<void> {
  const lost = await listLostSettings((sql) => db().$queryRawUnsafe(sql));
  if (lost.length > 0) throw new SessionError(describeLost(lost));
}

function describeDatabaseFailure(error: unknown): string {
  const expected = ["embedded_database_unavailable", "database_unavailable", "session_settings_lost"];
  const isOwn = error instanceof Error && "code" in error && expected.includes(String(error.code));
  if (isOwn) return error.message;
  return "The database at DATABASE_URL does not answer. Check that PostgreSQL runs there and accepts this user.";
}

async function checkMigrations(): Promise<Check> {
  const name = "migrations";
  const [table] = await db().$queryRaw<{ exists: boolean }[]>`
    SELECT to_regclass('"_prisma_migrations"') IS NOT NULL AS exists`;
  const state = table?.exists ? await readMigrationState((sql) => db().$queryRawUnsafe(sql)) : null;
  const misfit = state && describeMisfit(state);
  if (misfit) return { name, ok: false, message: misfit };
  if (state?.missing.length === 0) return { name, ok: true, message: "The database is of this version." };
  const which = state ? `lacks ${state.missing.join(", ")}` : "is empty";
  return { name, ok: false, message: `The database ${which}. Start Bellhop once: it brings it up to date.` };
}

/** Without it two visitors could book the same time. */
async function checkConstraint(): Promise<Check> {
  const name = "constraint";
  switch (await findConstraintProblem()) {
    case null:
      return { name, ok: true, message: "The database refuses double bookings." };
    case "not_valid":
      return {
        name,
        ok: false,
        message: "PostgreSQL does not use the constraint TimeClaim_no_overlap. Rebuild its index.",
      };
    case "missing":
      return {
        name,
        ok: false,
        message: "The constraint TimeClaim_no_overlap is missing. Restore the database from a backup.",
      };
  }
}

async function checkWorker(): Promise<Check> {
  const name = "worker";
  const [table] = await db().$queryRaw<{ exists: boolean }[]>`
    SELECT to_regclass('"WorkerBeat"') IS NOT NULL AS exists`;
  return table?.exists && (await isWorkerAlive())
    ? { name, ok: true, message: "A worker is at work." }
    : {
        name,
        ok: false,
        message:
          "No worker gave a sign of life in the last 20 seconds. Start Bellhop, or npm run worker where WORKER is off.",
      };
}

/** True for the default, and for domains that are no one's (RFC 2606). */
const isSampleSender = (sender: string) =>
  /@(?:localhost|(?:[a-z0-9-]+\.)*(?:example\.(?:com|org|net)|example|invalid|test|localhost))>?$/i.test(
    sender,
  );

async function checkMail(): Promise<Check> {
  const name = "mail";
  const url = env().SMTP_URL;
  if (!url) {
    return { name, ok: true, message: "SMTP_URL is not set: mails are not sent but kept at /admin/outbox." };
  }
  if (isSampleSender(env().MAIL_FROM)) {
    return {
      name,
      ok: false,
      message:
        "MAIL_FROM is still a sample, so mail servers will refuse emails. Set the address that Bellhop sends from.",
    };
  }
  const problem = await findSmtpProblem(url);
  return problem === null
    ? { name, ok: true, message: "The SMTP server answers." }
    : { name, ok: false, message: `The SMTP server can't be used (${problem}). Check SMTP_URL.` };
}

function checkMicrosoft(app: Registration): Check {
  const name = "microsoft";
  const setup = setupOf(app);
  if (setup === "ready") return { name, ok: true, message: "The app registration is set." };
  if (setup === "hidden") {
    return { name, ok: true, message: "Microsoft Teams is hidden by TEAMS_ENABLED=false, or at /admin." };
  }
  const cure = app.isSealedAway
    ? "The saved client secret does not open: put its key back into TOKEN_ENCRYPTION_KEYS, or enter the secret again at /admin."
    : isDraft(app)
      ? "Its values are saved: finish them and offer it to organizers at /admin."
      : "Set TEAMS_CLIENT_ID and TEAMS_CLIENT_SECRET or TEAMS_CLIENT_CERTIFICATE, or enter them at /admin.";
  return { name, ok: false, message: `OAuth isn't configured on this server yet. ${cure}` };
}
