import type { Result } from "@/lib/result";
import { eventually } from "@/tests/support/eventually";

/** Tries again where a calendar didn't answer in the time that visitors wait, on a machine that is busy with something else. */
export function patiently<Value, Failure extends { code: string }>(
  act: () => Promise<Result<Value, Failure>>,
): Promise<Result<Value, Failure>> {
  return eventually(act, (outcome) => outcome.ok || outcome.error.code !== "calendar_unavailable", 60);
}

/** The same where a handover is expected to work. */
export function untilDone<Value, Failure extends { code: string }>(
  act: () => Promise<Result<Value, Failure>>,
): Promise<Result<Value, Failure>> {
  return eventually(act, ({ ok }) => ok, 60);
}
