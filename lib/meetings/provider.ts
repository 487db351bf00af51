/**
 * What the ports to a vendor have in common: its name, the context of a call, and how calls fail. The ports themselves are
 * calendar-port.ts, conference-port.ts and sign-in-port.ts; a vendor may have one of them and not another. Only the
 * vendor's own folder knows how it behaves; registry-*.ts connects the two.
 */
import type { CallRecord } from "@/lib/flight-recorder/flight-recorder";

/** Names of the vendors, as connections and event types store them. */
export type ProviderName = "teams";

export interface CallContext {
  /** The organizer on whose behalf the call is made. */
  userId: string;
  /** The mailbox that the call is about, as tid/oid: no other is ever asked. Left out: the connected one. */
  mailbox?: string | undefined;
  /** Someone else's calendar that the call is about, by the ID it is listed under. Left out: the mailbox's own ones. */
  sharedCalendar?: string | undefined;
  /** What a visitor waits for goes before background sync. */
  priority: "visitor" | "sync";
  /** Gives up after this long, in milliseconds, over all attempts. */
  timeoutMs?: number;
  /**
   * Milliseconds that it may additionally wait in line for other calls to the mailbox and for a pause of five seconds at most
   * that the provider asks for. Left out: the line counts as part of the time, and only a short pause is waited out.
   */
  lineMs?: number;
  onCall?: (record: CallRecord) => void;
}

/** Why a provider call did not do what was asked. */
export type ProviderProblem =
  /** The organizer has no connection. */
  | "not_connected"
  /** The organizer has to sign in at the provider again. */
  | "reconnect_needed"
  /** The mailbox that the call is about is not the connected one, and nothing opens it any more. */
  | "out_of_reach"
  /** The operator's credentials are refused: no one's connection is at fault. */
  | "misconfigured"
  /** The account lacks the permission or the product. */
  | "access_denied"
  | "no_mailbox"
  | "throttled"
  /** The provider did not answer, or its answer decides nothing. */
  | "unavailable"
  /** An event was made for this generation of the meeting and is gone: the next generation can be made. */
  | "superseded"
  /** The provider understood and refused, in words that are documented as final. */
  | "refused";

/** The vendor code of a refusal that is about someone else's calendar, and not about the account. */
export const sharedRefusal = "shared_calendar";

/** A provider call failed. `message` is for logs and support; people get words by `problem`. */
export class ProviderError extends Error {
  override name = "ProviderError";
  constructor(
    readonly code: ProviderProblem,
    message: string,
    readonly details: {
      status?: number;
      /** The provider's own error code. */
      vendorCode?: string;
      requestId?: string;
      /** Seconds, possibly fractional, that the provider asks to wait. */
      retryAfterSeconds?: number;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: details.cause });
  }

  /** True when the provider may not have what was asked for at all: refused, or unknown at that address. */
  get isNotOffered(): boolean {
    if (this.code === "no_mailbox" || this.code === "throttled") return false;
    return [400, 404, 405, 501].includes(this.details.status ?? 0);
  }

  /** True when someone else's calendar isn't open to the account, or not any more. */
  get isOfSharedCalendar(): boolean {
    return this.details.vendorCode === sharedRefusal;
  }

  /** True when the same call may succeed later without anyone doing anything. */
  get retryable(): boolean {
    return this.code === "throttled" || this.code === "unavailable";
  }
}
