import type { JWK } from "jose";
import { badTenant, entraErrorReply, invalidRequest } from "@/tests/emulator/entra/aadsts";
import { readTenantSegment } from "@/tests/emulator/entra/tenant-segment";
import { type Call, json, type Reply } from "@/tests/emulator/http";
import { CONSUMER_TENANT_ID } from "@/tests/emulator/ids";
import type { World } from "@/tests/emulator/world";

const CACHED_FOR_A_DAY = { "cache-control": "max-age=86400, private" };

/** The issuer template of Microsoft is literal: a validator puts the token's `tid` in before it compares. */
const TEMPLATE = "{tenantid}";

export function issuerOf(origin: string, tenantId: string): string {
  return `${origin}/${tenantId}/v2.0`;
}

export function openidConfiguration(world: World, call: Call, segment: string): Reply {
  const tenant = readTenantSegment(world.state, segment);
  if (!tenant) return entraErrorReply(badTenant(segment), call);
  const base = `${call.url.origin}/${segment}`;
  return json(
    200,
    {
      token_endpoint: `${base}/oauth2/v2.0/token`,
      token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt", "client_secret_basic"],
      jwks_uri: `${base}/discovery/v2.0/keys`,
      response_modes_supported: ["query", "fragment", "form_post"],
      subject_types_supported: ["pairwise"],
      id_token_signing_alg_values_supported: ["RS256"],
      response_types_supported: ["code", "id_token", "code id_token", "id_token token"],
      scopes_supported: ["openid", "profile", "email", "offline_access"],
      issuer: issuerOf(call.url.origin, tenant.kind === "tenant" ? tenant.tenantId : TEMPLATE),
      request_uri_parameter_supported: false,
      userinfo_endpoint: `${call.url.origin}/oidc/userinfo`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
      http_logout_supported: true,
      frontchannel_logout_supported: true,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`,
      claims_supported: [
        "sub",
        "iss",
        "cloud_instance_name",
        "cloud_instance_host_name",
        "cloud_graph_host_name",
        "msgraph_host",
        "aud",
        "exp",
        "iat",
        "auth_time",
        "acr",
        "nonce",
        "preferred_username",
        "name",
        "tid",
        "ver",
        "at_hash",
        "c_hash",
        "email",
      ],
      kerberos_endpoint: `${base}/kerberos`,
      tenant_region_scope: tenant.kind === "tenant" ? "WW" : null,
      cloud_instance_name: "microsoftonline.com",
      cloud_graph_host_name: "graph.windows.net",
      msgraph_host: "graph.microsoft.com",
      rbac_url: "https://pas.windows.net",
    },
    CACHED_FOR_A_DAY,
  );
}

export function signingKeySet(world: World, call: Call, segment: string): Reply {
  if (!readTenantSegment(world.state, segment)) return entraErrorReply(badTenant(segment), call);
  const { work, personal } = world.state.signingKeys;
  return json(
    200,
    {
      keys: [
        { ...publicPart(work), issuer: issuerOf(call.url.origin, TEMPLATE) },
        { ...publicPart(personal), issuer: issuerOf(call.url.origin, CONSUMER_TENANT_ID) },
      ],
    },
    CACHED_FOR_A_DAY,
  );
}

function publicPart(key: JWK): JWK {
  const { kty, n, e, kid, use } = key;
  return { kty, n, e, kid, use, x5t: kid } as JWK;
}

const CLOUDS = [
  {
    preferred_network: "login.microsoftonline.com",
    preferred_cache: "login.windows.net",
    aliases: ["login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net"],
  },
  {
    preferred_network: "login.partner.microsoftonline.cn",
    preferred_cache: "login.partner.microsoftonline.cn",
    aliases: ["login.partner.microsoftonline.cn", "login.chinacloudapi.cn"],
  },
  {
    preferred_network: "login.microsoftonline.de",
    preferred_cache: "login.microsoftonline.de",
    aliases: ["login.microsoftonline.de"],
  },
  {
    preferred_network: "login.microsoftonline.us",
    preferred_cache: "login.microsoftonline.us",
    aliases: ["login.microsoftonline.us", "login.usgovcloudapi.net"],
  },
  {
    preferred_network: "login-us.microsoftonline.com",
    preferred_cache: "login-us.microsoftonline.com",
    aliases: ["login-us.microsoftonline.com"],
  },
];

export function instanceDiscovery(call: Call): Reply {
  const asked = call.url.searchParams.get("authorization_endpoint") ?? "";
  const authorize = URL.canParse(asked) ? new URL(asked) : null;
  const isKnown =
    authorize !== null &&
    (authorize.host === call.url.host || CLOUDS.some((cloud) => cloud.aliases.includes(authorize.hostname)));
  if (!authorize || !isKnown) {
    return entraErrorReply(
      { ...invalidRequest(50049, "Unknown or invalid instance."), error: "invalid_instance" },
      call,
    );
  }
  const segment = authorize.pathname.split("/")[1] ?? "common";
  return json(200, {
    tenant_discovery_endpoint: `${authorize.origin}/${segment}/v2.0/.well-known/openid-configuration`,
    "api-version": "1.1",
    metadata: CLOUDS,
  });
}
