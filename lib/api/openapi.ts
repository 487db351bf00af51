/** The OpenAPI 3.1 document, made from the very schemas that check the requests. */
import { z } from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import type { Endpoint } from "@/lib/api/endpoint";
import { listGroups } from "@/lib/api/endpoints/all";
import { describeProblem, type ProblemCode, type ProblemFacts, problemStatus } from "@/lib/api/problem";
import { headersOf, responseHeaders } from "@/lib/api/response-headers";
import { exampleId, type JsonSchema, type NamedSchemas, sampleOf } from "@/lib/api/sample";
import { covers, type KeyScope, keyScopes } from "@/lib/auth/key-scopes";
import { env } from "@/lib/config/env";
import { webhookData, webhookOccasions } from "@/lib/webhooks/messages";

const instant = z.iso.datetime();

const problem = z
  .object({
    type: z.literal("about:blank"),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: "For people. May change" }),
    code: z.string().meta({ description: "For programs. Never changes" }),
    errors: z
      .array(z.object({ path: z.string().meta({ examples: ["weekly.0.end"] }), message: z.string() }))
      .optional()
      .meta({ description: "For invalid input: each problem by its path" }),
    bookings: z
      .array(
        z.object({
          id: z.uuid(),
          title: z.string(),
          start: z.string(),
          visitor: z.object({ name: z.string() }),
        }),
      )
      .optional()
      .meta({ description: "With `no_successor`: the bookings that no one can take over" }),
    alternatives: z
      .array(z.object({ start: instant, end: instant }))
      .optional()
      .meta({ description: "For slot_taken: the nearest available slots" }),
    requiredScope: z
      .enum(keyScopes)
      .optional()
      .meta({ description: "For insufficient_scope: what the key would have to be allowed" }),
    requestId: z.string().optional(),
  })
  .meta({ id: "Problem", description: "RFC 9457 problem details" });

const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/)
  .optional()
  .meta({
    description:
      "Visible ASCII characters of your own, such as a UUID. The same request again within a day gets the same answer and does nothing twice; one that made a booking, as long as the booking exists.",
  });

type Json = Record<string, unknown>;
type Responses = NonNullable<ZodOpenApiOperationObject["responses"]>;

/** Builds the document. */
export function openApiDocument(): Record<string, unknown> {
  const paths: ZodOpenApiPathsObject = {};
  for (const { name, endpoints } of listGroups()) {
    for (const endpoint of endpoints) {
      paths[endpoint.path] = {
        ...paths[endpoint.path],
        [endpoint.method.toLowerCase()]: operationOf(endpoint, name),
      };
    }
  }
  const address = env().APP_URL;
  const document = createDocument({
    openapi: "3.1.0",
    info: {
      title: "Bellhop",
      version: "1",
      description:
        "Instants are ISO 8601 in UTC, dates YYYY-MM-DD, zones IANA names. Lists come in pages: ask again with nextCursor until it is null. Unknown fields are refused.",
      contact: { name: "Help", url: `${address}/help` },
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: address }],
    tags: listGroups().map(({ name, description }) => ({ name, description })),
    components: {
      securitySchemes: {
        apiKey: {
          type: "http",
          scheme: "bearer",
          description:
            "An organizer's API key. Its scope decides what it can do: read, bookings (also book, decide, move, and cancel), or all. x-required-scope says what an operation needs.",
        },
      },
      headers: responseHeaders,
      examples: problemExamples(),
    },
    paths,
    webhooks: webhookOperations(),
  });
  return withExamples(withPostedBodies(document as unknown as Json));
}

