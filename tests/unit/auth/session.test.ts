import { beforeAll, expect, test } from "vitest";
import { sealSession, unsealSession } from "@/lib/auth/session";
import { setTestEnvironment } from "@/tests/support/env";

const first = "first-secret-0123456789-0123456789";
const second = "second-secret-0123456789-0123456789";
const session = "mYr4nd0mSess10n1d-0123456789abcdefghijklmnopq";

beforeAll(() => setTestEnvironment());

test("a sealed session opens again and shows nothing of itself", async () => {
  const seal = await sealSession(session, [first]);
  expect(seal).not.toContain(session);
  expect(await unsealSession(seal, [first])).toEqual(session);
});

test("the first secret seals, and any opens wherever it is in the list", async () => {
  const old = await sealSession(session, [first]);
  expect(await unsealSession(old, [second, first])).toEqual(session);
  const renewed = await sealSession(session, [second, first]);
  expect(await unsealSession(renewed, [second])).toEqual(session);
  expect(await unsealSession(renewed, [first])).toBeNull();
});

test("a changed seal, another secret and nonsense open nothing", async () => {
  const seal = await sealSession(session, [first]);
  expect(await unsealSession(`${seal.slice(0, -9)}AAAAAAAA~2`, [first])).toBeNull();
  expect(await unsealSession(seal, [second])).toBeNull();
  expect(await unsealSession("nonsense", [first])).toBeNull();
  expect(await unsealSession("", [first])).toBeNull();
});
