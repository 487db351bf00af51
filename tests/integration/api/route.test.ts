import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import * as nowhere from "@/app/api/v1/[[...path]]/route";
import * as me from "@/app/api/v1/me/route";
import * as scheduleById from "@/app/api/v1/me/schedules/[id]/route";
import * as schedules from "@/app/api/v1/me/schedules/route";
import * as publicEventTypes from "@/app/api/v1/organizers/[handle]/event-types/route";
import { endpoint } from "@/lib/api/endpoint";
import { methodHeader } from "@/lib/api/methods";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { call, organizerWithKey } from "./call";

let database: TestDatabase;
let key: string;

beforeAll(async () => {
  database = await createTestDatabase();
  key = (await organizerWithKey()).key;
});
afterAll(() => database.cleanup());

const schedule = { name: "Winter", timeZone: "Europe/Paris", weekly: [] };

describe("a key", () => {
  test("an API key says whose it is", async () => {
    const answer = await call(me.GET, { key });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      id: expect.any(String),
      handle: expect.stringMatching(/^organizer-/),
      name: expect.any(String),
      email: expect.any(String),
      role: "organizer",
      brand: expect.objectContaining({ logoUrl: null, accent: null, showsBellhop: true }),
    });
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  });

  test.each([
    ["none", {}],
    ["one that is no key", { Authorization: "Bearer nonsense" }],
    ["one that no one has", { Authorization: `Bearer bh_${"a".repeat(43)}` }],
    ["another scheme", { Authorization: "Basic YTpi" }],
  ])("an API key is needed: %s is answered 401 with a challenge", async (_, headers) => {
    const answer = await call(me.GET, { headers });
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ code: "unauthorized", status: 401, type: "about:blank" });
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer/);
  });

  test("an API key is checked before the body is looked at", async () => {
    expect((await call(schedules.POST, { body: "{" })).status).toBe(401);
  });
});

describe("what can't be read", () => {
  const post = (options: object) => call(schedules.POST, { key, ...options });

  test.each([
    ["broken JSON", { body: "{" }, 400, "invalid_json"],
    [
      "another content type",
      { body: "name=x", headers: { "Content-Type": "application/x-www-form-urlencoded" } },
      415,
      "unsupported_media_type",
    ],
    ["too much", { body: JSON.stringify("x".repeat(300_000)) }, 413, "body_too_large"],
    ["an array for an object", { body: [] }, 422, "invalid_request"],
    ["nothing", { body: "" }, 422, "invalid_request"],
  ])("a request with %s is refused in the form of RFC 9457", async (_, options, status, code) => {
    const answer = await post(options);
    expect(answer.body).toMatchObject({
      status,
      code,
      detail: expect.any(String),
      title: expect.any(String),
    });
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
  });

  test("every mistake in a body is named by its path, in words", async () => {
    const answer = await post({
      body: { ...schedule, name: "", weekly: [{ days: [9], start: "09:00", end: "08:00" }], colour: "red" },
    });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual([
      { path: "name", message: "This field is required." },
      { path: "weekly.0.days.0", message: "Use whole numbers from 1 (Monday) to 7 (Sunday) for days." },
      { path: "weekly.0.end", message: expect.stringContaining("after the start") },
      { path: "colour", message: "This field doesn't exist." },
    ]);
  });

  test("unknown and repeated query parameters are refused", async () => {
    const unknown = await call(schedules.GET, { key, query: "?page=2" });
    expect(unknown.body).toMatchObject({ status: 422, errors: [{ path: "page" }] });
    const twice = await call(schedules.GET, { key, query: "?limit=2&limit=3" });
    expect(twice.body).toMatchObject({ status: 422, errors: [{ path: "limit" }] });
    const cursor = await call(schedules.GET, { key, query: "?cursor=zzz" });
    expect(cursor.body).toMatchObject({ status: 422, errors: [{ path: "cursor" }] });
  });

  test("an id that can't be one is simply not found", async () => {
    const answer = await call(scheduleById.GET, { key, params: { id: "x" } });
    expect(answer.body).toMatchObject({ status: 404, code: "not_found" });
  });
});

