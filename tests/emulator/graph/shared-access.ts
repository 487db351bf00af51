import { calendarId, sharedCalendars } from "@/tests/emulator/graph/calendars";
import { accessDenied, badRequest, GraphRefusal, itemNotFound } from "@/tests/emulator/graph/errors";
import type { GraphReply, GraphRequest, Route } from "@/tests/emulator/graph/route";
import type { AccessToken, Account, Share } from "@/tests/emulator/state";
import { findAccount, type World } from "@/tests/emulator/world";

/** A request about the calendar of someone else, with a person's token. */
export interface Visited {
  owner: Account;
  share: Share | null;
  /** The calendar is named as one of the person's own list. */
  isByList: boolean;
  /** The same request as its owner would send it. */
  request: GraphRequest;
  /** What stands for `/me` in the links of the answer. */
  place: string;
}

/** Null: the request is about the person's own mailbox (Microsoft: outlook-get-shared-events-calendars). */
export function visitCalendar(world: World, request: GraphRequest, token: AccessToken): Visited | null {
  const person = world.state.accounts[token.accountId];
  if (!person) return null;
  return byAddress(world, request, person) ?? byList(world, request, person);
}

function byAddress(world: World, request: GraphRequest, person: Account): Visited | null {
  const [, id, rest = ""] = /^\/users\/([^/]+)(\/.*)?$/i.exec(request.path) ?? [];
  if (id === undefined) return null;
  const name = decodeURIComponent(id);
  const owner = findAccount(world.state, name);
  if (owner?.tenantId !== person.tenantId || owner.status === "deleted") {
    throw new GraphRefusal(404, "ErrorInvalidUser", `The requested user '${name}' is invalid.`);
  }
  const isOwn = owner.id === person.id;
  return {
    owner,
    share: isOwn ? { with: person.email, role: "write", isListed: false } : shareOf(owner, person),
    isByList: isOwn,
    request: { ...request, path: `/me${rest}` },
    place: `/users/${id}`,
  };
}

function byList(world: World, request: GraphRequest, person: Account): Visited | null {
  const [, id, rest = ""] = /^\/me\/calendars\/([^/]+)(\/.*)$/i.exec(request.path) ?? [];
  if (id === undefined) return null;
  const owner = sharedCalendars(world, person).find(
    (one) => calendarId(one, one.id) === decodeURIComponent(id),
  );
  if (!owner) return null;
  return {
    owner,
    share: shareOf(owner, person),
    isByList: true,
    request: { ...request, path: `/me${rest}` },
    place: `/me/calendars/${id}`,
  };
}

const shareOf = (owner: Account, person: Account): Share | null =>
  owner.sharedWith?.find((share) => share.with.toLowerCase() === person.email.toLowerCase()) ?? null;

/** Throws unless the person's token and what the owner has shared with them are enough. */
export function refuseVisitor(world: World, route: Route, { share, isByList }: Visited, token: AccessToken) {
  if (route.service !== "outlook" || !/^\/me\/(calendar|calendarView|events)(\/|$)/.test(route.template)) {
    throw route.service === "outlook" ? accessDenied() : badRequest("BadRequest", "Not for someone else.");
  }
  const { sharedListScope, unsharedAnswer } = world.state.settings;
  const needsScope = !isByList || sharedListScope === "needed";
  const isWrite = route.method !== "GET";
  const fitting = isWrite
    ? ["Calendars.ReadWrite.Shared"]
    : ["Calendars.Read.Shared", "Calendars.ReadWrite.Shared"];
  const scopes = needsScope ? fitting : [...fitting, ...route.scopes];
  if (!scopes.some((scope) => token.scopes.includes(scope))) throw accessDenied();
  if (share === null) throw unsharedAnswer === "404 ErrorItemNotFound" ? itemNotFound() : accessDenied();
  if (isWrite && share.role !== "write") throw accessDenied();
}

/** The same for the person: links lead to where the request came from, and `canEdit` is about them. */
export function asVisited(reply: GraphReply, route: Route, { place, share }: Visited): GraphReply {
  const { body } = reply;
  if (!body || body instanceof Uint8Array) return reply;
  const named = Object.entries(body).map(([name, value]) => [
    name,
    /^@odata\.(next|delta)Link$/.test(name) ? String(value).replace("/v1.0/me/", `/v1.0${place}/`) : value,
  ]);
  const mine =
    route.template === "/me/calendar" && "canEdit" in body ? { canEdit: share?.role === "write" } : {};
  return { ...reply, body: { ...Object.fromEntries(named), ...mine } };
}
