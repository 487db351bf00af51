/**
 * The operator's commands: one JSON object on standard output, or one line on standard error and exit code 1. What reaches
 * into every domain is imported by the verb that needs it: the others start in half the time.
 */
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { type ParseArgsConfig, parseArgs } from "node:util";
import type { z } from "zod";
import { createUser, createUserApiKey, createUserInput, userApiKeyInput } from "@/lib/accounts/create-user";
import { createSignInLink } from "@/lib/accounts/sign-in-link";
import {
  changeRole,
  disableUser,
  enableUser,
  findUserId,
  knownUserInput,
  knownUserRoleInput,
} from "@/lib/accounts/users";
import { actAs } from "@/lib/audit/acting";
import { record } from "@/lib/audit/record";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { type BackupRefusal, backUp } from "@/lib/backup/back-up";
import { inspectBackup, type RestoreRefusal, restore } from "@/lib/backup/restore";
import { ownVersion } from "@/lib/backup/version";
import { EnvError } from "@/lib/config/env";
import { db } from "@/lib/database/client";
import { type OpenDatabase, openDatabaseAsIs, openDatabaseOfThisVersion } from "@/lib/database/open";
import { describeUpgrade } from "@/lib/database/upgrade";
import { examine, type Report } from "@/lib/doctor";
import { defaultLocale } from "@/lib/i18n/languages";
import type { Draft } from "@/lib/imports/draft";
import type { ReportLine } from "@/lib/imports/import-account";
import { readImportFile } from "@/lib/imports/read-file";
import { describeIssue } from "@/lib/input/describe";
import { parseInput } from "@/lib/input/parse";

/** What was asked for can't be done; `message` is the line the operator sees. */
class Refusal extends Error {}

type Flags = Record<string, string | undefined>;

type Switches = Record<string, boolean | undefined>;

interface Verb {
  /** Names of the flags that have a value. */
  flags: string[];
  /** Names of those that have none. */
  switches?: string[];
  run(flags: Flags, switches: Switches): Promise<object>;
}

