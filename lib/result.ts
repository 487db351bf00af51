/** An expected outcome. The caller must look at `ok` before it can reach the value. */
export type Result<Value, Failure extends { code: string }> =
  | { ok: true; value: Value }
  | { ok: false; error: Failure };

/** Wraps a value as a success. */
export function ok<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value };
}

/** Wraps an expected failure; `code` is the stable name that callers switch on. */
export function err<const Code extends string>(code: Code): { ok: false; error: { code: Code } };
export function err<const Code extends string, Facts extends object>(
  code: Code,
  facts: Facts,
): { ok: false; error: { code: Code } & Facts };
export function err(code: string, facts: object = {}) {
  return { ok: false, error: { code, ...facts } };
}
