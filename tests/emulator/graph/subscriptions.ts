import type { Subscription } from "@microsoft/microsoft-graph-types";
import { z } from "zod";
import { badRequest, GraphRefusal, noMailbox } from "@/tests/emulator/graph/errors";
import { parseBody } from "@/tests/emulator/graph/event-input";
import {
  contextUrl,
  type GraphContext,
  type GraphReply,
  listPage,
  type Route,
} from "@/tests/emulator/graph/route";
import { handshakeProblem } from "@/tests/emulator/graph/webhook";
import { guid } from "@/tests/emulator/ids";
import type { StoredSubscription } from "@/tests/emulator/state";
import type { World } from "@/tests/emulator/world";

const MINUTE_MS = 60_000;
/** Documented as 10,080 minutes; the live service refuses more than 10,070. */
const MAX_MINUTES = 10_070;
const LEAST_MINUTES = 45;
/** Few, so that whoever reads one page alone is found out. */
const PAGE = 1;
const SCOPES = ["Calendars.ReadBasic", "Calendars.Read", "Calendars.ReadWrite"];
const LIST = "/subscriptions";
const ITEM = "/subscriptions/{subscription-id}";

export const subscriptionRoutes: Route[] = [
  {
    method: "POST",
    template: LIST,
    scopes: SCOPES,
    service: "subscriptions",
    options: [],
    body: "required",
    handle: subscribe,
  },
  {
    method: "GET",
    template: LIST,
    scopes: SCOPES,
    service: "subscriptions",
    options: ["$skiptoken"],
    handle: listSubscriptions,
  },
  {
    method: "GET",
    template: ITEM,
    scopes: SCOPES,
    service: "subscriptions",
    options: [],
    handle: getSubscription,
  },
  {
    method: "PATCH",
    template: ITEM,
    scopes: SCOPES,
    service: "subscriptions",
    options: [],
    body: "required",
    handle: renew,
  },
  {
    method: "DELETE",
    template: ITEM,
    scopes: SCOPES,
    service: "subscriptions",
    options: [],
    handle: unsubscribe,
  },
  {
    method: "POST",
    template: `${ITEM}/reauthorize`,
    scopes: SCOPES,
    service: "subscriptions",
    options: [],
    body: "optional",
    handle: reauthorize,
  },
];

const newSubscriptionSchema = z.strictObject({
  changeType: z.string(),
  resource: z.string(),
  notificationUrl: z.string(),
  lifecycleNotificationUrl: z.string().nullish(),
  expirationDateTime: z.iso.datetime({ offset: true }),
  clientState: z.string().nullish(),
  includeResourceData: z.literal(false).nullish(),
  latestSupportedTlsVersion: z.enum(["v1_0", "v1_1", "v1_2", "v1_3"]).nullish(),
});
const renewalSchema = z
  .strictObject({ expirationDateTime: z.iso.datetime({ offset: true }), notificationUrl: z.string() })
  .partial();

/** Both addresses must pass the handshake before the 201 is given. */
async function subscribe(context: GraphContext): Promise<GraphReply> {
  const { world, account } = context;
  if (!account.hasMailbox) throw noMailbox();
  const input = parseBody(newSubscriptionSchema, context.body, "subscription");
  const stored: StoredSubscription = {
    id: guid(),
    clientId: context.clientId,
    accountId: account.id,
    changeTypes: readChangeTypes(input.changeType),
    resource: readResource(input.resource, account.id),
    notificationUrl: readUrl(input.notificationUrl, "notificationUrl"),
    lifecycleNotificationUrl: input.lifecycleNotificationUrl
      ? readUrl(input.lifecycleNotificationUrl, "lifecycleNotificationUrl")
      : null,
    clientState: readClientState(input.clientState ?? null),
    expiresAt: readExpiry(input.expirationDateTime),
    isApplication: context.isApplication,
    usesImmutableIds: context.prefer.idKind === "immutable",
    isPaused: false,
  };
  refuseDuplicate(world, stored);
  await shakeHands(stored.notificationUrl);
  if (stored.lifecycleNotificationUrl) await shakeHands(stored.lifecycleNotificationUrl);
  refuseDuplicate(world, stored);
  world.state.subscriptions[stored.id] = stored;
  return { status: 201, body: { ...entity(context, stored), clientState: stored.clientState } };
}

function listSubscriptions(context: GraphContext): GraphReply {
  const own = Object.values(context.world.state.subscriptions).filter((one) => isOwn(context, one));
  const from = Number(context.options.skipToken ?? 0);
  const place = { from, size: PAGE, next: { $skiptoken: String(from + PAGE) } };
  return {
    status: 200,
    body: {
      "@odata.context": contextUrl(context, "subscriptions"),
      ...listPage(context, LIST, own.map(toSubscription), place),
    },
  };
}

function getSubscription(context: GraphContext): GraphReply {
  return { status: 200, body: entity(context, requireSubscription(context)) };
}

