import { describe, expect, it } from "vitest";
import { listScopes, missingScopes, requiredScopes } from "@/lib/registration/scopes";

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
});
