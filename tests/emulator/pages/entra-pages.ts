import { permissionWords } from "@/tests/emulator/entra/scopes";
import { escapeHtml, hiddenFields, page } from "@/tests/emulator/pages/layout";
import type { Account, App, Tenant } from "@/tests/emulator/state";

/** Entra's own error page: shown instead of a redirect whenever the address to go back to cannot be trusted. */
export function entraErrorPage(description: string): string {
  return page(
    "Sorry, but we’re having trouble signing you in",
    `<h1>Sorry, but we’re having trouble signing you in.</h1>
<p class="error" role="alert">${escapeHtml(description).replaceAll("\r\n", "<br>")}</p>`,
  );
}

export interface SignInPage {
  action: string;
  signInId: string;
  app: App;
  accounts: Account[];
  email: string;
  problem: string | null;
}

export function signInPage(view: SignInPage): string {
  const fields = hiddenFields({ signIn: view.signInId });
  const accounts = view.accounts
    .map(
      (account) =>
        `<li><button name="account" value="${escapeHtml(account.email)}">${escapeHtml(account.email)}</button><p class="muted">${escapeHtml(account.name)}, ${escapeHtml(kindWords(account))}</p></li>`,
    )
    .join("\n");
  return page(
    "Sign in",
    `<h1>Sign in to your account</h1>
<p class="muted">to continue to ${escapeHtml(view.app.name)}</p>
${view.problem ? `<p class="error" role="alert">${escapeHtml(view.problem)}</p>` : ""}
<form method="post" action="${escapeHtml(view.action)}">${fields}
<label for="email">Email</label>
<input id="email" name="email" type="email" autocomplete="username" value="${escapeHtml(view.email)}">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password">
<div class="actions"><button class="primary" name="answer" value="sign-in">Sign in</button><button name="answer" value="cancel" formnovalidate>Cancel</button></div>
</form>
${accounts ? `<h2>Or pick an account</h2><form method="post" action="${escapeHtml(view.action)}">${fields}<ul class="accounts">${accounts}</ul></form>` : ""}`,
  );
}

export interface ConsentPage {
  action: string;
  signInId: string;
  app: App;
  account: Account;
  scopes: string[];
  offersWholeOrganization: boolean;
}

export function consentPage(view: ConsentPage): string {
  const organization = view.offersWholeOrganization
    ? `<label><input type="checkbox" name="wholeOrganization" value="yes">Consent on behalf of your organization</label>`
    : "";
  return permissionsPage(
    view,
    "",
    "Accepting these permissions means that you allow this app to use your data as described in its terms of service and privacy statement. You can change these permissions at https://myapps.microsoft.com.",
    organization,
  );
}

export function adminConsentPage(view: ConsentPage & { tenant: Tenant }): string {
  return permissionsPage(
    view,
    `<p>Review for your organization, ${escapeHtml(view.tenant.name)}</p>`,
    "If you accept, this app will get access to the specified resources for all users in your organization. No one else will be prompted to review these permissions.",
    "",
  );
}

function permissionsPage(view: ConsentPage, intro: string, explanation: string, choice: string): string {
  const lines = view.scopes.map((scope) => `<li>${escapeHtml(permissionWords(scope))}</li>`).join("");
  return page(
    "Permissions requested",
    `<p class="muted">${escapeHtml(view.account.email)}</p>
<h1>Permissions requested</h1>
${intro}<p><strong>${escapeHtml(view.app.name)}</strong> (unverified) would like to:</p>
<ul class="permissions">${lines}</ul>
<p class="muted">${explanation}</p>
<form method="post" action="${escapeHtml(view.action)}">${hiddenFields({ signIn: view.signInId })}
${choice}
<div class="actions"><button class="primary" name="answer" value="accept">Accept</button><button name="answer" value="cancel">Cancel</button></div>
</form>`,
  );
}

export function adminApprovalPage(view: Omit<ConsentPage, "scopes" | "offersWholeOrganization">): string {
  return page(
    "Need admin approval",
    `<p class="muted">${escapeHtml(view.account.email)}</p>
<h1>Need admin approval</h1>
<p><strong>${escapeHtml(view.app.name)}</strong> needs permission to access resources in your organization that only an admin can grant. Please ask an admin to grant permission to this app before you can use it.</p>
<form method="post" action="${escapeHtml(view.action)}">${hiddenFields({ signIn: view.signInId })}
<p><button name="answer" value="other-account">Have an admin account? Sign in with that account</button></p>
<p><button name="answer" value="return">Return to the application without granting consent</button></p>
</form>
<p class="muted">AADSTS90094: The grant requires admin permission.</p>`,
  );
}

/** `form_post` needs a form; without JavaScript the person presses the button. */
export function formPostPage(redirectUri: string, fields: Record<string, string>): string {
  return page(
    "Working",
    `<h1>Continue</h1>
<form method="post" action="${escapeHtml(redirectUri)}">${hiddenFields(fields)}<div class="actions"><button class="primary">Continue</button></div></form>
<script>document.forms[0].submit()</script>`,
  );
}

export function signedOutPage(): string {
  return page(
    "Signed out",
    `<h1>You signed out of your account</h1><p>It’s a good idea to close all browser windows.</p>`,
  );
}

function kindWords(account: Account): string {
  if (account.kind === "personal") return "personal account";
  if (!account.hasMailbox) return "work account without a mailbox";
  if (account.isAdmin) return "work account, administrator";
  return account.hasTeams ? "work account" : "work account without Teams";
}
