import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sealedColumns } from "@/lib/sealed-columns";

/** Columns that the schema's naming calls sealed, and the tokens of a connection. */
function columnsOfSchema(): string[] {
  const schema = readFileSync("prisma/schema.prisma", "utf8");
  return [...schema.matchAll(/^model (\w+) \{$([\s\S]*?)^\}$/gm)].flatMap(([, table = "", body = ""]) =>
    [...body.matchAll(/^\s+(\w+Sealed|accessToken|refreshToken)\s/gm)].map(
      ([, column]) => `${table}.${column}`,
    ),
  );
}

test("key rotation knows every sealed column of the schema", () => {
  const known = sealedColumns.map(({ table, column }) => `${table}.${column}`);
  expect(columnsOfSchema()).toContain("Booking.tokenSealed");
  expect(known.toSorted()).toEqual(columnsOfSchema().toSorted());
});
