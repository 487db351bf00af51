import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { listRoutes, lookFile, reportFile, withKnownGaps } from "@/scripts/known-gaps";

test("the accessibility report names the gaps that are known today", async () => {
  await expect(withKnownGaps(readFileSync(reportFile, "utf8"))).toMatchFileSnapshot(`../../../${reportFile}`);
});

test("a page that no one has looked at is a gap until someone has, and a page that is gone isn't", () => {
  const { looked } = JSON.parse(readFileSync(lookFile, "utf8"));
  const report = withKnownGaps(readFileSync(reportFile, "utf8"));
  const named = [...report.matchAll(/^- `(\/.*)`$/gm)].map(([, route]) => route);
  expect(named).toEqual(listRoutes().filter((route) => !looked.includes(route)));
  expect(named).not.toContain("/");
});

test("a criterion that is met now is no gap any more, and one that isn't is", () => {
  const report = readFileSync(reportFile, "utf8");
  const row = "| 3.2.3 Consistent navigation | Supports | |";
  expect(report).toContain(row);
  const worse = withKnownGaps(
    report.replace(row, "| 3.2.3 Consistent navigation | Does not support | Not yet. |"),
  );
  expect(worse.match(/^\| 3\.2\.3 .*Not yet\. \|$/gm)).toHaveLength(2);
  const better = withKnownGaps(worse.replace(/^\| 3\.2\.3 .*$/m, row));
  expect(better).toBe(withKnownGaps(report));
});
