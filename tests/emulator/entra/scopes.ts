const GRAPH_PREFIX = "https://graph.microsoft.com/";
const OIDC = ["email", "openid", "profile", "offline_access"];

/** The delegated permissions this emulator knows, in the words of Microsoft's consent page. */
const PERMISSIONS: Record<string, string> = {
  "User.Read": "Sign you in and read your profile",
  "Calendars.Read": "Read your calendars",
  "Calendars.ReadBasic": "Read basic details of your calendars",
  "Calendars.ReadWrite": "Have full access to your calendars",
  "Calendars.Read.Shared": "Read calendars you can access",
  "Calendars.ReadWrite.Shared": "Read and write to your and shared calendars",
  "OnlineMeetings.Read": "Read your online meetings",
  "OnlineMeetings.ReadWrite": "Read and create your online meetings",
  "OnlineMeetingArtifact.Read.All": "Read your online meeting artifacts",
  "MailboxSettings.Read": "Read your mailbox settings",
  "MailboxSettings.ReadWrite": "Read and write to your mailbox settings",
  "Place.Read.All": "Read all company places",
  "Presence.Read": "Read your presence information",
  "Mail.Read": "Read your mail",
  "Mail.Send": "Send mail as you",
  openid: "Sign you in",
  profile: "View your basic profile",
  email: "View your email address",
  offline_access: "Maintain access to data you have given it access to",
};

export type ParsedScopes = { ok: true; scopes: string[] } | { ok: false; aadsts: number; text: string };

/** Reads a `scope` parameter into canonical short names; `registered` is what `.default` means. */
export function parseScopes(parameter: string, registered: string[]): ParsedScopes {
  const asked = parameter.split(" ").filter(Boolean);
  const scopes: string[] = [];
  let usesDefault = false;
  for (const scope of asked) {
    const short = withoutPrefix(scope);
    if (short === null) return foreignResource(scope);
    if (short === ".default") {
      usesDefault = true;
      continue;
    }
    const known = canonical(short);
    if (!known) return unknownScope(parameter, short);
    if (!scopes.includes(known)) scopes.push(known);
  }
  if (asked.length === 0) return invalidScope(parameter, "The scope is empty.");
  if (!usesDefault) return { ok: true, scopes };
  if (scopes.some((scope) => !isOidc(scope))) {
    return invalidScope(parameter, ".default scope can't be combined with resource-specific scopes.");
  }
  return { ok: true, scopes: [...scopes, ...registered] };
}

export function isOidc(scope: string): boolean {
  return OIDC.includes(scope);
}

/** The `scope` of a token answer: full Graph addresses, `offline_access` not echoed. */
export function grantedScopeText(scopes: string[]): string {
  const oidc = OIDC.filter((scope) => scope !== "offline_access" && scopes.includes(scope));
  const graph = scopes.filter((scope) => !isOidc(scope)).sort();
  return [...oidc, ...graph.map((scope) => GRAPH_PREFIX + scope)].join(" ");
}

export function permissionWords(scope: string): string {
  return PERMISSIONS[scope] ?? scope;
}

function withoutPrefix(scope: string): string | null {
  if (scope.toLowerCase().startsWith(GRAPH_PREFIX))
    return scope.slice(GRAPH_PREFIX.length).replace(/^\//, "");
  return scope.includes("://") ? null : scope;
}

function canonical(scope: string): string | null {
  return Object.keys(PERMISSIONS).find((known) => known.toLowerCase() === scope.toLowerCase()) ?? null;
}

function invalidScope(parameter: string, detail: string): ParsedScopes {
  return {
    ok: false,
    aadsts: 70011,
    text: `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope '${parameter}' is not valid. ${detail}`,
  };
}

function unknownScope(parameter: string, scope: string): ParsedScopes {
  return invalidScope(parameter, `The scope '${scope}' does not exist on the resource 'Microsoft Graph'.`);
}

function foreignResource(scope: string): ParsedScopes {
  return {
    ok: false,
    aadsts: 28002,
    text: `Provided value for the input parameter scope '${scope}' is not valid when requesting an access token. The emulator has no other resource than Microsoft Graph.`,
  };
}
