import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { securityHeadersOf } from "@/lib/config/security-headers";

const page = {
  pathname: "/account/bookings",
  nonce: "bm9uY2U=",
  appUrl: "https://book.example.com",
  loginUrl: "https://login.microsoftonline.com",
  isDevelopment: false,
};

function policyOf(more: Partial<Parameters<typeof securityHeadersOf>[0]> = {}): Record<string, string> {
  const text = securityHeadersOf({ ...page, ...more })["Content-Security-Policy"] ?? "";
  return Object.fromEntries(text.split("; ").map((directive) => [directive.split(" ")[0], directive]));
}

describe("the content security policy", () => {
  it("the content security policy lets scripts run by nonce alone and nothing inline or evaluated", () => {
    const policy = policyOf();
    expect(policy["script-src"]).toBe("script-src 'self' 'nonce-bm9uY2U=' 'strict-dynamic'");
    expect(policy["style-src"]).toBe("style-src 'self' 'nonce-bm9uY2U='");
    expect(Object.values(policy).join()).not.toMatch(/unsafe|\*|https?:(?!\/\/login)/);
  });

  it("the content security policy lets forms lead to the sign-in pages and nowhere else outside", () => {
    expect(policyOf()["form-action"]).toBe("form-action 'self' https://login.microsoftonline.com");
  });

  it("the content security policy keeps every page out of other sites' frames", () => {
    expect(policyOf()["frame-ancestors"]).toBe("frame-ancestors 'none'");
    expect(securityHeadersOf(page)["X-Frame-Options"]).toBe("DENY");
  });

  it("the content security policy lets the websites that a page names show it in a frame, isolated ones too, and no others", () => {
    const framed = { ...page, pathname: "/embed/ines/first", framedBy: ["https://www.example.com"] };
    expect(policyOf(framed)["frame-ancestors"]).toBe("frame-ancestors https://www.example.com");
    const headers = securityHeadersOf(framed);
    expect(headers).not.toHaveProperty("X-Frame-Options");
    expect(headers).toMatchObject({
      "Cross-Origin-Resource-Policy": "cross-origin",
      "Cross-Origin-Embedder-Policy": "require-corp",
      "X-Robots-Tag": "noindex, nofollow",
    });
    expect(securityHeadersOf({ ...framed, framedBy: [] })).toMatchObject({
      "X-Frame-Options": "DENY",
      "Cross-Origin-Resource-Policy": "same-origin",
    });
  });

  it("the content security policy lets no page but the organizer's show frames, and those only ours", () => {
    expect(policyOf()["frame-src"]).toBe("frame-src 'self'");
    expect(policyOf({ pathname: "/ines/first" })["frame-src"]).toBeUndefined();
  });

  it("the content security policy is looser in development alone", () => {
    expect(policyOf({ isDevelopment: true })["script-src"]).toContain("'unsafe-eval'");
  });
});

/** Every page whose folders have a token among them, `/booking/secret/cancel`. */
const pagesWithToken = readdirSync("app", { recursive: true, encoding: "utf8" })
  .filter((file) => /\[token\]/.test(file) && /(?:^|\/)page\.tsx$/.test(file))
  .map((file) =>
    `/${file.replace(/\/page\.tsx$/, "").replace(/\([^)]*\)\//g, "")}`.replace("[token]", "secret"),
  );

describe("the other headers", () => {
  it("the other security headers tell no one the address of a page that is a capability, and keep it out of search engines", () => {
    expect(pagesWithToken.length).toBeGreaterThan(12);
    for (const pathname of pagesWithToken) {
      expect(securityHeadersOf({ ...page, pathname }), pathname).toMatchObject({
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
        "Cross-Origin-Opener-Policy": "same-origin",
      });
    }
  });

  it.each(["/sign-in", "/sign-up", "/account/security/confirm"])(
    "the other security headers say the same of %s that leads back to a page with a token",
    (pathname) => {
      for (const path of pagesWithToken) {
        const query = new URLSearchParams({ returnTo: `${path}?step=2` });
        expect(securityHeadersOf({ ...page, pathname, query }), path).toMatchObject({
          "Referrer-Policy": "no-referrer",
          "X-Robots-Tag": "noindex, nofollow",
          "Cache-Control": "private, no-store",
        });
      }
    },
  );

  it.each([
    ["/sign-up", "invitation"],
    ["/ines/first-consultation", "link"],
  ])("the other security headers say the same of %s with a token in its query: %s", (pathname, name) => {
    const headers = securityHeadersOf({
      ...page,
      pathname,
      query: new URLSearchParams({ returnTo: "/account", [name]: "x" }),
    });
    expect(headers).toMatchObject({
      "Referrer-Policy": "no-referrer",
      "X-Robots-Tag": "noindex, nofollow",
      "Cache-Control": "private, no-store",
      // The window that connects Microsoft Teams opens from the page that comes next.
      "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
    });
    expect(
      securityHeadersOf({ ...page, pathname, query: new URLSearchParams({ returnTo: "/account" }) }),
    ).not.toHaveProperty("Cache-Control");
  });

  it("the other security headers keep the organizer's and the admin's pages out of search engines, but not the public ones", () => {
    expect(securityHeadersOf({ ...page, pathname: "/admin" })["X-Robots-Tag"]).toBe("noindex, nofollow");
    for (const pathname of ["/", "/ines/first-consultation", "/journal", "/bookings"]) {
      const headers = securityHeadersOf({ ...page, pathname });
      expect(headers["X-Robots-Tag"]).toBeUndefined();
      expect(headers["Referrer-Policy"]).toBe("strict-origin-when-cross-origin");
    }
  });

  it("the other security headers leave the sign-in window its opener", () => {
    const headers = securityHeadersOf({ ...page, pathname: "/account/integrations" });
    expect(headers["Cross-Origin-Opener-Policy"]).toBe("same-origin-allow-popups");
  });

  it("the other security headers ask for https for good only where the installation has it", () => {
    expect(securityHeadersOf(page)["Strict-Transport-Security"]).toMatch(/^max-age=\d{8}$/);
    const plain = securityHeadersOf({ ...page, appUrl: "http://localhost:3000" });
    expect(plain["Strict-Transport-Security"]).toBeUndefined();
  });
});
