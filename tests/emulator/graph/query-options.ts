import { badRequest } from "@/tests/emulator/graph/errors";

/** The query options of one request, each checked against what the operation allows. */
export interface QueryOptions {
  select: string[] | null;
  expand: string | null;
  filter: string | null;
  orderBy: string | null;
  top: number | null;
  skip: number;
  count: boolean;
  startDateTime: string | null;
  endDateTime: string | null;
  skipToken: string | null;
  deltaToken: string | null;
}

const HIGHEST_TOP = 1000;

export function readQueryOptions(query: URLSearchParams, allowed: readonly string[]): QueryOptions {
  const seen = new Set<string>();
  for (const name of query.keys()) {
    if (!allowed.includes(name)) {
      throw badRequest(
        name.startsWith("$") ? "ErrorInvalidUrlQuery" : "ErrorInvalidParameter",
        `The query parameter '${name}' is not supported by this request.`,
      );
    }
    if (seen.has(name))
      throw badRequest("ErrorInvalidUrlQuery", `Query option '${name}' was specified more than once.`);
    seen.add(name);
  }
  const get = (name: string) => query.get(name);
  return {
    select: list(get("$select"), "$select"),
    expand: get("$expand"),
    filter: get("$filter"),
    orderBy: get("$orderby"),
    top: count(get("$top"), "$top"),
    skip: count(get("$skip"), "$skip") ?? 0,
    count: flag(get("$count")),
    startDateTime: get("startDateTime"),
    endDateTime: get("endDateTime"),
    skipToken: get("$skiptoken"),
    deltaToken: get("$deltatoken"),
  };
}

function list(value: string | null, name: string): string[] | null {
  if (value === null) return null;
  const items = value.split(",").map((item) => item.trim());
  if (items.some((item) => item === ""))
    throw badRequest("RequestBroker--ParseUri", `${name} holds an empty name.`);
  return items;
}

function count(value: string | null, name: string): number | null {
  if (value === null) return null;
  if (!/^\d{1,6}$/.test(value) || (name === "$top" && Number(value) > HIGHEST_TOP)) {
    throw badRequest("ErrorInvalidUrlQuery", `Invalid value '${value}' for ${name} query option found.`);
  }
  return Number(value);
}

function flag(value: string | null): boolean {
  if (value !== null && value !== "true" && value !== "false") {
    throw badRequest("ErrorInvalidUrlQuery", `Invalid value '${value}' for $count query option found.`);
  }
  return value === "true";
}

/** Keeps the selected properties; a name the type does not have is refused. */
export function select<Shape extends object>(
  shape: Shape,
  names: string[] | null,
  properties: readonly string[],
  typeName: string,
): Partial<Shape> {
  if (names === null) return shape;
  for (const name of names) {
    if (name !== "*" && !properties.includes(name)) {
      throw badRequest(
        "RequestBroker--ParseUri",
        `Could not find a property named '${name}' on type 'Microsoft.OutlookServices.${typeName}'.`,
      );
    }
  }
  if (names.includes("*")) return shape;
  const kept = Object.entries(shape).filter(
    ([name]) => name === "id" || name.startsWith("@odata.") || names.includes(name),
  );
  // Boundary: a subset of the entries of Shape.
  return Object.fromEntries(kept) as Partial<Shape>;
}
