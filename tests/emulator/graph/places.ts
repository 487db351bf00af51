import type { Room } from "@microsoft/microsoft-graph-types";
import {
  contextUrl,
  type GraphContext,
  type GraphReply,
  listPage,
  type Route,
} from "@/tests/emulator/graph/route";
import type { Account } from "@/tests/emulator/state";

const PATH = "/places/microsoft.graph.room";

export const placeRoutes: Route[] = [
  {
    method: "GET",
    template: PATH,
    scopes: ["Place.Read.All", "Place.ReadWrite.All"],
    service: "directory",
    options: ["$top", "$skip"],
    handle: listRooms,
  },
];

/** The rooms of the organization, without its equipment. */
function listRooms(context: GraphContext): GraphReply {
  const { world, account, options } = context;
  const rooms = Object.values(world.state.accounts).filter(
    ({ tenantId, resource }) => tenantId === account.tenantId && resource?.kind === "room",
  );
  const { skip, top } = options;
  const size = Math.min(top ?? 100, 100);
  const place = { from: skip, size, next: { $top: String(size), $skip: String(skip + size) } };
  return {
    status: 200,
    body: {
      "@odata.context": contextUrl(context, "places/microsoft.graph.room"),
      ...listPage(context, PATH, rooms.map(toRoom), place),
    },
  };
}

function toRoom({ id, name, email, resource }: Account): Room {
  const { capacity = null, building = null, features = [] } = resource ?? {};
  return { id, displayName: name, emailAddress: email, capacity, building, tags: features };
}