const verbs: Record<string, Verb> = {
  "create-user": {
    flags: ["email", "name", "handle", "password", "role", "time-zone"],
    switches: ["password-stdin"],
    async run(flags, { "password-stdin": isPiped }) {
      if (isPiped && flags.password !== undefined)
        throw new Refusal("--password: Leave it out, since --password-stdin reads it from standard input.");
      const input = read(createUserInput, isPiped ? { ...flags, password: await readLine() } : flags);
      const created = await withDatabase(() => createUser(input));
      if (created.ok) return created.value;
      throw new Refusal(
        created.error.code === "email_taken"
          ? `--email: ${input.email} already has an account. Nothing has changed.`
          : `--handle: ${input.handle} is taken. Choose another. Nothing has changed.`,
      );
    },
  },
  "create-api-key": {
    flags: ["email", "name", "scope", "days"],
    async run(flags) {
      const input = read(userApiKeyInput, flags);
      const created = await withDatabase(() => createUserApiKey(input));
      if (created.ok) return created.value;
      throw new Refusal(`--email: there's no account with ${input.email}. Create it with create-user.`);
    },
  },
  "disable-user": {
    flags: ["email"],
    run: (flags) =>
      withAccount(flags, async ({ id, email }) => {
        const disabled = await disableUser(id);
        if (!disabled.ok && disabled.error.code === "last_admin")
          throw new Refusal(`--email: ${email} is the last admin. Make someone else an admin first.`);
        return { id, email, disabled: true };
      }),
  },
  "enable-user": {
    flags: ["email"],
    run: (flags) =>
      withAccount(flags, async ({ id, email }) => {
        await enableUser(id);
        return { id, email, disabled: false };
      }),
  },
  "set-role": {
    flags: ["email", "role"],
    run: (flags) => {
      const { role } = read(knownUserRoleInput, flags);
      return withAccount(flags, async ({ id, email }) => {
        const changed = await changeRole(id, role);
        if (!changed.ok && changed.error.code === "last_admin")
          throw new Refusal(`--email: ${email} is the last admin. Make someone else an admin first.`);
        return { id, email, role };
      });
    },
  },
  "sign-in-link": {
    flags: ["email"],
    run: (flags) =>
      withAccount(flags, async ({ id, email }) => {
        const made = await createSignInLink(id);
        if (made.ok) return { id, email, url: made.value.url, expiresAt: made.value.expiresAt.toISOString() };
        throw new Refusal(`--email: ${email} is disabled. Enable it first with enable-user.`);
      }),
  },
  "export-account": {
    flags: ["email", "to"],
    run: (flags) =>
      withAccount(flags, async ({ id, email }) => {
        const file = flags.to?.trim();
        if (!file) throw new Refusal("--to: Name the file to write, such as --to account.json.");
        if (existsSync(file)) throw new Refusal(`--to: ${file} already exists. Name another file.`);
        const { exportAccount } = await import("@/lib/accounts/export-account");
        const exported = await exportAccount(scopeWithoutRequest(id));
        await writeNew(file, `${JSON.stringify(exported, null, 2)}\n`);
        return { id, email, file, bookings: exported.bookings.length };
      }),
  },
  import: {
    flags: ["email", "file"],
    switches: ["apply"],
    run: (flags, { apply = false }) =>
      withAccount(flags, async ({ id, email }) => {
        const draft = await readExport(flags.file?.trim());
        const { importAccount } = await import("@/lib/imports/import-account");
        const report = await importAccount(scopeWithoutRequest(id), draft, apply);
        return {
          email,
          ...report,
          schedules: report.schedules.map(toLine),
          eventTypes: report.eventTypes.map(toLine),
          bookings: report.bookings.map(toLine),
        };
      }),
  },
  "rotate-keys": {
    flags: [],
    run: () =>
      withDatabase(async () => {
        const { resealAll } = await import("@/lib/sealed-columns");
        const resealed = await resealAll();
        const details = { resealed: resealed.resealed, unreadable: resealed.unreadable };
        await record(db(), { action: "command.run", subject: "rotate-keys", details });
        return resealed;
      }),
  },
  backup: {
    flags: ["to"],
    async run(flags) {
      const file = flags.to?.trim();
      if (!file) throw new Refusal("--to: Name the file to write, such as --to bellhop.backup.");
      const { sealedColumns } = await import("@/lib/sealed-columns");
      return withDatabaseAsIs(async ({ url }) => {
        const made = await backUp(url, file, sealedColumns);
        if (!made.ok) throw new Refusal(describeBackupRefusal(made.error, file));
        return made.value;
      });
    },
  },
  restore: {
    flags: ["from"],
    switches: ["yes"],
    async run(flags, { yes }) {
      const file = flags.from?.trim();
      if (!file) throw new Refusal("--from: Name the backup to restore, such as --from bellhop.backup.");
      // A file that can't be used is no reason to make a database.
      const inspected = await inspectBackup(file);
      if (!inspected.ok) throw new Refusal(describeRestoreRefusal(inspected.error, file));
      return withDatabaseAsIs(async ({ url }) => {
        const done = await restore(url, file, { replace: yes === true });
        if (!done.ok) throw new Refusal(describeRestoreRefusal(done.error, file));
        const { version, createdAt } = done.value;
        await record(db(), { action: "command.run", subject: "restore", details: { version, createdAt } });
        return done.value;
      });
    },
  },
  retention: {
    flags: [],
    switches: ["dry-run"],
    run: (_, { "dry-run": isRehearsal = false }) =>
      withDatabase(async () => {
        const { countDue, removeDue } = await import("@/lib/retention");
        const kinds = isRehearsal ? await countDue() : await removeDue();
        const details = Object.fromEntries(Object.entries(kinds).map(([kind, { count }]) => [kind, count]));
        if (!isRehearsal)
          await record(db(), { action: "command.run", subject: "retention", details: { removed: details } });
        return { dryRun: isRehearsal, kinds };
      }),
  },
  upgrade: {
    flags: [],
    switches: ["check"],
    async run(_, { check }) {
      if (!check)
        throw new Refusal("Starting Bellhop upgrades the database. To see what that changes, add --check.");
      return withDatabaseAsIs(async ({ url }) => {
        const { problem, ...upgrade } = await describeUpgrade(url);
        if (problem) throw new Refusal(problem);
        return { version: await ownVersion(), ...upgrade };
      });
    },
  },
  // The report is JSON anyway; scripts may say that they rely on it.
  doctor: { flags: [], switches: ["json"], run: examine },
};

/** The first line of standard input, so that a password is neither in a list of processes nor in a shell's history. */
async function readLine(): Promise<string> {
  for await (const line of createInterface({ input: process.stdin })) return line;
  return "";
}

function describeBackupRefusal(error: BackupRefusal, file: string): string {
  switch (error.code) {
    case "exists":
      return `--to: ${file} already exists. Name another file.`;
    case "unwritable":
      return `--to: ${file} can't be written. Name a file in a folder that's there and that this user can write to.`;
    case "empty":
      return "The database is empty: there's nothing to back up.";
    case "misfit":
      return error.message;
  }
}

function describeRestoreRefusal(error: RestoreRefusal, file: string): string {
  switch (error.code) {
    case "file":
      return `--from: ${file} ${error.message} Nothing has changed.`;
    case "running":
      return "Bellhop is running on this database. Stop all its processes, then restore. Nothing has changed.";
    case "not_empty":
      return `The database isn't empty (accounts: ${error.accounts}). To replace everything in it, add --yes. Nothing has changed.`;
    case "foreign":
      return "The database has tables that aren't Bellhop's. Restore into an empty one. Nothing has changed.";
  }
}

