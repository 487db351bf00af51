import { describe, expect, it } from "vitest";
import { POST } from "@/app/api/theme/route";

function choose(theme: string, referer?: string, back?: string) {
  const body = new FormData();
  body.set("theme", theme);
  if (back !== undefined) body.set("back", back);
  return POST(
    new Request("https://desk.example/api/theme", {
      method: "POST",
      body,
      headers: referer ? { referer } : {},
    }),
  );
}

describe("choosing a theme", () => {
  it("choosing a theme keeps the choice and goes back to the page it was made on", async () => {
    const answer = await choose("dark", "https://desk.example/ines/consultation?month=2026-12");
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe("/ines/consultation?month=2026-12");
    expect(answer.headers.get("set-cookie")).toMatch(
      /^theme=dark; Path=\/; SameSite=Lax; HttpOnly; Max-Age=\d+$/,
    );
  });

  it("choosing a theme forgets the choice when the system should decide again", async () => {
    expect((await choose("system")).headers.get("set-cookie")).toContain("Max-Age=0");
  });

  it("choosing a theme takes an unknown theme for the system's", async () => {
    expect((await choose("purple")).headers.get("set-cookie")).toContain("theme=system");
  });

  it.each([
    ["application/json", "{}"],
    ["multipart/form-data; boundary=x", "nothing of the kind"],
    ["application/x-www-form-urlencoded", "theme=dark".padEnd(100_000, "k")],
  ])("choosing a theme refuses %s that is no form of ours", async (type, body) => {
    const headers = { "content-type": type };
    const answer = await POST(
      new Request("https://desk.example/api/theme", { method: "POST", body, headers }),
    );
    expect(answer.status).toBe(400);
    expect(answer.headers.get("set-cookie")).toBeNull();
  });

  it("choosing a theme goes back to where the form says from pages that send no referrer", async () => {
    const answer = await choose("dark", undefined, "/booking/secret?zone=UTC&_rsc=1a2b");
    expect(answer.headers.get("location")).toBe("/booking/secret?zone=UTC");
  });

  it.each(["//elsewhere.example", "@elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example"])(
    "choosing a theme is not led off this site by a form that says %s",
    async (back) => {
      expect((await choose("dark", undefined, back)).headers.get("location")).toBe("/");
    },
  );

  it.each([
    ["another site", "https://elsewhere.example/account", "/account"],
    ["a path that reads as a host", "https://desk.example//elsewhere.example", "/"],
    ["a path that reads as a host with backslashes", "https://desk.example/\\elsewhere.example", "/"],
    ["no address at all", "nonsense", "/"],
  ])("choosing a theme never leads off this site: %s", async (_, referer, location) => {
    expect((await choose("light", referer)).headers.get("location")).toBe(location);
  });
});
