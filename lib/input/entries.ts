import type { z } from "zod";

/** A check of how many names a record has: Zod itself limits lists alone. */
export function atMostEntries(maximum: number) {
  return ({ value, issues }: z.core.ParsePayload<object>): void => {
    if (Object.keys(value).length <= maximum) return;
    issues.push({
      code: "too_big",
      origin: "map",
      maximum,
      inclusive: true,
      message: "too_many",
      input: value,
      continue: true,
    });
  };
}
