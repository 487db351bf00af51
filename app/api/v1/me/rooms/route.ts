import { createRoomEndpoint, listRoomsEndpoint, toApiRoom } from "@/lib/api/endpoints/rooms";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { ok } from "@/lib/result";
import { addRoom, listRooms } from "@/lib/rooms/rooms";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(listRoomsEndpoint, async ({ organizer }) => {
    const rooms = await listRooms(organizer.scope);
    return ok({ items: rooms.map(toApiRoom), nextCursor: null });
  }),
  serve(createRoomEndpoint, async ({ organizer, body }) => {
    const added = await addRoom(organizer.scope, body);
    return added.ok ? ok(toApiRoom(added.value)) : added;
  }),
);
