import { expect, test } from "vitest";
import { isDisconnected } from "@/lib/database/errors";

test.each([
  ["a server that stops", Object.assign(new Error("x"), { code: "57P01" }), true],
  ["no server", Object.assign(new Error("x"), { code: "ECONNREFUSED" }), true],
  ["a connection that ended without a word", new Error("Connection terminated unexpectedly"), true],
  ["a refused row", Object.assign(new Error("Connection terminated"), { code: "23505" }), false],
  ["a fault of ours", new Error("x is not a function"), false],
])("%s: disconnected or not", (_, error, is) => {
  expect(isDisconnected(error)).toBe(is);
});
