import { expect, it } from "vitest";
import { auditHref, readAuditQuery, toAuditFilter, toPlace } from "@/app/admin/audit/audit-query";
import { detailWords } from "@/components/audit/detail-words";
import { originWords } from "@/components/audit/origin-words";
import { listDetails } from "@/lib/audit/details";
import { defaultLocale as english } from "@/lib/i18n/languages";

const lines = (details: object) => listDetails({ ...details }).map((line) => detailWords(line, english));

it("the details of an audit entry say what changed in the reader's words, and leave out what stayed", () => {
  const before = { role: "organizer", tenant: null, scopes: "a b" };
  const after = { role: "admin", tenant: "common", scopes: "a b" };
  expect(lines({ before, after, with: "command line", keysKept: 2 })).toEqual([
    "Role: organizer → admin",
    "Tenant: none → common",
    "With: a link from the command line",
    "API keys kept: 2",
  ]);
  expect(lines({})).toEqual([]);
});

it("the details of an audit entry have days, yes and no, and words for why a sign-in failed", () => {
  expect(lines({ expiresAt: "2026-03-01T10:00:00.000Z", newSecrets: { clientSecret: true } })).toEqual([
    expect.stringMatching(/^Ends on: .*1 Mar/),
    "New client secret: yes",
  ]);
  expect(lines({ with: "password", problem: "wrong_credentials" })).toEqual([
    "With: password",
    "Reason: wrong password",
  ]);
});

it("what people have named stays as they named it, and what no one has words for goes by its own name", () => {
  expect(lines({ team: "admin", name: "password", later: ["x", "y"] })).toEqual([
    "Team: admin",
    "Name: password",
    "later: x, y",
  ]);
});

it.each([
  ["0:0:0::/48", "This server"],
  ["127.0.0.0/24", "This server"],
  ["192.168.1.0/24", "Local network 192.168.1.0/24"],
  ["172.20.3.0/24", "Local network 172.20.3.0/24"],
  ["172.200.3.0/24", "172.200.3.0/24"],
  ["2001:db8:1::/48", "2001:db8:1::/48"],
  ["command line", "Command line"],
  ["scim 10.1.2.0/24", "Your directory (Local network 10.1.2.0/24)"],
])("where a request came from is said as a person understands it: %s", (origin, words) => {
  expect(originWords(origin, english)).toBe(words);
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
