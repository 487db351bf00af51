/**
 * The port to the vendor of an organizer's account: signing in, what the account can do, whether it still works; and to the
 * registration of this server there, which all of it is on.
 */
import type { OwnerScope } from "@/lib/auth/owner-scope";
import type { Access, AccessOptions, TokenSet } from "@/lib/grants/tokens";
import type { BusyInterval } from "@/lib/meetings/calendar-reader";
import type { ProviderProblem } from "@/lib/meetings/provider";
import type { Registration } from "@/lib/registration/registration";
import type { Findings } from "@/lib/registration/setup-input";
import type { Result } from "@/lib/result";

export interface AuthorizeParameters {
  state: string;
  nonce: string;
  /** S256 of the verifier, base64url. */
  challenge: string;
  scopes: string[];
  /** The further address (origin) of this server where they set out and return to; left out: the registered one. */
  at?: string | undefined;
  /** Lets the organizer choose another account; otherwise the provider asks only for what it must. */
  selectAccount?: boolean;
  /** The account that was connected before; not with `selectAccount`. */
  known?: { email: string; accountKind: Identity["accountKind"] };
}

export type AuthorizeRefusal =
  /** Or an administrator has to approve first: the provider does not always say. */
  "declined" | "need_admin_approval" | "sign_in_failed" | "scope_refused" | "misconfigured" | "unavailable";

/** A person at the provider: the pair of tenant and account is the only key that lasts. */
export interface Identity {
  tenantId: string;
  accountId: string;
  accountKind: "work" | "personal";
  /** Opened with this server's own permission from the organization. */
  managed?: boolean;
}

/** What a test of a mailbox found that this server opens with its own permission. */
export type ManagedStatus =
  | "allowed"
  | "refused"
  | "no_mailbox"
  | "no_teams"
  /** Calendar and Teams are there, but this server may not set up its meetings. */
  | "no_teams_policy"
  | "unavailable";

/** Who signed in, where nothing else is asked of the provider. */
export interface Person extends Identity {
  /** As the provider says, or null. Anyone's administrator can put any address here: it is shown, and proves nothing. */
  email: string | null;
  name: string | null;
  /** Roles that the organization's administrator gave this person in this app. */
  roles: string[];
}

export interface Redemption {
  authorizationCode: string;
  /** PKCE, as its challenge was sent. */
  verifier: string;
  nonce: string;
  scopes: string[];
  /** As in `AuthorizeParameters`. */
  at?: string | undefined;
}

/** Why a code did not lead to an account. `detail` is for support. */
export interface RedemptionRefusal {
  code: "token_exchange_failed" | "identity_refused" | "wrong_tenant";
  detail: string;
}

/** What was asked of the provider and what was granted, each as a text of scopes. */
export interface Grant {
  asked: string;
  granted: string;
}

/** What an account can do. */
export interface AccountFacts {
  accountEmail: string;
  teamsAvailable: boolean;
  state: "connected" | "limited" | "reconnect_needed";
  /** Why it is not simply connected, as a stable code. */
  reason:
    | "missing_scopes"
    | "calendar_denied"
    | "no_mailbox"
    | "read_only"
    | "personal_account"
    | "no_teams"
    | null;
}

export type DiagnosisStepName = "token" | "profile" | "calendar" | "event";

export type DiagnosisOutcome =
  | "ok"
  /** Nothing to look at, or something before it failed. */
  | "skipped"
  /** The event of a booking is no longer in the calendar. */
  | "gone"
  /** The calendar is there, Teams meetings are not. */
  | "no_teams"
  /** No answer within the time. */
  | "timeout"
  | ProviderProblem;

export interface DiagnosisStep {
  step: DiagnosisStepName;
  outcome: DiagnosisOutcome;
  /** The call as it may be shown; null where none was made. */
  call: string | null;
  /** HTTP status; null when no answer came, or no call was made. */
  status: number | null;
  /** The provider's own id of the call. */
  requestId: string | null;
  durationMs: number;
  /** The provider's error code, or why the connection ended. */
  detail: string | null;
  retryAfterSeconds: number | null;
}

