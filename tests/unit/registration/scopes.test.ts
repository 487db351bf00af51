import { describe, expect, it } from "vitest";
import { listScopes, missingScopes, onlyReadsCalendars, requiredScopes } from "@/lib/registration/scopes";

const asked = "OnlineMeetings.ReadWrite Calendars.ReadWrite offline_access User.Read";

describe("scopes", () => {
  it("scopes are known by their short names, however the provider writes them", () => {
    expect(
      listScopes("openid https://graph.microsoft.com/User.Read https://graph.microsoft.us//Mail.Send"),
    ).toEqual(["openid", "User.Read", "Mail.Send"]);
    expect(listScopes("  ")).toEqual([]);
  });

  it("scopes are missing only when no spelling of them was granted", () => {
    const required = requiredScopes("work", asked);
    expect(missingScopes(required, "https://graph.microsoft.com/calendars.readwrite USER.READ")).toEqual([
      "OnlineMeetings.ReadWrite",
    ]);
    expect(missingScopes(required, asked)).toEqual([]);
  });

  it("scopes that no one echoes are not waited for: the refresh token is offline_access's proof", () => {
    expect(requiredScopes("work", asked)).not.toContain("offline_access");
  });

  it("scopes for online meetings are not expected of personal accounts", () => {
    expect(requiredScopes("personal", asked)).toEqual(["Calendars.ReadWrite", "User.Read"]);
  });

  it("scopes behind .default come down to the calendar", () => {
    expect(requiredScopes("work", "https://graph.microsoft.com/.default offline_access")).toEqual([
      "Calendars.ReadWrite",
    ]);
  });

  it("scopes that let one write let one read, and not the other way round", () => {
    expect(missingScopes(["Calendars.Read", "User.Read"], "Calendars.ReadWrite User.ReadWrite")).toEqual([]);
    expect(missingScopes(["Calendars.ReadWrite"], "Calendars.Read")).toEqual(["Calendars.ReadWrite"]);
    expect(missingScopes(["Calendars.Read"], "Calendars.ReadWrite.Shared Calendars.ReadBasic")).toEqual([
      "Calendars.Read",
    ]);
  });

  it.each([
    [asked, false],
    ["Calendars.Read Calendars.ReadWrite", false],
    ["https://graph.microsoft.com/.default offline_access", false],
    ["User.Read", false],
    ["Calendars.Read offline_access User.Read", true],
    ["https://graph.microsoft.com/calendars.read Calendars.ReadWrite.Shared", true],
  ])("with the scopes “%s”, calendars are only read: %s", (scopes, only) => {
    expect(onlyReadsCalendars(scopes)).toBe(only);
  });
});
