import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, it } from "vitest";
import { openApiDocument } from "@/lib/api/openapi";
import { version } from "@/package.json";
import { setTestEnvironment } from "@/tests/support/env";

/*
 * No feature is taken away by an update (README). What there is to lose, as far as a list can say it: addresses of the REST API with what
 * they take and answer, and pages. The list grows by itself with `npx vitest run tests/unit/promise -u`. Only a new major version may
 * start one anew.
 */

const list = path.join(import.meta.dirname, `offered-in-version-${version.split(".")[0]}.txt`);

type Schema = Record<string, unknown>;

/** The paths of all fields of a schema, such as `visitor.name`; a list's are those of its items. */
function fieldsOf(schema: unknown, schemas: Record<string, unknown>, seen: readonly string[] = []): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const { $ref, properties, items, anyOf = [], oneOf = [], allOf = [] } = schema as Schema;
  if (typeof $ref === "string") {
    const name = $ref.split("/").at(-1) ?? "";
    return seen.includes(name) ? [] : fieldsOf(schemas[name], schemas, [...seen, name]);
  }
  const own = Object.entries((properties ?? {}) as Schema).flatMap(([name, field]) => [
    name,
    ...fieldsOf(field, schemas, seen).map((inner) => `${name}.${inner}`),
  ]);
  const others = [items, ...[anyOf, oneOf, allOf].flat()].flatMap((one) => fieldsOf(one, schemas, seen));
  return [...new Set([...own, ...others])];
}

interface Operation {
  parameters?: { in: string; name: string; schema?: unknown }[];
  requestBody?: { content: Record<string, { schema: unknown }> };
  responses: Record<string, { content?: Record<string, { schema: unknown }> }>;
}

interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, unknown> };
}

/** One line for each thing that a program may rely on. */
function offeredToPrograms(): string[] {
  const { paths, components } = openApiDocument() as unknown as OpenApi;
  const schemas = components?.schemas ?? {};
  const operations = Object.entries(paths).flatMap(([place, methods]) =>
    Object.entries(methods).map(
      ([method, operation]) => [`${method.toUpperCase()} ${place}`, operation] as const,
    ),
  );
  return operations.flatMap(([name, { parameters = [], requestBody, responses }]) => [
    name,
    ...parameters.map((parameter) => `${name} takes ${parameter.name} (${parameter.in})`),
    ...contentFields(requestBody?.content, schemas).map((field) => `${name} takes ${field}`),
    ...Object.entries(responses)
      .filter(([status]) => status.startsWith("2"))
      .flatMap(([, { content }]) => contentFields(content, schemas))
      .map((field) => `${name} answers ${field}`),
  ]);
}

function contentFields(content: Record<string, { schema: unknown }> = {}, schemas: Record<string, unknown>) {
  return Object.values(content).flatMap(({ schema }) => fieldsOf(schema, schemas));
}

/** The addresses of all pages and of what browsers and programs get besides. */
function offeredToPeople(): string[] {
  const files = readdirSync("app", { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => /(^|\W)(page|route)\.tsx?$/.test(file))
    .map((file) => {
      const parts = file.split(path.sep).slice(0, -1);
      return `/${parts.filter((part) => !part.startsWith("(")).join("/")}`;
    });
}

beforeAll(() => setTestEnvironment());

it("whatever was offered in this major version is there", async () => {
  const offered = [...new Set([...offeredToPrograms(), ...offeredToPeople()])];
  const promised = readFileSync(list, { encoding: "utf8", flag: "a+" }).split("\n").filter(Boolean);
  expect(promised.filter((line) => !offered.includes(line))).toEqual([]);
  await expect(`${offered.sort().join("\n")}\n`).toMatchFileSnapshot(list);
});
