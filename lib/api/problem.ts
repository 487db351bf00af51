/** RFC 9457 problem details: how the API says no, in English. `code` is the stable name; people get the detail. */
import { STATUS_CODES } from "node:http";
import type { KeyScope } from "@/lib/auth/key-scopes";
import { defaultLocale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { describeIssue } from "@/lib/input/describe";
import { type InputIssue, limitIssues } from "@/lib/input/parse";
import type { Interval } from "@/lib/slot-engine/rules";

export const problemStatus = {
  already_member: 409,
  handle_taken: 409,
  host_unavailable: 409,
  last_owner: 409,
  no_successor: 409,
  too_many_invitations: 409,
  idempotency_key_invalid: 400,
  invalid_json: 400,
  unauthorized: 401,
  forbidden: 403,
  insufficient_scope: 403,
  not_found: 404,
  method_not_allowed: 405,
  idempotency_in_progress: 409,
  last_schedule: 409,
  link_required: 403,
  link_used: 409,
  not_begun: 409,
  not_cancellable: 409,
  not_now: 409,
  not_open: 409,
  not_pending: 409,
  not_reschedulable: 409,
  no_organization: 409,
  room_in_use: 409,
  schedule_in_use: 409,
  slot_taken: 409,
  slug_taken: 409,
  time_passed: 409,
  too_late: 409,
  too_many_blocks: 409,
  too_many_rooms: 409,
  too_many_webhooks: 409,
  body_too_large: 413,
  unsupported_media_type: 415,
  idempotency_key_reused: 422,
  invalid_request: 422,
  outside_availability: 422,
  calendar_read_only: 422,
  unknown_calendar: 422,
  unknown_holidays: 422,
  unknown_schedule: 422,
  rate_limited: 429,
  too_many_bookings: 429,
  internal_error: 500,
  calendar_unavailable: 503,
} as const;

export type ProblemCode = keyof typeof problemStatus;

export interface FieldError {
  path: string;
  message: string;
}

/** What a problem may carry besides its code. Other facts of a refusal stay inside. */
export interface ProblemFacts {
  errors?: readonly FieldError[];
  /** Epoch milliseconds. */
  alternatives?: readonly Interval[];
  /** Those that a refusal is about. */
  bookings?: readonly { id: string; title: string; startsAt: Date; visitorName: string }[];
  /** Sent as a header. */
  retryAfterSeconds?: number;
  /** For insufficient_scope: what the key would have to let its holder do. */
  requiredScope?: KeyScope;
  requestId?: string;
}

/** The field that a refusal by the database is about. */
const fieldOf = {
  already_member: "email",
  handle_taken: "handle",
  last_owner: "userId",
  slug_taken: "slug",
  unknown_holidays: "holidays",
  unknown_schedule: "scheduleId",
} as const;
const isAboutField = (code: ProblemCode): code is keyof typeof fieldOf => Object.hasOwn(fieldOf, code);

/** The members of a problem document. */
export function describeProblem(
  code: ProblemCode,
  { errors, alternatives, bookings, requiredScope, requestId }: ProblemFacts = {},
) {
  const words = translator("api", defaultLocale);
  const status = problemStatus[code];
  const listed = errors ?? fieldErrorOf(code);
  return {
    type: "about:blank",
    title: STATUS_CODES[status],
    status,
    detail: words(`problems.${code}`, { scope: requiredScope ?? "" }),
    code,
    ...(listed ? { errors: listed } : {}),
    ...(alternatives ? { alternatives: alternatives.map(toInstants) } : {}),
    ...(requiredScope ? { requiredScope } : {}),
    ...(bookings ? { bookings: bookings.map(toNamed) } : {}),
    ...(requestId ? { requestId } : {}),
  };
}

function toNamed({ id, title, startsAt, visitorName }: NonNullable<ProblemFacts["bookings"]>[number]) {
  return { id, title, start: startsAt.toISOString(), visitor: { name: visitorName } };
}

/** A slot as the API writes it. */
function toInstants({ start, end }: Interval): { start: string; end: string } {
  return { start: new Date(start).toISOString(), end: new Date(end).toISOString() };
}

/** Complaints about input, in English. */
export function toFieldErrors(issues: readonly InputIssue[]): FieldError[] {
  return limitIssues(issues).map((issue) => ({
    path: issue.path,
    message: describeIssue(issue, defaultLocale),
  }));
}

function fieldErrorOf(code: ProblemCode): FieldError[] | undefined {
  if (!isAboutField(code)) return undefined;
  const words = translator("api", defaultLocale);
  return [{ path: fieldOf[code], message: words(`fields.${code}`) }];
}
