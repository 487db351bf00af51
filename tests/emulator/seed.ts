import { exportJWK, generateKeyPair, type JWK } from "jose";
import { CONSUMER_TENANT_ID, guid } from "@/tests/emulator/ids";
import {
  type Account,
  type App,
  type EmulatorState,
  newMailbox,
  type Settings,
  type Tenant,
} from "@/tests/emulator/state";

/** The app registration Bellhop uses in the demo and in tests; the second secret is for rotation. */
export const SEEDED_APP = {
  clientId: "11111111-1111-4111-8111-111111111111",
  clientSecret: "emulator-secret-value~1",
  nextClientSecret: "emulator-secret-value~2",
};

export const PASSWORD = "Password1!";

export const CONTOSO_TENANT_ID = "c0470500-0000-4000-8000-000000000001";
export const FABRIKAM_TENANT_ID = "fab61ca0-0000-4000-8000-000000000002";

export async function newSigningKeys(): Promise<EmulatorState["signingKeys"]> {
  const [work, personal] = await Promise.all([newSigningKey(), newSigningKey()]);
  return { work, personal };
}

async function newSigningKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: guid().replaceAll("-", ""), alg: "RS256", use: "sig" };
}

export function seedState(signingKeys: EmulatorState["signingKeys"]): EmulatorState {
  const state: EmulatorState = {
    version: 1,
    signingKeys,
    apps: {},
    tenants: {},
    accounts: {},
    mailboxes: {},
    consents: [],
    codes: {},
    refreshTokens: {},
    accessTokens: {},
    sessions: {},
    subscriptions: {},
    settings: defaultSettings(),
  };
  const app = seededApp();
  state.apps[app.clientId] = app;
  for (const tenant of seededTenants()) state.tenants[tenant.id] = tenant;
  for (const account of seededAccounts()) addAccount(state, account);
  return state;
}

export function addAccount(state: EmulatorState, account: Account): void {
  state.accounts[account.id] = account;
  state.mailboxes[account.id] = newMailbox();
}

export function defaultSettings(): Settings {
  return {
    latencyMs: 5,
    linkOrigin: "own",
    personalOnlineMeetingsScope: "ignored",
    adminApprovalReturn: "AADSTS65004",
    deltaNamesRemovedOccurrences: true,
    deltaMasters: "first",
    deltaRepeats: false,
    deletedItemsReadable: false,
    lostDeltaToken: "410 syncStateNotFound",
    notificationDelayMs: 20,
    notificationRetryMs: 1000,
    exchangeGrants: "add",
    artifactConsent: "user",
    unsharedAnswer: "403 ErrorAccessDenied",
    sharedListScope: "needed",
    accessTokenSeconds: null,
  };
}

export function newAccount(given: Partial<Account> & Pick<Account, "tenantId" | "email" | "name">): Account {
  const kind = given.tenantId === CONSUMER_TENANT_ID ? "personal" : "work";
  return {
    id: kind === "personal" ? `00000000-0000-0000-${guid().slice(19)}` : guid(),
    password: PASSWORD,
    kind,
    isAdmin: false,
    hasTeams: kind === "work",
    hasMailbox: true,
    isListed: true,
    appRoles: [],
    status: "active",
    timeZone: "W. Europe Standard Time",
    joinUrlAfterReads: 0,
    sessionsRevokedAt: 0,
    refreshTokensExpiredAt: 0,
    ...given,
  };
}

function seededApp(): App {
  return {
    clientId: SEEDED_APP.clientId,
    name: "Bellhop",
    secrets: [
      { value: SEEDED_APP.clientSecret, expiresAt: null },
      { value: SEEDED_APP.nextClientSecret, expiresAt: null },
    ],
    redirectUris: ["http://localhost:3000/api/teams/callback", "http://127.0.0.1:3000/api/teams/callback"],
    permissions: ["User.Read", "Calendars.ReadWrite", "OnlineMeetings.ReadWrite"],
    audience: "all",
    homeTenantId: CONTOSO_TENANT_ID,
  };
}

function seededTenants(): Tenant[] {
  const tenant = (id: string, name: string, domain: string, userConsent: Tenant["userConsent"]): Tenant => ({
    id,
    name,
    domain,
    userConsent,
    meetingOptionOverrides: {},
    meetingOptionRefusals: [],
  });
  return [
    tenant(CONTOSO_TENANT_ID, "Contoso", "contoso.example", "allowed"),
    tenant(FABRIKAM_TENANT_ID, "Fabrikam", "fabrikam.example", "admin_only"),
    tenant(CONSUMER_TENANT_ID, "Microsoft personal accounts", "outlook.example", "allowed"),
  ];
}

function seededAccounts(): Account[] {
  const oid = (last: number) => `a0000000-0000-4000-8000-${String(last).padStart(12, "0")}`;
  return [
    newAccount({
      id: oid(1),
      tenantId: CONTOSO_TENANT_ID,
      email: "ines.moreau@contoso.example",
      name: "Ines Moreau",
    }),
    newAccount({
      id: oid(2),
      tenantId: CONTOSO_TENANT_ID,
      email: "theo.lindqvist@contoso.example",
      name: "Theo Lindqvist",
    }),
    newAccount({
      id: oid(3),
      tenantId: CONTOSO_TENANT_ID,
      email: "noor.haddad@contoso.example",
      name: "Noor Haddad",
      hasTeams: false,
    }),
    newAccount({
      id: oid(4),
      tenantId: CONTOSO_TENANT_ID,
      email: "sam.okafor@contoso.example",
      name: "Sam Okafor",
      hasTeams: false,
      hasMailbox: false,
    }),
    newAccount({
      id: "00000000-0000-0000-a1b2-c3d4e5f60001",
      tenantId: CONSUMER_TENANT_ID,
      email: "rosa.delgado@outlook.example",
      name: "Rosa Delgado",
    }),
    newAccount({
      id: oid(6),
      tenantId: FABRIKAM_TENANT_ID,
      email: "lena.vogel@fabrikam.example",
      name: "Lena Vogel",
    }),
    newAccount({
      id: oid(7),
      tenantId: FABRIKAM_TENANT_ID,
      email: "admin@fabrikam.example",
      name: "Fabrikam Admin",
      isAdmin: true,
    }),
  ];
}
