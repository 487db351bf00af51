import { describe, type EntraError, newTrace } from "@/tests/emulator/entra/aadsts";
import type { AuthorizeRequest } from "@/tests/emulator/entra/authorize-request";
import type { TenantSegment } from "@/tests/emulator/entra/tenant-segment";
import { type Call, cookieOf, formOf, html, type Reply } from "@/tests/emulator/http";
import { randomToken } from "@/tests/emulator/ids";
import { entraErrorPage, signInPage } from "@/tests/emulator/pages/entra-pages";
import type { Account, App } from "@/tests/emulator/state";
import { findAccount, type World } from "@/tests/emulator/world";

/** A person on the way through Entra's pages, from /authorize (or admin consent) to the way back. */
export interface SignIn {
  id: string;
  segment: string;
  tenant: TenantSegment;
  app: App;
  purpose:
    | { kind: "authorize"; request: AuthorizeRequest }
    | { kind: "admin_consent"; request: AdminConsentRequest };
  accountId: string | null;
}

export interface AdminConsentRequest {
  redirectUri: string;
  state: string | null;
  scopes: string[];
}

const SESSION_COOKIE = "microsoft_emulator_session";

export function startSignIn<Given extends Omit<SignIn, "id" | "accountId">>(
  world: World,
  given: Given,
): Given & Pick<SignIn, "id" | "accountId"> {
  const signIn = { ...given, id: randomToken(18), accountId: null };
  world.signIns.set(signIn.id, signIn);
  return signIn;
}

export function findSignIn(world: World, call: Call): SignIn | null {
  return world.signIns.get(formOf(call).get("signIn") ?? "") ?? null;
}

export function lostSignInPage(): Reply {
  return html(
    400,
    entraErrorPage(
      "AADSTS165000: Invalid Request: the sign-in was not found. Go back to the application and start again.",
    ),
  );
}

/** The accounts signed in within this browser. */
export function sessionAccounts(world: World, call: Call): Account[] {
  const session = world.state.sessions[cookieOf(call, SESSION_COOKIE) ?? ""];
  return (session?.accountIds ?? [])
    .map((id) => world.state.accounts[id])
    .filter((account) => account !== undefined)
    .filter((account) => account.status === "active");
}

export function rememberInBrowser(world: World, call: Call, account: Account): Record<string, string> {
  const id = cookieOf(call, SESSION_COOKIE) ?? randomToken(18);
  const session = world.state.sessions[id] ?? { accountIds: [] };
  world.state.sessions[id] = {
    accountIds: [account.id, ...session.accountIds.filter((other) => other !== account.id)],
  };
  return { "set-cookie": `${SESSION_COOKIE}=${id}; Path=/; HttpOnly; SameSite=Lax` };
}

export function forgetBrowser(world: World, call: Call): Record<string, string> {
  delete world.state.sessions[cookieOf(call, SESSION_COOKIE) ?? ""];
  return { "set-cookie": `${SESSION_COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0` };
}

export function showSignIn(world: World, signIn: SignIn, email = "", problem: string | null = null): Reply {
  const accounts = Object.values(world.state.accounts).filter(
    (account) => account.isListed && account.status === "active" && fitsHint(signIn, account),
  );
  return html(
    200,
    signInPage({
      action: `/${signIn.segment}/login`,
      signInId: signIn.id,
      app: signIn.app,
      accounts,
      email: email || hintOf(signIn, "loginHint"),
      problem,
    }),
  );
}

export type Picked =
  | { kind: "account"; account: Account }
  | { kind: "cancelled" }
  | { kind: "again"; reply: Reply };

/** Reads the posted sign-in page: a picked account, an email address with its password, or Cancel. */
export function readSignIn(world: World, signIn: SignIn, call: Call): Picked {
  const form = formOf(call);
  if (form.get("answer") === "cancel") return { kind: "cancelled" };
  const picked = form.get("account");
  const email = picked ?? form.get("email") ?? "";
  const again = (problem: string): Picked => ({
    kind: "again",
    reply: showSignIn(world, signIn, email, problem),
  });
  if (!email) return again("Enter a valid email address or pick an account.");
  const account = findAccount(world.state, email);
  if (!account || account.status === "deleted") {
    return again(`AADSTS50034: We couldn't find an account with the name ${email}.`);
  }
  if (account.status === "disabled") {
    return again("AADSTS50057: Your account has been locked. Contact your support person.");
  }
  if (!picked && form.get("password") !== account.password) {
    return again("AADSTS50126: Your account or password is incorrect.");
  }
  return { kind: "account", account };
}

/** Entra's own page for what must not be sent back to the app. */
export function errorPage(call: Call, failure: Pick<EntraError, "aadsts" | "text">): Reply {
  return html(400, entraErrorPage(describe(failure.aadsts, failure.text, newTrace(call), "\r\n")));
}

function fitsHint(signIn: SignIn, account: Account): boolean {
  const hint = hintOf(signIn, "domainHint");
  if (hint === "consumers") return account.kind === "personal";
  if (hint === "organizations") return account.kind === "work";
  return true;
}

function hintOf(signIn: SignIn, name: "loginHint" | "domainHint"): string {
  return signIn.purpose.kind === "authorize" ? (signIn.purpose.request[name] ?? "") : "";
}
