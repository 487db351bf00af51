import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import Ajv, { type ErrorObject, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";

/** Where Microsoft's description lies when `GRAPH_OPENAPI` does not say. */
const DEFAULT_PATH = fileURLToPath(
  new URL("../../../../shared/microsoft/graph-subset.openapi.json", import.meta.url),
);

interface Schema {
  $ref?: string;
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, unknown>;
  additionalProperties?: unknown;
  [keyword: string]: unknown;
}

interface Operation {
  parameters?: ({ $ref?: string } & Record<string, unknown>)[];
  requestBody?: { content: { "application/json": { schema: Schema } } };
  responses: Record<string, { content?: { "application/json": { schema: Schema } } }>;
}

interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; parameters: Record<string, { name: string }> };
}

/** Microsoft's own description of Graph, as a judge of requests and of our answers. */
export class GraphDescription {
  readonly #document: OpenApi;
  readonly #requests: Ajv;
  readonly #responses: Ajv;
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor(document: OpenApi) {
    this.#document = document;
    this.#requests = judge(document, { "^@odata\\.type$": {} });
    this.#responses = judge(document, { "^@|@odata\\.": {} });
  }

  /** Names of the query parameters the operation has, or null when it is not described. */
  queryParameters(method: string, template: string): string[] | null {
    const operation = this.#operation(method, template);
    if (!operation) return null;
    const names = (operation.parameters ?? []).map(
      (parameter) =>
        this.#document.components.parameters[parameter.$ref?.split("/").at(-1) ?? ""]?.name ?? "",
    );
    return names.filter((name) => name.startsWith("$") || name.endsWith("DateTime"));
  }

  /** What is wrong with a request body, or null. */
  requestProblem(method: string, template: string, body: unknown): string | null {
    const schema = this.#operation(method, template)?.requestBody?.content["application/json"].schema;
    if (!schema) return null;
    return this.#check(this.#requests, `request ${method} ${template}`, schema, withLowerCaseBodyType(body));
  }

  /** What is wrong with an answer of ours, or null. */
  responseProblem(method: string, template: string, status: number, body: unknown): string | null {
    const operation = this.#operation(method, template);
    if (!operation) return `${method} ${template} is not described`;
    const response = operation.responses[String(status)];
    if (!response) return status >= 400 ? null : `${method} ${template} does not answer ${status}`;
    const schema = response.content?.["application/json"].schema;
    if (!schema) return body === undefined ? null : `${method} ${template} has no body for ${status}`;
    return this.#check(this.#responses, `response ${method} ${template} ${status}`, schema, body);
  }

  /** Null, or what makes a value differ from a named type, e.g. `changeNotificationCollection`. */
  typeProblem(typeName: string, value: unknown): string | null {
    const schema = { $ref: `#/components/schemas/microsoft.graph.${typeName}` };
    return this.#check(this.#responses, `type ${typeName}`, schema, value);
  }

  #check(ajv: Ajv, key: string, schema: Schema, value: unknown): string | null {
    const validate = this.#compiled.get(key) ?? ajv.compile(absolute(schema));
    this.#compiled.set(key, validate);
    return validate(value) ? null : (validate.errors ?? []).map(words).join("; ");
  }

  #operation(method: string, template: string): Operation | undefined {
    const path = this.#document.paths[template] ?? this.#document.paths[`${template}()`];
    return path?.[method.toLowerCase()];
  }
}

/** The description from `GRAPH_OPENAPI` or the usual place; null when there is none. */
export function loadGraphDescription(
  path = process.env.GRAPH_OPENAPI ?? DEFAULT_PATH,
): GraphDescription | null {
  if (!existsSync(path)) return null;
  // Boundary: a file of Microsoft's, in the shape declared above.
  return new GraphDescription(JSON.parse(readFileSync(path, "utf8")) as OpenApi);
}

/** Each type becomes one closed object, inherited properties included, so that an unknown property is an error. */
function judge(document: OpenApi, annotations: Record<string, unknown>): Ajv {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  // Graph's own writing of these is not what the JSON Schema formats say.
  for (const format of ["base64url", "time"]) ajv.addFormat(format, true);
  const schemas = Object.fromEntries(
    Object.keys(document.components.schemas).map((name) => [name, closed(document, name, annotations)]),
  );
  ajv.addSchema({ $id: "graph:", components: { schemas } });
  return ajv;
}

function closed(document: OpenApi, name: string, annotations: Record<string, unknown>): Schema {
  const schema = document.components.schemas[name] ?? {};
  const parts = flatten(document, schema);
  if (!parts.some((part) => part.properties)) return schema;
  const properties = Object.assign({}, ...parts.map((part) => part.properties ?? {}));
  // Events and the like are declared open; the service still refuses names it does not know.
  const isEntity = "id" in properties;
  const isOpen = !isEntity && parts.some((part) => part.additionalProperties === true);
  const required = parts.flatMap((part) => (Array.isArray(part.required) ? part.required : []));
  return {
    type: "object",
    properties,
    patternProperties: annotations,
    additionalProperties: isOpen,
    ...(required.length > 0 ? { required } : {}),
  };
}

function flatten(document: OpenApi, schema: Schema): Schema[] {
  if (schema.$ref)
    return flatten(document, document.components.schemas[schema.$ref.split("/").at(-1) ?? ""] ?? {});
  return schema.allOf ? schema.allOf.flatMap((part) => flatten(document, part)) : [schema];
}

function absolute(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"graph:#/components')) as Schema;
}

/** Outlook reads `HTML` and `html` alike. */
function withLowerCaseBodyType(body: unknown): unknown {
  if (typeof body !== "object" || body === null || !("body" in body)) return body;
  const inner = body.body;
  if (typeof inner !== "object" || inner === null || !("contentType" in inner)) return body;
  return { ...body, body: { ...inner, contentType: String(inner.contentType).toLowerCase() } };
}

function words(error: ErrorObject): string {
  const detail = error.keyword === "additionalProperties" ? ` '${error.params.additionalProperty}'` : "";
  return `${error.instancePath || "body"} ${error.message ?? ""}${detail}`;
}
