/** The one way a form changes something: sent by our own page, by someone who may, not too often, with input that fits its schema. */
import { headers } from "next/headers";
import { z } from "zod";
import { actAs } from "@/lib/audit/acting";
import { clientAddress, originOf } from "@/lib/auth/client-address";
import { type FormState, keepValues, openForm } from "@/lib/auth/form-state";
import { readerIn } from "@/lib/auth/owner-scope";
import { consume, type LimitName } from "@/lib/auth/rate-limit";
import { isSameOrigin } from "@/lib/auth/same-origin";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { describeIssue } from "@/lib/input/describe";
import { countMistaken, type FormValues, toFormValues } from "@/lib/input/form-values";
import { type InputIssue, type InputRefused, parseInput } from "@/lib/input/parse";
import { getLocale } from "@/lib/reader/locale";

/** Why a form was refused before anything was done with it. */
export type Refusal =
  | { code: "foreign_origin" }
  | { code: "rate_limited"; retryAfterSeconds: number }
  | InputRefused;

/** A form that was sent, and by whom. */
export interface Sent<Who> {
  /** What the guard found; null where the form was refused before it was asked. */
  who: Who;
  /** The sender's network address. */
  address: string;
  locale: Locale;
  /** What was typed, to be shown again: without passwords and tokens. */
  values: FormValues;
}

export interface Rules<Schema extends z.ZodType, Who> {
  /** Who may: `requireOrganizer`, `requireAdmin` or `anyone`. It may find what the fields name, and stops where that is not there. */
  guard: (fields: FormValues) => Promise<Who>;
  /** How often: counted by network address, or by what `per` names. */
  limit?: LimitName | { name: LimitName; per: (who: Who) => string };
  schema: Schema;
  /** Turns fields into what the schema checks; left out, each field is a text. */
  read?: (formData: FormData, who: Who) => unknown;
}

interface Answers<State, Input, Who> {
  refuse: (refusal: Refusal, sent: Sent<Who | null>) => State | Promise<State>;
  run: (input: Input, sent: Sent<Who>) => Promise<State>;
}

/** What every action does before its work; the kinds of actions below differ in how they answer. */
export async function answerForm<State, Schema extends z.ZodType, Who>(
  { guard, limit, schema, read = toFormValues }: Rules<Schema, Who>,
  formData: FormData,
  { refuse, run }: Answers<State, z.output<Schema>, Who>,
): Promise<State> {
  const sentHeaders = await headers();
  const address = clientAddress(sentHeaders);
  const unknown = { who: null, address, locale: await getLocale(), values: keepValues(formData) };
  if (!isSameOrigin(sentHeaders)) return refuse({ code: "foreign_origin" }, unknown);
  const who = await guard(toFormValues(formData));
  const sent = { ...unknown, who };
  if (limit) {
    const counted = typeof limit === "string" ? { name: limit, subject: address } : subjectOf(limit, who);
    const allowance = await consume(counted.name, counted.subject);
    if (!allowance.ok) {
      return refuse({ code: "rate_limited", retryAfterSeconds: allowance.retryAfterSeconds }, sent);
    }
  }
  const parsed = parseInput(schema, read(formData, who));
  if (!parsed.ok) return refuse(parsed.error, sent);
  const acting = { actorId: readerIn(who), from: originOf(sentHeaders) };
  return actAs(acting, () => run(parsed.value, sent));
}

/** What came of an action; one that leads elsewhere calls `redirect` instead. `More`: what its form shows besides. */
export type FormOutcome<More extends object = object> =
  | ({ status: "done"; message: string | null; secret?: string; values?: FormValues } & More)
  | ({ status: "refused"; message?: string; errors?: Readonly<Record<string, string>> } & Partial<More>);

interface FormAction<Schema extends z.ZodType, Who, More extends object> extends Rules<Schema, Who> {
  /** What the form shows besides where nothing came of it. */
  blank?: More;
  /** The sentence for someone who was too fast; left out: the usual one. */
  describeWait?: (minutes: number, locale: Locale) => string;
  /** What a button named `intent` makes of the fields, such as a row more: the form comes back with them, and nothing is done. */
  redraw?: (fields: FormValues, intent: string) => FormValues;
  run: (input: z.output<Schema>, sent: Sent<Who>) => Promise<FormOutcome<NoInfer<More>>>;
}

/** For forms that need no sign-in. */
export async function anyone(): Promise<null> {
  return null;
}

