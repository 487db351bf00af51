import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { english, type Messages } from "@/lib/i18n/messages";

/** Next.js bundles this file more than once: what one of them has read is there for all. */
const globals = globalThis as { bellhopCatalogues?: Map<string, Messages> };

/**
 * The words of a language from `messages/{tag}/{namespace}.json`, English for each that is missing there. Read from disk the first time
 * that someone needs them, which takes a few milliseconds: most servers speak two or three languages. A file that isn't JSON is
 * passed over with a warning; tests see to it that none is shipped.
 */
export function catalogueOf(tag: string): Messages {
  globals.bellhopCatalogues ??= new Map();
  const known = globals.bellhopCatalogues.get(tag) ?? complete(english, readFolder(tag));
  globals.bellhopCatalogues.set(tag, known);
  return known;
}

/** English, and over it key by key whatever of it there is in another language; keys that English doesn't have are left out. PURE. */
export function complete<Words>(words: Words, other: unknown): Words {
  if (typeof words === "string") return (typeof other === "string" && other !== "" ? other : words) as Words;
  const given = isObject(other) ? other : {};
  const entries = Object.entries(words as Record<string, unknown>);
  return Object.fromEntries(entries.map(([key, word]) => [key, complete(word, given[key])])) as Words;
}

function readFolder(tag: string): Record<string, unknown> {
  const folder = path.join(/* turbopackIgnore: true */ process.cwd(), "messages", tag);
  return Object.fromEntries(
    listFiles(folder).map((file) => [path.basename(file, ".json"), readWords(path.join(folder, file))]),
  );
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(".json"));
  } catch {
    return [];
  }
}

function readWords(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    process.emitWarning(`${file} can't be read, so its words are in English: ${String(error)}`);
    return {};
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
