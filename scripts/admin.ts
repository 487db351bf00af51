/** The operator's commands: one JSON object on standard output, or one line on standard error and exit code 1. */
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { type ParseArgsConfig, parseArgs } from "node:util";
import type { z } from "zod";
import { createUser, createUserApiKey, createUserInput, userApiKeyInput } from "@/lib/accounts/create-user";
import { exportAccount } from "@/lib/accounts/export-account";
import { createSignInLink } from "@/lib/accounts/sign-in-link";
import { disableUser, enableUser, findUserId, knownUserInput } from "@/lib/accounts/users";
import { actAs } from "@/lib/audit/acting";
import { record } from "@/lib/audit/record";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { EnvError } from "@/lib/config/env";
import { db } from "@/lib/database/client";
import { openDatabase } from "@/lib/database/open";
import { examine } from "@/lib/doctor";
import { defaultLocale } from "@/lib/i18n/languages";
import { describeIssue } from "@/lib/input/describe";
import { parseInput } from "@/lib/input/parse";
import { resealAll } from "@/lib/sealed-columns";

/** What was asked for can't be done; `message` is the line the operator sees. */
class Refusal extends Error {}

type Flags = Record<string, string | undefined>;

const verbs: Record<string, { flags: string[]; run(flags: Flags): Promise<object> }> = {
  "create-user": {
    flags: ["email", "name", "handle", "password", "role", "time-zone"],
    async run(flags) {
      const input = read(createUserInput, flags);
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
        const exported = await exportAccount(scopeWithoutRequest(id));
        await writeNew(file, `${JSON.stringify(exported, null, 2)}\n`);
        return { id, email, file, bookings: exported.bookings.length };
      }),
  },
  "rotate-keys": {
    flags: [],
    run: () =>
      withDatabase(async () => {
        const resealed = await resealAll();
        const details = { resealed: resealed.resealed, unreadable: resealed.unreadable };
        await record(db(), { action: "command.run", subject: "rotate-keys", details });
        return resealed;
      }),
  },
  doctor: { flags: [], run: examine },
};

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
  const database = await openDatabase();
  try {
    return await work();
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

function readFlags(names: string[], args: string[]): Flags {
  const options: NonNullable<ParseArgsConfig["options"]> = {};
  for (const name of names) options[name] = { type: "string" };
  try {
    return parseArgs({ args, options }).values as Flags;
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
  const done = await actAs(commandLine, () => verb.run(readFlags(verb.flags, args)));
  process.stdout.write(`${JSON.stringify(done)}\n`);
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
