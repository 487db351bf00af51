import { afterAll, beforeAll, expect, test } from "vitest";
import { consume, refund } from "@/lib/auth/rate-limit";
import { db } from "@/lib/database/client";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.cleanup());

const allowed = { ok: true };
const refused = { ok: false, retryAfterSeconds: expect.any(Number) };

test("attempts that come at the same time are all counted", async () => {
  const attempts = await Promise.all(
    Array.from({ length: 150 }, () => consume("visitorChange", "203.0.113.1")),
  );
  expect(attempts.filter((attempt) => attempt.ok)).toHaveLength(120);
});

test("each subject and each limit counts for itself", async () => {
  for (let number = 0; number < 5; number += 1) await consume("passwordReset", "ada@example.test");
  expect(await consume("passwordReset", "ada@example.test")).toEqual(refused);
  expect(await consume("passwordReset", "bob@example.test")).toEqual(allowed);
  expect(await consume("apiKeyFailure", "ada@example.test")).toEqual(allowed);
});

test("an attempt that is given back does not count", async () => {
  for (let number = 0; number < 8; number += 1) {
    expect(await consume("passwordReset", "carla@example.test")).toEqual(allowed);
    await refund("passwordReset", "carla@example.test");
  }
});

test("counting starts again when the time is over", async () => {
  for (let number = 0; number < 6; number += 1) await consume("passwordReset", "dora@example.test");
  await db().rateLimit.updateMany({ data: { expire: BigInt(Date.now() - 1) } });
  expect(await consume("passwordReset", "dora@example.test")).toEqual(allowed);
});

test("public reads are counted in memory and write nothing", async () => {
  await db().rateLimit.deleteMany();
  expect(await consume("publicRead", "203.0.113.1")).toEqual(allowed);
  expect(await db().rateLimit.count()).toBe(0);
});
