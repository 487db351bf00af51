import path from "node:path";
import Ajv from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as connections from "@/app/api/v1/me/connections/route";
import * as eventTypes from "@/app/api/v1/me/event-types/route";
import * as me from "@/app/api/v1/me/route";
import * as schedules from "@/app/api/v1/me/schedules/route";
import * as openapi from "@/app/api/v1/openapi.json/route";
import * as publicEventTypes from "@/app/api/v1/organizers/[handle]/event-types/route";
import { apiFolder, apiRoutes } from "@/tests/support/api-routes";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { type Answer, call, organizerWithKey } from "./call";

interface Operation {
  operationId: string;
  summary: string;
  responses: Record<string, unknown>;
}

let database: TestDatabase;
// biome-ignore lint/suspicious/noExplicitAny: the document is what is looked at here
let document: any;

beforeAll(async () => {
  database = await createTestDatabase();
  document = (await call(openapi.GET)).body;
});
afterAll(() => database.cleanup());

const operations = (): [string, Operation][] =>
  Object.entries(document.paths).flatMap(([address, methods]) =>
    Object.entries(methods as object).map(([method, operation]): [string, Operation] => [
      `${method.toUpperCase()} ${address}`,
      operation,
    ]),
  );

/** Every object in a document that says `$ref`, `examples` and so on. */
function* nodes(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield value as Record<string, unknown>;
  for (const inner of Object.values(value)) yield* nodes(inner);
}

describe("the OpenAPI document", () => {
  test("the OpenAPI document is OpenAPI 3.1 with unique operations, each with a success and refusals", () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(document.info).toMatchObject({ title: "Bellhop", version: expect.any(String) });
    const ids = operations().map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [name, { responses, summary }] of operations()) {
      const statuses = Object.keys(responses);
      expect(
        statuses.some((status) => status.startsWith("2")),
        name,
      ).toBe(true);
      expect(statuses, name).toContain("500");
      expect(summary, name).not.toBe("");
    }
  });

  test("the OpenAPI document isn't sent again to a program that has it", async () => {
    const etag = (await call(openapi.GET)).headers.get("etag") ?? "";
    const again = await call(openapi.GET, { headers: { "If-None-Match": etag } });
    expect([again.status, again.body]).toEqual([304, null]);
  });

  test("the OpenAPI document has no reference that leads nowhere", () => {
    for (const node of nodes(document)) {
      if (typeof node.$ref !== "string") continue;
      const target = node.$ref
        .replace("#/", "")
        .split("/")
        .reduce((at, part) => at?.[part], document);
      expect(target, node.$ref).toBeDefined();
    }
  });

  test.each(apiRoutes)("the OpenAPI document lists what %s serves", async (folder) => {
    const { OPTIONS } = await import(path.join(apiFolder, folder, "route.ts"));
    const allow = (await call(OPTIONS)).headers.get("allow")?.split(", ") ?? [];
    const served = allow.filter((method) => !["HEAD", "OPTIONS"].includes(method));
    const address = `/api/v1/${folder.replaceAll("[", "{").replaceAll("]", "}")}`;
    const listed = Object.keys(document.paths[address] ?? {}).map((method) => method.toUpperCase());
    expect(listed.sort()).toEqual(served.sort());
  });

  test("the OpenAPI document names no address that is not served", () => {
    const served = apiRoutes.map((folder) => `/api/v1/${folder.replaceAll("[", "{").replaceAll("]", "}")}`);
    expect(served).toEqual(expect.arrayContaining(Object.keys(document.paths)));
  });

  test("the OpenAPI document has only schemas that compile and examples that fit them", () => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats(ajv);
    ajv.addSchema(document, "document");
    let examples = 0;
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      expect(() => ajv.compile({ $ref: `document#/components/schemas/${name}` }), name).not.toThrow();
      for (const node of nodes(schema)) {
        if (!Array.isArray(node.examples)) continue;
        const validate = ajv.compile(JSON.parse(JSON.stringify(node)));
        for (const example of node.examples) {
          examples += 1;
          expect(validate(example), `${name}: ${JSON.stringify(example)}`).toBe(true);
        }
      }
    }
    expect(examples).toBeGreaterThan(5);
  });

  test("the OpenAPI document says what is really answered", async () => {
    const { key, handle } = await organizerWithKey();
    const made = {
      slug: "whole",
      title: "Whole",
      durationsMinutes: [30],
      location: { kind: "link", value: "https://meet.example.com/x" },
      fallbackLocation: { kind: "none" },
      seats: 2,
      questions: [{ id: "topic", label: "Topic", kind: "select", options: ["a"] }],
    };
    const answers: [string, Answer][] = [
      ["/api/v1/me get", await call(me.GET, { key })],
      ["/api/v1/me get", await call(me.GET)],
      ["/api/v1/me/schedules get", await call(schedules.GET, { key })],
      ["/api/v1/me/schedules post", await call(schedules.POST, { key, body: {} })],
      ["/api/v1/me/event-types post", await call(eventTypes.POST, { key, body: made })],
      ["/api/v1/me/event-types post", await call(eventTypes.POST, { key, body: made })],
      ["/api/v1/me/event-types get", await call(eventTypes.GET, { key, query: "?limit=1" })],
      ["/api/v1/me/connections get", await call(connections.GET, { key })],
      [
        "/api/v1/organizers/{handle}/event-types get",
        await call(publicEventTypes.GET, { params: { handle } }),
      ],
    ];
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats(ajv);
    ajv.addSchema(document, "document");
    for (const [name, answer] of answers) {
      const [address = "", method = ""] = name.split(" ");
      const type = answer.headers.get("content-type") ?? "";
      const place = ["paths", address, method, "responses", `${answer.status}`, "content", type, "schema"];
      const pointer = place.map((part) => part.replaceAll("~", "~0").replaceAll("/", "~1")).join("/");
      const validate = ajv.compile({ $ref: `document#/${encodeURI(pointer)}` });
      const listed = Object.keys(document.paths[address][method].responses[answer.status].headers);
      const sent = Object.keys(document.components.headers).filter((header) => answer.headers.has(header));
      expect(listed, name).toEqual(expect.arrayContaining(sent));
      expect(sent, name).toEqual(expect.arrayContaining(["X-Request-Id", "RateLimit", "RateLimit-Policy"]));
      const fits = validate(answer.body);
      expect(fits, `${name} ${answer.status}: ${JSON.stringify(validate.errors)}`).toBe(true);
    }
  });

  test("the OpenAPI document keeps keys out of public addresses and asks for one elsewhere", () => {
    for (const [name, operation] of operations()) {
      const { security } = operation as unknown as { security: object[] };
      const isPrivate = /\/api\/v1\/(?:me|admin|teams)\b/.test(name);
      expect(security, name).toEqual(isPrivate ? [{ apiKey: [] }] : []);
    }
  });
});
