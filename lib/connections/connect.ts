/** Connecting an organizer's Microsoft account: the way out and the way back. */
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { log } from "@/lib/config/log";
import { isWaitingForAdministrator } from "@/lib/connections/approval";
import type { ConnectionProblem } from "@/lib/connections/connect-return";
import { type ConnectionErrorCode, readConnectionError } from "@/lib/connections/connection-error";
import {
  awaitTwin,
  consumeHandshake,
  type Handshake,
  openHandshake,
  settleHandshake,
} from "@/lib/connections/handshake";
import { type SignIn, storeConnection } from "@/lib/connections/store-connection";
import { newSupportCode } from "@/lib/connections/support-code";
import { isParked, parkIfAsked } from "@/lib/connections/switch-account";
import { noteTrial } from "@/lib/connections/trial";
import { db } from "@/lib/database/client";
import { ProviderError } from "@/lib/meetings/provider";
import { signInPort } from "@/lib/meetings/registry-sign-in";
import type { AuthorizeRefusal } from "@/lib/meetings/sign-in-port";
import {
  isAllowed,
  type OptionalFeature,
  optionalFeatures,
  optionalScopes,
  readFeature,
} from "@/lib/registration/optional-scopes";
import { type Registration, registration } from "@/lib/registration/registration";
import { applicationScopes, listScopes } from "@/lib/registration/scopes";
import { isComplete, setupOf } from "@/lib/registration/setup-state";
import { err, ok, type Result } from "@/lib/result";

const provider = "teams";

/** Words of a sign-in's variant. */
const variants = {
  /** Asked again, without online meetings, where Microsoft refuses them for a personal account. */
  calendarOnly: "calendar_only",
  /** An admin tests the registration: the result is kept, the tokens are not. */
  trial: "trial",
};

/** Begins each word that names an optional feature, whose permission is asked for too. */
const featureMark = "with:";

/** What everyone is asked for, and the permissions of the features that a sign-in names. */
function scopesOf(configured: string, { variant }: Pick<Handshake, "variant">): string {
  const features = variant.split(" ").flatMap((word) => {
    const feature = word.startsWith(featureMark) ? readFeature(word.slice(featureMark.length)) : null;
    return feature ? [optionalScopes[feature]] : [];
  });
  // What the app was registered for can't be mixed with names, and has them all.
  return listScopes(configured).includes(applicationScopes)
    ? configured
    : [configured, ...features].join(" ");
}

const has = ({ variant }: Pick<Handshake, "variant">, word: keyof typeof variants) =>
  variant.split(" ").includes(variants[word]);

export interface ConnectRequest {
  scope: OwnerScope;
  /** A path of our own, checked before. */
  returnTo: string;
  popup: boolean;
  /** Lets the organizer choose another account at Microsoft. */
  selectAccount: boolean;
  /** Tries this server's registration and stores nothing of the account; also before it is offered to organizers. */
  trial?: boolean;
  /** The further address (origin) of this server where they are, and return to. */
  at?: string | undefined;
  /** Asks for the permission of an optional feature besides. */
  feature?: OptionalFeature | null;
}

/** Where to send the browser, and the cookie it has to keep for the way back, beside those of its other tabs. */
export interface WayOut {
  redirectTo: string;
  cookie: string;
}

type Failure = { code: ConnectionErrorCode; supportCode: string };

type Outward = Pick<Handshake, "returnTo" | "popup" | "variant"> & {
  userId: string;
  at?: string | undefined;
};

/** Begins a sign-in at Microsoft. */
export async function startConnect({
  scope,
  selectAccount,
  trial = false,
  feature = null,
  ...request
}: ConnectRequest): Promise<Result<WayOut, Failure>> {
  const app = await registration();
  const isReady = trial ? isComplete(app) : setupOf(app) === "ready";
  if (!isReady) return failed("not_configured", "no_credentials");
  const allowed = trial ? [] : await listAllowed(scope);
  const features = new Set([...allowed, ...(feature ? [feature] : [])]);
  const marks = [...features].map((one) => `${featureMark}${one}`);
  const variant = [...(trial ? [variants.trial] : []), ...marks].join(" ");
  return ok(await wayOut(app, { ...request, userId: scope.ownerId, variant }, selectAccount));
}

/**
 * The features that an organizer has allowed: they are asked for again with everything else, which no one notices. Whose connection has ended
 * gets it back with nothing more in its way.
 */
async function listAllowed({ ownerId: userId }: OwnerScope): Promise<OptionalFeature[]> {
  const connection = await db().meetingProviderConnection.findUnique({
    where: { userId_provider: { userId, provider }, managed: false, state: { not: "reconnect_needed" } },
    select: { scopes: true },
  });
  return connection ? optionalFeatures.filter((feature) => isAllowed(feature, connection.scopes)) : [];
}

async function wayOut(app: Registration, request: Outward, selectAccount: boolean): Promise<WayOut> {
  const { at, ...sealed } = request;
  const handshake = await openHandshake({ ...sealed, provider });
  const known = await db().meetingProviderConnection.findUnique({
    where: { userId_provider: { userId: request.userId, provider } },
    select: { accountEmail: true, accountKind: true },
  });
  const redirectTo = await signInPort(provider).authorize({
    state: handshake.state,
    nonce: handshake.nonce,
    challenge: handshake.challenge,
    scopes: signInPort(provider).scopesToAsk(scopesOf(app.scopes, request), {
      withoutOnlineMeetings: has(request, "calendarOnly"),
    }),
    selectAccount,
    at,
    ...(known?.accountEmail ? { known: { email: known.accountEmail, accountKind: known.accountKind } } : {}),
  });
  return { redirectTo, cookie: handshake.cookie };
}

