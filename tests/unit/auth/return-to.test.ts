import { describe, expect, test } from "vitest";
import { homePath, safeReturnTo } from "@/lib/auth/return-to";

describe("where an organizer goes after signing in", () => {
  test.each([
    "/account",
    "/account/bookings",
    "/account/event-types/1?tab=limits#top",
    "/admin/users",
    "/api/teams/connect?returnTo=/account/integrations&popup=1",
  ])("after signing in, %s is a page of ours", (path) => {
    expect(safeReturnTo(path)).toBe(path);
  });

  test.each([
    ["another site", "https://evil.example/account"],
    ["another site without scheme", "//evil.example/account"],
    ["a backslash that browsers read as a slash", "/\\evil.example"],
    ["a backslash further on", "/account\\..\\..\\evil"],
    ["a tab that browsers drop", "/\t/evil.example"],
    ["a line break", "/account\r\nSet-Cookie: a=b"],
    ["a script", "javascript:alert(1)"],
    ["a way out by dots", "/account/../sign-in"],
    ["a way out by encoded dots", "/account/%2e%2e/%2e%2e//evil.example"],
    ["a page with a similar name", "/accounting"],
    ["a page that is not in the list", "/sign-up"],
    ["no slash at the start", "account"],
    ["an endless path", `/account/${"a".repeat(3000)}`],
    ["nothing", ""],
    ["no text at all", null],
    ["several values", ["/account"]],
  ])("after signing in, %s leads home", (_what, path) => {
    expect(safeReturnTo(path)).toBe(homePath);
  });
});
