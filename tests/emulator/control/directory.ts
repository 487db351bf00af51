import { z } from "zod";
import { ControlRefusal, type ControlRoute, parse, requireAccount } from "@/tests/emulator/control/route";
import { refuseRegistration } from "@/tests/emulator/entra/redirect-uri";
import { CONSUMER_TENANT_ID, guid } from "@/tests/emulator/ids";
import { addAccount, newAccount } from "@/tests/emulator/seed";
import {
  type Account,
  type App,
  resourceSchema,
  shareSchema,
  type Tenant,
  workHoursSchema,
} from "@/tests/emulator/state";
import { findAccount, findApp, findTenant, type World } from "@/tests/emulator/world";

/** Tenants, accounts and app registrations, and what happens to them. */
export const directoryRoutes: ControlRoute[] = [
  { method: "GET", template: "/tenants", handle: ({ world }) => Object.values(world.state.tenants) },
  {
    method: "POST",
    template: "/tenants",
    handle: ({ world, body }) => addTenant(world, parse(newTenantSchema, body)),
  },
  {
    method: "PATCH",
    template: "/tenants/{id}",
    handle: ({ world, ids, body }) =>
      Object.assign(requireTenant(world, ids[0]), parse(tenantChangesSchema, body)),
  },
  { method: "GET", template: "/accounts", handle: ({ world }) => Object.values(world.state.accounts) },
  {
    method: "POST",
    template: "/accounts",
    handle: ({ world, body }) => createAccount(world, parse(newAccountSchema, body)),
  },
  {
    method: "GET",
    template: "/accounts/{account}",
    handle: ({ world, ids }) => requireAccount(world, ids[0]),
  },
  {
    method: "PATCH",
    template: "/accounts/{account}",
    handle: ({ world, ids, body }) =>
      Object.assign(requireAccount(world, ids[0]), parse(accountChangesSchema, body)),
  },
  {
    method: "POST",
    template: "/accounts/{account}/revoke-sessions",
    handle: ({ world, ids }) => revokeSessions(requireAccount(world, ids[0])),
  },
  {
    method: "POST",
    template: "/accounts/{account}/revoke-consent",
    handle: ({ world, ids, body }) =>
      revokeConsent(world, requireAccount(world, ids[0]), takenBackSchema.parse(body ?? {}).scopes),
  },
  {
    method: "POST",
    template: "/accounts/{account}/expire-access-tokens",
    handle: ({ world, ids }) => expireAccessTokens(world, requireAccount(world, ids[0])),
  },
  {
    method: "POST",
    template: "/accounts/{account}/expire-refresh-tokens",
    handle: ({ world, ids }) => expireRefreshTokens(requireAccount(world, ids[0])),
  },
  { method: "GET", template: "/apps", handle: ({ world }) => Object.values(world.state.apps) },
  {
    method: "POST",
    template: "/apps",
    handle: ({ world, body }) => addApp(world, parse(newAppSchema, body)),
  },
  {
    method: "PATCH",
    template: "/apps/{client}",
    handle: ({ world, ids, body }) => changeApp(world, ids[0], parse(appChangesSchema, body)),
  },
];

const tenantChangesSchema = z
  .strictObject({
    name: z.string().min(1),
    userConsent: z.enum(["allowed", "admin_only"]),
    meetingOptionOverrides: z.record(z.string(), z.unknown()),
    meetingOptionRefusals: z.array(z.string()),
  })
  .partial();
const newTenantSchema = tenantChangesSchema.extend({
  id: z.guid().optional(),
  domain: z.string().min(3),
});

const accountChangesSchema = z
  .strictObject({
    name: z.string().min(1),
    password: z.string().min(1),
    isAdmin: z.boolean(),
    hasTeams: z.boolean(),
    hasMailbox: z.boolean(),
    photo: z.base64(),
    isListed: z.boolean(),
    appRoles: z.array(z.string()),
    status: z.enum(["active", "disabled", "deleted"]),
    timeZone: z.string(),
    joinUrlAfterReads: z.number().int().min(0),
    workHours: z.array(workHoursSchema),
    presence: z.string(),
    mailboxSettings: z.strictObject({
      locale: z.string().optional(),
      automaticReplies: z
        .union([z.literal("always"), z.strictObject({ from: z.iso.datetime(), to: z.iso.datetime() })])
        .optional(),
    }),
    resource: resourceSchema.nullable(),
    sharedWith: z.array(shareSchema),
    movingAnswer: z
      .strictObject({
        status: z.number().int().min(400).max(599).default(404),
        code: z.string().default("ResourceNotFound"),
      })
      .nullable(),
  })
  .partial();
const newAccountSchema = accountChangesSchema.extend({
  email: z.email(),
  name: z.string().min(1),
  tenant: z.string().default("contoso").describe("id, domain or name; `consumers` for a personal account"),
});

