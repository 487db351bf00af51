/** Which server actions this build has. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

const manifestFile = path.join(".next", "server", "server-reference-manifest.json");
const manifestSchema = z.object({ node: z.record(z.string(), z.unknown()) });

let known: Promise<ReadonlySet<string> | null> | undefined;

/** The ids of this build's actions; null where there is no build to ask, as in development. */
export function listKnownActions(file = manifestFile): Promise<ReadonlySet<string> | null> {
  known ??= read(file);
  return known;
}

async function read(file: string): Promise<ReadonlySet<string> | null> {
  try {
    const manifest = manifestSchema.parse(JSON.parse(await readFile(file, "utf8")));
    return new Set(Object.keys(manifest.node));
  } catch {
    return null;
  }
}
