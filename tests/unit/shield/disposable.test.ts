import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";

it("disposable addresses are known to programs that Node loads without a bundler", () => {
  const program = `
    const { isDisposable } = await import("./lib/shield/disposable.ts");
    process.stdout.write(JSON.stringify(["x@mailinator.com", "x@example.org"].map(isDisposable)));`;
  const ran = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program], {
    encoding: "utf8",
  });
  expect(ran.stderr).toBe("");
  expect(JSON.parse(ran.stdout)).toEqual([true, false]);
});
