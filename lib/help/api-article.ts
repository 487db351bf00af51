/** The REST API as a page of the help, made from its own description. */
import { openApiDocument } from "@/lib/api/openapi";
import type { JsonSchema, NamedSchemas } from "@/lib/api/sample";
import { type Article, parseArticle, readingMinutesOf } from "@/lib/help/article";
import { curlOf, pythonOf, type SampleRequest, typeScriptOf } from "@/lib/help/snippets";

interface Media {
  schema: JsonSchema;
  example?: unknown;
}

interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  schema: JsonSchema;
  example?: unknown;
}

interface Operation {
  summary: string;
  description: string;
  tags: string[];
  security: object[];
  parameters?: Parameter[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { description: string; content?: Record<string, Media> }>;
}

interface Described {
  info: { description: string };
  servers: { url: string }[];
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  webhooks: Record<string, { post: Operation }>;
  components: { schemas: NamedSchemas };
}

const head = `---
title: REST API
summary: Every address, with what it takes and answers, and how to call it with curl, TypeScript, and Python.
audience: developer
updated: 2026-11-29
related: organizer-guide, teams
---
`;

const introduction = `## Before you start

Create a key under *Developer* and send it as \`Authorization: Bearer …\`. The samples read it from the environment variable \`BELLHOP_API_KEY\`. Addresses for visitors need no key.

For a typed client, give \`/api/v1/openapi.json\` to a generator, such as \`npx orval --input openapi.json --output client.ts --client fetch\`.

`;

/** Writes the page. `document` is the OpenAPI document. */
export function apiArticle(document = openApiDocument()): Article {
  const described = document as unknown as Described;
  const [server] = described.servers;
  const operations = Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      address: `${server?.url}${path}`,
      operation,
    })),
  );
  const groups = described.tags.map(({ name, description }) =>
    [
      `## ${name}\n\n${description}\n`,
      ...operations
        .filter(({ operation }) => operation.tags.includes(name))
        .map((one) => partOf(one, described.components.schemas)),
    ].join("\n"),
  );
  const intro = `${introduction}${described.info.description} Too many requests are answered with 429, and \`Retry-After\` says when to try again. Problems are documents by RFC 9457 with a stable \`code\`. The same in the words of OpenAPI is at \`/api/v1/openapi.json\`.\n`;
  const article = parseArticle("api", `${head}${[intro, ...groups, messagesOf(described)].join("\n")}`);
  const sections = article.sections.map((section) => {
    const found = operations.find(({ operation }) => titleOf(operation) === section.title);
    return found ? { ...section, text: briefly(found) } : section;
  });
  return { ...article, sections, readingMinutes: readingMinutesOf(sections) };
}

/** What an operation is found by: its samples and problems are much the same everywhere. */
const briefly = ({ method, path, operation }: Placed) =>
  `${method} ${path} ${operation.summary}. ${operation.description}`;

const titleOf = ({ summary }: Operation) => summary.split(". ")[0] ?? "";

interface Placed {
  method: string;
  path: string;
  address: string;
  operation: Operation;
}

