/** Signing in at Microsoft, behind its port. */
import { env } from "@/lib/config/env";
import type { Person, RedemptionRefusal, SignInPort } from "@/lib/meetings/sign-in-port";
import { accessFor } from "@/lib/meetings/teams/access";
import { readAccount } from "@/lib/meetings/teams/account";
import { readBusyWith } from "@/lib/meetings/teams/calendar-reader";
import { diagnose } from "@/lib/meetings/teams/diagnose";
import {
  adminConsentRequest,
  applicationTokens,
  authorizeRequest,
  busyTimesRequest,
  personRequest,
  processAuthorizeAnswer,
  processConsentAnswer,
  redeemBusyTimesCode,
  redeemCode,
  redeemPersonCode,
  scopesToAsk,
} from "@/lib/meetings/teams/entra";
import { openGraph } from "@/lib/meetings/teams/graph";
import { GraphError } from "@/lib/meetings/teams/graph-answer";
import { isSignedByMicrosoft } from "@/lib/meetings/teams/id-token-signature";
import { isTenantAllowed, processIdToken } from "@/lib/meetings/teams/identity";
import { testManaged } from "@/lib/meetings/teams/managed";
import { lookForMicrosoft } from "@/lib/meetings/teams/outage";
import { probeRegistration } from "@/lib/meetings/teams/probe";
import { tenantOf } from "@/lib/meetings/teams/tenant-lookup";
import { type Registration, registration } from "@/lib/registration/registration";
import { err, ok, type Result } from "@/lib/result";

const pictureTimeoutMs = 15_000;

export const teamsSignIn: SignInPort = {
  scopesToAsk,
  authorize: authorizeRequest,
  readAnswer: processAuthorizeAnswer,
  async redeem(given) {
    const app = await registration();
    const redeemed = await redeemCode(given);
    if (!redeemed.ok) return err("token_exchange_failed", { detail: redeemed.error.detail });
    const { idToken, ...tokens } = redeemed.value;
    const person = readPerson(app, idToken, given.nonce);
    if (!person.ok) return person;
    const { tenantId, accountId, accountKind } = person.value;
    return ok({ tokens, identity: { tenantId, accountId, accountKind } });
  },
  askWho: personRequest,
  async recognize(given) {
    const redeemed = await redeemPersonCode(given);
    if (!redeemed.ok) return err("token_exchange_failed", { detail: redeemed.error.detail });
    const app = await registration();
    const { idToken } = redeemed.value;
    const person = readPerson(app, idToken, given.nonce);
    if (!person.ok || !idToken) return person;
    const isSigned = await isSignedByMicrosoft(idToken, person.value.tenantId, app);
    return isSigned ? person : err("identity_refused", { detail: "signature" });
  },
  askForBusyTimes: busyTimesRequest,
  async readBusyTimes(given, range) {
    const redeemed = await redeemBusyTimesCode(given);
    if (!redeemed.ok) return err("token_exchange_failed", { detail: redeemed.error.detail });
    const { idToken, accessToken: token } = redeemed.value;
    // A visitor gets in nowhere with it, so any organization may come.
    const person = processIdToken(idToken, { ...(await registration()), nonce: given.nonce });
    if (!person.ok) return err("identity_refused", { detail: person.error.why });
    const { tenantId, accountId } = person.value;
    return ok(await readBusyWith({ token, tenantId, accountId, managed: false }, range));
  },
  tenantOf,
  identify: readAccount,
  accessFor,
  async readPicture({ ownerId: userId }, maxBytes) {
    const graph = openGraph({ userId, priority: "visitor", timeoutMs: pictureTimeoutMs });
    try {
      const call = { method: "GET", path: "/me/photo/$value", fileMaxBytes: maxBytes } as const;
      const { body } = await graph.call(call);
      return body instanceof Uint8Array ? body : null;
    } catch (error) {
      // Microsoft's word for an account without a picture, with or without a mailbox to keep one in.
      if (error instanceof GraphError && error.status === 404) return null;
      throw error;
    }
  },
  diagnose,
  requestAdminConsent: adminConsentRequest,
  readAdminConsent: processConsentAnswer,
  openOrganization: applicationTokens,
  testManaged,
  lookForProvider: lookForMicrosoft,
  probe: probeRegistration,
};

/** Who the id_token names, if it is meant for this sign-in and their organization may come. */
function readPerson(
  app: Registration,
  idToken: string | null,
  nonce: string,
): Result<Person, RedemptionRefusal> {
  const person = processIdToken(idToken, { ...app, nonce });
  if (!person.ok) return err("identity_refused", { detail: person.error.why });
  const isAllowed = isTenantAllowed(person.value, app.tenant, env().TEAMS_ALLOWED_TENANTS ?? []);
  return isAllowed ? person : err("wrong_tenant", { detail: person.value.tenantId });
}
