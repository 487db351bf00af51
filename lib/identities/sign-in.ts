/** Signing in at an identity provider: the way out and the way back. */
import { record } from "@/lib/audit/record";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import type { Session } from "@/lib/auth/session";
import { log } from "@/lib/config/log";
import { awaitTwin, consumeHandshake, openHandshake, settleHandshake } from "@/lib/connections/handshake";
import { newSupportCode } from "@/lib/connections/support-code";
import { db } from "@/lib/database/client";
import type { Locale } from "@/lib/i18n/languages";
import { admit, type Unadmitted } from "@/lib/identities/admit";
import { link } from "@/lib/identities/linked";
import { askMicrosoft, readMicrosoft } from "@/lib/identities/microsoft";
import { askProvider, readProvider } from "@/lib/identities/openid-connect";
import type { IdentityProvider, ProvenPerson, Unproven } from "@/lib/identities/person";
import { readVariant, type Variant, writeVariant } from "@/lib/identities/variant";
import { listWaysIn } from "@/lib/identities/ways-in";
import { ProviderError } from "@/lib/meetings/provider";
import { err, ok, type Result } from "@/lib/result";

export const signInProblems = [
  "not_offered",
  "sign_in_expired",
  "declined",
  "need_admin_approval",
  "misconfigured",
  "unavailable",
  "wrong_tenant",
  "identity_refused",
  "sign_in_failed",
  "known_address",
  "email_unverified",
  "no_email",
  "sign_up_closed",
  "invitation_invalid",
  "setup_token_needed",
  "no_role",
  "account_disabled",
  "linked_elsewhere",
  "someone_else",
  "too_many_attempts",
] as const satisfies readonly (Unproven | Unadmitted | string)[];

export type SignInProblem = (typeof signInProblems)[number];

export interface SignInRequest extends Variant {
  provider: IdentityProvider;
  /** A path of our own, checked before. */
  returnTo: string;
  /** Who is signed in already, where that is needed: to link, or to prove again who they are. */
  scope: OwnerScope | null;
  selectAccount: boolean;
  /** The further address (origin) of this server where they are, and return to. */
  at?: string | undefined;
}

/** Tells these sign-ins from those that connect a calendar: Microsoft knows one address for both. */
const statePrefix = "in.";

/** Whether what came back to the address that both share is a sign-in here. */
export const isSignInState = (state: string | null) => state?.startsWith(statePrefix) === true;

/** Begins a sign-in: where to send the browser, and the cookie that it has to keep for the way back. */
export async function startSignIn(
  request: SignInRequest,
): Promise<Result<{ redirectTo: string; cookie: string }, { code: SignInProblem }>> {
  const { provider, returnTo, scope, selectAccount, at } = request;
  if (!(await listWaysIn()).providers.includes(provider)) return err("not_offered");
  const { state, nonce, challenge, cookie } = await openHandshake(
    {
      userId: scope?.ownerId ?? null,
      provider,
      returnTo,
      popup: false,
      variant: writeVariant(request),
    },
    statePrefix,
  );
  const ask = provider === "microsoft" ? askMicrosoft : askProvider;
  const redirectTo = await ask({ state, nonce, challenge }, { selectAccount, at });
  return redirectTo === null ? err("unavailable") : ok({ redirectTo, cookie });
}

export type SignInOutcome =
  | { kind: "entered"; session: Session; isNew: boolean; returnTo: string }
  /** The organizer who is signed in linked a person, or proved again who they are. */
  | { kind: "linked" | "confirmed"; returnTo: string }
  /** The browser came twice; its first request did the work. */
  | { kind: "twin"; returnTo: string }
  | {
      kind: "refused";
      problem: SignInProblem;
      supportCode: string;
      purpose: Variant["purpose"];
      returnTo: string | null;
    };