export type WayBack =
  | ({ kind: "again" } & WayOut)
  /** Another account than before: the organizer says first what becomes of their bookings. The cookie keeps the sign-in; null: the browser has it. */
  | { kind: "choose"; cookie: string | null }
  /** `returnTo` is null when the sign-in was not one of ours. */
  | { kind: "done"; returnTo: string | null; popup: boolean; problem: ConnectionProblem | null };

/**
 * Judges what Microsoft sent back with the organizer and stores the connection. Every known failure comes back as a code;
 * what was connected before stays as it was. `cookies` are the browser's, of all its sign-ins; `at` is the further address of this server
 * that it came back to.
 */
export async function completeConnect(
  { ownerId: userId }: OwnerScope,
  query: URLSearchParams,
  cookies: readonly string[],
  at?: string,
): Promise<WayBack> {
  const startedAt = Date.now();
  const state = query.get("state") ?? "";
  const handshake = await consumeHandshake({ userId, provider, state }, cookies);
  if (!handshake) {
    const twin = await awaitTwin({ userId, provider, state }, cookies, startedAt);
    if (twin) return endLikeTwin(userId, twin, at);
    const { error } = failed("sign_in_expired", state ? "unknown_state" : "no_state");
    return { kind: "done", returnTo: null, popup: false, problem: error };
  }
  const { returnTo, popup } = handshake;
  const answer = signInPort(provider).readAnswer(query);
  const app = await registration();
  if (!answer.ok && answer.error.code === "scope_refused" && !has(handshake, "calendarOnly")) {
    await settleHandshake(handshake.id, { asksAgain: true, problem: null });
    return askAgain(app, { ...handshake, userId, at });
  }
  const found = answer.ok
    ? await redeem(app, { ...handshake, at }, answer.value.authorizationCode)
    : failed(await toErrorCode(userId, answer.error.code), answer.error.detail);
  if (has(handshake, "trial")) await noteTrial(found.ok ? found.value : found.error);
  const signIn = found.ok && !has(handshake, "trial") ? { ...found.value, askedScopes: app.scopes } : null;
  const parked = signIn && (await parkIfAsked({ userId, provider }, signIn, returnTo));
  if (signIn && !parked) await storeConnection({ userId, provider }, signIn);
  const problem = found.ok ? null : found.error;
  await settleHandshake(handshake.id, { asksAgain: false, problem });
  if (parked) return { kind: "choose", cookie: parked };
  return { kind: "done", returnTo, popup, problem };
}

/** Asks again, for the calendar only. */
async function askAgain(
  app: Registration,
  { userId, returnTo, popup, variant, at }: Outward,
): Promise<WayBack> {
  const request = { userId, returnTo, popup, at, variant: `${variant} ${variants.calendarOnly}`.trim() };
  return { kind: "again", ...(await wayOut(app, request, false)) };
}

/** A browser that comes back twice concurrently ends where its first request does. */
async function endLikeTwin(
  userId: string,
  twin: NonNullable<Awaited<ReturnType<typeof awaitTwin>>>,
  at: string | undefined,
): Promise<WayBack> {
  const { returnTo, popup, problem, asksAgain } = twin;
  if (asksAgain) return askAgain(await registration(), { userId, at, ...twin });
  if (!problem && (await isParked(userId))) return { kind: "choose", cookie: null };
  const code = problem && (readConnectionError(problem.code) ?? "sign_in_failed");
  return { kind: "done", returnTo, popup, problem: code && { code, supportCode: problem.supportCode } };
}

async function toErrorCode(userId: string, refusal: AuthorizeRefusal): Promise<ConnectionErrorCode> {
  if (refusal === "scope_refused") return "misconfigured";
  if (refusal !== "declined") return refusal;
  return (await isWaitingForAdministrator(userId)) ? "need_admin_approval" : "declined";
}

async function redeem(
  app: Registration,
  handshake: Handshake & { at?: string | undefined },
  authorizationCode: string,
): Promise<Result<Omit<SignIn, "askedScopes">, Failure>> {
  const { nonce, verifier, at } = handshake;
  const scopes = signInPort(provider).scopesToAsk(scopesOf(app.scopes, handshake), {
    withoutOnlineMeetings: has(handshake, "calendarOnly"),
  });
  try {
    const port = signInPort(provider);
    const redeemed = await port.redeem({ authorizationCode, verifier, nonce, scopes, at });
    if (!redeemed.ok) return failed(redeemed.error.code, redeemed.error.detail);
    const { tokens, identity } = redeemed.value;
    const { accessToken, refreshToken, scopes: granted } = tokens;
    if (!refreshToken) return failed("missing_tokens", "no_refresh_token");
    const account = await port.identify(identity, accessToken, { asked: app.scopes, granted });
    return ok({ tokens: { ...tokens, refreshToken }, identity, account });
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return failed(codeOf(error), error.details.vendorCode ?? error.message);
  }
}

function codeOf(error: ProviderError): ConnectionErrorCode {
  if (error.retryable) return "unavailable";
  return error.code === "misconfigured" ? "misconfigured" : "sign_in_failed";
}

function failed(code: ConnectionErrorCode, detail: string) {
  const supportCode = newSupportCode();
  log().warn({ problem: code, detail, supportCode }, "A Microsoft account was not connected");
  return err(code, { supportCode });
}
