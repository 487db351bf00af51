import { deleteRoomEndpoint } from "@/lib/api/endpoints/rooms";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { removeRoom } from "@/lib/rooms/rooms";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(deleteRoomEndpoint, ({ organizer, params }) => removeRoom(organizer.scope, params.id)),
);
