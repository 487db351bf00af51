/** What of the app registration this server knows, without any secret. */
import { type Env, env } from "@/lib/config/env";
import { teamsSetup } from "@/lib/meetings/teams/configuration";

export interface TeamsSetupFacts {
  state: ReturnType<typeof teamsSetup>;
  /** Names of the variables that are not set. */
  missing: string[];
  /** Microsoft compares it character by character. */
  redirectUri: string;
  tenant: { kind: "common" | "organizations" | "consumers" | "single"; value: string };
  cloud: { kind: "global" | "us_government" | "china" | "emulator" | "other"; loginUrl: string };
  scopes: string[];
  clientId: string | null;
  secret: {
    isSet: boolean;
    /** A second secret waits to take over. */
    hasNext: boolean;
    /** Date `YYYY-MM-DD`, as far as the operator told it. */
    expiresOn: string | null;
    /** Whole days until then; negative once it has passed. */
    daysLeft: number | null;
  };
}

/** Reads the set-up. `now` is epoch milliseconds. */
export function readTeamsSetup(now: number, values: Env = env()): TeamsSetupFacts {
  const expiresOn = values.TEAMS_CLIENT_SECRET_EXPIRES_AT ?? null;
  const required = ["TEAMS_CLIENT_ID", "TEAMS_CLIENT_SECRET"] as const;
  return {
    state: teamsSetup(values),
    missing: required.filter((name) => !values[name]),
    redirectUri: values.TEAMS_REDIRECT_URI,
    tenant: tenantOf(values.TEAMS_TENANT_ID),
    cloud: { kind: cloudOf(new URL(values.TEAMS_LOGIN_URL)), loginUrl: values.TEAMS_LOGIN_URL },
    scopes: values.TEAMS_SCOPES.split(/\s+/),
    clientId: values.TEAMS_CLIENT_ID ?? null,
    secret: {
      isSet: Boolean(values.TEAMS_CLIENT_SECRET),
      hasNext: Boolean(values.TEAMS_CLIENT_SECRET_NEXT),
      expiresOn,
      daysLeft: expiresOn ? Math.floor((Date.parse(`${expiresOn}T00:00:00Z`) - now) / dayMs) : null,
    },
  };
}

const dayMs = 24 * 3600 * 1000;

function tenantOf(value: string): TeamsSetupFacts["tenant"] {
  const kind = (["common", "organizations", "consumers"] as const).find((known) => known === value);
  return { kind: kind ?? "single", value };
}

/** The sign-in hosts of Microsoft's clouds (Microsoft: authentication-national-cloud). */
function cloudOf({ hostname }: URL): TeamsSetupFacts["cloud"]["kind"] {
  if (hostname === "login.microsoftonline.com") return "global";
  if (hostname === "login.microsoftonline.us") return "us_government";
  if (["login.chinacloudapi.cn", "login.partner.microsoftonline.cn"].includes(hostname)) return "china";
  return ["localhost", "127.0.0.1", "[::1]"].includes(hostname) ? "emulator" : "other";
}