function operationOf(endpoint: Endpoint, tag: string): ZodOpenApiOperationObject {
  const { method, path, access, summary, params, query, body } = endpoint;
  const requestParams = {
    ...(params ? { path: params } : {}),
    ...(query ? { query } : {}),
    ...(method === "POST" ? { header: z.object({ "Idempotency-Key": idempotencyKey }) } : {}),
  };
  return {
    operationId: operationIdOf(method, path),
    tags: [tag],
    summary,
    description: describe(endpoint),
    ...(access === "public" ? { security: [] } : { security: [{ apiKey: [] }], "x-required-scope": access }),
    // Parameters are always objects of single values.
    requestParams: requestParams as NonNullable<ZodOpenApiOperationObject["requestParams"]>,
    ...(body ? { requestBody: { required: true, content: { "application/json": { schema: body } } } } : {}),
    responses: { ...successOf(endpoint), ...refusalsOf(endpoint) },
  };
}

/** What a caller has to know besides what the operation does. */
function describe({ access, takesKey, method, query, status }: Endpoint): string {
  const isPaged = query instanceof z.ZodObject && "cursor" in query.shape;
  return [
    access === "public" && !takesKey ? "Anyone can call this, without a key." : "",
    takesKey ? `Anyone can call this. An API key that is sent along needs ${scopesFor(takesKey)}.` : "",
    access === "public" ? "" : `Needs an API key with ${scopesFor(access)}.`,
    isPaged ? "To get the next page, send `nextCursor` as `cursor`." : "",
    method === "POST" ? "With an `Idempotency-Key`, it can be sent again safely." : "",
    status === 204 ? "The answer is empty." : "",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

function scopesFor(needed: KeyScope): string {
  const enough = keyScopes.filter((scope) => covers(scope, needed));
  if (enough.length === keyScopes.length) return "any scope";
  return `the scope ${enough.map((scope) => `\`${scope}\``).join(" or ")}`;
}

/** What is posted to webhooks: a message for each event. */
function webhookOperations(): ZodOpenApiPathsObject {
  const events = Object.keys(webhookData) as (keyof typeof webhookData)[];
  return Object.fromEntries(
    events.map((event): [string, ZodOpenApiPathsObject[string]] => {
      const message = z.object({
        type: z.literal(event),
        timestamp: instant.meta({ description: "When it happened" }),
        data: webhookData[event],
      });
      const responses: Responses = {
        // Bellhop writes it, so its schema is one of answers; it is moved to where it belongs afterwards.
        [posted]: { description: "", content: { "application/json": { schema: message } } },
        "2XX": { description: "Delivered. The body is ignored" },
        "410": { description: "The webhook is turned off" },
        default: { description: "It's sent again later, with the same `Webhook-Id`, for about three days" },
      };
      const operation: ZodOpenApiOperationObject = {
        operationId: `webhook_${event.replace(".", "_")}`,
        tags: ["Webhooks"],
        summary: webhookOccasions[event],
        description: "Signed by the Standard Webhooks specification. Answer within 10 seconds.",
        security: [],
        requestParams: { header: signature },
        responses,
      };
      return [event, { post: operation }];
    }),
  );
}

const signature = z.object({
  "Webhook-Id": z.string().meta({ description: "The same with every try", examples: [exampleId] }),
  "Webhook-Timestamp": z
    .string()
    .meta({ description: "When it is sent, in seconds since 1970", examples: ["1804150800"] }),
  "Webhook-Signature": z.string().meta({
    description: "`v1,` and the Base64 of HMAC-SHA256 over `id.timestamp.body` with the webhook's secret",
    examples: ["v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4="],
  }),
});

const posted = "299";

function withPostedBodies(document: Json): Json {
  const webhooks = document.webhooks as Record<string, { post: Json & { responses: Json } }>;
  for (const { post } of Object.values(webhooks)) {
    const { content } = post.responses[posted] as Json;
    delete post.responses[posted];
    post.requestBody = { required: true, content };
  }
  return document;
}

interface Media {
  schema: JsonSchema;
  example?: unknown;
  examples?: unknown;
}

/** Gives every body and required parameter an example, where it has none. */
function withExamples(document: Json): Json {
  const schemas = ((document.components as Json).schemas ?? {}) as NamedSchemas;
  const addTo = (content: unknown, brief: boolean) => {
    for (const media of Object.values((content ?? {}) as Record<string, Media>)) {
      if (!media.examples) media.example = sampleOf(media.schema, { schemas, brief });
    }
  };
  for (const place of [document.paths, document.webhooks]) {
    const operations = Object.values(place as Record<string, Json>).flatMap((one) => Object.values(one));
    for (const operation of operations as OperationShape[]) {
      for (const parameter of operation.parameters ?? []) {
        if (!parameter.required) continue;
        parameter.example = sampleOf(parameter.schema, { schemas, name: parameter.name });
      }
      addTo(operation.requestBody?.content, place === document.paths);
      for (const { content } of Object.values(operation.responses)) addTo(content, false);
    }
  }
  return document;
}

interface OperationShape {
  parameters?: { name: string; required?: boolean; schema: JsonSchema; example?: unknown }[];
  requestBody?: { content: unknown };
  responses: Record<string, { content?: unknown }>;
}

/** Whether there are keys that can't. */
const needsMore = (access: Endpoint["access"]) => access !== "public" && !covers("read", access);

/** `GET /api/v1/me/schedules/{id}` is `get_me_schedules_id`. */
function operationIdOf(method: string, path: string): string {
  const words = path.replace("/api/v1/", "").match(/\w+/g) ?? [];
  return [method.toLowerCase(), ...words].join("_");
}

function successOf(endpoint: Endpoint): Responses {
  const { status = 200, answer } = endpoint;
  const headers = headersOf(endpoint, status, []);
  if (!answer || status === 204) return { [`${status}`]: { description: "Done", headers } };
  const description = status === 201 ? "Made" : "As asked";
  return { [`${status}`]: { description, headers, content: { "application/json": { schema: answer } } } };
}

function refusalsOf(endpoint: Endpoint): Responses {
  const codes = new Set<ProblemCode>(endpoint.problems);
  codes.add("rate_limited").add("internal_error");
  if (endpoint.access !== "public") codes.add("unauthorized");
  if (endpoint.takesKey || needsMore(endpoint.access)) codes.add("insufficient_scope");
  if (endpoint.params) codes.add("not_found");
  if (endpoint.query || endpoint.body) codes.add("invalid_request");
  if (endpoint.body) codes.add("invalid_json").add("body_too_large").add("unsupported_media_type");
  if (endpoint.method === "POST") {
    codes.add("idempotency_key_invalid").add("idempotency_key_reused").add("idempotency_in_progress");
  }
  const responses: Responses = {};
  for (const status of new Set([...codes].map((code) => problemStatus[code]))) {
    const here = [...codes].filter((code) => problemStatus[code] === status);
    responses[`${status}`] = {
      description: here.sort().join(" or "),
      headers: headersOf(endpoint, status, here),
      content: {
        "application/problem+json": { schema: problem, examples: Object.fromEntries(here.map(toExample)) },
      },
    };
  }
  return responses;
}

/** Each refusal as it is written. */
function problemExamples(): Record<string, { value: object }> {
  const all = Object.keys(problemStatus) as ProblemCode[];
  // No operation answers it: it is what other methods get.
  const codes = all.filter((code) => code !== "method_not_allowed");
  const facts: Partial<Record<ProblemCode, ProblemFacts>> = {
    insufficient_scope: { requiredScope: "all" },
    internal_error: { requestId: exampleId },
    slot_taken: {
      alternatives: [{ start: Date.parse("2027-03-01T10:00:00Z"), end: Date.parse("2027-03-01T10:30:00Z") }],
    },
    invalid_request: { errors: [{ path: "visitor.email", message: "Enter an email address." }] },
  };
  return Object.fromEntries(codes.map((code) => [code, { value: describeProblem(code, facts[code]) }]));
}

const toExample = (code: ProblemCode) => [code, { $ref: `#/components/examples/${code}` }];
