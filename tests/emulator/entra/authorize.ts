import { badTenant, missingParameter } from "@/tests/emulator/entra/aadsts";
import { continueAdminConsent } from "@/tests/emulator/entra/admin-consent";
import { type AuthorizeRequest, checkAuthorizeRequest } from "@/tests/emulator/entra/authorize-request";
import { mayConsent, missingConsent, recordConsent, scopesForAccount } from "@/tests/emulator/entra/consent";
import { matchesRegistered } from "@/tests/emulator/entra/redirect-uri";
import {
  errorPage,
  findSignIn,
  lostSignInPage,
  readSignIn,
  rememberInBrowser,
  type SignIn,
  sessionAccounts,
  showSignIn,
  startSignIn,
} from "@/tests/emulator/entra/sign-in";
import { readTenantSegment, refuseAccount } from "@/tests/emulator/entra/tenant-segment";
import { clientInfoOf } from "@/tests/emulator/entra/tokens";
import { backCancelled, backWithCode, backWithError, wayBack } from "@/tests/emulator/entra/way-back";
import { matchesAccount } from "@/tests/emulator/faults";
import { type Answer, type Call, formOf, html } from "@/tests/emulator/http";
import { randomToken } from "@/tests/emulator/ids";
import { adminApprovalPage, consentPage } from "@/tests/emulator/pages/entra-pages";
import type { Account } from "@/tests/emulator/state";
import { findApp, type World } from "@/tests/emulator/world";

type Asked = SignIn & { purpose: { kind: "authorize"; request: AuthorizeRequest } };

/** GET /{tenant}/oauth2/v2.0/authorize. Never redirects before client and redirect address are known good. */
export function authorize(world: World, call: Call, segment: string): Answer {
  const query = call.url.searchParams;
  const tenant = readTenantSegment(world.state, segment);
  if (!tenant) return errorPage(call, badTenant(segment));
  const clientId = query.get("client_id");
  if (!clientId) return errorPage(call, missingParameter("client_id"));
  const app = findApp(world.state, clientId);
  if (!app) {
    return errorPage(call, {
      aadsts: 700016,
      text: `Application with identifier '${clientId}' was not found in the directory. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
    });
  }
  const redirectUri = query.get("redirect_uri") ?? "";
  if (!matchesRegistered(redirectUri, app.redirectUris)) {
    return errorPage(call, {
      aadsts: 50011,
      text: `The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the application '${app.clientId}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal.`,
    });
  }
  const checked = checkAuthorizeRequest(query, app, redirectUri);
  if (!checked.ok) {
    return backWithError({ redirectUri, responseMode: "query", state: query.get("state") }, call, checked);
  }
  const { request } = checked;
  const signIn = startSignIn(world, {
    segment,
    tenant,
    app,
    purpose: { kind: "authorize", request },
  });
  return chooseAccount(world, call, signIn);
}

/** POST /{tenant}/login: the sign-in page. */
export function signInPosted(world: World, call: Call): Answer {
  const signIn = findSignIn(world, call);
  if (!signIn) return lostSignInPage();
  const picked = readSignIn(world, signIn, call);
  if (picked.kind === "again") return picked.reply;
  if (picked.kind === "cancelled") {
    const { request } = signIn.purpose;
    world.signIns.delete(signIn.id);
    return backCancelled({ responseMode: "query", ...request });
  }
  const cookie = rememberInBrowser(world, call, picked.account);
  const answer = isAsked(signIn)
    ? continueWith(world, call, signIn, picked.account)
    : continueAdminConsent(world, call, signIn, picked.account);
  return typeof answer === "string" ? answer : { ...answer, headers: { ...answer.headers, ...cookie } };
}

/** POST /{tenant}/consent: the consent page and the "Need admin approval" page. */
export function consentPosted(world: World, call: Call): Answer {
  const signIn = findSignIn(world, call);
  const account = world.state.accounts[signIn?.accountId ?? ""];
  if (!signIn || !account || !isAsked(signIn)) return lostSignInPage();
  const { request } = signIn.purpose;
  const form = formOf(call);
  const answer = form.get("answer");
  if (answer === "other-account") return showSignIn(world, signIn);
  if (answer === "return") {
    world.signIns.delete(signIn.id);
    return returnWithoutConsent(world, call, request);
  }
  if (answer !== "accept") {
    world.signIns.delete(signIn.id);
    return backWithError(request, call, {
      error: "access_denied",
      aadsts: 65004,
      text: "User declined to consent to access the app.",
    });
  }
  const scopes = scopesForAccount(world, account, request.scopes);
  if (scopes === "invalid_scope") return lostSignInPage();
  if (!mayConsent(world, account, missingConsent(world, request.clientId, account, scopes)))
    return lostSignInPage();
  recordConsent(world, {
    clientId: request.clientId,
    tenantId: account.tenantId,
    accountId: account.isAdmin && form.get("wholeOrganization") === "yes" ? null : account.id,
    scopes,
  });
  return giveCode(world, signIn, account, scopes);
}

