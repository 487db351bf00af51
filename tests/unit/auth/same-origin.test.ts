import { expect, test } from "vitest";
import { isSameOrigin } from "@/lib/auth/same-origin";

const direct = { APP_URL: "https://book.example", TRUST_PROXY: 0 };
const proxied = { ...direct, TRUST_PROXY: 1 };
const own = { host: "book.example" };

test.each([
  ["a page of ours", { ...own, "sec-fetch-site": "same-origin" }, direct, true],
  ["a page of another site", { ...own, "sec-fetch-site": "cross-site" }, direct, false],
  ["a page of a neighbouring host", { ...own, "sec-fetch-site": "same-site" }, direct, false],
  [
    "another site, whatever the origin claims",
    { ...own, "sec-fetch-site": "cross-site", origin: "https://book.example" },
    direct,
    false,
  ],
  ["an older browser on our page", { ...own, origin: "https://book.example" }, direct, true],
  ["an older browser on another page", { ...own, origin: "https://evil.example" }, direct, false],
  ["an older browser that hides the page", { ...own, origin: "null" }, direct, false],
  [
    "another address of this server",
    { host: "127.0.0.1:3000", origin: "http://127.0.0.1:3000" },
    direct,
    true,
  ],
  [
    "APP_URL, where a proxy changes the host",
    { host: "10.0.0.5:3000", origin: "https://book.example" },
    direct,
    true,
  ],
  [
    "a forwarded host no one vouches for",
    { host: "x", "x-forwarded-host": "evil.example", origin: "https://evil.example" },
    direct,
    false,
  ],
  [
    "a forwarded host behind a trusted proxy",
    { host: "x", "x-forwarded-host": "b.example", origin: "https://b.example" },
    proxied,
    true,
  ],
  ["no browser at all", own, direct, true],
])("%s", (_what, headers, env, expected) => {
  expect(isSameOrigin(new Headers(headers as Record<string, string>), env)).toBe(expected);
});
