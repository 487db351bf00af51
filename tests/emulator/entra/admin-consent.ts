import { badTenant, describe, missingParameter, newTrace } from "@/tests/emulator/entra/aadsts";
import { recordConsent } from "@/tests/emulator/entra/consent";
import { matchesRegistered } from "@/tests/emulator/entra/redirect-uri";
import { parseScopes } from "@/tests/emulator/entra/scopes";
import {
  type AdminConsentRequest,
  errorPage,
  findSignIn,
  lostSignInPage,
  type SignIn,
  showSignIn,
  startSignIn,
} from "@/tests/emulator/entra/sign-in";
import { readTenantSegment, refuseAccount } from "@/tests/emulator/entra/tenant-segment";
import { type Answer, type Call, formOf, html, redirect } from "@/tests/emulator/http";
import { adminConsentPage } from "@/tests/emulator/pages/entra-pages";
import type { Account } from "@/tests/emulator/state";
import { findApp, requireTenantOf, type World } from "@/tests/emulator/world";

/** GET /{tenant}/v2.0/adminconsent. `common` is not a place where an administrator can consent. */
export function adminConsent(world: World, call: Call, segment: string): Answer {
  const query = call.url.searchParams;
  const tenant = readTenantSegment(world.state, segment);
  if (!tenant || tenant.kind === "common") return errorPage(call, badTenant(segment));
  const app = findApp(world.state, query.get("client_id") ?? "");
  if (!app) {
    return errorPage(call, {
      aadsts: 700016,
      text: `Application with identifier '${query.get("client_id") ?? ""}' was not found in the directory.`,
    });
  }
  const redirectUri = query.get("redirect_uri") ?? "";
  if (!matchesRegistered(redirectUri, app.redirectUris)) {
    return errorPage(call, {
      aadsts: 50011,
      text: `The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the application '${app.clientId}'.`,
    });
  }
  const scope = query.get("scope");
  if (!scope) return errorPage(call, missingParameter("scope"));
  const parsed = parseScopes(scope, app.permissions);
  if (!parsed.ok) return errorPage(call, parsed);
  const request = { redirectUri, state: query.get("state"), scopes: parsed.scopes };
  return showSignIn(
    world,
    startSignIn(world, { segment, tenant, app, purpose: { kind: "admin_consent", request } }),
  );
}

export function continueAdminConsent(world: World, call: Call, signIn: SignIn, account: Account): Answer {
  if (signIn.purpose.kind !== "admin_consent") return lostSignInPage();
  const refused = refuseAccount(signIn.tenant, account, signIn.app);
  if (refused) return errorPage(call, refused);
  if (!account.isAdmin) {
    return errorPage(call, {
      aadsts: 90094,
      text: `${signIn.app.name} needs permission to access resources in your organization that only an admin can grant. Please ask an admin to grant permission to this app before you can use it.`,
    });
  }
  signIn.accountId = account.id;
  return html(
    200,
    adminConsentPage({
      action: `/${signIn.segment}/admin-consent`,
      signInId: signIn.id,
      app: signIn.app,
      account,
      scopes: signIn.purpose.request.scopes,
      offersWholeOrganization: false,
      tenant: requireTenantOf(world.state, account),
    }),
  );
}

/** POST /{tenant}/admin-consent: the administrator's answer. */
export function adminConsentPosted(world: World, call: Call): Answer {
  const signIn = findSignIn(world, call);
  const account = world.state.accounts[signIn?.accountId ?? ""];
  if (!signIn || !account?.isAdmin || signIn.purpose.kind !== "admin_consent") return lostSignInPage();
  const { request } = signIn.purpose;
  world.signIns.delete(signIn.id);
  if (formOf(call).get("answer") !== "accept") return back(request, refusal(call));
  recordConsent(world, {
    clientId: signIn.app.clientId,
    tenantId: account.tenantId,
    accountId: null,
    scopes: [...request.scopes, "openid", "profile", "offline_access"],
  });
  return back(request, {
    admin_consent: "True",
    tenant: account.tenantId,
    scope: request.scopes.map((scope) => `https://graph.microsoft.com/${scope}`).join(" "),
  });
}

function refusal(call: Call): Record<string, string> {
  const text = "User declined to consent to access the app.";
  return {
    admin_consent: "True",
    error: "consent_required",
    error_description: describe(65004, text, newTrace(call), "\r\n"),
  };
}

function back(request: AdminConsentRequest, fields: Record<string, string>): Answer {
  const url = new URL(request.redirectUri);
  const all = request.state === null ? fields : { ...fields, state: request.state };
  for (const [name, value] of Object.entries(all)) url.searchParams.append(name, value);
  return redirect(url.href);
}