function chooseAccount(world: World, call: Call, signIn: Asked): Answer {
  const { request } = signIn.purpose;
  const signedIn = sessionAccounts(world, call).filter(
    (account) =>
      refuseAccount(signIn.tenant, account, signIn.app) === null &&
      (!request.loginHint || account.email.toLowerCase() === request.loginHint.toLowerCase()),
  );
  const [only, ...others] = signedIn;
  const isClear = only !== undefined && others.length === 0;
  if (request.prompt === "none") {
    if (isClear) return continueWith(world, call, signIn, only);
    return backWithError(request, call, {
      error: "login_required",
      aadsts: 50058,
      text: "A silent sign-in request was sent but no user is signed in.",
    });
  }
  const mustAsk = request.prompt === "login" || request.prompt === "select_account";
  return isClear && !mustAsk ? continueWith(world, call, signIn, only) : showSignIn(world, signIn);
}

function continueWith(world: World, call: Call, signIn: Asked, account: Account): Answer {
  const { request } = signIn.purpose;
  const refused = refuseAccount(signIn.tenant, account, signIn.app);
  if (refused) return errorPage(call, refused);
  const fault = world.faults.authorize.take((waiting) => matchesAccount(waiting.account, account));
  if (fault) {
    return wayBack(request, {
      error: fault.error,
      ...(fault.description ? { error_description: fault.description } : {}),
      ...(fault.subcode ? { error_subcode: fault.subcode } : {}),
    });
  }
  const scopes = scopesForAccount(world, account, request.scopes);
  if (scopes === "invalid_scope") {
    return backWithError(request, call, {
      error: "invalid_scope",
      aadsts: 70011,
      text: "The scope 'OnlineMeetings.ReadWrite' is not valid for personal Microsoft accounts.",
    });
  }
  const missing = missingConsent(world, request.clientId, account, scopes);
  if (missing.length === 0 && request.prompt !== "consent") return giveCode(world, signIn, account, scopes);
  if (request.prompt === "none") {
    return backWithError(request, call, {
      error: "interaction_required",
      aadsts: 65001,
      text: `The user or administrator has not consented to use the application with ID '${request.clientId}' named '${signIn.app.name}'. Send an interactive authorization request for this user and resource.`,
    });
  }
  signIn.accountId = account.id;
  const view = { action: `/${signIn.segment}/consent`, signInId: signIn.id, app: signIn.app, account };
  if (!mayConsent(world, account, missing)) return html(200, adminApprovalPage(view));
  const shown = request.prompt === "consent" ? scopes : missing;
  return html(200, consentPage({ ...view, scopes: shown, offersWholeOrganization: account.isAdmin }));
}

function giveCode(world: World, signIn: Asked, account: Account, scopes: string[]): Answer {
  const { request } = signIn.purpose;
  world.signIns.delete(signIn.id);
  const code = `${account.kind === "work" ? "1.A" : "M.C5"}${randomToken(90)}`;
  world.state.codes[code] = {
    code,
    clientId: request.clientId,
    accountId: account.id,
    tenantSegment: signIn.segment.toLowerCase(),
    redirectUri: request.redirectUri,
    scopes,
    challenge: request.challenge,
    nonce: request.nonce,
    issuedAt: Date.now(),
    redeemed: false,
  };
  return backWithCode(request, code, request.wantsClientInfo ? clientInfoOf(account) : null);
}

/** Pressing "Return to the application without granting consent": seen in three forms, so it is a switch. */
function returnWithoutConsent(world: World, call: Call, request: AuthorizeRequest): Answer {
  const form = world.state.settings.adminApprovalReturn;
  if (form === "cancel") return backCancelled(request);
  const aadsts = form === "AADSTS90094" ? 90094 : 65004;
  const text =
    aadsts === 90094 ? "The grant requires admin permission." : "User declined to consent to access the app.";
  return backWithError(request, call, { error: "access_denied", aadsts, text });
}

function isAsked(signIn: SignIn): signIn is Asked {
  return signIn.purpose.kind === "authorize";
}
