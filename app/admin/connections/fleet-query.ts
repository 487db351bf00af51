import { z } from "zod";
import { type FleetFilter, fleetStates, managedFilters } from "@/lib/connections/fleet";
import { searchText } from "@/lib/input/text";

/** Where the list is. Its filters are in the address, so that each view can be bookmarked and shared. */
export const fleetPath = "/admin/connections";

const text = z
  .string()
  .transform((typed) => searchText(typed, 100))
  .catch("");

const schema = z.object({
  search: text.default(""),
  state: z.enum(fleetStates).optional().catch(undefined),
  kind: z.enum(["work", "personal"]).optional().catch(undefined),
  tenant: text.default(""),
  missing: z.literal("1").optional().catch(undefined),
  verified: z.enum(["week", "longer", "never"]).optional().catch(undefined),
  failed: z.literal("1").optional().catch(undefined),
  managed: z.enum(managedFilters).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
});

export type FleetQuery = z.output<typeof schema>;

/** What the address asks for; what is no filter is left out. */
export function readFleetQuery(parameters: Record<string, string | string[] | undefined>): FleetQuery {
  const single = Object.entries(parameters).map(([name, value]) => [
    name,
    Array.isArray(value) ? value[0] : value,
  ]);
  return schema.parse(Object.fromEntries(single));
}

export function toFilter({
  search,
  state,
  kind,
  tenant,
  missing,
  verified,
  failed,
  managed,
}: FleetQuery): FleetFilter {
  return {
    ...(search && { search }),
    ...(state && { state }),
    ...(kind && { accountKind: kind }),
    ...(tenant && { tenantId: tenant }),
    ...(missing && { missing: true }),
    ...(verified && { verified }),
    ...(failed && { failed: true }),
    ...(managed && { managed }),
  };
}

/** The address of a view, its first page unless another is named. */
export function fleetHref(path: string, query: FleetQuery, page = 1): string {
  const fields = { ...fleetFields(query), ...(page > 1 ? { page: String(page) } : {}) };
  return Object.keys(fields).length > 0 ? `${path}?${new URLSearchParams(fields)}` : path;
}

/** The fields of an address or a form that say the filter. */
export function fleetFields({ page: _page, ...filter }: FleetQuery): Record<string, string> {
  const given = Object.entries(filter).filter((field): field is [string, string] => Boolean(field[1]));
  return Object.fromEntries(given);
}
