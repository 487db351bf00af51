import { NextRequest } from "next/server";
import { beforeAll, expect, it } from "vitest";
import { proxy } from "@/proxy";
import { setTestEnvironment } from "@/tests/support/env";

beforeAll(() => setTestEnvironment());

const ask = (method: string) => proxy(new NextRequest("http://localhost:3000/ines", { method }));

it.each(["GET", "HEAD", "POST"])("a page takes %s", (method) => {
  expect(ask(method).status).toBe(200);
  expect(ask(method).headers.get("content-security-policy")).toContain("default-src 'none'");
});

it.each(["PUT", "PATCH", "DELETE"])("a page refuses %s and says what it takes", (method) => {
  expect(ask(method).status).toBe(405);
  expect(ask(method).headers.get("allow")).toBe("GET, HEAD, POST, OPTIONS");
});

it("a form that is larger than any of ours is refused before it is read", () => {
  const headers = { "content-length": "3000000" };
  const answer = proxy(new NextRequest("http://localhost:3000/sign-in", { method: "POST", headers }));
  expect(answer.status).toBe(413);
});

it("a page that is asked what it takes says so", () => {
  expect(ask("OPTIONS").status).toBe(204);
  expect(ask("OPTIONS").headers.get("allow")).toContain("POST");
});
