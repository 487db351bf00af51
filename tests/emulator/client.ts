import type {
  AccountChanges,
  AppChanges,
  NewAccount,
  NewApp,
  NewTenant,
  TenantChanges,
} from "@/tests/emulator/control/directory";
import type {
  AttendeeResponse,
  EventView,
  MailboxView,
  NewAttendanceReport,
  NewCalendar,
} from "@/tests/emulator/control/outlook";
import type { Forgery } from "@/tests/emulator/control/subscriptions";
import type { AuthorizeFaultInput, GraphFaultInput, TokenFaultInput } from "@/tests/emulator/faults";
import type { NewEvent } from "@/tests/emulator/graph/event-input";
import type { Delivery, DeliveryMode } from "@/tests/emulator/graph/notifications";
import type { SeenRequest } from "@/tests/emulator/request-log";
import type { Account, App, Settings, StoredSubscription, Tenant } from "@/tests/emulator/state";

export type HumanEvent = Omit<NewEvent, "transactionId"> & {
  /** The id of another calendar than the account's own. */
  calendar?: string;
  organizer?: { address: string; name: string };
  myResponse?: "none" | "tentativelyAccepted" | "accepted" | "declined" | "notResponded";
};

export type EmulatorControl = ReturnType<typeof createControl>;

/** Talks to the control port of an emulator. `account` is an email address or an object id. */
export function createControl(controlUrl: string) {
  async function send<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${controlUrl}${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    // Boundary: the control port answers in the types named here.
    const answer = (await response.json()) as Answer & { error?: string };
    if (!response.ok)
      throw new Error(`emulator control ${method} ${path}: ${answer.error ?? response.status}`);
    return answer;
  }
  const at = (account: string, rest = "") => `/accounts/${encodeURIComponent(account)}${rest}`;
  const event = (account: string, id: string, rest = "") =>
    at(account, `/events/${encodeURIComponent(id)}${rest}`);

  return {
    reset: () => send<object>("POST", "/reset", {}),
    resetCounters: () => send<object>("POST", "/reset-counters", {}),
    settings: () => send<Settings>("GET", "/settings"),
    changeSettings: (changes: Partial<Settings>) => send<Settings>("PATCH", "/settings", changes),

    listTenants: () => send<Tenant[]>("GET", "/tenants"),
    addTenant: (tenant: NewTenant) => send<Tenant>("POST", "/tenants", tenant),
    changeTenant: (idOrDomain: string, changes: TenantChanges) =>
      send<Tenant>("PATCH", `/tenants/${encodeURIComponent(idOrDomain)}`, changes),
    listAccounts: () => send<Account[]>("GET", "/accounts"),
    addAccount: (account: NewAccount) => send<Account>("POST", "/accounts", account),
    getAccount: (account: string) => send<Account>("GET", at(account)),
    changeAccount: (account: string, changes: AccountChanges) => send<Account>("PATCH", at(account), changes),
    deleteUser: (account: string) => send<Account>("PATCH", at(account), { status: "deleted" }),
    revokeSessions: (account: string) => send<Account>("POST", at(account, "/revoke-sessions"), {}),
    revokeConsent: (account: string, scopes?: string[]) =>
      send<{ removed: number }>("POST", at(account, "/revoke-consent"), scopes ? { scopes } : {}),
    expireAccessTokens: (account: string) =>
      send<{ expired: number }>("POST", at(account, "/expire-access-tokens"), {}),
    expireRefreshTokens: (account: string) =>
      send<Account>("POST", at(account, "/expire-refresh-tokens"), {}),
    listApps: () => send<App[]>("GET", "/apps"),
    addApp: (app: NewApp) => send<App>("POST", "/apps", app),
    changeApp: (clientId: string, changes: AppChanges) => send<App>("PATCH", `/apps/${clientId}`, changes),

    /** New signing keys, as Microsoft makes them without notice. */
    rotateKeys: () => send<object>("POST", "/rotate-keys", {}),
    graphFault: (fault: GraphFaultInput) => send<object>("POST", "/faults/graph", fault),
    tokenFault: (fault: TokenFaultInput) => send<object>("POST", "/faults/token", fault),
    authorizeFault: (fault: AuthorizeFaultInput) => send<object>("POST", "/faults/authorize", fault),
    clearFaults: () => send<object>("DELETE", "/faults"),
    requests: async (
      filter: { since?: number; account?: string; path?: string; method?: string } = {},
    ): Promise<SeenRequest[]> => {
      const query = new URLSearchParams(Object.entries(filter).map(([name, value]) => [name, String(value)]));
      return (await send<{ requests: SeenRequest[] }>("GET", `/requests?${query}`)).requests;
    },

    mailbox: (account: string) => send<MailboxView>("GET", at(account, "/mailbox")),
    createEvent: (account: string, given: HumanEvent) =>
      send<EventView>("POST", at(account, "/events"), given),
    createEvents: (account: string, given: HumanEvent[]) =>
      send<{ created: number }>("POST", at(account, "/events/many"), given),
    addCalendar: (account: string, calendar: NewCalendar) =>
      send<{ id: string }>("POST", at(account, "/calendars"), calendar),
    removeCalendar: (account: string, id: string) =>
      send<object>("DELETE", at(account, `/calendars/${encodeURIComponent(id)}`)),
    changeEvent: (account: string, id: string, changes: Omit<NewEvent, "transactionId">) =>
      send<EventView>("PATCH", event(account, id), changes),
    deleteEvent: (account: string, id: string) => send<object>("DELETE", event(account, id)),
    giveNewId: (account: string, id: string) => send<EventView>("POST", event(account, id, "/new-id"), {}),
    stripTeams: (account: string, id: string) =>
      send<EventView>("POST", event(account, id, "/strip-teams"), {}),
    respond: (account: string, id: string, answer: AttendeeResponse) =>
      send<EventView>("POST", event(account, id, "/respond"), answer),
    /** People were in the meeting behind a link, and Microsoft has made its report of it. */
    addAttendanceReport: (account: string, joinUrl: string, report: NewAttendanceReport) =>
      send<{ id: string }>("POST", at(account, "/attendance-reports"), { joinUrl, ...report }),
    subscriptions: (account?: string) =>
      send<StoredSubscription[]>(
        "GET",
        `/subscriptions${account ? `?account=${encodeURIComponent(account)}` : ""}`,
      ),
    removeSubscription: (id: string) => send<object>("DELETE", `/subscriptions/${id}`),
    expireSubscription: (id: string) => send<StoredSubscription>("POST", `/subscriptions/${id}/expire`, {}),
    lifecycle: (id: string, kind: "reauthorizationRequired" | "subscriptionRemoved" | "missed") =>
      send<StoredSubscription>("POST", `/subscriptions/${id}/lifecycle`, { event: kind }),
    forgeNotification: (id: string, changes: Forgery = {}) =>
      send<Delivery>("POST", `/subscriptions/${id}/forge`, changes),
    changeDelivery: (account: string, mode: DeliveryMode) =>
      send<DeliveryMode>("PATCH", at(account, "/delivery"), mode),
    deliveries: () => send<{ deliveries: Delivery[]; pending: number }>("GET", "/deliveries"),
    expireDelta: (account: string) => send<object>("POST", at(account, "/expire-delta"), {}),
  };
}
