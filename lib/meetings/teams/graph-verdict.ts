/**
 * What an answer of Graph's means, by status and code (Microsoft: errors.md; codes of Outlook as in the ResponseCode of Exchange
 * Web Services). A code that is listed nowhere here decides nothing. PURE.
 */
import type { ProviderProblem } from "@/lib/meetings/provider";

export type Verdict =
  /** What was asked for is not found. Alone it proves nothing: a mailbox that moves or answers from a late copy says so too. */
  | "gone"
  /** Documented as something that comes to an end by itself. */
  | "passing"
  /** Documented as a fault of the request: the same again has the same answer. */
  | "final"
  /** Changes nothing and is tried again. */
  | "unknown"
  | "throttled"
  | "no_mailbox"
  | "access_denied";

export interface Judged {
  status: number;
  /** Graph's own code; null where there is none. */
  code: string | null;
  /** False for what something between us and Graph has written. */
  isFromGraph: boolean;
}

const gone = new Set(["404 ErrorItemNotFound"]);

const final = new Set([
  "400 ErrorInvalidRecipients",
  "400 ErrorInvalidRequest",
  "400 ErrorInvalidParameter",
  "400 ErrorInvalidArgument",
  "400 ErrorInvalidIdMalformed",
  "400 ErrorInvalidIdEmpty",
  "400 ErrorPropertyValidationFailure",
  "400 ErrorCalendarDurationIsTooLong",
  "400 ErrorCalendarEndDateIsEarlierThanStartDate",
  "400 ErrorCalendarInvalidPropertyValue",
  "400 ErrorCalendarInvalidTimeZone",
  "400 ErrorOccurrenceCrossingBoundary",
  "400 ErrorDuplicateTransactionId",
  "409 ErrorDuplicateTransactionId",
  "400 ErrorInvalidTimeZone",
  "400 TimeZoneNotSupportedException",
  "400 ErrorMessageSizeExceeded",
  "413 ErrorMessageSizeExceeded",
  "400 RequestBodyRead",
]);

const noMailbox = new Set(["MailboxNotEnabledForRESTAPI", "MailboxNotSupportedForRESTAPI"]);

const accessDenied = new Set([
  "403 ErrorAccessDenied",
  "403 AccessDenied",
  "403 accessDenied",
  "403 Authorization_RequestDenied",
  "403 Forbidden",
]);

const passingStatuses = new Set([401, 408, 409, 412, 423, 425]);

/** Judges an answer that is no success. */
export function verdictOf({ status, code, isFromGraph }: Judged): Verdict {
  if (code && noMailbox.has(code)) return "no_mailbox";
  if (status === 429) return "throttled";
  if (status >= 500) return "passing";
  if (!isFromGraph) return "unknown";
  const pair = `${status} ${code}`;
  // Of a single thing that is read or written, 410 says that it was there; of a round of changes, that its link is lost.
  if (gone.has(pair) || status === 410) return "gone";
  if (final.has(pair)) return "final";
  if (accessDenied.has(pair)) return "access_denied";
  return passingStatuses.has(status) ? "passing" : "unknown";
}

/** The same for those who don't know Microsoft. `gone` is for anyone who has asked for the thing: to all others it is unavailable. */
export function problemOfVerdict(verdict: Verdict): ProviderProblem {
  switch (verdict) {
    case "throttled":
    case "no_mailbox":
    case "access_denied":
      return verdict;
    case "final":
      return "refused";
    case "gone":
    case "passing":
    case "unknown":
      return "unavailable";
  }
}

/** Codes of a link to changes that Graph has lost track of (Microsoft: delta-query-overview.md, errors.md). */
const lostLinks = new Set([
  "syncstatenotfound",
  "syncstateinvalid",
  "resyncrequired",
  "errorinvalidsyncstatedata",
]);

/** Whether a link to the next page, or to later changes, leads nowhere any more: what it stood for is read from the start. */
export function isLinkLost({ status, code, isFromGraph }: Judged): boolean {
  if (!isFromGraph || status === 429 || status < 400 || status >= 500) return false;
  return status === 410 || status === 400 || lostLinks.has(code?.toLowerCase() ?? "");
}
