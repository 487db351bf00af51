import { expect, it } from "vitest";
import { auditHref, readAuditQuery, toAuditFilter, toPlace } from "@/app/admin/audit/audit-query";
import { writeDetails } from "@/lib/audit/details";

it("the details of an audit entry say what changed, and leave out what stayed", () => {
  const before = { role: "organizer", tenant: null, scopes: "a b" };
  const after = { role: "admin", tenant: "common", scopes: "a b" };
  expect(writeDetails({ before, after, with: "microsoft", kept: ["x"] })).toEqual([
    "role: organizer → admin",
    "tenant: – → common",
    "with: microsoft",
    'kept: ["x"]',
  ]);
  expect(writeDetails({})).toEqual([]);
});

it("the address of the audit log says which entries, and what is no filter is left out", () => {
  const query = readAuditQuery({
    who: " ada ",
    action: "role.changed",
    from: "2026-03-01",
    to: "2026-03-02",
  });
  expect(toAuditFilter(query)).toEqual({
    who: "ada",
    action: "role.changed",
    from: new Date("2026-03-01T00:00:00Z"),
    to: new Date("2026-03-03T00:00:00Z"),
  });
  expect(toAuditFilter(readAuditQuery({ action: "no.such", from: "soon", to: "2026-02-30" }))).toEqual({});
});

it("the address of an audit log's next page leads to where this one ends", () => {
  const last = { at: new Date("2026-03-01T10:00:00.123Z"), id: "0190a5b2-0000-7000-8000-000000000001" };
  const href = auditHref("/admin/audit", readAuditQuery({ who: "ada" }), last);
  const query = readAuditQuery(Object.fromEntries(new URL(href, "http://localhost").searchParams));
  expect(query.who).toBe("ada");
  expect(toPlace(query)).toEqual(last);
  expect(toPlace(readAuditQuery({ before: "nonsense" }))).toBeUndefined();
});
