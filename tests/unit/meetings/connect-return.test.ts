import { describe, expect, it } from "vitest";
import {
  connectReturnTo,
  readConnectionProblem,
  withConnectionProblem,
} from "@/lib/connections/connect-return";

describe("the page to come back to", () => {
  it.each(["/account/integrations", "/account/event-types?edit=1#location", "/admin"])(
    "the page to come back to may be %s",
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
  ])("the page to come back to is never %j", (path) => {
    expect(connectReturnTo(path)).toBe("/account/integrations");
  });

  it("the page to come back to carries what went wrong and the code for support, and only the newest", () => {
    const problem = { code: "declined", supportCode: "7K2M-Q9XA" } as const;
    expect(withConnectionProblem("/account/event-types?edit=1#x", problem)).toBe(
      "/account/event-types?edit=1&connectionError=declined&supportCode=7K2M-Q9XA#x",
    );
    const before = withConnectionProblem("/account?page=2", problem);
    expect(withConnectionProblem(before, null)).toBe("/account?page=2");
    expect(readConnectionProblem(before)).toEqual(problem);
  });

  it.each([
    "/account?connectionError=%3Cscript%3E&supportCode=7K2M-Q9XA",
    "/account?supportCode=7K2M-Q9XA",
    "/account",
    "",
    "//",
  ])("the page to come back to shows nothing that is not ours: %s", (path) => {
    expect(readConnectionProblem(path)).toBeNull();
  });

  it.each(["call+0800-SCAM", "7K2M-Q9XU", "7k2m-q9xa", ""])(
    "the page to come back to shows no strange support code: %s",
    (code) => {
      const path = `/account?connectionError=declined&supportCode=${code}`;
      expect(readConnectionProblem(path)).toEqual({ code: "declined", supportCode: null });
    },
  );
});
