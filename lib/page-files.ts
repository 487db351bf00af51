/**
 * The scripts and styles of each build, kept in the database: a page of one build may ask a server of another for them, while one takes over
 * from the other behind a balancer, or days later where a page has stayed open.
 */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { db } from "@/lib/database/client";
import { daysBefore } from "@/lib/database/retention-rule";

const folder = path.join(".next", "static");

/** Fonts and pictures are the same in all builds, or are done without. */
const kinds: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

/** How long after another build has started, in days. */
const keptDays = 30;

export interface PageFile {
  type: string;
  bytes: Uint8Array;
}

/** Keeps this build's files, unless they are there, and lets go of those whose build has long been replaced. Safe to run twice. */
export async function keepPageFiles(now = new Date()): Promise<void> {
  const own = await listOwn();
  const known = await db().pageFile.findMany({ where: { name: { in: own } }, select: { name: true } });
  const names = new Set(known.map(({ name }) => name));
  for (const name of own.filter((one) => !names.has(one))) {
    const bytes = new Uint8Array(await readFile(/* turbopackIgnore: true */ path.join(folder, name)));
    await db().pageFile.createMany({ data: { name, bytes }, skipDuplicates: true });
  }
  const others = { name: { notIn: own } };
  const isBack = { name: { in: own }, replacedAt: { not: null } };
  await db().pageFile.updateMany({ where: isBack, data: { replacedAt: null } });
  await db().pageFile.updateMany({ where: { ...others, replacedAt: null }, data: { replacedAt: now } });
  await db().pageFile.deleteMany({ where: { ...others, replacedAt: { lt: daysBefore(now, keptDays) } } });
}

/** A file of any build by its name below `/_next/static/`; null: none has it. */
export async function readPageFile(name: string): Promise<PageFile | null> {
  const type = kinds[path.extname(name)];
  const row = type && (await db().pageFile.findUnique({ where: { name }, select: { bytes: true } }));
  return row ? { type, bytes: row.bytes } : null;
}

/** Empty without a build, as in development. */
async function listOwn(): Promise<string[]> {
  const files = await readdir(/* turbopackIgnore: true */ folder, { recursive: true }).catch(() => []);
  return files.filter((name) => path.extname(name) in kinds).map((name) => name.split(path.sep).join("/"));
}
