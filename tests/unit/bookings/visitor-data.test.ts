import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { noVisitorData, visitorData } from "@/lib/booking/visitor-data";

/** `Booking.visitorName`: every column that can hold words, numbers of people or hashes of either. */
function columnsOfSchema(): string[] {
  const schema = readFileSync("prisma/schema.prisma", "utf8");
  return [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].flatMap(([, model, body = ""]) =>
    body.split("\n").flatMap((line) => {
      const [code = ""] = line.split("///");
      const [, column] = /^\s+(\w+)\s+(?:String|Json|Bytes|BigInt)(?:\[\])?\??(?:\s|$)/.exec(code) ?? [];
      return column && !/@db\.Uuid|autoincrement/.test(code) ? [`${model}.${column}`] : [];
    }),
  );
}

const listed = [
  ...Object.entries(visitorData).flatMap(([model, fates]) =>
    Object.keys(fates).map((column) => `${model}.${column}`),
  ),
  ...Object.entries(noVisitorData).flatMap(([model, columns]) =>
    columns.map((column) => `${model}.${column}`),
  ),
];

describe("the list of what is kept of a visitor", () => {
  it("the list of what is kept of a visitor says of every column of the schema whether it is, and how it goes", () => {
    expect(columnsOfSchema().length).toBeGreaterThan(150);
    expect(columnsOfSchema().filter((column) => !listed.includes(column))).toEqual([]);
  });

  it("the list of what is kept of a visitor says it once, and of no column that there isn't", () => {
    expect(listed.filter((column, place) => listed.indexOf(column) !== place)).toEqual([]);
    expect(listed.filter((column) => !columnsOfSchema().includes(column))).toEqual([]);
  });
});
