import type { SignIn } from "@/tests/emulator/entra/sign-in";
import type { Faults } from "@/tests/emulator/faults";
import type { Notifier } from "@/tests/emulator/graph/notifications";
import type { GraphDescription } from "@/tests/emulator/graph/openapi";
import type { RequestLog } from "@/tests/emulator/request-log";
import type { Account, App, EmulatorState, Mailbox, Tenant } from "@/tests/emulator/state";
import type { Throttle } from "@/tests/emulator/throttle";

/** All that one running emulator knows: what it keeps (`state`) and what ends with the process. */
export interface World {
  state: EmulatorState;
  faults: Faults;
  requests: RequestLog;
  throttle: Throttle;
  notifier: Notifier;
  signIns: Map<string, SignIn>;
  description: GraphDescription | null;
}

export function findAccount(state: EmulatorState, emailOrId: string): Account | null {
  const wanted = emailOrId.trim().toLowerCase();
  const byId = state.accounts[wanted];
  if (byId) return byId;
  return Object.values(state.accounts).find((account) => account.email.toLowerCase() === wanted) ?? null;
}

export function findTenant(state: EmulatorState, idOrDomain: string): Tenant | null {
  const wanted = idOrDomain.toLowerCase();
  return (
    state.tenants[wanted] ??
    Object.values(state.tenants).find(
      (tenant) => tenant.domain === wanted || tenant.name.toLowerCase() === wanted,
    ) ??
    null
  );
}

export function requireTenantOf(state: EmulatorState, account: Account): Tenant {
  const tenant = state.tenants[account.tenantId];
  if (!tenant) throw new Error(`account ${account.email} belongs to no tenant`);
  return tenant;
}

export function requireMailbox(state: EmulatorState, account: Account): Mailbox {
  const mailbox = state.mailboxes[account.id];
  if (!mailbox) throw new Error(`account ${account.email} has no mailbox record`);
  return mailbox;
}

export function findApp(state: EmulatorState, clientId: string): App | null {
  return state.apps[clientId.toLowerCase()] ?? null;
}
