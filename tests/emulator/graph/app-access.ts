import { accessDenied, badRequest, GraphRefusal } from "@/tests/emulator/graph/errors";
import type { GraphReply, GraphRequest, Route } from "@/tests/emulator/graph/route";
import type { AccessToken, Account } from "@/tests/emulator/state";
import { findAccount, findApp, type World } from "@/tests/emulator/world";

/** Whose mailbox a request with a token of the app's own is about, and the same request as its owner would send it. */
export function enterAsApplication(
  world: World,
  request: GraphRequest,
  tenantId: string,
): { account: Account | null; request: GraphRequest } {
  if (/^\/me(\/|$)/i.test(request.path)) {
    throw badRequest("BadRequest", "/me request is only valid with delegated authentication flow.");
  }
  if (/^\/subscriptions(\/|$)/i.test(request.path)) {
    return { account: subscriber(world, request, tenantId), request };
  }
  // Of people in its body; whom it is asked about shows there.
  if (/^\/(communications|places)\//i.test(request.path)) return { account: anyOf(world, tenantId), request };
  const [, id, rest = ""] = /^\/users\/([^/]+)(\/.*)?$/i.exec(request.path) ?? [];
  if (id === undefined) return { account: null, request };
  const account = accountOf(world, decodeURIComponent(id), tenantId);
  if (!account) {
    throw new GraphRefusal(
      404,
      "ErrorInvalidUser",
      `The requested user '${decodeURIComponent(id)}' is invalid.`,
    );
  }
  return { account, request: { ...request, path: `/me${rest}` } };
}

/** The described operation for a mailbox that is named, of the one for the mailbox of whoever asks. */
export const ofNamedUser = (template: string) => template.replace(/^\/me(?=\/|$)/, "/users/{user-id}");

/** What no application may read of a named person by its own permission, or not in this way. */
export const isOwnersAlone = (template: string) =>
  /^\/me\/(settings\/|(presence|mailboxSettings)$)/.test(template);

function accountOf(world: World, idOrEmail: string, tenantId: string): Account | null {
  const account = findAccount(world.state, idOrEmail);
  return account?.tenantId === tenantId ? account : null;
}

function subscriber(world: World, { path, bodyText }: GraphRequest, tenantId: string): Account | null {
  const [, id] = /^\/subscriptions\/([^/]+)/i.exec(path) ?? [];
  if (id)
    return world.state.accounts[world.state.subscriptions[id]?.accountId ?? ""] ?? anyOf(world, tenantId);
  const [, user] = /"resource":\s*"\/?users\/([^/"]+)\//i.exec(bodyText) ?? [];
  if (bodyText === "") return anyOf(world, tenantId);
  const account = user ? accountOf(world, user, tenantId) : null;
  if (!account)
    throw badRequest("ExtensionError", "Application can subscribe only to a resource of a named user.");
  return account;
}

const anyOf = (world: World, tenantId: string) =>
  Object.values(world.state.accounts).find((account) => account.tenantId === tenantId) ?? null;

/** Throws unless an administrator gave the app itself what a route needs of this account. */
export function refuseApplication(
  world: World,
  route: Route,
  account: Account,
  { clientId }: AccessToken,
): void {
  const {
    permissions = [],
    mailboxes = null,
    teamsPolicy = [],
  } = findApp(world.state, clientId)?.application ?? {};
  if (isOwnersAlone(route.template)) throw accessDenied();
  if (route.service === "directory") {
    const isPlaces = route.template.startsWith("/places/");
    if (permissions.includes(isPlaces ? "Place.Read.All" : "User.Read.All")) return;
    throw new GraphRefusal(
      403,
      "Authorization_RequestDenied",
      "Insufficient privileges to complete the operation.",
    );
  }
  if (route.service === "presence") {
    if (permissions.includes("Presence.Read.All")) return;
    throw new GraphRefusal(403, "Forbidden", "Application does not have the permission to read presence.");
  }
  if (route.service === "teams") {
    const needed = route.template.includes("/attendanceReports")
      ? "OnlineMeetingArtifact.Read.All"
      : "OnlineMeetings.ReadWrite.All";
    const isAllowed = permissions.includes(needed) && teamsPolicy.includes(account.email);
    if (isAllowed) return;
    throw new GraphRefusal(403, "Forbidden", "No application access policy found for this app.");
  }
  if (route.template === "/subscriptions" && route.method === "GET") return;
  const isConsented = route.scopes.some((scope) => permissions.includes(scope));
  const isInScope = mailboxes?.includes(account.email) ?? false;
  const narrows = world.state.settings.exchangeGrants === "narrow" && mailboxes !== null;
  if (narrows ? !isInScope : !(isConsented || isInScope)) throw accessDenied();
}

/** The links of an answer lead to the mailbox by name again. */
export function withNamedLinks(reply: GraphReply, account: Account): GraphReply {
  const { body } = reply;
  if (!body || body instanceof Uint8Array) return reply;
  const named = Object.entries(body).map(([name, value]) => [
    name,
    /^@odata\.(next|delta)Link$/.test(name)
      ? String(value).replace("/v1.0/me/", `/v1.0/users/${account.id}/`)
      : value,
  ]);
  return { ...reply, body: Object.fromEntries(named) };
}
