/** Checks of the values that an operator copies from the Entra admin center. Each answers null when in order. */

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Microsoft's clouds and the hosts of each. Registrations, tokens and data are separate; personal accounts exist in the
 * global cloud alone (Microsoft: authentication-national-cloud, Graph deployments).
 */
export const microsoftClouds = {
  global: { loginUrl: "https://login.microsoftonline.com", graphUrl: "https://graph.microsoft.com" },
  us_gov_high: { loginUrl: "https://login.microsoftonline.us", graphUrl: "https://graph.microsoft.us" },
  us_gov_dod: { loginUrl: "https://login.microsoftonline.us", graphUrl: "https://dod-graph.microsoft.us" },
  china: {
    loginUrl: "https://login.partner.microsoftonline.cn",
    graphUrl: "https://microsoftgraph.chinacloudapi.cn",
  },
} as const;

export type MicrosoftCloud = keyof typeof microsoftClouds;

/** The cloud of a stored name; the global one for a name that is none. */
export function cloudNamed(name: string | null | undefined): MicrosoftCloud {
  return name && Object.hasOwn(microsoftClouds, name) ? (name as MicrosoftCloud) : "global";
}

/** Application (client) IDs and tenant IDs look alike: both are GUIDs. */
export function isGuid(text: string): boolean {
  return guid.test(text);
}

/** Entra shows a Secret ID beside each secret's Value; the ID is a GUID, the Value never is. */
export function secretProblem(secret: string): string | null {
  if (guid.test(secret)) {
    return "looks like the Secret ID. Copy the Value column of Certificates & secrets. If it's hidden, create a new secret";
  }
  return /\s/.test(secret)
    ? "contains a space or line break. Copy the Value again, without anything around it"
    : null;
}

/** `common`, `organizations`, `consumers`, a tenant GUID or a domain (Microsoft: v2-protocols-oidc). */
export function tenantProblem(tenant: string): string | null {
  if (["common", "organizations", "consumers"].includes(tenant) || guid.test(tenant)) return null;
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(tenant)
    ? null
    : "isn't a tenant. Use common, organizations, the Directory (tenant) ID, or a domain of the tenant";
}

/** `.default` asks for what was granted to the whole app and can't be combined with single permissions. */
export function scopesProblem(text: string): string | null {
  const scopes = text.split(/\s+/);
  const isDefault = (scope: string) => scope === ".default" || scope.endsWith("/.default");
  const oidc = ["openid", "profile", "email", "offline_access"];
  const named = scopes.filter((scope) => !isDefault(scope) && !oidc.includes(scope.toLowerCase()));
  if (scopes.some(isDefault) && named.length > 0) {
    return "mixes .default with named scopes: .default scope can't be combined with resource-specific scopes. Keep one kind";
  }
  const strange = scopes.find((scope) => !/^[A-Za-z0-9:/._-]+$/.test(scope));
  return strange
    ? "contains something that isn't a scope. Use permission names, separated by single spaces"
    : null;
}
