import { badRequest, GraphRefusal } from "@/tests/emulator/graph/errors";
import { contextUrl, type GraphContext, type GraphReply, type Route } from "@/tests/emulator/graph/route";
import type { Account } from "@/tests/emulator/state";

export const presenceRoutes: Route[] = [
  {
    method: "GET",
    template: "/me/presence",
    scopes: ["Presence.Read", "Presence.Read.All"],
    service: "presence",
    options: [],
    handle: getPresence,
  },
  {
    method: "POST",
    template: "/communications/getPresencesByUserId",
    scopes: ["Presence.Read.All"],
    service: "presence",
    options: [],
    body: "required",
    handle: getPresences,
  },
];

function presenceOf({ id, presence = "Available" }: Account) {
  return { id, availability: presence, activity: presence };
}

function getPresence(context: GraphContext): GraphReply {
  const { account } = context;
  if (account.kind === "personal") {
    throw new GraphRefusal(403, "Forbidden", "Presence isn't available for personal accounts.");
  }
  const body = { "@odata.context": contextUrl(context, "users/presence/$entity"), ...presenceOf(account) };
  return { status: 200, body };
}

function getPresences(context: GraphContext): GraphReply {
  const { account, world, body } = context;
  // The door has checked it against Microsoft's description.
  const { ids = [] } = body as { ids?: string[] };
  if (ids.length === 0 || ids.length > 650)
    throw badRequest("BadRequest", "Between 1 and 650 ids are needed.");
  const people = ids.flatMap((id) => world.state.accounts[id] ?? []);
  const value = people.filter(({ tenantId }) => tenantId === account.tenantId).map(presenceOf);
  const odata = contextUrl(context, "Collection(microsoft.graph.presence)");
  return { status: 200, body: { "@odata.context": odata, value } };
}
