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
  values: { minimum?: number; maximum?: number; count?: number; entry?: string };
}

export type InputRefused = { code: "invalid_input"; issues: InputIssue[] };

/** No answer lists more complaints than this; what is beyond is counted. */
export const maxIssues = 50;

/** Of the unknown fields of one object this many are named; the others are counted. */
export const maxNamedFields = 10;

/** Checks a value by its schema and returns all complaints together, each with its path. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): Result<z.output<Schema>, InputRefused> {
  const parsed = schema.safeParse(value, { error: missingIsRequired });
  if (parsed.success) return ok(parsed.data);
  return err("invalid_input", { issues: limitIssues(parsed.error.issues.flatMap(toInputIssues)) });
}

/** As many complaints as someone reads, and how many more there are. */
export function limitIssues(issues: readonly InputIssue[]): InputIssue[] {
  if (issues.length <= maxIssues) return [...issues];
  const listed = issues.slice(0, maxIssues - 1);
  return [
    ...listed,
    { path: "", message: "more_mistakes", values: { count: issues.length - listed.length } },
  ];
}

const missingIsRequired: z.core.$ZodErrorMap = (issue) =>
  issue.code === "invalid_type" && issue.input === undefined ? "required" : undefined;

function toInputIssues(issue: z.core.$ZodIssue): InputIssue[] {
  if (issue.code === "unrecognized_keys") return toUnknownFields(issue);
  const values: InputIssue["values"] = {};
  if (issue.code === "too_small") values.minimum = Number(issue.minimum);
  if (issue.code === "too_big") values.maximum = Number(issue.maximum);
  if (issue.code === "custom" && typeof issue.params?.entry === "string") values.entry = issue.params.entry;
  return [{ path: join(issue.path), message: issue.message, values }];
}

function toUnknownFields({ keys, path }: z.core.$ZodIssueUnrecognizedKeys): InputIssue[] {
  const named = keys.slice(0, maxNamedFields);
  const count = keys.length - named.length;
  return [
    ...named.map((key) => ({ path: join([...path, key]), message: "unknown_field", values: {} })),
    ...(count > 0 ? [{ path: join(path), message: "unknown_fields", values: { count } }] : []),
  ];
}

function join(path: PropertyKey[]): string {
  return path.map(String).join(".");
}
