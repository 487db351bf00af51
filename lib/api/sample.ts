/** Examples for the OpenAPI document: values that a JSON schema of it accepts, with plausible names. */

/** A JSON schema, as far as examples need it. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  examples?: unknown[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  items?: JsonSchema;
  minItems?: number;
  minimum?: number;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
}

/** The schemas that `$ref` may lead to, by name. */
export type NamedSchemas = Record<string, JsonSchema>;

export const exampleId = "019a7c2e-5b1f-7c3a-9d52-6f0e8a4b1c73";

/** What fields hold in examples where their schema has none of its own. */
const byName: Record<string, unknown> = {
  accountEmail: "ines@example.com",
  name: "Rosa Delgado",
  title: "First consultation",
  description: "Half an hour to get to know each other.",
  email: "rosa@example.org",
  handle: "ines",
  slug: "first-consultation",
  locale: "en",
  timeZone: "Europe/Paris",
  reason: "Something came up",
  note: "Prefers mornings",
  token: "nT4xv1cYQmW0dYk0b3mJtQ",
  link: "p3JqkS0vT2uUOq0x",
  label: "What would you like to talk about?",
  joinUrl: "https://teams.microsoft.com/l/meetup-join/19%3ameeting_example",
  manageUrl: "https://bellhop.example.com/booking/nT4xv1cYQmW0dYk0b3mJtQ",
  joinPageUrl: "https://bellhop.example.com/j/Yw7uS0bGJ5k2Lr8Q",
  url: "https://example.com/bellhop",
  secret: "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
  date: "2027-03-01",
  from: "2027-03-01",
  to: "2027-03-07",
  start: "2027-03-01T09:00:00Z",
  end: "2027-03-01T09:30:00Z",
  durationMinutes: 30,
  cursor: "IjAxOWE3YzJlIg",
  visitorName: "Rosa Delgado",
  event: "booking.confirmed",
  events: "booking.confirmed",
  host: "ines",
  subject: "ines@example.com",
  value: "example.com",
  detail: "For people. May change",
};

const byFormat: Record<string, unknown> = {
  uuid: exampleId,
  "date-time": "2027-03-01T09:00:00Z",
  date: "2027-03-01",
  time: "09:00",
  email: "rosa@example.org",
  uri: "https://example.com/bellhop",
};

/**
 * A value that the schema accepts. With `brief`, objects have what they need and no more, and if they need nothing, the first field.
 * `name` is the field's.
 */
export function sampleOf(
  schema: JsonSchema,
  { schemas, brief = false, name = "" }: { schemas: NamedSchemas; brief?: boolean; name?: string },
): unknown {
  const inner = (one: JsonSchema, field = name) => sampleOf(one, { schemas, brief, name: field });
  const named = schema.$ref ? schemas[schema.$ref.split("/").at(-1) ?? ""] : undefined;
  if (named) return inner(named);
  const guess = byName[name];
  if (schema.format === "date-time" && typeof guess === "string" && guess.includes("T")) return guess;
  if (schema.examples) return schema.examples[0];
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined) return schema.default;
  if (schema.enum) return schema.enum[0];
  const choice = (schema.anyOf ?? schema.oneOf)?.find(({ type }) => type !== "null");
  if (choice) return inner(choice);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((one) => inner(one)));
  const type = [schema.type ?? []].flat().find((one) => one !== "null");
  if (type === "object") return objectOf(schema, brief, inner);
  if (type === "array") return schema.items && (!brief || schema.minItems) ? [inner(schema.items)] : [];
  if (type === "string")
    return schema.format ? byFormat[schema.format] : typeof guess === "string" ? guess : "…";
  if (type === "integer" || type === "number") {
    return typeof guess === "number" ? guess : Math.max(1, schema.minimum ?? 1);
  }
  return type === "boolean" ? false : null;
}

function objectOf(
  { properties = {}, required = [] }: JsonSchema,
  brief: boolean,
  inner: (schema: JsonSchema, name: string) => unknown,
): unknown {
  const all = Object.entries(properties);
  const needed = all.filter(([field]) => required.includes(field));
  const shown = !brief ? all : needed.length > 0 ? needed : all.slice(0, 1);
  return Object.fromEntries(shown.map(([field, schema]) => [field, inner(schema, field)]));
}
