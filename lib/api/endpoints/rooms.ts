import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { instant } from "@/lib/input/time";
import type { Room } from "@/lib/rooms/rooms";
import { roomInput, roomKinds } from "@/lib/rooms/schema";

const room = z
  .object({
    id: z.uuid(),
    email: z.string(),
    name: z.string(),
    kind: z.enum(roomKinds),
    capacity: z.int().nullable(),
    building: z.string(),
    features: z.array(z.string()),
    calendarAsOf: instant.nullable().meta({ description: "When its calendar was last read" }),
    problem: z.string().nullable().meta({
      description:
        "Why its calendar couldn't be read, such as `not_found`. Until it can, its times are closed",
    }),
  })
  .meta({ id: "Room" });

const path = "/api/v1/me/rooms";

export const listRoomsEndpoint = endpoint({
  method: "GET",
  path,
  access: "read",
  summary: "List the rooms and equipment of your organization, by name",
  answer: z.object({ items: z.array(room), nextCursor: z.null() }),
});

export const createRoomEndpoint = endpoint({
  method: "POST",
  path,
  access: "all",
  repeatable: true,
  summary: "Add a room, or change the one that has the address. All organizers of your organization share it",
  body: roomInput,
  status: 201,
  answer: room,
  problems: ["no_organization", "too_many_rooms"],
});

export const deleteRoomEndpoint = endpoint({
  method: "DELETE",
  path: `${path}/{id}`,
  access: "all",
  summary: "Remove a room that no upcoming booking takes",
  params: z.object({ id: z.uuid() }),
  status: 204,
  problems: ["not_found", "room_in_use"],
});

/** A room as the API writes it. */
export function toApiRoom({ isListed: _, syncedAt, ...rest }: Room): z.input<typeof room> {
  return { ...rest, calendarAsOf: syncedAt?.toISOString() ?? null };
}
