import { afterAll, beforeAll, expect, test } from "vitest";
import { disableUser } from "@/lib/accounts/users";
import { createApiKey, listApiKeys, revokeApiKey, verifyApiKey } from "@/lib/auth/api-keys";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { db } from "@/lib/database/client";
import { givenOrganizer } from "@/tests/support/accounts";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.cleanup());

test("a key tells whose it is and is kept as a hash alone", async () => {
  const ada = await givenOrganizer("ada");
  const { apiKey } = await createApiKey(scopeWithoutRequest(ada.id), "Reports");
  expect(apiKey).toMatch(/^bh_[A-Za-z0-9_-]{43}$/);
  expect(await verifyApiKey(apiKey)).toMatchObject({ id: ada.id, email: ada.email, role: "organizer" });
  const rows = await db().$queryRaw<{ row: string }[]>`SELECT to_jsonb("ApiKey")::text AS row FROM "ApiKey"`;
  expect(rows.map(({ row }) => row).join()).not.toContain(apiKey.slice(10));
});

test("the list shows what a key is for and how it begins, never the key", async () => {
  const bob = await givenOrganizer("bob");
  const { apiKey } = await createApiKey(scopeWithoutRequest(bob.id), "Intranet");
  const keys = await listApiKeys(scopeWithoutRequest(bob.id));
  expect(keys.map((key) => key.name)).toEqual(["Intranet", "Command line"]);
  expect(keys[0]?.hint).toBe(apiKey.slice(0, 7));
});

test("its last use is noted at most once a minute", async () => {
  const carla = await givenOrganizer("carla");
  const at = (seconds: number) => new Date(Date.UTC(2027, 0, 1, 12, 0, seconds));
  const lastUsedAt = async () => (await listApiKeys(scopeWithoutRequest(carla.id)))[0]?.lastUsedAt;
  await verifyApiKey(carla.apiKey, at(0));
  await verifyApiKey(carla.apiKey, at(59));
  expect(await lastUsedAt()).toEqual(at(0));
  await verifyApiKey(carla.apiKey, at(61));
  expect(await lastUsedAt()).toEqual(at(61));
});

test("a revoked key is refused, and no one revokes another organizer's", async () => {
  const [dora, eve] = [await givenOrganizer("dora"), await givenOrganizer("eve")];
  const { id, apiKey } = await createApiKey(scopeWithoutRequest(dora.id), "Reports");
  await revokeApiKey(scopeWithoutRequest(eve.id), id);
  expect(await verifyApiKey(apiKey)).not.toBeNull();
  await revokeApiKey(scopeWithoutRequest(dora.id), id);
  expect(await verifyApiKey(apiKey)).toBeNull();
});

test.each(["", "bh_", "nonsense", `bh_${"a".repeat(43)}`, `bh_${"a".repeat(44)}`])(
  "%j is no key",
  async (text) => {
    expect(await verifyApiKey(text)).toBeNull();
  },
);

test("it opens nothing once it has expired, and nothing while its holder is disabled", async () => {
  const zoe = await givenOrganizer("zoe");
  const expiresAt = new Date(Date.UTC(2027, 0, 1));
  const scope = scopeWithoutRequest(zoe.id);
  const { apiKey } = await createApiKey(scope, "A month", undefined, { scope: "read", expiresAt });
  expect(await verifyApiKey(apiKey, new Date(expiresAt.getTime() - 1))).not.toBeNull();
  expect(await verifyApiKey(apiKey, expiresAt)).toBeNull();

  expect(await verifyApiKey(zoe.apiKey)).not.toBeNull();
  await disableUser(zoe.id);
  expect(await verifyApiKey(zoe.apiKey)).toBeNull();
});
