import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readFallbackLocation, readLocation } from "@/lib/meetings/location";
import { readMeetingOptions } from "@/lib/meetings/options";
import { readClosedDates, readHolidays, readWeekly } from "@/lib/schedules/stored";

const id = "0190a5b2-0000-7000-8000-000000000001";

/** `EventType.questions` of each column of this type. */
function columnsOfSchema(): string[] {
  const models = readFileSync("prisma/schema.prisma", "utf8").matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm);
  return [...models].flatMap(([, model, body = ""]) =>
    [...body.matchAll(/^\s+(\w+)\s+Json\b/gm)].map(([, column]) => `${model}.${column}`),
  );
}

const sources = readdirSync("lib", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !file.includes("generated"))
  .map((file) => readFileSync(path.join("lib", file), "utf8"));

describe("each JSON column", () => {
  const columns = columnsOfSchema();
  const readers = sources.flatMap((source) =>
    [...source.matchAll(/\bjsonColumn\(\s*"([\w.]+)"/g)].map(([, column]) => column),
  );

  it.each(columns)("each JSON column %s has one reader", (column) => {
    expect(readers.filter((reader) => reader === column)).toHaveLength(1);
  });

  it("each JSON column is known to the linter, which refuses to have it cast", () => {
    const rule = readFileSync("lint/json-columns.grit", "utf8");
    const names = new Set(columns.map((column) => column.split(".")[1]));
    for (const name of names) expect(rule, name).toMatch(new RegExp(`[:|]${name}[)|]`));
    expect(names.size).toBeGreaterThan(15);
  });
});

describe("what can't be read", () => {
  it("is a fault that names column, row and place, and never tells what is stored", () => {
    const stored = [{ days: [1], start: "09:00", end: 17 }];
    expect(() => readWeekly(stored, id)).toThrow(
      expect.objectContaining({
        name: "UnreadableColumn",
        code: "unreadable_column",
        column: "Schedule.weekly",
        id,
        message: expect.stringContaining(`Schedule.weekly of ${id} can't be read. 0.end: `),
      }),
    );
    expect(() => readWeekly(["ada@example.test"], id)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining("ada@") }),
    );
  });

  it.each([
    ["a place without its address", () => readLocation({ kind: "link" }, id)],
    ["a place of no known kind", () => readLocation({ kind: "moon", value: "x" }, id)],
    ["Teams as what comes in for Teams", () => readFallbackLocation({ kind: "teams" }, id)],
    ["a lobby of no known kind", () => readMeetingOptions({ lobby: "wide open" }, id)],
    ["holidays in a list", () => readClosedDates(["2027-12-25"], id)],
    ["a holiday without a name", () => readClosedDates({ "2027-12-25": null }, id)],
    ["nothing at all", () => readLocation(undefined, id)],
  ])("is %s", (_, read) => expect(read).toThrow("can't be read"));
});

it("a rule that was made stricter since locks no row out", () => {
  expect(readLocation({ kind: "link", value: "http://old.example" }, id)).toEqual({
    kind: "link",
    value: "http://old.example",
  });
  const kept = { country: "FR", kinds: ["public"], keepOpen: [""] };
  expect(readHolidays(kept, id)).toEqual(kept);
});
