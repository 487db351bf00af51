/** Finding rooms on the organization's own list, by their name: typing their addresses is the other way. */
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { ProviderError } from "@/lib/meetings/provider";
import { calendarPort } from "@/lib/meetings/registry-calendar";
import type { ListedRoom } from "@/lib/meetings/room-reader";
import { err, ok, type Result } from "@/lib/result";
import { addRoom, type Room } from "@/lib/rooms/rooms";
import { roomInput } from "@/lib/rooms/schema";

const callTimeoutMs = 8_000;

/** As many as are worth looking through; with more one types more. */
const shownMax = 20;

export type FindRefusal = { code: "not_allowed" | "unavailable" };

/** Rooms whose name, address or building has a text in it, by name; all of them begin with an empty one. */
export async function findRooms(scope: OwnerScope, text: string): Promise<Result<ListedRoom[], FindRefusal>> {
  const listed = await readList(scope);
  if (!listed.ok) return listed;
  const wanted = text.trim().toLowerCase();
  const isMeant = ({ name, email, building }: ListedRoom) =>
    [name, email, building].some((part) => part.toLowerCase().includes(wanted));
  const found = listed.value.filter(isMeant).sort((one, other) => one.name.localeCompare(other.name));
  return ok(found.slice(0, shownMax));
}

/** Adds a room of the list, described as it is there. `not_found`: the list doesn't have the address. */
export async function addListedRoom(
  scope: OwnerScope,
  email: string,
): Promise<Result<Room, FindRefusal | { code: "not_found" | "no_organization" | "too_many_rooms" }>> {
  const listed = await readList(scope);
  if (!listed.ok) return listed;
  const room = listed.value.find((one) => one.email === email.toLowerCase());
  // What is longer than a form takes is cut nowhere: it couldn't be compared with Outlook's own.
  const input = room && roomInput.safeParse(room);
  return input?.success ? addRoom(scope, input.data, { isListed: true }) : err("not_found");
}

async function readList({ ownerId: userId }: OwnerScope): Promise<Result<ListedRoom[], FindRefusal>> {
  try {
    const context = { userId, priority: "visitor", timeoutMs: callTimeoutMs } as const;
    return ok(await calendarPort("teams").listRooms(context));
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return err(error.code === "access_denied" ? "not_allowed" : "unavailable");
  }
}
