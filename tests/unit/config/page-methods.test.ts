import { NextRequest } from "next/server";
import { beforeAll, describe, expect, it } from "vitest";
import { proxy } from "@/proxy";
import { setTestEnvironment } from "@/tests/support/env";

beforeAll(() => setTestEnvironment());

const ask = (method: string) => proxy(new NextRequest("http://localhost:3000/ines", { method }));

it.each(["GET", "HEAD", "POST"])("a page takes %s", async (method) => {
  expect((await ask(method)).status).toBe(200);
  expect((await ask(method)).headers.get("content-security-policy")).toContain("default-src 'none'");
});

it.each(["PUT", "PATCH", "DELETE"])("a page refuses %s and says what it takes", async (method) => {
  expect((await ask(method)).status).toBe(405);
  expect((await ask(method)).headers.get("allow")).toBe("GET, HEAD, POST, OPTIONS");
});

it("a form that is larger than any of ours is refused before it is read", async () => {
  const headers = { "content-length": "3000000" };
  const answer = await proxy(new NextRequest("http://localhost:3000/sign-in", { method: "POST", headers }));
  expect(answer.status).toBe(413);
});

it("a page that is asked what it takes says so", async () => {
  expect((await ask("OPTIONS")).status).toBe(204);
  expect((await ask("OPTIONS")).headers.get("allow")).toContain("POST");
});

describe("a form", () => {
  const send = (headers: Record<string, string>) =>
    proxy(new NextRequest("http://localhost:3000/sign-in", { method: "POST", headers }));
  /** What the application gets instead of the header that came. */
  const headerOf = (answer: Awaited<ReturnType<typeof send>>, name: string) =>
    answer.headers.get(`x-middleware-request-${name}`);

  it.each([
    { origin: "https://elsewhere.example", host: "localhost:3000" },
    { origin: "http://localhost:3000", host: "localhost:3000", "sec-fetch-site": "cross-site" },
    { origin: "null", host: "localhost:3000" },
  ])("a form from another site is refused: %j", async (headers) => {
    expect((await send(headers)).status).toBe(403);
  });

  it.each([
    { origin: "http://localhost:3000", host: "localhost:3000" },
    // A proxy in front did not pass the Host on.
    { origin: "http://localhost:3000", host: "10.0.0.5:8080" },
    // A page that sends no referrer, on a site where browsers tell where a request comes from.
    { origin: "null", host: "localhost:3000", "sec-fetch-site": "same-origin" },
  ])("a form of our own is taken, and Next.js sees one host: %j", async (headers) => {
    const answer = await send(headers);
    expect(answer.status).toBe(200);
    expect(headerOf(answer, "origin")).toBe(`http://${headers.host}`);
    expect(headerOf(answer, "x-forwarded-host")).toBe(headers.host);
  });
});
