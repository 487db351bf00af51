import { request as httpRequest, METHODS } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { startServer, type TestServer } from "@/tests/support/server";

/* Every address for programs answers every method: what it does not serve with 405, a problem document and what it serves. */

let database: TestDatabase;
let server: TestServer;

beforeAll(async () => {
  database = await createTestDatabase({ LOG_LEVEL: "silent", WORKER: "off" });
  server = await startServer();
}, 120_000);
afterAll(async () => {
  await server.kill();
  await database.cleanup();
});

interface Answer {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  body: string;
}

function send(method: string, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(`${server.url}${path}`, { method, headers, agent: false }, async (answer) => {
      let body = "";
      for await (const part of answer) body += part;
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body });
    });
    sent.once("error", reject);
    sent.end();
  });
}

const addresses = [
  ["/api/v1/me", "GET, HEAD, PATCH, OPTIONS"],
  ["/api/v1/me/schedules", "GET, HEAD, POST, OPTIONS"],
  ["/api/v1/bookings", "POST, OPTIONS"],
  ["/api/v1/bookings/abc?x=1", "GET, HEAD, OPTIONS"],
  ["/api/health", "GET, HEAD, OPTIONS"],
  ["/api/health/ready", "GET, HEAD, OPTIONS"],
  ["/api/metrics", "GET, HEAD, OPTIONS"],
  ["/api/holds", "POST, DELETE, OPTIONS"],
  ["/api/theme", "POST, OPTIONS"],
  ["/api/language", "POST, OPTIONS"],
  ["/api/graph/notifications", "POST, OPTIONS"],
  ["/api/graph/lifecycle", "POST, OPTIONS"],
  ["/api/teams/connect", "GET, OPTIONS"],
  ["/api/teams/callback", "GET, OPTIONS"],
] as const;

describe.each(addresses)("%s", (path, allow) => {
  const others = METHODS.filter((method) => method !== "CONNECT" && !allow.split(", ").includes(method));

  it.each(others)("an address refuses %s and names what it serves", async (method) => {
    const answer = await send(method, path);
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe(allow);
    expect(answer.headers["content-type"]).toBe("application/problem+json");
    if (method !== "HEAD")
      expect(JSON.parse(answer.body)).toMatchObject({ status: 405, code: "method_not_allowed" });
  });

  it("an address says to OPTIONS what it serves, whatever a client claims about its method", async () => {
    const answer = await send("OPTIONS", path, { "x-bellhop-method": "LOCK" });
    expect([answer.status, answer.headers.allow]).toEqual([204, allow]);
  });
});

it.each(["GET", "POST", "LOCK"])("an address that nothing serves says so to %s", async (method) => {
  const answer = await send(method, "/api/nothing/here");
  expect(answer.status).toBe(404);
  expect(answer.headers["content-type"]).toBe("application/problem+json");
  expect(JSON.parse(answer.body).code).toBe("not_found");
});

it.each(["TRACE", "LOCK", "PROPFIND"])("a page refuses %s as well", async (method) => {
  const answer = await send(method, "/sign-in");
  expect([answer.status, answer.headers.allow]).toEqual([405, "GET, HEAD, POST, OPTIONS"]);
});

it.each(["FOO /api/v1/me", "CONNECT example.org:443"])(
  "what is no request for us is refused too: %s",
  async (line) => {
    const { port, hostname } = new URL(server.url);
    const answer = await new Promise<string>((resolve) => {
      let text = "";
      const socket = connect(Number(port), hostname, () =>
        socket.write(`${line} HTTP/1.1\r\nHost: x\r\n\r\n`),
      );
      socket.on("data", (part) => {
        text += part;
      });
      socket.on("close", () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 405 Method Not Allowed\r\n/);
    expect(answer).toMatch(/\r\nallow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n/);
    expect(answer).toMatch(/\r\ncontent-type: application\/problem\+json\r\n/);
  },
);