describe("addresses and methods", () => {
  test("an unknown address is a problem document too", async () => {
    const answer = await call(nowhere.GET);
    expect(answer.status).toBe(404);
    expect(answer.body.code).toBe("not_found");
  });

  test("a method that is not known here names those that are", async () => {
    const answer = await call(schedules.PUT, { key, body: {} }, "PUT");
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")).toBe("GET, HEAD, POST, OPTIONS");
    expect(answer.body.code).toBe("method_not_allowed");
  });

  test("a method that only our HTTP server knows comes as OPTIONS, and is refused", async () => {
    const answer = await call(schedules.OPTIONS, { headers: { [methodHeader]: "LOCK" } });
    expect(answer).toMatchObject({ status: 405, body: { code: "method_not_allowed" } });
    expect(answer.headers.get("allow")).toBe("GET, HEAD, POST, OPTIONS");
  });

  test("HEAD answers like GET, without the body", async () => {
    const answer = await call(me.HEAD, { key });
    expect([answer.status, answer.body]).toEqual([200, null]);
  });

  test("other sites may call public addresses, and only those", async () => {
    const preflight = await call(publicEventTypes.OPTIONS, { params: { handle: "x" } });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
    expect(preflight.headers.get("access-control-allow-methods")).toContain("GET");
    const refused = await call(publicEventTypes.GET, { params: { handle: "nobody-there" } });
    expect(refused.status).toBe(404);
    expect(refused.headers.get("access-control-allow-origin")).toBe("*");
    expect((await call(schedules.OPTIONS)).headers.get("access-control-allow-origin")).toBeNull();
  });
});

test("a fault is one calm sentence with the id under which the log has it", async () => {
  const broken = endpoint({
    method: "GET",
    path: "/api/v1/broken",
    access: "public",
    summary: "",
    answer: z.null(),
  });
  const { GET } = route(
    serve(broken, async () => {
      throw new Error("the secret reason");
    }),
  );
  const answer = await call(GET);
  expect(answer.body).toMatchObject({ status: 500, code: "internal_error" });
  expect(answer.body.requestId).toBe(answer.headers.get("x-request-id"));
  expect(JSON.stringify(answer.body)).not.toContain("secret");
});

test("who guesses keys is slowed down, with Retry-After", async () => {
  const headers = { Authorization: "Bearer nonsense", "x-bellhop-peer": "192.0.2.77" };
  const answers = [];
  for (let attempt = 0; attempt < 62; attempt += 1) answers.push(await call(me.GET, { headers }));
  const last = answers.at(-1);
  expect(last?.body).toMatchObject({ status: 429, code: "rate_limited" });
  expect(Number(last?.headers.get("retry-after"))).toBeGreaterThan(0);
});

test("every answer says how many calls are allowed, and how many are left", async () => {
  const { key: own } = await organizerWithKey();
  const rest = async (given: object) => {
    const { headers } = await call(me.GET, given);
    const [, left, reset] = /;r=(\d+);t=(\d+)$/.exec(headers.get("ratelimit") ?? "") ?? [];
    return { policy: headers.get("ratelimit-policy"), left: Number(left), reset: Number(reset) };
  };
  const first = await rest({ key: own });
  expect(first.policy).toBe('"apiCall";q=6000;w=60');
  expect(first.reset).toBeGreaterThan(0);
  expect(first.reset).toBeLessThanOrEqual(60);
  expect((await rest({ key: own })).left).toBe(first.left - 1);

  const guess = { headers: { Authorization: "Bearer nonsense", "x-bellhop-peer": "192.0.2.78" } };
  let last = await rest(guess);
  for (let attempt = 0; attempt < 61; attempt += 1) last = await rest(guess);
  expect(last).toMatchObject({ policy: '"apiKeyFailure";q=60;w=60', left: 0 });
});