/** Judges what a provider sent back with someone. `scope` is whoever is signed in; `cookies` are the browser's, of all its sign-ins. */
export async function completeSignIn(
  {
    provider,
    scope,
    locale,
    at,
  }: { provider: IdentityProvider; scope: OwnerScope | null; locale: Locale; at?: string | undefined },
  query: URLSearchParams,
  cookies: readonly string[],
): Promise<SignInOutcome> {
  const startedAt = Date.now();
  const state = query.get("state") ?? "";
  const candidates = scope ? [null, scope.ownerId] : [null];
  for (const userId of candidates) {
    const back = { userId, provider, state };
    const handshake = await consumeHandshake(back, cookies);
    if (handshake) {
      const { nonce, verifier, returnTo } = handshake;
      const variant = readVariant(handshake.variant);
      const read = provider === "microsoft" ? readMicrosoft : readProvider;
      const proven = await read(query, { state, nonce, verifier }, at);
      const outcome = proven.ok
        ? await conclude(proven.value, { variant, returnTo, scope, locale })
        : refused(proven.error.code, proven.error.detail, { purpose: variant.purpose, returnTo });
      const problem =
        outcome.kind === "refused" ? { code: outcome.problem, supportCode: outcome.supportCode } : null;
      await settleHandshake(handshake.id, { asksAgain: false, problem });
      if (outcome.kind === "refused" && variant.purpose === "enter") {
        const subject = proven.ok ? (proven.value.email ?? "") : "";
        await noteRefusal(subject, { with: provider, problem: outcome.problem });
      }
      return outcome;
    }
    const twin = await awaitTwin(back, cookies, startedAt);
    if (twin) return likeTwin(twin);
  }
  return refused("sign_in_expired", state ? "unknown_state" : "no_state", {
    purpose: scope ? "link" : "enter",
    returnTo: null,
  });
}

async function noteRefusal(subject: string, details: { with: string; problem: SignInProblem }) {
  await record(db(), { action: "sign_in.failed", subject, details });
}

function likeTwin(twin: NonNullable<Awaited<ReturnType<typeof awaitTwin>>>): SignInOutcome {
  const { returnTo, problem } = twin;
  if (!problem) return { kind: "twin", returnTo };
  const known = signInProblems.find((code) => code === problem.code) ?? "sign_in_failed";
  const { purpose } = readVariant(twin.variant);
  return { kind: "refused", problem: known, supportCode: problem.supportCode ?? "", purpose, returnTo };
}

async function conclude(
  person: ProvenPerson,
  {
    variant,
    returnTo,
    scope,
    locale,
  }: { variant: Variant; returnTo: string; scope: OwnerScope | null; locale: Locale },
): Promise<SignInOutcome> {
  const { purpose } = variant;
  const asked = { purpose, returnTo };
  if (purpose === "enter") {
    try {
      const admitted = await admit(person, { ...variant, locale });
      if (!admitted.ok) return refused(admitted.error.code, person.provider, asked);
      const { isNew, ...session } = admitted.value;
      return { kind: "entered", session, isNew, returnTo };
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      return refused("unavailable", error.message, asked);
    }
  }
  if (!scope) return refused("sign_in_expired", "signed_out", asked);
  if (purpose === "confirm") {
    const isSame = await isLinkedTo(scope, person);
    return isSame ? { kind: "confirmed", returnTo } : refused("someone_else", person.provider, asked);
  }
  const linked = await link(scope, person);
  return linked.ok ? { kind: "linked", returnTo } : refused(linked.error.code, person.provider, asked);
}

async function isLinkedTo(scope: OwnerScope, { issuer, subject }: ProvenPerson): Promise<boolean> {
  const found = await db().identity.findFirst({
    where: { issuer, subject, userId: scope.ownerId },
    select: { id: true },
  });
  return found !== null;
}

function refused(
  problem: SignInProblem,
  detail: string,
  asked: { purpose: Variant["purpose"]; returnTo: string | null },
): SignInOutcome {
  const supportCode = newSupportCode();
  log().warn({ problem, detail, supportCode }, "A sign-in at an identity provider led nowhere");
  return { kind: "refused", problem, supportCode, ...asked };
}
