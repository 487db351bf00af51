import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/** What the linter says of a file with this content at this place, where it is put meanwhile; empty when it may be so. */
export function lint(place: string, content: string): string {
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, content);
  try {
    execFileSync("node_modules/.bin/biome", ["lint", "--vcs-enabled=false", "--colors=off", place], {
      encoding: "utf8",
      stdio: "pipe",
    });
    return "";
  } catch (error) {
    return String((error as { stderr?: string }).stderr);
  } finally {
    rmSync(place, { force: true });
  }
}
