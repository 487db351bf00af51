import { expect, it } from "vitest";
import { type OwnerScope, scopeOf, scopeWithoutRequest } from "@/lib/auth/owner-scope";

const ownerOf = (scope: OwnerScope) => scope.ownerId;

it("says whose things are meant and who acts", () => {
  expect(ownerOf(scopeOf("ada"))).toBe("ada");
  expect(scopeOf("ada").readerId).toBe("ada");
  expect(scopeOf("admin", "ada")).toMatchObject({ ownerId: "ada", readerId: "admin" });
  expect(scopeWithoutRequest("ada")).toMatchObject({ ownerId: "ada", readerId: "ada" });
});

it("can't be written down, neither as an id nor as an object of the same form", () => {
  // @ts-expect-error An id says nothing of who may.
  expect(ownerOf("ada")).toBeUndefined();
  // @ts-expect-error Only lib/auth/owner-scope.ts makes one.
  ownerOf({ ownerId: "ada", readerId: "ada" });
});

it("can't be turned to someone else's things", () => {
  const scope = scopeOf("ada");
  expect(() => Object.assign(scope, { ownerId: "bob" })).toThrow(TypeError);
});
