/** PURE: the registration that this server needs in Entra, as its manifest and as commands. Holds no secret. */
import { listScopes } from "@/lib/registration/scopes";
import { tenantOf } from "@/lib/registration/setup-facts";

/** Microsoft Graph, and its delegated permissions by name: the same in every tenant (Microsoft: permissions-reference). */
const graphAppId = "00000003-0000-0000-c000-000000000000";
const permissionIds: Readonly<Record<string, string>> = {
  "calendars.read": "465a38f9-76ea-45b9-9f34-9e8b0d4b0b42",
  "calendars.readwrite": "1ec239c2-d7c9-4623-a91a-a9775856bb36",
  email: "64a6cdd6-aab1-4aaf-94b8-3cc8405e90d0",
  offline_access: "7427e0e9-2fba-42fe-b0c0-848c9e6a8182",
  "onlinemeetings.readwrite": "a65f2972-a4f8-4f5e-afd7-69ccb046d5dc",
  openid: "37f7f235-527c-4136-accd-4a02d197296e",
  profile: "14dad69e-099b-42c9-810b-d002981feec1",
  "user.read": "e1fe6dd8-ba31-4d61-89e7-88639da4683d",
};

const audiences = {
  single: "AzureADMyOrg",
  organizations: "AzureADMultipleOrgs",
  common: "AzureADandPersonalMicrosoftAccount",
  consumers: "PersonalMicrosoftAccount",
} as const;

interface Wanted {
  redirectUri: string;
  /** Those of this server's further addresses. */
  furtherUris?: readonly string[];
  /** With blanks between them. */
  scopes: string;
  /** As configured: `common`, a tenant, or null where none was chosen yet, which counts as one organization. */
  tenant: string | null;
}

interface RegistrationRecipe {
  audience: (typeof audiences)[keyof typeof audiences];
  /** Names of the permissions to add. */
  permissions: string[];
  /** Permissions that we know no id of; they are added by hand. */
  unlisted: string[];
  /** What the registration's manifest has to contain, as JSON. */
  manifest: string;
  /** Azure CLI in a POSIX shell. */
  commands: string;
}

/** Writes down what has to be registered. */
export function describeRegistration({
  redirectUri,
  furtherUris = [],
  scopes,
  tenant,
}: Wanted): RegistrationRecipe {
  const audience = audiences[tenant === null ? "single" : tenantOf(tenant).kind];
  const permissions = listScopes(scopes).filter((scope) => scope !== ".default");
  const idOf = (scope: string) => permissionIds[scope.toLowerCase()];
  const resourceAccess = permissions.flatMap((scope) => {
    const id = idOf(scope);
    return id ? [{ id, type: "Scope" }] : [];
  });
  const requiredResourceAccess = [{ resourceAppId: graphAppId, resourceAccess }];
  const manifest = {
    signInAudience: audience,
    api: { requestedAccessTokenVersion: 2 },
    web: { redirectUris: [redirectUri, ...furtherUris] },
    isFallbackPublicClient: false,
    requiredResourceAccess,
  };
  return {
    audience,
    permissions,
    unlisted: permissions.filter((scope) => !idOf(scope)),
    manifest: JSON.stringify(manifest, null, 2),
    commands: writeCommands({
      redirectUris: [redirectUri, ...furtherUris],
      audience,
      access: JSON.stringify(requiredResourceAccess),
    }),
  };
}

function writeCommands({
  redirectUris,
  audience,
  access,
}: Record<"audience" | "access", string> & { redirectUris: readonly string[] }) {
  return `az login
APP_ID=$(az ad app create --display-name Bellhop \\
  --sign-in-audience ${audience} --requested-access-token-version 2 \\
  --web-redirect-uris ${redirectUris.map(quote).join(" ")} \\
  --required-resource-accesses ${quote(access)} \\
  --query appId --output tsv)
az ad sp create --id "$APP_ID"
az ad app permission admin-consent --id "$APP_ID"
az ad app credential reset --id "$APP_ID" --append --display-name Bellhop --years 1 \\
  --query '{clientId:appId, tenantId:tenant, clientSecret:password}'`;
}

/** As one word of a POSIX shell. */
const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
