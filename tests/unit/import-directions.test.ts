import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { lint } from "@/tests/support/linter";

const use = (from: string) => `import * as thing from "${from}";\nexport default thing;\n`;

it.each([
  ["lib/booking/zz-probe.ts", "@/app/page", "Imports point down only"],
  ["lib/booking/zz-probe.ts", "@/components/ui/button", "Imports point down only"],
  ["lib/booking/zz-probe.ts", "@azure/msal-node", "Only lib/meetings/teams knows Microsoft"],
  ["lib/auth/zz-probe.ts", "@/lib/booking/book", "Imports point down only"],
  ["lib/database/zz-probe.ts", "@/lib/jobs/queue", "Imports point down only"],
  ["lib/meetings/teams/zz-probe.ts", "@/lib/connections/connect", "Imports point down only"],
  ["lib/booking/zz-probe.ts", "@/lib/notifications/write", "Imports point down only"],
  ["lib/slot-engine/zz-probe.ts", "@/lib/database/client", "pure"],
  ["lib/booking/zz-probe.ts", "pg-boss", "lives only in lib/jobs"],
  ["components/ui/zz-probe.ts", "@/lib/booking-record/queries", "knows nothing about the product"],
  ["components/booking-page/zz-probe.ts", "@/lib/database/client", "Prisma never leaves lib"],
  ["app/zz-probe.ts", "@/lib/database/client", "Prisma never leaves lib"],
  ["app/zz-probe.ts", "@/lib/auth/owner-scope", "Guards and API keys say who may"],
  ["components/booking-page/zz-probe.ts", "@/lib/auth/owner-scope", "Guards and API keys say who may"],
  ["app/zz-probe.ts", "@/lib/meetings/teams/diagnose", "Only the registries reach a vendor"],
  ["components/admin/zz-probe.ts", "@/lib/meetings/teams/identity", "Only the registries reach a vendor"],
  ["lib/connections/zz-probe.ts", "@/lib/meetings/teams/access", "Only the registries reach a vendor"],
  ["lib/meetings/zz-probe.ts", "@/lib/meetings/teams/graph", "Only the registries reach a vendor"],
])("%s may not import %s", (place, from, reason) => {
  expect(lint(place, use(from))).toContain(reason);
});

it("refuses an import made while running, and one of types alone, all the same", () => {
  const place = "lib/auth/zz-probe.ts";
  expect(lint(place, 'export const late = import("@/lib/booking/book");\n')).toContain(
    "Imports point down only",
  );
  expect(lint(place, 'export type { Booked } from "@/lib/booking/book";\n')).toContain(
    "Imports point down only",
  );
  const vendor = 'export type { Identity } from "@/lib/meetings/teams/identity";\n';
  expect(lint("lib/connections/zz-probe.ts", vendor)).toContain("Only the registries reach a vendor");
});

it("has a place for every domain of lib", () => {
  const order = readFileSync("lint/import-order.grit", "utf8");
  const domains = readdirSync("lib", { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of domains) expect(order, name).toMatch(new RegExp(`[":|]${name}[")|]`));
});

it("lets arrows that go down pass", () => {
  expect(lint("app/zz-probe.ts", use("@/lib/booking/book"))).toBe("");
  expect(lint("lib/booking/zz-probe.ts", use("@/lib/database/client"))).toBe("");
  expect(lint("lib/meetings/registry-zz-probe.ts", use("@/lib/meetings/teams/graph"))).toBe("");
  expect(lint("lib/meetings/teams/zz-probe.ts", use("@/lib/meetings/teams/graph"))).toBe("");
});

it("keeps scopes that no guard made out of pages, and lets their type in", () => {
  const made = (name: string) =>
    `import { ${name} } from "@/lib/auth/owner-scope";\nexport default ${name};\n`;
  expect(lint("app/zz-probe.ts", made("scopeWithoutRequest"))).toContain("Guards and API keys say who may");
  expect(lint("app/zz-probe.ts", made("scopeOf"))).toContain("Guards and API keys say who may");
  const type = 'import type { OwnerScope } from "@/lib/auth/owner-scope";\nexport type Mine = OwnerScope;\n';
  expect(lint("app/zz-probe.ts", type)).toBe("");
});

it("lets no one but lib/config/env.ts read the environment", () => {
  expect(lint("lib/booking/zz-probe.ts", "export const place = process.env.PLACE;\n")).toContain(
    "noProcessEnv",
  );
});

it.each([
  "(row: { weekly: unknown }) => row.weekly as string[]",
  "(questions: unknown) => questions as string[]",
  "(row: { closedDates: unknown } | null) => (row?.closedDates ?? {}) as Record<string, string>",
  "(row: { firstAnswer: unknown }) => row.firstAnswer as unknown as string",
])("believes no JSON column without reading it: %s", (cast) => {
  const content = `export const probe = ${cast};\n`;
  expect(lint("lib/schedules/zz-probe.ts", content)).toContain("A JSON column is read by its reader");
});