const secretSchema = z.strictObject({
  value: z.string().min(1),
  expiresAt: z.number().nullable().default(null),
});
const appChangesSchema = z
  .strictObject({
    name: z.string().min(1),
    secrets: z.array(secretSchema),
    application: z.strictObject({
      permissions: z.array(z.string()),
      mailboxes: z.array(z.string()).nullable(),
      teamsPolicy: z.array(z.string()),
    }),
    certificates: z.array(z.strictObject({ pem: z.string() })),
    federatedIdentities: z.array(
      z.strictObject({
        issuer: z.string(),
        subject: z.string(),
        audience: z.string(),
        publicKeyPem: z.string(),
      }),
    ),
    redirectUris: z.array(z.string()),
    permissions: z.array(z.string()),
    audience: z.enum(["all", "work", "single-tenant"]),
    homeTenantId: z.string(),
  })
  .partial();
const newAppSchema = appChangesSchema.extend({
  clientId: z.guid().optional(),
  redirectUris: z.array(z.string()),
});

export type NewTenant = z.input<typeof newTenantSchema>;
export type TenantChanges = z.input<typeof tenantChangesSchema>;
export type NewAccount = z.input<typeof newAccountSchema>;
export type AccountChanges = z.input<typeof accountChangesSchema>;
export type NewApp = z.input<typeof newAppSchema>;
export type AppChanges = z.input<typeof appChangesSchema>;

function addTenant(world: World, given: z.output<typeof newTenantSchema>): Tenant {
  const id = given.id ?? guid();
  const tenant: Tenant = {
    id,
    domain: given.domain.toLowerCase(),
    name: given.name ?? given.domain,
    userConsent: given.userConsent ?? "allowed",
    meetingOptionOverrides: given.meetingOptionOverrides ?? {},
    meetingOptionRefusals: given.meetingOptionRefusals ?? [],
  };
  world.state.tenants[id] = tenant;
  return tenant;
}

function requireTenant(world: World, idOrName: string | undefined): Tenant {
  const tenant = findTenant(world.state, idOrName ?? "");
  if (!tenant) throw new ControlRefusal(404, `there is no tenant ${idOrName}`);
  return tenant;
}

function createAccount(world: World, given: z.output<typeof newAccountSchema>): Account {
  if (findAccount(world.state, given.email)) throw new ControlRefusal(409, `${given.email} is there already`);
  const { tenant, ...fields } = given;
  const tenantId = tenant === "consumers" ? CONSUMER_TENANT_ID : requireTenant(world, tenant).id;
  const account = newAccount(withoutUndefined({ ...fields, tenantId }));
  addAccount(world.state, account);
  return account;
}

function withoutUndefined<Shape extends object>(shape: Shape) {
  // Boundary: zod types an absent key as possibly undefined.
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Shape]: Exclude<Shape[Key], undefined>;
  };
}

/** Refresh tokens given until now are refused with AADSTS50173; access tokens live on, as at Microsoft. */
function revokeSessions(account: Account): Account {
  account.sessionsRevokedAt = Date.now();
  return account;
}

function expireRefreshTokens(account: Account): Account {
  account.refreshTokensExpiredAt = Date.now();
  return account;
}

function expireAccessTokens(world: World, account: Account): { expired: number } {
  const tokens = Object.values(world.state.accessTokens).filter((token) => token.accountId === account.id);
  for (const token of tokens) token.expiresAt = 0;
  return { expired: tokens.length };
}

const takenBackSchema = z.object({ scopes: z.array(z.string()).optional() });

/** All of it, or some permissions alone. */
function revokeConsent(world: World, account: Account, scopes?: string[]): { removed: number } {
  if (scopes) {
    const own = world.state.consents.filter(({ accountId }) => accountId === account.id);
    for (const consent of own) consent.scopes = consent.scopes.filter((scope) => !scopes.includes(scope));
    return { removed: own.length };
  }
  const before = world.state.consents.length;
  world.state.consents = world.state.consents.filter(
    (consent) =>
      consent.accountId !== account.id &&
      !(consent.accountId === null && consent.tenantId === account.tenantId),
  );
  return { removed: before - world.state.consents.length };
}

function addApp(world: World, given: z.output<typeof newAppSchema>): App {
  const clientId = given.clientId ?? guid();
  const [first] = Object.values(world.state.tenants);
  world.state.apps[clientId] = {
    clientId,
    name: given.name ?? "Another app",
    secrets: given.secrets ?? [{ value: `secret~${clientId.slice(0, 8)}`, expiresAt: null }],
    redirectUris: [],
    permissions: given.permissions ?? ["User.Read"],
    audience: given.audience ?? "all",
    homeTenantId: given.homeTenantId ?? first?.id ?? "",
  };
  return changeApp(world, clientId, { redirectUris: given.redirectUris });
}

function changeApp(
  world: World,
  clientId: string | undefined,
  changes: z.output<typeof appChangesSchema>,
): App {
  const app = findApp(world.state, clientId ?? "");
  if (!app) throw new ControlRefusal(404, `there is no app ${clientId}`);
  for (const uri of changes.redirectUris ?? []) {
    const problem = refuseRegistration(uri);
    if (problem) throw new ControlRefusal(400, `redirect address ${uri} ${problem}`);
  }
  return Object.assign(app, changes);
}
