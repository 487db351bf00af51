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
  const parsed = schema.safeParse(value, { error: complaintOf });
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

/** What is expected in place of something of another kind. */
const complaintOfKind: Partial<Record<string, string>> = {
  string: "text_expected",
  array: "list_expected",
  object: "object_expected",
  record: "object_expected",
  boolean: "yes_or_no",
  number: "number_expected",
  int: "whole_number",
};

const complaintOfFormat: Partial<Record<string, string>> = {
  uuid: "uuid_form",
  date: "date_form",
  datetime: "instant_form",
};

/** The complaint where a schema names none. */
const complaintOf: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? "required" : (complaintOfKind[issue.expected] ?? "value_form");
    case "invalid_format":
      return complaintOfFormat[issue.format] ?? "value_form";
    case "invalid_value":
      return "choice_expected";
    case "too_big":
      return issue.origin === "string" ? "too_long" : issue.origin === "array" ? "too_many" : "number_max";
    case "too_small":
      return issue.origin === "number" || issue.origin === "int" ? "number_min" : "required";
    case "unrecognized_keys":
      return "unknown_field";
    default:
      return "value_form";
  }
};

function toInputIssues(issue: z.core.$ZodIssue): InputIssue[] {
  if (issue.code === "unrecognized_keys") return toUnknownFields(issue);
  const values: InputIssue["values"] = {};
  if (issue.code === "too_small") values.minimum = Number(issue.minimum);
  if (issue.code === "too_big") values.maximum = Number(issue.maximum);
  if (issue.code === "invalid_value") values.entry = issue.values.map(String).join(", ");
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
