/** Signing in at Microsoft, behind its port. */
import type { SignInPort } from "@/lib/meetings/sign-in-port";
import { accessFor } from "@/lib/meetings/teams/access";
import { readAccount } from "@/lib/meetings/teams/account";
import { diagnose } from "@/lib/meetings/teams/diagnose";
import {
  adminConsentRequest,
  authorizeRequest,
  processAuthorizeAnswer,
  processConsentAnswer,
  redeemCode,
  scopesToAsk,
} from "@/lib/meetings/teams/entra";
import { isTenantAllowed, processIdToken } from "@/lib/meetings/teams/identity";
import { lookForMicrosoft } from "@/lib/meetings/teams/outage";
import { probeRegistration } from "@/lib/meetings/teams/probe";
import { registration } from "@/lib/registration/registration";
import { err, ok } from "@/lib/result";

export const teamsSignIn: SignInPort = {
  scopesToAsk,
  authorize: authorizeRequest,
  readAnswer: processAuthorizeAnswer,
  async redeem(given) {
    const app = await registration();
    const redeemed = await redeemCode(given);
    if (!redeemed.ok) return err("token_exchange_failed", { detail: redeemed.error.detail });
    const { idToken, ...tokens } = redeemed.value;
    const identity = processIdToken(idToken, { ...app, nonce: given.nonce });
    if (!identity.ok) return err("identity_refused", { detail: identity.error.why });
    if (!isTenantAllowed(identity.value, app.tenant))
      return err("wrong_tenant", { detail: identity.value.tenantId });
    return ok({ tokens, identity: identity.value });
  },
  identify: readAccount,
  accessFor,
  diagnose,
  requestAdminConsent: adminConsentRequest,
  readAdminConsent: processConsentAnswer,
  lookForProvider: lookForMicrosoft,
  probe: probeRegistration,
};
