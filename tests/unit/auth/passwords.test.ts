import { hash } from "@node-rs/argon2";
import { expect, test } from "vitest";
import { hashPassword, needsRehash, verifyPassword } from "@/lib/auth/passwords";

test("a password is kept as argon2id with the parameters OWASP asks for", async () => {
  expect(await hashPassword("correct horse")).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test("only the same password matches", async () => {
  const stored = await hashPassword("correct horse");
  expect(await verifyPassword("correct horse", stored)).toBe(true);
  expect(await verifyPassword("Correct horse", stored)).toBe(false);
});

test("a password matches however its accents were typed", async () => {
  const stored = await hashPassword("caf\u00e9 au lait");
  expect(await verifyPassword("cafe\u0301 au lait", stored)).toBe(true);
});

test("without a stored hash nothing matches, not even the password that is compared in its place", async () => {
  expect(await verifyPassword("", null)).toBe(false);
  expect(await verifyPassword("correct horse", null)).toBe(false);
});

test("an older hash still matches and asks to be renewed", async () => {
  const older = await hash("correct horse", { memoryCost: 8192, timeCost: 3, parallelism: 1 });
  expect(await verifyPassword("correct horse", older)).toBe(true);
  expect(needsRehash(older)).toBe(true);
  expect(needsRehash(await hashPassword("correct horse"))).toBe(false);
});
