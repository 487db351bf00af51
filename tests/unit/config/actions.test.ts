import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

function sources(): string[] {
  const files = ["app", "components", "lib"].flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: "utf8" }).map((file) => path.join(root, file)),
  );
  return files.filter((file) => /\.tsx?$/.test(file));
}

describe("server actions keep their names from build to build", () => {
  it("server actions keep their names from build to build by one key, as long as an AES key is", async () => {
    // @ts-expect-error it is no TypeScript, so that no start has to compile it
    await import("@/next.config.ts");
    const key = process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ?? "";
    expect(Buffer.from(key, "base64")).toHaveLength(32);
  });

  it("server actions keep their names from build to build and none closes over values of its page, which that key would have to hide", () => {
    const inside = sources().filter((file) => /^\s+["']use server["']/m.test(readFileSync(file, "utf8")));
    expect(inside).toEqual([]);
  });
});

describe("server actions are made by lib/reader alone, which guards, counts and parses", () => {
  const actionFiles = sources().filter((file) => /^["']use server["'];$/m.test(readFileSync(file, "utf8")));
  const makers = /^export const \w+ = (?:formAction|formActionFor|buttonAction|slotAction)\(\{$/;

  it.each(actionFiles)(
    "server actions are made by lib/reader alone, which guards, counts and parses in %s",
    (file) => {
      const source = readFileSync(file, "utf8");
      const exported = source.split("\n").filter((line) => /^\s*export\b/.test(line));
      expect(exported.length).toBeGreaterThan(0);
      expect(exported.filter((line) => !makers.test(line))).toEqual([]);
      // What the wrapper does is not done beside it.
      expect(source).not.toMatch(/isSameOrigin|parseInput|safeParse|clientAddress|\bheaders\(|getLocale/);
    },
  );

  it("server actions are made by lib/reader alone, which guards, counts and parses and there are some", () =>
    expect(actionFiles.length).toBeGreaterThan(20));
});
