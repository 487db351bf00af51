import { afterAll, beforeAll, expect, test } from "vitest";
import { afterCommit } from "@/lib/database/after-commit";
import { db } from "@/lib/database/client";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.cleanup());

test("work after a commit is done once the rows can be read by others, in its order", async () => {
  const seen: unknown[] = [];
  const value = await db().$transaction(async (tx) => {
    afterCommit(tx, () => seen.push("first"));
    afterCommit(tx, () => seen.push("second"));
    await tx.workerBeat.create({ data: { id: "a", startedAt: new Date(), beatAt: new Date() } });
    expect(seen).toEqual([]);
    return "the value";
  });
  expect(value).toBe("the value");
  expect(seen).toEqual(["first", "second"]);
});

test("work after a commit is never done where the transaction fails, and at once without a transaction", async () => {
  const seen: unknown[] = [];
  const failing = db().$transaction(async (tx) => {
    afterCommit(tx, () => seen.push("failed"));
    throw new Error("It failed");
  });
  await expect(failing).rejects.toThrow("It failed");
  afterCommit(db(), () => seen.push("without"));
  expect(seen).toEqual(["without"]);
});

test("a list of statements is a transaction as ever", async () => {
  const [beats, count] = await db().$transaction([
    db().workerBeat.updateMany({ data: { beatAt: new Date() } }),
    db().workerBeat.count(),
  ]);
  expect(beats.count).toBe(count);
});