async function renew(context: GraphContext): Promise<GraphReply> {
  const stored = requireSubscription(context);
  const input = parseBody(renewalSchema, context.body, "subscription");
  if (input.notificationUrl) {
    const url = readUrl(input.notificationUrl, "notificationUrl");
    await shakeHands(url);
    stored.notificationUrl = url;
  }
  if (input.expirationDateTime) stored.expiresAt = readExpiry(input.expirationDateTime);
  context.world.notifier.resume(stored);
  return { status: 200, body: entity(context, stored) };
}

/** Gives the subscription a fresh token; it does not live longer for it. */
function reauthorize(context: GraphContext): GraphReply {
  context.world.notifier.resume(requireSubscription(context));
  return { status: 204 };
}

function unsubscribe(context: GraphContext): GraphReply {
  delete context.world.state.subscriptions[requireSubscription(context).id];
  return { status: 204 };
}

/** Forgets subscriptions that have run out. */
export function liveSubscriptions(world: World): StoredSubscription[] {
  for (const stored of Object.values(world.state.subscriptions)) {
    if (stored.expiresAt <= Date.now()) delete world.state.subscriptions[stored.id];
  }
  return Object.values(world.state.subscriptions);
}

function requireSubscription(context: GraphContext): StoredSubscription {
  const found = liveSubscriptions(context.world).find((stored) => stored.id === context.ids[0]);
  if (!found || !isOwn(context, found)) {
    throw new GraphRefusal(404, "ResourceNotFound", "The object was not found.");
  }
  return found;
}

function isOwn(context: GraphContext, stored: StoredSubscription): boolean {
  if (stored.clientId !== context.clientId || (stored.isApplication ?? false) !== context.isApplication)
    return false;
  return context.isApplication || stored.accountId === context.account.id;
}

function refuseDuplicate(world: World, wanted: StoredSubscription): void {
  const same = liveSubscriptions(world).find(
    (stored) =>
      stored.accountId === wanted.accountId &&
      stored.clientId === wanted.clientId &&
      (stored.isApplication ?? false) === wanted.isApplication &&
      stored.resource === wanted.resource &&
      [...stored.changeTypes].sort().join() === [...wanted.changeTypes].sort().join(),
  );
  if (same)
    throw new GraphRefusal(
      409,
      "Conflict",
      `Subscription Id '${same.id}' already exists for the requested combination`,
    );
}

async function shakeHands(url: string): Promise<void> {
  const problem = await handshakeProblem(url);
  if (problem) throw badRequest("ValidationError", problem);
}

function readChangeTypes(given: string): string[] {
  const types = given.split(",").map((type) => type.trim());
  const isKnown = types.every((type) => ["created", "updated", "deleted"].includes(type));
  if (!isKnown || new Set(types).size !== types.length) {
    throw badRequest("InvalidRequest", `The changeType '${given}' is not supported.`);
  }
  return types;
}

function readResource(given: string, accountId: string): string {
  const resource = given.replace(/^\//, "").replace(new RegExp(`^users/${accountId}/`, "i"), "me/");
  if (!/^me\/(calendar\/)?events$/i.test(resource)) {
    throw badRequest(
      "ExtensionError",
      `The resource '${given}' cannot be subscribed to here; the emulator knows me/events.`,
    );
  }
  return "me/events";
}

function readUrl(given: string, name: string): string {
  const url = URL.canParse(given) ? new URL(given) : null;
  const isLoopback = url !== null && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (!url || (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback))) {
    throw badRequest("InvalidRequest", `The ${name} must be an https address.`);
  }
  return given;
}

function readClientState(given: string | null): string | null {
  if (given !== null && given.length > 128) {
    throw badRequest("InvalidRequest", "The clientState is longer than 128 characters.");
  }
  return given;
}

function readExpiry(given: string): number {
  const now = Date.now();
  const at = Date.parse(given);
  if (at <= now) throw badRequest("InvalidRequest", "The expirationDateTime is in the past.");
  if (at > now + MAX_MINUTES * MINUTE_MS) {
    throw badRequest(
      "ExtensionError",
      `Subscription expiration can only be ${MAX_MINUTES} minutes in the future.`,
    );
  }
  return Math.max(at, now + LEAST_MINUTES * MINUTE_MS);
}

function entity(context: GraphContext, stored: StoredSubscription): object {
  return { "@odata.context": contextUrl(context, "subscriptions/$entity"), ...toSubscription(stored) };
}

/** `clientState` is a secret and not given back. */
function toSubscription(stored: StoredSubscription): Subscription {
  return {
    id: stored.id,
    resource: stored.isApplication
      ? stored.resource.replace(/^me\//, `users/${stored.accountId}/`)
      : stored.resource,
    applicationId: stored.clientId,
    changeType: stored.changeTypes.join(","),
    clientState: null,
    notificationUrl: stored.notificationUrl,
    notificationQueryOptions: null,
    lifecycleNotificationUrl: stored.lifecycleNotificationUrl,
    expirationDateTime: new Date(stored.expiresAt).toISOString(),
    creatorId: stored.accountId,
    includeResourceData: null,
    latestSupportedTlsVersion: "v1_2",
    encryptionCertificate: null,
    encryptionCertificateId: null,
    notificationUrlAppId: null,
  };
}
