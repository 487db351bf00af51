/** The one way a form changes something: sent by our own page, by someone who may, with input that fits its schema. */
import { headers } from "next/headers";
import type { z } from "zod";
import { clientAddress } from "@/lib/auth/client-address";
import { type FormState, keepValues, openForm, textFields } from "@/lib/auth/form-state";
import { isSameOrigin } from "@/lib/auth/same-origin";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { describeIssue } from "@/lib/input/describe";
import { type InputIssue, parseInput } from "@/lib/input/parse";
import { getLocale } from "@/lib/reader/locale";

/** What came of an action; one that leads elsewhere calls `redirect` instead. */
export type FormOutcome =
  | { status: "done"; message: string; secret?: string }
  | { status: "refused"; message?: string; errors?: Record<string, string> };

interface FormAction<Schema extends z.ZodType, Who> {
  /** Who may: `requireOrganizer`, `requireAdmin` or `anyone`. */
  guard: () => Promise<Who>;
  schema: Schema;
  /** Turns fields into what the schema checks; left out, each field is a text. */
  read?: (formData: FormData) => unknown;
  run: (
    input: z.output<Schema>,
    context: { who: Who; address: string; locale: Locale },
  ) => Promise<FormOutcome>;
}

/** For forms that need no sign-in. */
export async function anyone(): Promise<null> {
  return null;
}

/** Makes a server action for `useActionState`. */
export function formAction<Schema extends z.ZodType, Who>({
  guard,
  schema,
  read = readFields,
  run,
}: FormAction<Schema, Who>): (state: FormState, formData: FormData) => Promise<FormState> {
  return async (_state, formData) => {
    const values = keepValues(formData);
    const locale = await getLocale();
    const refuse = (outcome: Omit<Extract<FormOutcome, { status: "refused" }>, "status">): FormState => {
      const errors = outcome.errors ?? {};
      return {
        status: "refused",
        values,
        errors,
        message: outcome.message ?? describeMistakes(errors, locale),
      };
    };
    const sent = await headers();
    if (!isSameOrigin(sent)) return refuse({ message: translator("auth", locale)("form.foreignOrigin") });
    const who = await guard();
    const parsed = parseInput(schema, read(formData));
    if (!parsed.ok) return refuse({ errors: describeIssues(parsed.error.issues, locale) });
    const outcome = await run(parsed.value, { who, address: clientAddress(sent), locale });
    if (outcome.status === "refused") return refuse(outcome);
    return { ...openForm, ...outcome };
  };
}

/** Makes a server action for a plain form of one button, which leads elsewhere or only renews the page. */
export function buttonAction<Schema extends z.ZodType, Who>({
  guard,
  schema,
  run,
}: Pick<FormAction<Schema, Who>, "guard" | "schema"> & {
  run: (input: z.output<Schema>, context: { who: Who }) => Promise<void>;
}): (formData: FormData) => Promise<void> {
  return async (formData) => {
    if (!isSameOrigin(await headers())) return;
    const who = await guard();
    const parsed = parseInput(schema, readFields(formData));
    if (parsed.ok) await run(parsed.value, { who });
  };
}

/** The sentence for someone who has to wait. */
export function describeRetry(retryAfterSeconds: number, locale: Locale): string {
  return translator("auth", locale)("form.tooManyAttempts", { minutes: Math.ceil(retryAfterSeconds / 60) });
}

function describeMistakes(errors: Record<string, string>, locale: Locale): string {
  return translator("auth", locale)("form.mistakes", { count: Object.keys(errors).length });
}

function readFields(formData: FormData): Record<string, string> {
  return Object.fromEntries(textFields(formData));
}

/** The first complaint of each field. */
function describeIssues(issues: readonly InputIssue[], locale: Locale): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const issue of issues) errors[issue.path] ??= describeIssue(issue, locale);
  return errors;
}
