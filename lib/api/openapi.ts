/** The OpenAPI 3.1 document, made from the very schemas that check the requests. */
import { z } from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import type { Endpoint } from "@/lib/api/endpoint";
import { listEndpoints } from "@/lib/api/endpoints/all";
import { type ProblemCode, problemStatus } from "@/lib/api/problem";
import { covers, keyScopes } from "@/lib/auth/key-scopes";
import { env } from "@/lib/config/env";

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

/** Builds the document. */
export function openApiDocument(): Record<string, unknown> {
  const paths: ZodOpenApiPathsObject = {};
  for (const endpoint of listEndpoints()) {
    paths[endpoint.path] = {
      ...paths[endpoint.path],
      [endpoint.method.toLowerCase()]: operationOf(endpoint),
    };
  }
  const document = createDocument({
    openapi: "3.1.0",
    info: {
      title: "Bellhop",
      version: "1",
      description:
        "Instants are ISO 8601 in UTC, dates YYYY-MM-DD, zones IANA names. Lists come in pages: ask again with nextCursor until it is null. Unknown fields are refused.",
    },
    servers: [{ url: env().APP_URL }],
    components: {
      securitySchemes: {
        apiKey: {
          type: "http",
          scheme: "bearer",
          description:
            "An organizer's API key. Its scope decides what it can do: read, bookings (also book, decide, move, and cancel), or all. x-required-scope says what an operation needs.",
        },
      },
    },
    paths,
  });
  return { ...document };
}

function operationOf(endpoint: Endpoint): ZodOpenApiOperationObject {
  const { method, path, access, summary, params, query, body } = endpoint;
  const requestParams = {
    ...(params ? { path: params } : {}),
    ...(query ? { query } : {}),
    ...(method === "POST" ? { header: z.object({ "Idempotency-Key": idempotencyKey }) } : {}),
  };
  return {
    operationId: operationIdOf(method, path),
    summary,
    ...(access === "public" ? { security: [] } : { security: [{ apiKey: [] }], "x-required-scope": access }),
    // Parameters are always objects of single values.
    requestParams: requestParams as NonNullable<ZodOpenApiOperationObject["requestParams"]>,
    ...(body ? { requestBody: { required: true, content: { "application/json": { schema: body } } } } : {}),
    responses: { ...successOf(endpoint), ...refusalsOf(endpoint) },
  };
}

/** Whether there are keys that can't. */
const needsMore = (access: Endpoint["access"]) => access !== "public" && !covers("read", access);

/** `GET /api/v1/me/schedules/{id}` is `get_me_schedules_id`. */
function operationIdOf(method: string, path: string): string {
  const words = path.replace("/api/v1/", "").match(/\w+/g) ?? [];
  return [method.toLowerCase(), ...words].join("_");
}

function successOf({ status = 200, answer }: Endpoint): ZodOpenApiOperationObject["responses"] {
  if (!answer || status === 204) return { [`${status}`]: { description: "Done" } };
  const description = status === 201 ? "Made" : "As asked";
  return { [`${status}`]: { description, content: { "application/json": { schema: answer } } } };
}

function refusalsOf(endpoint: Endpoint): ZodOpenApiOperationObject["responses"] {
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
  const responses: ZodOpenApiOperationObject["responses"] = {};
  for (const status of new Set([...codes].map((code) => problemStatus[code]))) {
    const here = [...codes].filter((code) => problemStatus[code] === status);
    responses[`${status}`] = {
      description: here.sort().join(" or "),
      content: { "application/problem+json": { schema: problem } },
    };
  }
  return responses;
}
