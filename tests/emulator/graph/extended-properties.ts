import { badRequest } from "@/tests/emulator/graph/errors";

const FILTER =
  /^singleValueExtendedProperties\/any\((\w+):\s*\1\/id eq '((?:[^']|'')+)' and \1\/value eq '((?:[^']|'')*)'\)$/i;
const EXPAND = /^singleValueExtendedProperties\(\$filter=(.+)\)$/i;
const ID_TERM = /^id eq '((?:[^']|'')+)'$/i;

/** `singleValueExtendedProperties/Any(ep: ep/id eq '…' and ep/value eq '…')`, the only filter on events known here. */
export function readExtendedFilter(filter: string): { id: string; value: string } {
  const match = FILTER.exec(filter.trim());
  if (!match)
    throw badRequest(
      "ErrorInvalidUrlQueryFilter",
      `The query filter '${filter}' contains an operation that is not supported.`,
    );
  return { id: unquoted(match[2]), value: unquoted(match[3]) };
}

/** The ids in `$expand=singleValueExtendedProperties($filter=id eq '…' or id eq '…')`. */
export function readExtendedExpand(expand: string): string[] {
  const match = EXPAND.exec(expand.trim());
  if (!match?.[1])
    throw badRequest(
      "ErrorInvalidUrlQuery",
      `The $expand '${expand}' is not supported: extended properties need a $filter on their id.`,
    );
  return match[1].split(/ or /i).map((term) => {
    const id = ID_TERM.exec(term.trim());
    if (!id)
      throw badRequest("ErrorInvalidUrlQueryFilter", `The filter '${term}' within $expand is not supported.`);
    return unquoted(id[1]);
  });
}

function unquoted(text = ""): string {
  return text.replaceAll("''", "'");
}