function partOf({ method, path, address, operation }: Placed, schemas: NamedSchemas): string {
  const { summary, description, parameters = [], requestBody, responses } = operation;
  const [title, ...more] = summary.split(". ");
  const body = requestBody?.content["application/json"];
  const rows = [
    ...parameters.filter((one) => one.in !== "header").map((one) => rowOf(one, one.in)),
    ...fieldsOf(body?.schema, schemas),
  ];
  const sample: SampleRequest = {
    method,
    address: fillIn(address, parameters),
    needsKey: operation.security.length > 0,
    body: body?.example,
  };
  const refusals = Object.entries(responses).filter(([status]) => status >= "400");
  return [
    `### ${title}`,
    ["```", `${method} ${path}`, "```"].join("\n"),
    [...more.map((sentence) => `${sentence.replace(/\.$/, "")}.`), description].join(" "),
    rows.length > 0 ? ["| Name | Where | What |", "|---|---|---|", ...rows].join("\n") : "",
    `\`\`\`sh curl\n${curlOf(sample)}\n\`\`\``,
    `\`\`\`ts TypeScript\n${typeScriptOf(sample)}\n\`\`\``,
    `\`\`\`python Python\n${pythonOf(sample)}\n\`\`\``,
    ...Object.entries(responses)
      .filter(([status]) => status < "300")
      .map(([status, { content }]) => answerOf(status, content)),
    `Problems: ${refusals.map(([status, { description: codes }]) => `${status} ${code(codes)}`).join(", ")}.`,
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** `not_found or too_late`, each in the type of code. */
const code = (codes: string) => codes.replace(/\w+_\w+|\b(?!or\b)\w+/g, "`$&`");

function answerOf(status: string, content: Record<string, Media> | undefined): string {
  const example = content?.["application/json"]?.example;
  if (example === undefined) return "";
  return `\`\`\`json Answer ${status}\n${JSON.stringify(example, null, 2)}\n\`\`\``;
}

function rowOf({ name, required, schema }: Pick<Parameter, "name" | "required" | "schema">, where: string) {
  const needed = required ? where : `${where}, optional`;
  const told = (schema as { description?: string }).description ?? "";
  const what = [typeOf(schema), told].filter((text) => text !== "").join(". ");
  return `| \`${name}\` | ${needed} | ${what.replaceAll("|", "\\|").replaceAll("\n", " ")} |`;
}

function fieldsOf(schema: JsonSchema | undefined, schemas: NamedSchemas): string[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = resolve(schema, schemas);
  return Object.entries(properties).map(([name, field]) =>
    rowOf({ name, required: required.includes(name), schema: field }, "body"),
  );
}

function resolve(schema: JsonSchema, schemas: NamedSchemas): JsonSchema {
  return schema.$ref ? (schemas[schema.$ref.split("/").at(-1) ?? ""] ?? schema) : schema;
}

/** What kind of value it takes, in a few words. */
function typeOf({ $ref, enum: choices, const: only, anyOf, items, type, format }: JsonSchema): string {
  if (choices) return choices.map((choice) => `\`${choice}\``).join(", ");
  if (only !== undefined) return `\`${only}\``;
  if (anyOf) return [...new Set(anyOf.map(typeOf))].filter((one) => one !== "").join(" or ");
  if (items) return `List of ${typeOf(items) || "values"}`;
  if ($ref) return "object";
  return format ?? [type ?? []].flat().join(" or ");
}

/** The address with an example for each parameter that it needs. */
function fillIn(address: string, parameters: readonly Parameter[]): string {
  const exampleOf = (one: Parameter) => encodeURIComponent(`${one.example}`);
  const needed = parameters.filter(({ required }) => required);
  const path = address.replace(/\{(\w+)\}/g, (place, name) => {
    const parameter = needed.find((one) => one.in === "path" && one.name === name);
    return parameter ? exampleOf(parameter) : place;
  });
  const query = needed.filter((one) => one.in === "query").map((one) => `${one.name}=${exampleOf(one)}`);
  return query.length > 0 ? `${path}?${query.join("&")}` : path;
}

/** What webhooks are sent, after all that can be called. */
function messagesOf({ webhooks }: Described): string {
  const messages = Object.entries(webhooks).map(([event, { post }]) => {
    const example = post.requestBody?.content["application/json"]?.example;
    return `### Message ${event}\n\n${post.summary}\n\n\`\`\`json Message\n${JSON.stringify(example, null, 2)}\n\`\`\``;
  });
  return `## What webhooks are sent\n\nMessages are signed by the Standard Webhooks specification. Answer within 10 seconds. What isn't accepted is sent again for about three days.\n\n${messages.join("\n\n")}\n`;
}
