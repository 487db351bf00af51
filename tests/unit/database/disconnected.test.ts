import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabase, db, pool } from "@/lib/database/client";
import { isDisconnected } from "@/lib/database/errors";
import { setTestEnvironment } from "@/tests/support/env";
import { freePort } from "@/tests/support/server";

const globals = globalThis as { bellhopDatabaseDoubted?: boolean };

beforeAll(async () =>
  setTestEnvironment({ DATABASE_URL: `postgresql://bellhop@127.0.0.1:${await freePort()}/bellhop` }),
);
afterAll(closeDatabase);

test.each([
  ["a server that stops", Object.assign(new Error("x"), { code: "57P01" }), true],
  ["no server", Object.assign(new Error("x"), { code: "ECONNREFUSED" }), true],
  ["a connection that ended without a word", new Error("Connection terminated unexpectedly"), true],
  ["a refused row", Object.assign(new Error("Connection terminated"), { code: "23505" }), false],
  ["a fault of ours", new Error("x is not a function"), false],
])("%s: disconnected or not", (_, error, is) => {
  expect(isDisconnected(error)).toBe(is);
});

test.each([
  ["the ORM", () => db().user.count()],
  ["a direct statement", () => pool().query("SELECT 1")],
  ["a direct transaction", () => pool().connect()],
])("a database that lets no one in is doubted before %s hears of it", async (_, ask) => {
  globals.bellhopDatabaseDoubted = false;
  const doubted = await ask().then(
    () => null,
    () => globals.bellhopDatabaseDoubted,
  );
  expect(doubted).toBe(true);
});
