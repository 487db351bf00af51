import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { copiesOf, pictures } from "@/lib/help/pictures";

const folder = path.join("public", "images");

test("every picture of the help is known, and no file is there for nothing", () => {
  const files = Object.keys(pictures).flatMap((name) => [name, ...copiesOf(name).map((copy) => copy.name)]);
  expect(readdirSync(folder).sort()).toEqual(files.sort());
  const named = readdirSync("docs")
    .filter((name) => name.endsWith(".md"))
    .flatMap((name) => [
      ...readFileSync(path.join("docs", name), "utf8").matchAll(/\]\(\.\.\/public\/images\/([^)]+)\)/g),
    ])
    .map(([, name]) => name);
  expect(Object.keys(pictures)).toEqual(expect.arrayContaining(named));
});

test.each(Object.entries(pictures))(
  "%s is shown in its own form, and its copies are what they say",
  async (name, shown) => {
    const file = await sharp(path.join(folder, name)).metadata();
    expect((shown.width / shown.height) * file.height).toBeCloseTo(file.width, 0);
    for (const copy of copiesOf(name)) {
      const { width, height } = await sharp(path.join(folder, copy.name)).metadata();
      expect(width).toBe(copy.width);
      expect(Math.abs(height - (copy.width * file.height) / file.width)).toBeLessThan(1);
    }
  },
);