/** Makes a server action for `useActionState`. */
export function formAction<Schema extends z.ZodType, Who, More extends object = object>(
  action: FormAction<Schema, Who, More>,
): (state: FormState & More, formData: FormData) => Promise<FormState & More> {
  const blank = { ...openForm, ...action.blank } as FormState & More;
  return async (_state, formData) => {
    const intent = formData.get("intent");
    if (action.redraw && typeof intent === "string") return redraw(action, formData, intent, blank);
    return answerForm(action, formData, {
      refuse: (refusal, sent) =>
        refuseForm(blank, sent, toComplaints(refusal, sent.locale, action.describeWait)),
      async run(input, sent) {
        const outcome = await action.run(input, sent);
        return outcome.status === "refused" ? refuseForm(blank, sent, outcome) : { ...blank, ...outcome };
      },
    });
  };
}

/** The same for a form whose page names the row that it changes: bind the row's id. */
export function formActionFor<Schema extends z.ZodType, Who>({
  run,
  ...rules
}: Omit<FormAction<Schema, Who, object>, "run"> & {
  run: (input: z.output<Schema>, sent: Sent<Who> & { id: string }) => Promise<FormOutcome>;
}): (id: string, state: FormState, formData: FormData) => Promise<FormState> {
  return (id, state, formData) =>
    formAction({ ...rules, run: (input, sent) => run(input, { ...sent, id }) })(state, formData);
}

/** Makes a server action for a plain form of one button, which leads elsewhere or only renews the page. */
export function buttonAction<Schema extends z.ZodType, Who>({
  run,
  refuse = async () => undefined,
  ...rules
}: Rules<Schema, Who> & {
  run: (input: z.output<Schema>, sent: Sent<Who>) => Promise<void>;
  /** Where a refused form leads; left out: nowhere. */
  refuse?: (refusal: Refusal, fields: FormValues) => Promise<void>;
}): (formData: FormData) => Promise<void> {
  return (formData) =>
    answerForm(rules, formData, { run, refuse: (refusal) => refuse(refusal, toFormValues(formData)) });
}

/** The sentence for someone who has to wait. */
export function describeRetry(retryAfterSeconds: number, locale: Locale): string {
  return translator("auth", locale)("form.tooManyAttempts", { minutes: minutesOf(retryAfterSeconds) });
}

/** Whole minutes to wait, as they are said. */
export function minutesOf(retryAfterSeconds: number): number {
  return Math.ceil(retryAfterSeconds / 60);
}

/** Nothing is done, but guarded all the same: no action answers anyone who may not use it. */
function redraw<Schema extends z.ZodType, Who, More extends object>(
  { guard, redraw: change = (fields) => fields }: FormAction<Schema, Who, More>,
  formData: FormData,
  intent: string,
  blank: FormState & More,
): Promise<FormState & More> {
  return answerForm({ guard, schema: z.unknown() }, formData, {
    refuse: (refusal, sent) => refuseForm(blank, sent, toComplaints(refusal, sent.locale)),
    run: async () => ({ ...blank, values: change(toFormValues(formData), intent) }),
  });
}

type Complaints = { message?: string; errors?: Readonly<Record<string, string>> };

function refuseForm<State extends FormState>(
  blank: State,
  { values, locale }: Sent<unknown>,
  complaints: Complaints,
): State {
  const { errors = {} } = complaints;
  const message = complaints.message ?? describeMistakes(errors, values, locale);
  return { ...blank, ...complaints, status: "refused", values, errors, message };
}

function toComplaints(
  refusal: Refusal,
  locale: Locale,
  describeWait: (minutes: number, locale: Locale) => string = (minutes) =>
    describeRetry(minutes * 60, locale),
): Complaints {
  switch (refusal.code) {
    case "foreign_origin":
      return { message: translator("auth", locale)("form.foreignOrigin") };
    case "rate_limited":
      return { message: describeWait(minutesOf(refusal.retryAfterSeconds), locale) };
    case "invalid_input":
      return { errors: describeIssues(refusal.issues, locale) };
  }
}

function subjectOf<Who>({ name, per }: { name: LimitName; per: (who: Who) => string }, who: Who) {
  return { name, subject: per(who) };
}

function describeMistakes(
  errors: Readonly<Record<string, string>>,
  values: FormValues,
  locale: Locale,
): string {
  return translator("auth", locale)("form.mistakes", { count: countMistaken(errors, values) });
}

/** The first complaint of each field. */
function describeIssues(issues: readonly InputIssue[], locale: Locale): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const issue of issues) errors[issue.path] ??= describeIssue(issue, locale);
  return errors;
}