export interface SignInPort {
  /** What is asked for: all of `configured`, or what is left of it for an account that can't have online meetings. */
  scopesToAsk(configured: string, narrowed: { withoutOnlineMeetings: boolean }): string[];
  /** The address at the provider where the organizer signs in and allows what is asked. */
  authorize(parameters: AuthorizeParameters): Promise<string>;
  /**
   * Judges what the provider sent back with the organizer. Call it only once `state` is known to be ours. `detail` is the
   * provider's own error, for support.
   */
  readAnswer(
    query: URLSearchParams,
  ): Result<{ authorizationCode: string }, { code: AuthorizeRefusal; detail: string }>;
  /** Redeems a code and checks who signed in. Throws `ProviderError` where the organizer is not the one to fix it. */
  redeem(given: Redemption): Promise<Result<{ tokens: TokenSet; identity: Identity }, RedemptionRefusal>>;
  /** The address at the provider where a person says who they are, and nothing of theirs is asked for. */
  askWho(parameters: Omit<AuthorizeParameters, "scopes">): Promise<string>;
  /** Redeems the code that `askWho` led to. The tokens beside the id_token are dropped. Throws as `redeem` does. */
  recognize(given: Omit<Redemption, "scopes">): Promise<Result<Person, RedemptionRefusal>>;
  /** The address at the provider where someone lets this server see once when they're busy, and nothing more. */
  askForBusyTimes(parameters: Omit<AuthorizeParameters, "scopes">): Promise<string>;
  /**
   * Redeems the code that `askForBusyTimes` led to, reads when the account isn't free, and drops the token. Whole days are days of
   * `timeZone` (IANA). Throws as `redeem` does.
   */
  readBusyTimes(
    given: Omit<Redemption, "scopes">,
    range: { from: Date; to: Date; timeZone: string },
  ): Promise<Result<BusyInterval[], RedemptionRefusal>>;
  /** Which organization a domain belongs to, by its tenant id; null where it is none's. Throws `ProviderError` without an answer. */
  tenantOf(domain: string): Promise<string | null>;
  /** Asks who the account is and what it can do. Throws `ProviderError` when the provider does not answer. */
  identify(
    identity: Identity,
    accessToken: string,
    grant: Grant,
    priority?: "visitor" | "sync",
  ): Promise<AccountFacts>;
  /**
   * The organizer's access token, renewed where it has to be. `mailbox` is the one it has to open, as tid/oid; left out:
   * whichever is connected. Throws `ProviderError`: `not_connected`, `reconnect_needed`, `out_of_reach`, or what renewing met.
   */
  accessFor(userId: string, options?: AccessOptions & { mailbox?: string | undefined }): Promise<Access>;
  /**
   * The picture in the account's profile, as a file of at most `maxBytes`; null where there is none. Throws `ProviderError` as `accessFor`
   * does, and where the provider doesn't answer.
   */
  readPicture(scope: OwnerScope, maxBytes: number): Promise<Uint8Array | null>;
  /** Checks one connection with calls that only read, and reports on each of them. */
  diagnose(scope: OwnerScope): Promise<DiagnosisStep[]>;
  /**
   * The address where an administrator allows Bellhop for everyone in the organization. `tenant` is its id; null where it is
   * not known. `state` comes back unchanged.
   */
  requestAdminConsent(asked: { tenant: string | null; state: string }): Promise<string>;
  /** What an administrator answered, as their browser says: a hint that signing in is worth another try, and no proof. */
  readAdminConsent(query: URLSearchParams): "approved" | "declined";
  /** A token of this server's own for one organization. `refused` as of any grant; throws `ProviderError` otherwise. */
  openOrganization(tenantId: string): Promise<Result<TokenSet, { code: "refused"; detail: string }>>;
  /** Tries a mailbox with such a token, with calls that only read. Throws `ProviderError` when the provider does not answer. */
  testManaged(
    identity: Identity,
    accessToken: string,
  ): Promise<{ status: Exclude<ManagedStatus, "unavailable">; account: AccountFacts }>;
  /** While the provider can't be reached from this process, looks whether it can be again; what waited is then taken up. */
  lookForProvider(): Promise<void>;
  /** Asks the provider about a registration before anyone relies on it. Stores nothing of it. */
  probe(app: Registration): Promise<Findings>;
}
