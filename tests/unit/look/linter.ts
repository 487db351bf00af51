import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";

/** What the linter says of a component with this content; empty when it may be so. `probe`: the file it is put into, which then goes. */
export function lint(probe: string, content: string): string {
  writeFileSync(probe, content);
  try {
    execFileSync("node_modules/.bin/biome", ["lint", "--vcs-enabled=false", "--colors=off", probe], {
      encoding: "utf8",
      stdio: "pipe",
    });
    return "";
  } catch (error) {
    return String((error as { stderr?: string }).stderr);
  } finally {
    rmSync(probe, { force: true });
  }
}
