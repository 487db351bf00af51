import { createConfig, lintFromString } from "@redocly/openapi-core";
import spectral, { type RulesetDefinition } from "@stoplight/spectral-core";
import { oas } from "@stoplight/spectral-rulesets";
import { beforeAll, expect, it } from "vitest";
import { openApiDocument } from "@/lib/api/openapi";
import { webhookEvents } from "@/lib/webhooks/events";
import { setTestEnvironment } from "@/tests/support/env";

interface Operation {
  tags: string[];
  description: string;
  parameters?: { name: string; in: string; required?: boolean; example?: unknown }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { headers?: Record<string, unknown>; content?: Record<string, Media> }>;
}

interface Media {
  example?: unknown;
  examples?: Record<string, unknown>;
}

let document: {
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  webhooks: Record<string, Record<string, Operation>>;
};

beforeAll(() => {
  setTestEnvironment({ APP_URL: "https://bellhop.example.org" });
  document = openApiDocument() as unknown as typeof document;
});

const operations = () =>
  Object.values({ ...document.paths, ...document.webhooks }).flatMap((methods) => Object.values(methods));

/** The names of an answer's headers. */
const headersOf = (path: string, method: string, status: string) =>
  Object.keys(document.paths[path]?.[method]?.responses[status]?.headers ?? {});

it("the OpenAPI document passes Redocly's recommended rules, examples included", async () => {
  const config = await createConfig({ extends: ["recommended"] });
  const source = JSON.stringify(document);
  const problems = await lintFromString({ source, absoluteRef: "/openapi.json", config });
  expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual(
    [],
  );
});

it("the OpenAPI document passes Spectral's recommended rules, examples included", async () => {
  const linter = new spectral.Spectral();
  linter.setRuleset({ extends: [[oas as RulesetDefinition, "recommended"]] });
  const problems = await linter.run({ ...document });
  expect(problems.map(({ code, message, path }) => [code, message, path.join("/")])).toEqual([]);
});

it("every operation is described, under a tag that the document lists, and every body has an example", () => {
  const names = document.tags.map(({ name }) => name);
  for (const { tags, description, parameters = [], requestBody, responses } of operations()) {
    expect(names).toEqual(expect.arrayContaining(tags));
    expect(tags).toHaveLength(1);
    expect(description).toMatch(/\w.*\.$/);
    for (const { required, example, name } of parameters) {
      if (required) expect(example, name).toBeDefined();
    }
    for (const { content = {} } of [requestBody ?? {}, ...Object.values(responses)]) {
      for (const { example, examples } of Object.values(content)) expect(example ?? examples).toBeDefined();
    }
  }
});

it("the OpenAPI document says what an operation needs", () => {
  const describe = (path: string, method: string) => document.paths[path]?.[method]?.description;
  expect(describe("/api/v1/me/bookings", "get")).toBe(
    "Needs an API key with any scope. To get the next page, send `nextCursor` as `cursor`.",
  );
  expect(describe("/api/v1/me/bookings/{id}/cancel", "post")).toBe(
    "Needs an API key with the scope `bookings` or `all`. With an `Idempotency-Key`, it can be sent again safely.",
  );
  expect(describe("/api/v1/me/webhooks/{id}", "delete")).toBe(
    "Needs an API key with the scope `all`. The answer is empty.",
  );
  expect(describe("/api/v1/bookings/{token}", "get")).toBe("Anyone can call this, without a key.");
});

it("the OpenAPI document lists the headers of each answer", () => {
  const always = ["X-Request-Id", "RateLimit", "RateLimit-Policy"];
  expect(headersOf("/api/v1/bookings", "post", "201")).toEqual([...always, "Idempotency-Replayed"]);
  expect(headersOf("/api/v1/bookings", "post", "409")).toEqual([
    ...always,
    "Retry-After",
    "Idempotency-Replayed",
  ]);
  expect(headersOf("/api/v1/bookings", "post", "413")).toEqual(always);
  expect(headersOf("/api/v1/bookings", "post", "503")).toEqual([...always, "Retry-After"]);
  expect(headersOf("/api/v1/me", "get", "200")).toEqual(always);
  expect(headersOf("/api/v1/me", "get", "401")).toEqual([...always, "WWW-Authenticate"]);
  expect(headersOf("/api/v1/me", "get", "429")).toEqual([...always, "Retry-After"]);
  expect(headersOf("/api/v1/me", "get", "500")).toEqual(["X-Request-Id"]);
});

it("the OpenAPI document has each event that webhooks are sent, signed, and as a message of its type", () => {
  expect(Object.keys(document.webhooks)).toEqual([...webhookEvents, "webhook.test"]);
  for (const [event, { post }] of Object.entries(document.webhooks)) {
    expect(post?.parameters?.map(({ name }) => name)).toEqual([
      "Webhook-Id",
      "Webhook-Timestamp",
      "Webhook-Signature",
    ]);
    expect(post?.requestBody?.content["application/json"]?.example).toMatchObject({ type: event });
    expect(Object.keys(post?.responses ?? {})).toEqual(["410", "2XX", "default"]);
  }
});
