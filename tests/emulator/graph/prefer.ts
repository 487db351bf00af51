import { badRequest } from "@/tests/emulator/graph/errors";
import { isSupportedZone } from "@/tests/emulator/graph/time-zones";
import type { IdKind } from "@/tests/emulator/ids";

/** What a `Prefer` header asks for. */
export interface Preferences {
  timeZone: string | null;
  bodyType: "html" | "text";
  idKind: IdKind;
  maxPageSize: number | null;
  /** The preferences that were honoured, for `Preference-Applied`. */
  applied: string[];
}

export function readPrefer(header: string | undefined): Preferences {
  const preferences: Preferences = {
    timeZone: null,
    bodyType: "html",
    idKind: "mutable",
    maxPageSize: null,
    applied: [],
  };
  for (const [whole, name = "", quoted, bare] of (header ?? "").matchAll(
    /([\w.-]+)\s*=\s*(?:"([^"]*)"|([^,;\s]+))/g,
  )) {
    apply(preferences, name.toLowerCase(), quoted ?? bare ?? "", whole);
  }
  return preferences;
}

function apply(preferences: Preferences, name: string, value: string, whole: string): void {
  if (name === "outlook.timezone") {
    if (!isSupportedZone(value)) {
      throw badRequest(
        "TimeZoneNotSupportedException",
        `A valid TimeZone value must be specified. The following TimeZone value is not supported: '${value}'.`,
      );
    }
    preferences.timeZone = value;
  } else if (name === "outlook.body-content-type" && (value === "text" || value === "html")) {
    preferences.bodyType = value;
  } else if (name === "idtype" && value.toLowerCase() === "immutableid") {
    preferences.idKind = "immutable";
  } else if (name === "odata.maxpagesize") {
    const size = Number(value);
    if (!Number.isInteger(size) || size < 1)
      throw badRequest("ErrorInvalidParameter", "odata.maxpagesize must be a positive number.");
    preferences.maxPageSize = size;
  } else {
    return;
  }
  preferences.applied.push(whole);
}