/** Personal data: a file of before is never overwritten, and no one else on this machine can read the new one. */
async function writeNew(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: "wx", mode: 0o600 });
  } catch {
    throw new Refusal(`--to: ${file} can't be written.`);
  }
}

/** Works beside a running server as well as alone: the embedded database is joined, or started for this one command. */
async function withDatabase<Value>(work: () => Promise<Value>): Promise<Value> {
  const database = await openDatabaseOfThisVersion();
  try {
    return await work();
  } finally {
    await database.close();
  }
}

/** The same with a database of any version, or an empty one. */
async function withDatabaseAsIs<Value>(work: (database: OpenDatabase) => Promise<Value>): Promise<Value> {
  const database = await openDatabaseAsIs();
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** Works on the account that `--email` names. */
function withAccount<Value>(
  flags: Flags,
  work: (account: { id: string; email: string }) => Promise<Value>,
): Promise<Value> {
  const { email } = read(knownUserInput, flags);
  return withDatabase(async () => {
    const id = await findUserId(email);
    if (!id) throw new Refusal(`--email: there's no account with ${email}.`);
    return work({ id, email });
  });
}

async function readExport(file: string | undefined): Promise<Draft> {
  if (!file) throw new Refusal("--file: Name the file to import, such as --file cal.json.");
  const text = await readFile(file, "utf8").catch(() => {
    throw new Refusal(`--file: ${file} can't be read.`);
  });
  const draft = readImportFile(text);
  if (draft.ok) return draft.value;
  const { error } = draft;
  if (error.code === "not_readable") throw new Refusal(`--file: ${file} isn't JSON, or a table of bookings.`);
  if (error.code === "source_unknown")
    throw new Refusal(`--file: ${file} isn't from a product that Bellhop can import from.`);
  throw new Refusal(
    `--file: ${file} seems to be from ${error.source}, but can't be read. ${error.problems.join("; ")}`,
  );
}

/** A line of an import's report, with what was refused in words. */
function toLine({ issues, ...line }: ReportLine): object {
  const problems = issues.map((issue) => `${issue.path}: ${describeIssue(issue, defaultLocale)}`);
  return problems.length > 0 ? { ...line, problems } : line;
}

/** Checks the flags by a use case's schema; every complaint names its flag. */
function read<Schema extends z.ZodType>(schema: Schema, flags: Flags): z.output<Schema> {
  const { "time-zone": timeZone, ...rest } = flags;
  const parsed = parseInput(schema, { ...rest, timeZone });
  if (parsed.ok) return parsed.value;
  const complaints = parsed.error.issues.map((issue) => {
    const flag = issue.path === "timeZone" ? "time-zone" : issue.path;
    return `--${flag}: ${describeIssue(issue, defaultLocale)}`;
  });
  throw new Refusal(complaints.join(" "));
}

function readFlags({ flags, switches = [] }: Verb, args: string[]): [Flags, Switches] {
  const options: NonNullable<ParseArgsConfig["options"]> = {};
  for (const name of flags) options[name] = { type: "string" };
  for (const name of switches) options[name] = { type: "boolean" };
  try {
    const entries = Object.entries(parseArgs({ args, options }).values);
    const of = (names: string[]) => Object.fromEntries(entries.filter(([name]) => names.includes(name)));
    return [of(flags) as Flags, of(switches) as Switches];
  } catch (error) {
    // Node's own sentence names the flag; only its first line is of use.
    throw new Refusal(error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
  }
}

function describe(error: unknown): string {
  if (error instanceof EnvError) return error.lines.join(" ");
  return error instanceof Error ? error.message : String(error);
}

async function main([name = "", ...args]: string[]): Promise<void> {
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (!verb) {
    throw new Refusal(
      `Choose a command: ${Object.keys(verbs).join(", ")}. For example: npm run admin -- doctor`,
    );
  }
  const commandLine = { actorId: null, from: "command line" };
  const done = await actAs(commandLine, () => verb.run(...readFlags(verb, args)));
  process.stdout.write(`${JSON.stringify(done)}\n`);
  const wrong = name === "doctor" ? (done as Report).checks.filter(({ ok }) => !ok) : [];
  if (wrong.length > 0)
    throw new Refusal(`Something is wrong: ${wrong.map((check) => check.name).join(", ")}.`);
}

if (existsSync(".env")) process.loadEnvFile(".env");
// Nothing but the answer may go to standard output.
process.env.LOG_LEVEL = "silent";

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${describe(error).replace(/\s*\n\s*/g, " ")}\n`);
  process.exitCode = 1;
}
