/**
 * Reading what came from outside. Schemas name their complaints by keys of the `validation` messages, so that a form shows
 * them in its reader's language and the API in English.
 */
import type { z } from "zod";
import { err, ok, type Result } from "@/lib/result";

/** One complaint about one field. */
export interface InputIssue {
  /** Names and indexes joined by dots, such as `weekly.0.end`; empty for the whole. */
  path: string;
  /** A key of the `validation` messages, or a sentence where no schema named one. */
  message: string;
  /** What the message may mention. */
  values: { minimum?: number; maximum?: number };
}

export type InputRefused = { code: "invalid_input"; issues: InputIssue[] };

/** Checks a value by its schema and tells every complaint at once, each by its path. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): Result<z.output<Schema>, InputRefused> {
  const parsed = schema.safeParse(value, { error: missingIsRequired });
  if (parsed.success) return ok(parsed.data);
  return err("invalid_input", { issues: parsed.error.issues.flatMap(toInputIssues) });
}

const missingIsRequired: z.core.$ZodErrorMap = (issue) =>
  issue.code === "invalid_type" && issue.input === undefined ? "required" : undefined;

function toInputIssues(issue: z.core.$ZodIssue): InputIssue[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: join([...issue.path, key]),
      message: "unknown_field",
      values: {},
    }));
  }
  const values: InputIssue["values"] = {};
  if (issue.code === "too_small") values.minimum = Number(issue.minimum);
  if (issue.code === "too_big") values.maximum = Number(issue.maximum);
  return [{ path: join(issue.path), message: issue.message, values }];
}

function join(path: PropertyKey[]): string {
  return path.map(String).join(".");
}
