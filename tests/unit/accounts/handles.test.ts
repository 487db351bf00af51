import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { handleForm, isReservedHandle, suggestHandle } from "@/lib/accounts/handles";
import { handle } from "@/lib/accounts/schema";

test.each([
  ["Ada Lovelace", "ada-lovelace"],
  ["José Núñez", "jose-nunez"],
  ["Jörg Weiß", "jorg-weiss"],
  ["Søren Åberg", "soren-aberg"],
  ["Łukasz O’Brien", "lukasz-obrien"],
  ["  Dr. Anne-Marie  Smith, LL.M. ", "dr-anne-marie-smith-ll-m"],
  ["株式会社", "organizer"],
  ["!!!", "organizer"],
  [`${"a".repeat(47)} b`, "a".repeat(47)],
])("the name %s suggests the handle %s", (name, expected) => {
  expect(suggestHandle(name)).toBe(expected);
  expect(expected).toMatch(handleForm);
});

test.each(["ada", "a", "4-you", "a".repeat(63)])("%s is a handle", (text) => {
  expect(handle.safeParse(text).success).toBe(true);
});

test("a handle is kept in lower case", () => {
  expect(handle.parse(" Ada ")).toBe("ada");
});

test.each(["", "-ada", "ada-", "a.b", "a/b", "ä", "a b", "a".repeat(64), "admin", "Sign-In", "j"])(
  "%j is refused as a handle",
  (text) => {
    expect(handle.safeParse(text).success).toBe(false);
  },
);

/** First parts of addresses that folders make, and the files that Next.js serves by their name. */
function topLevelNames(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const name = entry.name.replace(/\.[a-z]+$/, "");
    if (!entry.isDirectory()) return servedByName.test(name) ? [name] : [];
    // A group adds nothing to the address, and a dynamic part is the handle itself.
    if (name.startsWith("(")) return topLevelNames(`${folder}/${name}`);
    return name.startsWith("[") ? [] : [name];
  });
}
const servedByName = /^(icon|apple-icon|favicon|manifest|opengraph-image|robots|sitemap|twitter-image)$/;

test("no handle takes an address away from the product", () => {
  const names = topLevelNames("app").filter((name) => handleForm.test(name));
  expect(names).toEqual(expect.arrayContaining(["account", "api", "sign-in", "sign-up"]));
  expect(names.filter((name) => !isReservedHandle(name))).toEqual([]);
});
