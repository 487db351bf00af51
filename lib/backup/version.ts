import { readFile } from "node:fs/promises";
import path from "node:path";

/** The version of the Bellhop that runs, as in its package.json. */
export async function ownVersion(): Promise<string> {
  const text = await readFile(/* turbopackIgnore: true */ path.resolve("package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

/** True when `one` is a later version than `other`; what follows a hyphen counts less than nothing (semver.org, 11). PURE. */
export function isNewer(one: string, other: string): boolean {
  const [a, b] = [parts(one), parts(other)];
  for (let place = 0; place < 3; place += 1) {
    const difference = (a.numbers[place] ?? 0) - (b.numbers[place] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return a.isFinal && !b.isFinal;
}

function parts(version: string) {
  const [numbers = "", early] = version.split("+")[0]?.split(/-(.*)/s) ?? [];
  return { numbers: numbers.split(".").map(Number), isFinal: early === undefined };
}
