import { describe, expect, it } from "vitest";
import { connectReturnTo, withConnectionError } from "@/lib/meetings/connect-return";
import { readConnectionError } from "@/lib/meetings/connection-error";

describe("the page to come back to", () => {
  it.each(["/account/integrations", "/account/event-types?edit=1#location", "/admin"])(
    "may be %s",
    (path) => {
      expect(connectReturnTo(path)).toBe(path);
    },
  );

  it.each([
    "https://evil.example/account",
    "//evil.example/account",
    "/\\evil.example",
    "/account/../../evil",
    "/account\n/x",
    "javascript:alert(1)",
    "/api/teams/connect",
    "/api/teams/connect?returnTo=/account",
    "/sign-in",
    "",
    null,
    7,
  ])("is never %j", (path) => {
    expect(connectReturnTo(path)).toBe("/account/integrations");
  });

  it("carries the code of what went wrong, and only the newest", () => {
    expect(withConnectionError("/account/event-types?edit=1#x", "declined")).toBe(
      "/account/event-types?edit=1&connectionError=declined#x",
    );
    expect(withConnectionError("/account?connectionError=declined", null)).toBe("/account");
  });

  it("shows no code but ours", () => {
    expect(readConnectionError("declined")).toBe("declined");
    for (const strange of ["<script>", "", ["declined"], undefined]) {
      expect(readConnectionError(strange)).toBeNull();
    }
  });
});
